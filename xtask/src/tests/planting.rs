//! A small house in a temporary folder, sound until something is planted in it.

use std::{
    env, fs,
    path::PathBuf,
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use crate::tidy::{self, Fault};

static BUILT: AtomicU32 = AtomicU32::new(0);

/// A tree that keeps every rule: one part of the ground, two slices and the app.
pub struct House {
    root: PathBuf,
}

impl House {
    /// Builds it.
    pub fn sound() -> House {
        let number = BUILT.fetch_add(1, Ordering::Relaxed);
        let root = env::temp_dir().join(format!("mainstay-house-{}-{number}", process::id())).join("house");
        let house = House { root };
        house.crate_at("ground/kernel", "kernel", &[]);
        house.crate_at("ground/store", "store", &["kernel"]);
        house.crate_at("slices/timeline", "timeline", &["kernel", "store"]);
        house.crate_at("slices/accounts", "accounts", &["kernel", "store", "timeline"]);
        house.crate_at("app", "mainstay", &["accounts", "timeline"]);
        house.crate_at("xtask", "xtask", &[]);
        house.write("slices/timeline/README.md", "# Timeline\n");
        house.write("slices/accounts/README.md", "# Accounts\n");
        house.write("GLOSSARY.md", "- **Account**: whom we deal with.\n- **Fact**: what happened.\n");
        house
    }

    /// Adds or replaces a file.
    pub fn write(&self, path: &str, text: &str) {
        let place = self.root.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    /// Adds a crate with these dependencies.
    pub fn crate_at(&self, folder: &str, name: &str, dependencies: &[&str]) {
        let wanted: String = dependencies.iter().map(|name| format!("{name}.workspace = true\n")).collect();
        let manifest =
            format!("[package]\nname = \"{name}\"\n\n[lints]\nworkspace = true\n\n[dependencies]\n{wanted}");
        self.write(&format!("{folder}/Cargo.toml"), &manifest);
        self.write(&format!("{folder}/src/lib.rs"), "//! What it is for.\n");
    }

    /// Takes a file away.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.root.join(path)).unwrap();
    }

    /// Where it stands.
    pub fn root(&self) -> &PathBuf {
        &self.root
    }

    /// What the checker finds.
    pub fn faults(&self) -> Vec<Fault> {
        tidy::check(&self.root).unwrap()
    }

    /// The checker finds exactly this rule broken, at this place.
    #[track_caller]
    pub fn shows(&self, rule: &str, place: &str) {
        let faults = self.faults();
        let found: Vec<(&str, &str)> =
            faults.iter().map(|fault| (fault.rule, fault.place.as_str())).collect();
        assert_eq!(found, [(rule, place)], "{faults:?}");
    }

    /// The checker finds nothing.
    #[track_caller]
    pub fn is_sound(&self) {
        assert_eq!(self.faults(), []);
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.root.parent().unwrap());
    }
}
