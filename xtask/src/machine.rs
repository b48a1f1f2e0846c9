//! What a machine needs before everything can be tested, and how it gets it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

/// The names under which a browser of the Chromium family may be installed.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// Installs what the database tests need and is missing.
pub fn ready_for_databases() -> Result<()> {
    if database_programs().is_err() {
        install(&["postgresql"])?;
    }
    Ok(())
}

/// Installs what the browser tests need and is missing, their npm packages included.
pub fn ready_for_browsers(root: &Path) -> Result<()> {
    let mut missing = Vec::new();
    if !BROWSERS.iter().any(|name| is_there(name)) {
        missing.push("chromium");
    }
    missing
        .extend([("node", "nodejs"), ("npm", "npm")].iter().filter(|(name, _)| !is_there(name)).map(|p| p.1));
    if !missing.is_empty() {
        install(&missing)?;
    }
    install_node_modules(&root.join("browser"))
}

/// The folder with `initdb` and `postgres`: Debian keeps them off the search path, one folder per version.
pub fn database_programs() -> Result<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.sort();
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let complete = |folder: &PathBuf| {
        ["initdb", "postgres", "pg_ctl", "pg_isready"].iter().all(|name| folder.join(name).exists())
    };
    folders.into_iter().rfind(complete).context("find the programs of the PostgreSQL server")
}

/// This process may do anything.
pub fn is_root() -> bool {
    output("id", &["-u"]).is_some_and(|id| id == "0")
}

/// What a program prints, if it is there and succeeds.
pub fn output(program: &str, args: &[&str]) -> Option<String> {
    let done = Command::new(program).args(args).stderr(Stdio::null()).output().ok()?;
    done.status.success().then(|| String::from_utf8_lossy(&done.stdout).trim().to_owned())
}

fn is_there(program: &str) -> bool {
    env::split_paths(&env::var_os("PATH").unwrap_or_default()).any(|folder| folder.join(program).is_file())
}

/// Through apt, as root or with sudo; elsewhere the person is told what to install.
fn install(packages: &[&str]) -> Result<()> {
    if !is_there("apt-get") {
        bail!("missing on this machine, and there is no apt-get to install it with: {}", packages.join(", "));
    }
    println!("installing {}", packages.join(", "));
    apt(&["update", "-qq"])?;
    apt(&[&["install", "-y", "-qq", "--no-install-recommends"], packages].concat())
}

fn apt(args: &[&str]) -> Result<()> {
    let mut command = if is_root() { Command::new("env") } else { Command::new("sudo") };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(args).stdout(Stdio::null());
    succeed(&mut command, &format!("apt-get {}", args.join(" ")))
}

/// Only when the lock file is newer than what npm noted at its last install.
fn install_node_modules(folder: &Path) -> Result<()> {
    let changed = |path: PathBuf| fs::metadata(path).and_then(|known| known.modified()).ok();
    let installed = changed(folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= changed(folder.join("package-lock.json")) {
        return Ok(());
    }
    let mut command = Command::new("npm");
    command.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(folder);
    succeed(&mut command, "npm ci in browser/")
}

fn succeed(command: &mut Command, what: &str) -> Result<()> {
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("start {what}"))?;
    if !status.success() {
        bail!("{what} failed: {status}");
    }
    Ok(())
}
