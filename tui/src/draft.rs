//! Drafts on disk: a small file beside the transcript, so that a letter begun survives leaving.
//!
//! It is no evidence and not part of the record; what was sent is in the transcript.

use crate::writing::Kept;
use std::{
    fs::{self, File},
    io::{ErrorKind, Read as _},
    path::{Path, PathBuf},
};

/// Largest file of drafts, in bytes.
const MAX_FILE: u64 = 8 * 1024 * 1024;

/// The file for a transcript.
#[must_use]
pub fn path(transcript: &Path) -> PathBuf {
    transcript.with_extension("drafts.json")
}

/// Reads it; none is no error.
///
/// # Errors
/// A sentence for the screen.
pub fn load(path: &Path) -> Result<Kept, String> {
    let wrong = |why: String| format!("The drafts in {} cannot be read: {why}", path.display());
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Kept::default()),
        Err(e) => return Err(wrong(e.to_string())),
    };
    let mut text = String::new();
    file.take(MAX_FILE + 1).read_to_string(&mut text).map_err(|e| wrong(e.to_string()))?;
    if text.len() as u64 > MAX_FILE {
        return Err(wrong(format!("larger than {} MiB", MAX_FILE / 1024 / 1024)));
    }
    serde_json::from_str(&text).map_err(|e| wrong(e.to_string()))
}

/// Writes it; without drafts the file is removed.
///
/// # Errors
/// A sentence for the screen.
pub fn save(path: &Path, kept: &Kept) -> Result<(), String> {
    let wrong = |why: String| format!("Drafts cannot be saved to {}: {why}", path.display());
    if kept.drafts.is_empty() {
        return match fs::remove_file(path) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(wrong(e.to_string())),
            _ => Ok(()),
        };
    }
    let text = serde_json::to_string_pretty(kept).map_err(|e| wrong(e.to_string()))?;
    let new = path.with_extension("json.new");
    fs::write(&new, text).and_then(|()| fs::rename(&new, path)).map_err(|e| wrong(e.to_string()))
}
