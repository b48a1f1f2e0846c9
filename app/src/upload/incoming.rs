//! A file on its way in: written in large pieces, and gone again unless somebody takes it over.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use axum::http::StatusCode;
use kernel::Problem;
use speech::say;

use super::LARGEST_FILE;
use crate::serve::refusal::Refusal;

const PREFIX: &str = "incoming-";
/// Bytes that are written at once.
const PIECE: usize = 1 << 18;
/// What a program that died left behind is taken away after this long.
const LEFT_BEHIND: Duration = Duration::from_secs(24 * 60 * 60);

/// A file on its way in.
pub(super) struct Incoming {
    path: PathBuf,
    file: Arc<File>,
    piece: Vec<u8>,
    bytes: u64,
}

impl Incoming {
    /// An empty file in the folder, which nobody else may read.
    pub(super) fn begin(folder: &Path) -> kernel::Result<Incoming> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{PREFIX}{}-{}-{number}", crate::config::clock(), std::process::id()));
        let file =
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(unwritten)?;
        Ok(Incoming { path, file: Arc::new(file), piece: Vec::with_capacity(PIECE), bytes: 0 })
    }

    /// More of it.
    pub(super) async fn add(&mut self, chunk: &[u8]) -> Result<(), Refusal> {
        self.bytes += chunk.len() as u64;
        if LARGEST_FILE < self.bytes {
            let text = say!(
                "the file is larger than 2 GiB; bring it in with `mainstay import` where it lies, or in parts"
            );
            return Err(Refusal::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                Problem::invalid("file", "upload.large", text),
            ));
        }
        self.piece.extend_from_slice(chunk);
        if self.piece.len() < PIECE { Ok(()) } else { Ok(self.end().await?) }
    }

    /// Writes what waits.
    pub(super) async fn end(&mut self) -> kernel::Result<()> {
        let (piece, file) = (std::mem::take(&mut self.piece), Arc::clone(&self.file));
        let written = tokio::task::spawn_blocking(move || (&*file).write_all(&piece)).await;
        written.map_err(io::Error::other).flatten().map_err(unwritten)
    }

    /// Where it lies.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How long it is.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // It may have been moved to its place; else `sweep` takes it away some day.
        drop(fs::remove_file(&self.path));
    }
}

fn unwritten(cause: io::Error) -> Problem {
    let text = say!("the file cannot be written to the disk; make room in the data folder and send it again");
    match cause.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Problem::busy("upload.full", text).because(cause)
        }
        _ => Problem::internal("upload.write", text).because(cause),
    }
}

/// Takes away what a program that died left of files on their way in.
pub fn sweep(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let old = |entry: &fs::DirEntry| {
        let changed = entry.metadata().and_then(|metadata| metadata.modified()).ok();
        let age = changed.and_then(|changed| SystemTime::now().duration_since(changed).ok());
        age.is_some_and(|age| LEFT_BEHIND < age)
    };
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX)).filter(old) {
        if let Err(cause) = fs::remove_file(entry.path()) {
            tracing::warn!(%cause, "cannot remove what is left of a file on its way in");
        }
    }
}
