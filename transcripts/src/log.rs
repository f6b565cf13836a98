//! What any store of an exercise's log can do, whoever keeps it: a file, memory, a database server.

use crate::{
    entry::Entry,
    error::{AppendError, ReadError},
};
use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// An append-only, numbered log with one writer.
///
/// The number a writer expects is its fence: of two writers that read up to the same entry one wins
/// and the other is told, whatever store is behind it.
pub trait Log {
    /// Appends entries after the entry numbered `expected` (0 for none). All of them are durable when
    /// this returns, or none is. They are numbered from `expected + 1` without a gap.
    ///
    /// # Errors
    /// [`AppendError::Conflict`] when the newest entry is another one; otherwise why nothing was
    /// written. After an error the same call can be made again.
    fn append(&mut self, expected: u64, entries: &[Entry]) -> Result<u64, AppendError>;

    /// At most `limit` entries with numbers from `from` on, in order.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn read_from(&self, from: u64, limit: usize) -> Result<Vec<Entry>, ReadError>;

    /// Number of the newest durable entry; 0 when there is none.
    fn newest(&self) -> u64;

    /// A handle on which other threads wait for the newest number to grow.
    fn watch(&self) -> Watch;
}

/// Waits for a log to grow. It carries only the number: whoever is woken reads what is new itself.
#[derive(Clone, Debug)]
pub struct Watch(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    grown: Condvar,
}

#[derive(Debug)]
struct State {
    newest: u64,
    closed: bool,
}

impl Watch {
    fn state(&self) -> MutexGuard<'_, State> {
        // A number is never half written, so a panic elsewhere does not spoil it.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Number of the newest durable entry.
    #[must_use]
    pub fn newest(&self) -> u64 {
        self.state().newest
    }

    /// Whether the log was closed or sealed: nothing more will come.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.state().closed
    }

    /// Waits until there is an entry after `n` and returns the newest number; `None` when nothing came
    /// within `timeout` or nothing ever will.
    #[must_use]
    pub fn wait_past(&self, n: u64, timeout: Duration) -> Option<u64> {
        let (state, _) = self
            .0
            .grown
            .wait_timeout_while(self.state(), timeout, |s| s.newest <= n && !s.closed)
            .unwrap_or_else(PoisonError::into_inner);
        (state.newest > n).then_some(state.newest)
    }
}

/// The store's end of a [`Watch`].
#[derive(Debug)]
pub(crate) struct Bell(Watch);

impl Bell {
    pub(crate) fn new(newest: u64) -> Self {
        let state = Mutex::new(State { newest, closed: false });
        Self(Watch(Arc::new(Shared { state, grown: Condvar::new() })))
    }

    pub(crate) fn watch(&self) -> Watch {
        self.0.clone()
    }

    pub(crate) fn ring(&self, newest: u64) {
        self.0.state().newest = newest;
        self.0.0.grown.notify_all();
    }

    pub(crate) fn close(&self) {
        self.0.state().closed = true;
        self.0.0.grown.notify_all();
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        self.close();
    }
}

/// A log in memory: for headless runs that keep nothing, and for tests.
#[derive(Debug)]
pub struct Memory {
    entries: Vec<Entry>,
    bell: Bell,
}

impl Default for Memory {
    fn default() -> Self {
        Self { entries: Vec::new(), bell: Bell::new(0) }
    }
}

impl Memory {
    /// What it holds.
    #[must_use]
    pub fn into_entries(mut self) -> Vec<Entry> {
        std::mem::take(&mut self.entries)
    }
}

/// Refuses entries that do not follow the expected one. The same rule for every store.
pub(crate) fn numbered(expected: u64, newest: u64, entries: &[Entry]) -> Result<(), AppendError> {
    if expected != newest {
        return Err(AppendError::Conflict { expected, newest });
    }
    for (entry, due) in entries.iter().zip(expected + 1..) {
        if entry.n != due {
            return Err(AppendError::Misnumbered { found: entry.n, due });
        }
    }
    Ok(())
}

impl Log for Memory {
    fn append(&mut self, expected: u64, entries: &[Entry]) -> Result<u64, AppendError> {
        numbered(expected, self.newest(), entries)?;
        self.entries.extend_from_slice(entries);
        self.bell.ring(self.newest());
        Ok(self.newest())
    }

    fn read_from(&self, from: u64, limit: usize) -> Result<Vec<Entry>, ReadError> {
        Ok(self.entries.iter().filter(|e| e.n >= from).take(limit).cloned().collect())
    }

    fn newest(&self) -> u64 {
        self.entries.len() as u64
    }

    fn watch(&self) -> Watch {
        self.bell.watch()
    }
}
