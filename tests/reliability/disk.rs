//! A model of a folder in the file system, and the effects of calls on it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::powercut::synced_by;
use crate::shim::Call;

/// A file, whatever names it has.
type FileNumber = usize;

/// What a call does. Paths are relative to the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Make {
        path: PathBuf,
        file: FileNumber,
    },
    Write {
        file: FileNumber,
        offset: usize,
        bytes: Vec<u8>,
    },
    Truncate {
        file: FileNumber,
        length: usize,
    },
    Sync {
        file: FileNumber,
    },
    SyncFolder {
        path: PathBuf,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
        file: FileNumber,
    },
    Link {
        to: PathBuf,
        file: FileNumber,
    },
    Unlink {
        path: PathBuf,
    },
    MakeFolder {
        path: PathBuf,
    },
    RemoveFolder {
        path: PathBuf,
    },
    /// The user was told that it is done.
    Acknowledge,
}

/// The files of a folder: names and contents separately, because either can be lost alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Disk {
    names: BTreeMap<PathBuf, FileNumber>,
    folders: BTreeSet<PathBuf>,
    files: Vec<Arc<Vec<u8>>>,
}

/// A folder, and what was done in it.
#[derive(Debug, Clone)]
pub(crate) struct Recording {
    pub(crate) before: Disk,
    pub(crate) steps: Vec<Step>,
    /// For every step the later one that makes it survive a power cut.
    pub(crate) synced_by: Vec<Option<usize>>,
}

impl Disk {
    /// What there is in a folder.
    pub(crate) fn read(root: &Path) -> Self {
        Self::read_with_inodes(root).0
    }

    fn read_with_inodes(root: &Path) -> (Self, HashMap<u64, FileNumber>) {
        let (mut disk, mut inodes, mut folders) = (Self::default(), HashMap::new(), vec![root.to_owned()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let (path, metadata) = (entry.path(), entry.metadata().unwrap());
                let name = path.strip_prefix(root).unwrap().to_owned();
                if metadata.is_dir() {
                    disk.folders.insert(name);
                    folders.push(path);
                } else {
                    inodes.insert(metadata.ino(), disk.files.len());
                    disk.names.insert(name, disk.files.len());
                    disk.files.push(Arc::new(fs::read(path).unwrap()));
                }
            }
        }
        (disk, inodes)
    }

    /// Puts everything into an empty folder; what is in a folder that is not there is lost.
    pub(crate) fn lay_out(&self, root: &Path) {
        for folder in &self.folders {
            let _ = fs::DirBuilder::new().mode(0o700).create(root.join(folder));
        }
        for (name, bytes) in self.there() {
            let mut file =
                fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(root.join(name)).unwrap();
            file.write_all(bytes).unwrap();
        }
    }

    /// What is in the file of this name.
    pub(crate) fn content(&self, name: &Path) -> Option<&[u8]> {
        self.there().find(|(there, _)| *there == name).map(|(_, bytes)| bytes)
    }

    /// The names of the files.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Path> {
        self.there().map(|(name, _)| name)
    }

    /// The names that can be found, and what is behind them.
    fn there(&self) -> impl Iterator<Item = (&Path, &[u8])> {
        let is_in = |folder: &Path| folder.as_os_str().is_empty() || self.folders.contains(folder);
        let is_there = move |name: &Path| name.ancestors().skip(1).all(is_in);
        self.names
            .iter()
            .filter(move |(name, _)| is_there(name))
            .filter_map(|(name, file)| Some((name.as_path(), self.files.get(*file)?.as_slice())))
    }

    /// The same for folders with the same names and contents, whatever happened to them.
    pub(crate) fn digest(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        for folder in &self.folders {
            digest.update(folder.as_os_str().as_encoded_bytes());
            digest.update([0]);
        }
        for (name, bytes) in self.there() {
            digest.update(name.as_os_str().as_encoded_bytes());
            digest.update([1]);
            digest.update(bytes.len().to_le_bytes());
            digest.update(bytes);
        }
        digest.finalize().into()
    }

    /// Forgets a file by its name.
    pub(crate) fn forget(&mut self, is_forgotten: impl Fn(&Path) -> bool) {
        self.names.retain(|name, _| !is_forgotten(name));
    }

    /// Does what a call did.
    pub(crate) fn apply(&mut self, step: &Step) {
        match step {
            Step::Make { path, file } => {
                self.file(*file);
                self.names.insert(path.clone(), *file);
            }
            Step::Write { file, offset, bytes } => {
                let content = self.file(*file);
                let end = offset + bytes.len();
                if content.len() < end {
                    content.resize(end, 0);
                }
                content[*offset..end].copy_from_slice(bytes);
            }
            Step::Truncate { file, length } => self.file(*file).resize(*length, 0),
            Step::Rename { from, to, file } => {
                self.names.remove(from);
                self.names.insert(to.clone(), *file);
            }
            Step::Link { to, file } => drop(self.names.insert(to.clone(), *file)),
            Step::Unlink { path } => drop(self.names.remove(path)),
            Step::MakeFolder { path } => drop(self.folders.insert(path.clone())),
            Step::RemoveFolder { path } => drop(self.folders.remove(path)),
            Step::Sync { .. } | Step::SyncFolder { .. } | Step::Acknowledge => {}
        }
    }

    fn file(&mut self, file: FileNumber) -> &mut Vec<u8> {
        if self.files.len() <= file {
            self.files.resize_with(file + 1, Arc::default);
        }
        Arc::make_mut(&mut self.files[file])
    }
}

