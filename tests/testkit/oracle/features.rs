//! The features that the histories use.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feature {
    /// `add-portfolio --cost-basis lifo`.
    Lifo,
    /// `add-portfolio --cost-basis hifo`.
    Hifo,
    /// `add-portfolio --cost-basis average`.
    Average,
    /// `sell --lot`.
    NamedLots,
    /// `split`.
    Split,
    /// `dividend`.
    Dividend,
    /// Dividends, splits and opening lots as actions of a file, and its column `lot`.
    InFiles,
    /// `transfer`.
    Transfer,
    /// `void`.
    Void,
    /// `undo`.
    Undo,
    /// `set-cost-basis`.
    SetCostBasis,
    /// Entries dated before the last one of their position.
    LateEntries,
    /// `gains --by lot` and `--by sale`.
    Gains,
    /// `holdings --as-of`.
    AsOf,
    /// `holdings --known-on`.
    KnownOn,
}

const FEATURES: &[Feature] = &[
    Feature::Lifo,
    Feature::Hifo,
    Feature::Average,
    Feature::NamedLots,
    Feature::Split,
    Feature::Dividend,
    Feature::InFiles,
    Feature::Transfer,
    Feature::Void,
    Feature::Undo,
    Feature::SetCostBasis,
    Feature::LateEntries,
    Feature::Gains,
    Feature::AsOf,
    Feature::KnownOn,
];

pub(crate) fn has(feature: Feature) -> bool {
    FEATURES.contains(&feature)
}
