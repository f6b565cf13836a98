//! Verification: the commands of a transcript, simulated again, must give its entries byte for byte.

use crate::run::{Run, plan};
use protocol::{Fact, SimTime};
use scenarios::{Loaded, Source};
use std::path::Path;
use transcripts::{Body, Entry, Integrity, Transcript};

/// What verification found.
#[derive(Debug)]
pub struct Verdict {
    /// Chain, numbering, seal and file.
    pub integrity: Integrity,
    /// The first entry the simulation does not agree with; `None` when it agrees with all.
    pub difference: Option<Difference>,
    /// Why it could not be simulated again, where it could not.
    pub unreadable: Option<String>,
    /// What is missing at its end. Left early an exercise may end anywhere; a sealed one has had its EndEx.
    pub missing: Option<String>,
}

impl Verdict {
    /// Everything holds: file, seal, chain and simulation.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.integrity.holds() && self.difference.is_none() && self.unreadable.is_none() && self.missing.is_none()
    }
}

/// Where a transcript and its re-simulation part.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The entry.
    pub entry: u64,
    /// What the transcript says there; `None`: it ends before.
    pub recorded: Option<Entry>,
    /// What the simulation makes of it; `None`: it has nothing there.
    pub simulated: Option<Entry>,
}

/// Checks a transcript file in every way.
#[must_use]
pub fn verify(path: &Path) -> Verdict {
    let integrity = transcripts::check(path);
    let read = transcripts::Store::read(path).map_err(|e| e.to_string());
    let found = read.and_then(|transcript| {
        let loaded = load(&transcript)?;
        if loaded.hash != transcript.header.scenario_hash {
            return Err("the scenario inside is not the one whose hash the header names".to_owned());
        }
        Ok((resimulate(&loaded, &transcript), missing(&transcript)))
    });
    match found {
        Ok((difference, missing)) => Verdict { integrity, difference, unreadable: None, missing },
        Err(why) => Verdict { integrity, difference: None, unreadable: Some(why), missing: None },
    }
}

/// A sealed transcript whose EndEx is not in it was cut and sealed anew.
fn missing(transcript: &Transcript) -> Option<String> {
    let ended = transcript.events().any(|(_, e)| matches!(e.fact, Fact::Ended));
    let last = transcript.entries.len();
    (transcript.seal.is_some() && !ended)
        .then(|| format!("it is sealed, and no EndEx is in it: entries after {last} were removed"))
}

/// The scenario inside a transcript.
pub(crate) fn load(transcript: &Transcript) -> Result<Loaded, String> {
    let source = Source::embedded("the transcript", transcript.files.iter().cloned());
    scenarios::load(&source).map_err(|faults| faults.first().map_or_else(String::new, ToString::to_string))
}

/// Simulates a transcript's commands again and names the first entry that differs.
#[must_use]
pub fn resimulate(loaded: &Loaded, transcript: &Transcript) -> Option<Difference> {
    let mut run = Run::new(plan(loaded), transcript.header.seed);
    let mut recorded = transcript.entries.iter();
    for (_, command) in transcript.commands() {
        // Time in a damaged file may be anything; what lies far outside any exercise is not simulated.
        if command.at.0 > protocol::time::MAX_SPAN_MS {
            let entry = recorded.next().cloned();
            return entry.map(|e| Difference { entry: e.n, recorded: Some(e), simulated: None });
        }
        if let Some(difference) = compare(&mut recorded, run.submit(command)) {
            return Some(difference);
        }
    }
    let end = transcript.end().min(SimTime(protocol::time::MAX_SPAN_MS));
    // After the last command time may have brought on more; of what is due at the very last moment the
    // record may hold only a part, if it was cut off there.
    let tail = run.advance(end);
    compare_tail(recorded, &tail)
}

fn compare<'a>(recorded: &mut impl Iterator<Item = &'a Entry>, simulated: Vec<Entry>) -> Option<Difference> {
    for entry in simulated {
        match recorded.next() {
            Some(r) if *r == entry => {}
            r => return Some(Difference { entry: entry.n, recorded: r.cloned(), simulated: Some(entry) }),
        }
    }
    None
}

fn compare_tail<'a>(recorded: impl Iterator<Item = &'a Entry>, simulated: &[Entry]) -> Option<Difference> {
    let mut simulated = simulated.iter();
    for r in recorded {
        match simulated.next() {
            Some(s) if s == r => {}
            s => return Some(Difference { entry: r.n, recorded: Some(r.clone()), simulated: s.cloned() }),
        }
    }
    None
}

/// The command of an entry, if it is one.
pub(crate) fn command(entry: &Entry) -> Option<&protocol::Command> {
    match &entry.body {
        Body::Command(command) => Some(command),
        Body::Event(_) => None,
    }
}
