//! What the program can do already; the histories hold nothing else.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feature {
    /// `add-portfolio --cost-basis lifo`.
    Lifo,
    /// `add-portfolio --cost-basis hifo`.
    Hifo,
    /// `add-portfolio --cost-basis average`.
    Average,
    /// `sell --lot`, and the column `lot` of a file.
    NamedLots,
    /// `split`, and as an action of a file.
    Split,
    /// `dividend`, and as an action of a file.
    Dividend,
    /// `opening` as an action of a file.
    Opening,
    /// `transfer`.
    Transfer,
    /// `void`.
    Void,
    /// Entries dated before the last one of their position.
    LateEntries,
    /// `gains --by lot` and `--by sale`.
    Gains,
    /// `holdings --as-of`.
    AsOf,
}

const FEATURES: &[Feature] = &[
    Feature::Lifo,
    Feature::Hifo,
    Feature::Average,
    Feature::NamedLots,
    Feature::Split,
    Feature::Transfer,
    Feature::Void,
    Feature::LateEntries,
];

pub(crate) fn has(feature: Feature) -> bool {
    FEATURES.contains(&feature)
}
