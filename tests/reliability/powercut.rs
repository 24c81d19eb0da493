//! What a power cut may leave.
//!
//! The file system promises to keep what was synced: a file's bytes and length once the file was synced, a
//! name once its folder was. Of everything else any part may be left, in any order: a write completely, not
//! at all, up to some byte, from some byte on, or as zeros.

use crate::disk::{Disk, Recording, Step};

/// A disk after a power cut.
pub(crate) struct Image {
    pub(crate) disk: Disk,
    /// How many commands had reported success.
    pub(crate) acknowledged: usize,
}

/// How to make an [`Image`]: cheap, so that there can be many to choose from.
#[derive(Debug, Clone)]
pub(crate) struct Cut {
    /// The power fails before this step.
    pub(crate) before: usize,
    left: Left,
}

/// Which of the unsynced steps are left, by their place among them.
#[derive(Debug, Clone)]
enum Left {
    First(usize),
    Without(usize),
    Only(usize),
    /// The earlier ones and part of this write.
    Torn(usize, Part),
    /// All, of this write only a part.
    TornAmongAll(usize, Part),
    /// Each by chance, and some in part.
    Random(u64),
}

/// The part of a write that is left.
#[derive(Debug, Clone, Copy)]
enum Part {
    FirstByte,
    FirstHalf,
    LastHalf,
    AllButOneByte,
    /// The first and the last quarter.
    Ends,
    Zeros,
}

const PARTS: [Part; 6] =
    [Part::FirstByte, Part::FirstHalf, Part::LastHalf, Part::AllButOneByte, Part::Ends, Part::Zeros];

/// Random images of each moment.
const RANDOM: u64 = 24;

/// The maximum number of unsynced steps of one moment that are tried one by one; of more, a choice of that
/// many.
const SINGLED_OUT: usize = 24;

impl Recording {
    /// The power cuts that are worth trying.
    pub(crate) fn power_cuts(&self) -> Vec<Cut> {
        let mut cuts = Vec::new();
        for before in 0..=self.steps.len() {
            let unsynced = self.unsynced(before);
            let count = unsynced.len();
            let single: Vec<usize> = (0..count).step_by(count / SINGLED_OUT + 1).chain(count.checked_sub(1)).collect();
            cuts.extend([0, count].map(|first| Cut { before, left: Left::First(first) }));
            for &at in &single {
                cuts.extend([Left::First(at), Left::Without(at), Left::Only(at)].map(|left| Cut { before, left }));
                if matches!(self.steps[unsynced[at]], Step::Write { .. }) {
                    let torn = PARTS.into_iter().flat_map(|part| [Left::Torn(at, part), Left::TornAmongAll(at, part)]);
                    cuts.extend(torn.map(|left| Cut { before, left }));
                }
            }
            if count > 1 {
                cuts.extend((0..RANDOM).map(|seed| Cut { before, left: Left::Random(seed) }));
            }
        }
        cuts
    }

    /// The disk after a power cut.
    pub(crate) fn image(&self, cut: &Cut) -> Image {
        let past = &self.steps[..cut.before];
        let unsynced = self.unsynced(cut.before);
        let mut disk = self.before.clone();
        let mut chance = Chance(cut.before as u64 ^ 0x5bd1_e995);
        if let Left::Random(seed) = cut.left {
            chance.0 ^= seed << 32;
        }
        for (at, step) in past.iter().enumerate() {
            let left = match unsynced.binary_search(&at) {
                Err(_) => vec![step.clone()],
                Ok(place) => cut.left.of(place, step, &mut chance),
            };
            for step in &left {
                disk.apply(step);
            }
        }
        // What is in shared memory is not kept on disk.
        disk.forget(|path| path.to_string_lossy().ends_with("-shm"));
        let acknowledged = past.iter().filter(|step| **step == Step::Acknowledge).count();
        Image { disk, acknowledged }
    }

    /// The steps that need not have reached the disk when the power fails before a step.
    fn unsynced(&self, before: usize) -> Vec<usize> {
        (0..before).filter(|at| self.synced_by[*at].is_none_or(|sync| sync >= before)).collect()
    }
}

/// For every step the later one that makes sure of it.
pub(crate) fn synced_by(steps: &[Step]) -> Vec<Option<usize>> {
    let is_sync_of = |step: &Step, sync: &Step| match (step, sync) {
        (Step::Write { file, .. } | Step::Truncate { file, .. }, Step::Sync { file: synced }) => file == synced,
        (
            Step::Make { path, .. }
            | Step::Rename { to: path, .. }
            | Step::Link { to: path, .. }
            | Step::Unlink { path }
            | Step::MakeFolder { path }
            | Step::RemoveFolder { path },
            Step::SyncFolder { path: synced },
        ) => path.parent() == Some(synced),
        _ => false,
    };
    let first_sync = |(at, step): (usize, &Step)| {
        let needs_none = matches!(step, Step::Sync { .. } | Step::SyncFolder { .. } | Step::Acknowledge);
        let later = || steps[at..].iter().position(|sync| is_sync_of(step, sync)).map(|place| at + place);
        if needs_none { Some(at) } else { later() }
    };
    steps.iter().enumerate().map(first_sync).collect()
}

impl Left {
    /// What is left of the unsynced step at this place.
    fn of(&self, place: usize, step: &Step, chance: &mut Chance) -> Vec<Step> {
        let if_left = |is_left| if is_left { vec![step.clone()] } else { Vec::new() };
        match *self {
            Self::First(count) => if_left(place < count),
            Self::Without(at) => if_left(place != at),
            Self::Only(at) => if_left(place == at),
            Self::Torn(at, part) | Self::TornAmongAll(at, part) if place == at => part.of(step),
            Self::Torn(at, _) => if_left(place < at),
            Self::TornAmongAll(..) => if_left(true),
            Self::Random(_) => match chance.below(8) {
                0..4 => if_left(true),
                4..7 => Vec::new(),
                _ => PARTS.get(chance.below(PARTS.len())).map_or(Vec::new(), |part| part.of(step)),
            },
        }
    }
}

impl Part {
    fn of(self, step: &Step) -> Vec<Step> {
        let Step::Write { file, offset, bytes } = step else { return vec![step.clone()] };
        let length = bytes.len();
        // Larger writes are torn between sectors.
        let even = |at: usize| if at >= 512 { at / 512 * 512 } else { at };
        let part = |from: usize, to: usize| Step::Write {
            file: *file,
            offset: offset + from,
            bytes: bytes[from..to].to_vec(),
        };
        match self {
            Self::FirstByte => vec![part(0, length.min(1))],
            Self::FirstHalf => vec![part(0, even(length / 2))],
            Self::LastHalf => vec![part(even(length / 2), length)],
            Self::AllButOneByte => vec![part(0, length.saturating_sub(1))],
            Self::Ends => vec![part(0, even(length / 4)), part(even(length / 4 * 3), length)],
            Self::Zeros => vec![Step::Write { file: *file, offset: *offset, bytes: vec![0; length] }],
        }
    }
}

/// Numbers that look random and are the same in every run (`SplitMix64`).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap_or_default()
    }
}
