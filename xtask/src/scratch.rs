//! Where tests put what they make: in memory where there is room, because a disk that confirms every write is what tests of
//! two databases wait for most. Nothing else changes by it: the databases confirm as they do anywhere.

use std::{
    env, fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, id},
};

use crate::machine;

const PREFIX: &str = "mainstay-tests-";
/// The file system in memory that Linux has.
const MEMORY: &str = "/dev/shm";
/// What a run needs there at most, twice over, in KiB.
const ROOM: u64 = 2 << 20;
/// What has to be free of the whole memory besides, for compilers and browsers, in KiB.
const BESIDE: u64 = 4 << 20;

/// A folder for one run; dropping it removes it.
pub struct Scratch {
    folder: Option<PathBuf>,
}

impl Scratch {
    /// In memory, or nothing of its own where there is no room: then everything goes where temporary files go.
    pub fn make() -> Scratch {
        sweep();
        let folder = has_room().then(|| Path::new(MEMORY).join(format!("{PREFIX}{}", id())));
        // The database server runs as somebody else, who has to pass through.
        let folder = folder.filter(|folder| {
            fs::create_dir(folder).is_ok()
                && fs::set_permissions(folder, fs::Permissions::from_mode(0o711)).is_ok()
        });
        match &folder {
            Some(folder) => println!("\ntests write to {}, which is memory", folder.display()),
            None => println!("\ntests write to {}: too little memory is free", env::temp_dir().display()),
        }
        Scratch { folder }
    }

    /// Where temporary files go.
    pub fn folder(&self) -> PathBuf {
        self.folder.clone().unwrap_or_else(env::temp_dir)
    }

    /// Has a command put its temporary files there.
    pub fn lend<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("TMPDIR", self.folder())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

fn has_room() -> bool {
    let free = machine::output("df", &["--output=avail", "-k", MEMORY]);
    let free = free.and_then(|text| text.lines().last()?.trim().parse::<u64>().ok());
    let known = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let available = known.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    let available = available.and_then(|text| text.trim().trim_end_matches(" kB").parse::<u64>().ok());
    may_run() && free.is_some_and(|free| ROOM <= free) && available.is_some_and(|free| ROOM + BESIDE <= free)
}

/// Examples in the documentation are built among the temporary files, and run there.
fn may_run() -> bool {
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let options = mounts.lines().rev().find_map(|line| {
        let mut words = line.split(' ').skip(1);
        (words.next() == Some(MEMORY)).then(|| words.nth(1)).flatten()
    });
    options.is_some_and(|options| !options.split(',').any(|option| option == "noexec"))
}

/// What runs that were killed left in memory.
fn sweep() {
    for entry in fs::read_dir(MEMORY).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let owner = name.strip_prefix(PREFIX).filter(|owner| owner.parse::<u32>().is_ok());
        if owner.is_some_and(|owner| !Path::new("/proc").join(owner).exists()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