impl Recording {
    /// Records what happens in a folder: `act` does it, and returns the calls.
    pub(crate) fn of(root: &Path, act: impl FnOnce() -> Vec<Call>) -> Self {
        let (before, mut inodes) = Disk::read_with_inodes(root);
        let mut disk = before.clone();
        let mut steps = Vec::new();
        for call in act().into_iter().filter(|call| call.error == 0) {
            let path = |path: &Path| path.strip_prefix(root).unwrap_or(path).to_owned();
            let size = |offset: u64| usize::try_from(offset).unwrap();
            let file = inodes.get(&call.inode).copied();
            let known = || file.unwrap_or_else(|| panic!("a file that was never opened: {call:?}"));
            let named = |path: &Path| disk.names[path];
            let step = match call.kind {
                'o' => continue,
                'n' => {
                    inodes.insert(call.inode, disk.files.len());
                    Step::Make { path: path(&call.path), file: disk.files.len() }
                }
                'w' => Step::Write { file: known(), offset: size(call.offset), bytes: call.bytes.clone() },
                't' => Step::Truncate { file: known(), length: size(call.offset) },
                's' => Step::Sync { file: known() },
                'f' => Step::SyncFolder { path: path(&call.path) },
                'r' => {
                    let from = path(&call.path);
                    Step::Rename { file: named(&from), from, to: path(&call.other) }
                }
                'l' => Step::Link { to: path(&call.other), file: named(&path(&call.path)) },
                'u' => Step::Unlink { path: path(&call.path) },
                'm' => Step::MakeFolder { path: path(&call.path) },
                'd' => Step::RemoveFolder { path: path(&call.path) },
                'a' => Step::Acknowledge,
                other => panic!("a call of the kind {other}"),
            };
            disk.apply(&step);
            steps.push(step);
        }
        Self { before, synced_by: synced_by(&steps), steps }
    }

    /// Puts some steps before the first write of anything, chosen by themselves and by the name of
    /// the file that they write or sync, if that was there before.
    pub(crate) fn bring_forward(&mut self, is_early: impl Fn(&Step, Option<&Path>) -> bool) {
        let is_early = |step: &Step| {
            let file = if let Step::Write { file, .. } | Step::Sync { file } = step { Some(*file) } else { None };
            is_early(step, file.and_then(|file| self.name_of(file)))
        };
        let first = self.steps.iter().position(|step| matches!(step, Step::Write { .. })).unwrap_or_default();
        let (early, late): (Vec<_>, Vec<_>) = self.steps[first..].iter().cloned().partition(is_early);
        self.steps.splice(first.., early.into_iter().chain(late));
        self.synced_by = synced_by(&self.steps);
    }

    /// The name that a file has or gets first.
    fn name_of(&self, file: FileNumber) -> Option<&Path> {
        let had = self.before.names.iter().find(|(_, number)| **number == file).map(|(name, _)| name.as_path());
        had.or_else(|| {
            let made_as =
                |step| if let &Step::Make { ref path, file } = step { Some((path.as_path(), file)) } else { None };
            self.steps.iter().filter_map(made_as).find(|(_, made)| *made == file).map(|(path, _)| path)
        })
    }

    /// The places of the steps that sync a file of this name.
    pub(crate) fn syncs_of(&self, name: &str) -> Vec<usize> {
        let is_sync = |step: &Step| matches!(step, Step::Sync { file } if self.name_of(*file) == Some(Path::new(name)));
        (0..self.steps.len()).filter(|at| is_sync(&self.steps[*at])).collect()
    }

    /// The folder after everything.
    pub(crate) fn after(&self) -> Disk {
        let mut disk = self.before.clone();
        self.steps.iter().for_each(|step| disk.apply(step));
        disk
    }
}
