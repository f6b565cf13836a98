//! One writer per transcript: a lock file beside it, held while it is open for writing.
//!
//! The operating system lets go of the lock when the process ends, however it ends, so a killed
//! process never shuts its own exercise. SQLite's locks cannot serve: they are held only while
//! something is being written, and two hosts of one exercise must be told at the start.
//!
//! The lock also says when the file itself must not be opened by anything but SQLite: closing any
//! handle on a file drops the POSIX locks the same process holds on it through SQLite.

use std::{
    ffi::OsString,
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

/// The file's name with an ending of ours or SQLite's behind it: `x.startex-lock`, `x.startex-wal`.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(ending);
    PathBuf::from(name)
}

/// Held by the writer.
#[derive(Debug)]
pub(crate) struct Lock {
    /// Kept open: closing it lets go.
    _file: File,
    #[cfg_attr(not(unix), expect(dead_code, reason = "only Unix removes the lock file"))]
    path: PathBuf,
}

/// Why there is no lock.
#[derive(Debug)]
pub(crate) enum LockError {
    /// Another writer has it.
    Held,
    /// It could not be made.
    Io(io::Error),
}

impl Lock {
    pub(crate) fn acquire(transcript: &Path) -> Result<Self, LockError> {
        let path = beside(transcript, "-lock");
        // Readers look at the lock for an instant (see `held`), so one refusal proves nothing yet.
        for attempt in 0..10 {
            if attempt > 0 {
                thread::sleep(Duration::from_millis(5));
            }
            let file =
                OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(LockError::Io)?;
            match file.try_lock() {
                Ok(()) if same(&file, &path) => return Ok(Self { _file: file, path }),
                // The holder removed the file between our opening and our locking: take the new one.
                Ok(()) | Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(LockError::Io(error)),
            }
        }
        Err(LockError::Held)
    }

    /// Whether some process, this one included, has the transcript open for writing.
    pub(crate) fn held(transcript: &Path) -> bool {
        let Ok(file) = File::open(beside(transcript, "-lock")) else { return false };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }
}

#[cfg(unix)]
impl Drop for Lock {
    fn drop(&mut self) {
        // Still locked here: whoever opens it from now on finds a new file and locks that. Failing to
        // remove it costs nothing; an unlocked lock file holds nobody up.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
        _ => false,
    }
}

/// Elsewhere the lock file stays where it is, so the one locked is the one named.
#[cfg(not(unix))]
fn same(_: &File, _: &Path) -> bool {
    true
}
