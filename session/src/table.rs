//! A live table: a run driven by the wall clock, whose every entry is durable before anybody sees it.

use crate::{
    baseline::baselines,
    error::Error,
    run::{Run, header, held, kept, plan, wall},
    verify::{command, load},
    what_if::what_ifs,
};
use protocol::{Act, Actor, Board, Command, Event, Fact, Mode, Pace, SeatId, SimTime, Span, board::Phase};
use scenarios::Loaded;
use scoring::{Scorecard, WhatIf};
use sim::Plan;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use transcripts::{Body, Entry, Library, Seal, Store, Transcript};

/// How often the exercise time is noted beside the log, in wall time, so that a killed process
/// continues where its clock stood.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// In turn pace, the longest time that passes while nothing reaches the seat.
const LONGEST_SKIP: Span = Span::mins(10);

/// How a new table opens.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Who sits where.
    pub people: Vec<(SeatId, String)>,
    /// Practice or assessment.
    pub mode: Mode,
    /// How time runs.
    pub pace: Pace,
    /// The seed of every draw.
    pub seed: u64,
}

/// Whether everything shown is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is.
    Yes,
    /// It is not, and why; the exercise goes on and saving is tried again with every entry.
    No(String),
}

/// A live table.
pub struct Table {
    loaded: Arc<Loaded>,
    plan: Arc<Plan>,
    run: Run,
    store: Store,
    path: PathBuf,
    entries: Vec<Entry>,
    /// How many of the entries are durable.
    durable: u64,
    boards: BTreeMap<SeatId, Board>,
    saved: Saved,
    now: SimTime,
    /// Wall time not yet worth a millisecond of exercise time.
    carry: Duration,
    since_heartbeat: Duration,
    phase: Phase,
    pace: Pace,
    seal: Option<Seal>,
}

impl Table {
    /// Opens a new table: people sit down and StartEx is given.
    ///
    /// # Errors
    /// When a seat does not exist or the transcript cannot be created.
    pub fn create(library: &Library, loaded: Arc<Loaded>, opening: &Opening) -> Result<Self, Error> {
        for (seat, _) in &opening.people {
            if !loaded.scenario.seats.iter().any(|s| s.id == *seat) {
                let seats: Vec<&str> = loaded.scenario.seats.iter().map(|s| s.id.as_str()).collect();
                return Err(Error::NoSeat { seat: seat.to_string(), seats: seats.join(", ") });
            }
        }
        let id = transcripts::new_id();
        let path = library.path_of(&id);
        let store = library.create(&header(&loaded, opening.seed, id, wall()), &loaded.files)?;
        let mut table = Self::around(loaded, store, path, opening.seed);
        // One commit for all of it: the first screen waits for the disk once.
        let sit = |(seat, person): &(SeatId, String)| Act::TakeSeat { seat: seat.clone(), person: person.clone() };
        let acts =
            opening.people.iter().map(sit).chain([Act::SetPace(opening.pace), Act::Start { mode: opening.mode }]);
        let entries: Vec<Entry> = acts
            .flat_map(|act| table.run.submit(&Command { at: SimTime::ZERO, by: Actor::Facilitator, act }))
            .collect();
        table.take_in(entries);
        Ok(table)
    }

    /// Goes on with an exercise that was left or cut off: same world, same exercise time.
    ///
    /// # Errors
    /// When the file cannot be opened, is over, or this program makes something else of its commands.
    pub fn resume(path: &Path) -> Result<Self, Error> {
        let transcript = Store::read(path)?;
        if let Some(seal) = &transcript.seal {
            return Err(Error::Over { path: path.to_owned(), at: seal.at });
        }
        let store = Store::open(path)?;
        let transcript = Transcript { entries: Store::read(path)?.entries, ..transcript };
        let loaded = load(&transcript).map_err(|why| Error::Scenario { path: path.to_owned(), why })?;
        let beat = store.heartbeat_read().at;
        let mut table = Self::around(Arc::new(loaded), store, path.to_owned(), transcript.header.seed);
        let program = transcript.header.program.clone();
        table.rebuild(transcript.entries).map_err(|entry| Error::Differs { path: path.to_owned(), entry, program })?;
        if beat > table.now && table.phase == Phase::Running {
            table.pass(beat);
        }
        table.seal_when_over()?;
        Ok(table)
    }

    fn around(loaded: Arc<Loaded>, store: Store, path: PathBuf, seed: u64) -> Self {
        let plan = plan(&loaded);
        let boards = loaded.scenario.seats.iter().map(|s| (s.id.clone(), Board::new(s.id.clone()))).collect();
        Self {
            run: Run::new(plan.clone(), seed),
            plan,
            loaded,
            store,
            path,
            entries: Vec::new(),
            durable: 0,
            boards,
            saved: Saved::Yes,
            now: SimTime::ZERO,
            carry: Duration::ZERO,
            since_heartbeat: Duration::ZERO,
            phase: Phase::Waiting,
            pace: Pace::Live,
            seal: None,
        }
    }

    /// Replays what is on disk. The number of the first entry that differs is the error.
    fn rebuild(&mut self, recorded: Vec<Entry>) -> Result<(), u64> {
        let mut made = Vec::with_capacity(recorded.len());
        for command in recorded.iter().filter_map(command) {
            made.extend(self.run.submit(command));
        }
        let end = self.reached(&recorded);
        made.extend(self.run.advance(end));
        for (r, m) in recorded.iter().zip(&made) {
            if r != m {
                return Err(r.n);
            }
        }
        if made.len() < recorded.len() {
            return Err(made.len() as u64 + 1);
        }
        self.durable = recorded.len() as u64;
        // What the simulation knew and the disk does not yet is appended now.
        self.now = end;
        self.take_in(made);
        Ok(())
    }

    /// How far exercise time had come. Time that was let pass counts although nothing happened at its end.
    fn reached(&self, recorded: &[Entry]) -> SimTime {
        let planned = SimTime::ZERO + self.loaded.scenario.length;
        let waited = recorded.iter().filter_map(|e| match &e.body {
            Body::Event(Event { at, fact: Fact::Waited { span }, .. }) => Some((*at + *span).min(planned.max(*at))),
            _ => None,
        });
        waited.chain(recorded.last().map(|e| e.at)).max().unwrap_or_default()
    }

    /// Somebody asks for something. What came of it is on the boards when this returns, and on disk
    /// unless [`Table::saved`] says otherwise; a refusal is a fact like any other. The events that
    /// came of it are returned.
    ///
    /// # Errors
    /// When an entry can never be written (not for a full or missing disk: see [`Table::saved`]).
    pub fn submit(&mut self, by: Actor, act: Act) -> Result<Vec<Event>, Error> {
        let wait = match &act {
            Act::Wait { span } => Some(*span),
            _ => None,
        };
        let before = self.entries.len();
        let entries = self.run.submit(&Command { at: self.now, by, act });
        let waits = entries.iter().any(|e| matches!(&e.body, Body::Event(Event { fact: Fact::Waited { .. }, .. })));
        self.take_in(entries);
        if let Some(span) = wait.filter(|_| waits) {
            self.pass(self.now + span);
        }
        self.seal_when_over()?;
        let events = self.entries[before..].iter().filter_map(|e| match &e.body {
            Body::Event(event) => Some(event.clone()),
            Body::Command(_) => None,
        });
        Ok(events.collect())
    }

    /// Wall time went by: exercise time follows at its pace. True when something happened. At the
    /// planned length the exercise ends by itself.
    ///
    /// # Errors
    /// As [`Table::submit`].
    pub fn elapse(&mut self, wall: Duration) -> Result<bool, Error> {
        self.since_heartbeat += wall;
        let before = self.entries.len();
        let times = match (self.phase, self.pace) {
            (Phase::Running, Pace::Live) => 1,
            (Phase::Running, Pace::Times(n)) => u32::from(n),
            _ => 0,
        };
        if times > 0 {
            // A laptop that slept does not make the exercise jump: at most five seconds a call.
            self.carry += wall.min(Duration::from_secs(5)) * times;
            let whole = self.carry.as_millis();
            self.carry -= Duration::from_millis(u64::try_from(whole).unwrap_or(0));
            let to = self.now + Span(u64::try_from(whole).unwrap_or(0));
            self.pass(to);
        }
        if self.since_heartbeat >= HEARTBEAT {
            self.since_heartbeat = Duration::ZERO;
            self.retry();
            // A missed heartbeat costs a second of exercise time after a crash; nothing recorded.
            let phase = match self.phase {
                Phase::Waiting => transcripts::Phase::Setup,
                Phase::Running => transcripts::Phase::Running,
                Phase::Paused => transcripts::Phase::Paused,
                Phase::Ended => transcripts::Phase::Ended,
            };
            drop(self.store.heartbeat(self.now, phase));
        }
        self.end_when_over()?;
        self.seal_when_over()?;
        Ok(self.entries.len() > before)
    }

    /// After EndEx, once everything is on disk.
    fn seal_when_over(&mut self) -> Result<(), Error> {
        if self.phase == Phase::Ended && self.seal.is_none() && matches!(self.saved, Saved::Yes) {
            self.seal()?;
        }
        Ok(())
    }

    fn end_when_over(&mut self) -> Result<(), Error> {
        if self.phase == Phase::Running && self.now >= SimTime::ZERO + self.loaded.scenario.length {
            self.submit(Actor::Facilitator, Act::End)?;
        }
        Ok(())
    }

    /// Lets time pass until the next thing reaches a seat, at most ten minutes. True when something did.
    ///
    /// # Errors
    /// As [`Table::submit`].
    pub fn skip(&mut self, seat: &SeatId) -> Result<bool, Error> {
        let mut scout = Run::new(self.plan.clone(), self.seed());
        for command in self.entries.iter().filter_map(command) {
            scout.submit(command);
        }
        scout.advance(self.now);
        let horizon = (self.now + LONGEST_SKIP).min(SimTime::ZERO + self.loaded.scenario.length);
        let reaches = |e: &&Entry| {
            let Body::Event(event) = &e.body else { return false };
            event.audience.includes(seat) && !matches!(event.fact, Fact::AssetSeen { .. } | Fact::MeterRead { .. })
        };
        let next = scout.advance(horizon).iter().find(reaches).map(|e| e.at);
        let span = next.unwrap_or(horizon).since(self.now).0.max(1);
        self.submit(Actor::Facilitator, Act::Wait { span: Span(span) })?;
        self.end_when_over()?;
        Ok(next.is_some())
    }

    /// Exercise time moves forward to a moment.
    fn pass(&mut self, to: SimTime) {
        let end = SimTime::ZERO + self.loaded.scenario.length;
        let to = to.min(end.max(self.now));
        let entries = self.run.advance(to);
        self.now = to;
        self.take_in(entries);
    }

    /// Writes entries, then lets the boards see them.
    fn take_in(&mut self, entries: Vec<Entry>) {
        if entries.is_empty() {
            return;
        }
        let shown = self.entries.len();
        self.entries.extend(entries);
        self.write();
        for entry in &self.entries[shown..] {
            let Body::Event(event) = &entry.body else { continue };
            match &event.fact {
                Fact::Started { .. } | Fact::Resumed => self.phase = Phase::Running,
                Fact::Paused => self.phase = Phase::Paused,
                Fact::Ended => self.phase = Phase::Ended,
                Fact::PaceSet { pace } => self.pace = *pace,
                _ => {}
            }
            for board in self.boards.values_mut() {
                board.apply(event);
            }
        }
    }

    fn write(&mut self) {
        let from = usize::try_from(self.durable).unwrap_or(usize::MAX).min(self.entries.len());
        if from == self.entries.len() {
            return;
        }
        match self.store.append(self.durable, &self.entries[from..]) {
            Ok(newest) => {
                self.durable = newest;
                self.saved = Saved::Yes;
            }
            Err(why) => {
                let unsaved = self.entries.len() - from;
                self.saved = Saved::No(format!("{unsaved} entries are not saved: {why}"));
            }
        }
    }

    fn retry(&mut self) {
        if matches!(self.saved, Saved::No(_)) {
            self.write();
        }
    }

    /// EndEx: the scorecard is kept beside the log, and everything is sealed.
    fn seal(&mut self) -> Result<(), Error> {
        // A scenario whose reference cannot be read has no outcome to keep; it is sealed all the same.
        if let Ok(mut card) = self.scorecard() {
            card.head = self.store.head();
            self.store.keep_scorecard(&kept(&self.loaded, &card, self.durable))?;
        }
        self.seal = Some(self.store.seal(self.now, &wall())?);
        Ok(())
    }

    // ------------------------------------------------------------------------------------- looking

    /// Exercise time.
    #[must_use]
    pub fn now(&self) -> SimTime {
        self.now
    }

    /// Where the exercise stands.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// How time runs.
    #[must_use]
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// EndEx was given.
    #[must_use]
    pub fn ended(&self) -> bool {
        self.phase == Phase::Ended
    }

    /// What a seat may know.
    #[must_use]
    pub fn board(&self, seat: &SeatId) -> Option<&Board> {
        self.boards.get(seat)
    }

    /// Whether everything shown is on disk.
    #[must_use]
    pub fn saved(&self) -> &Saved {
        &self.saved
    }

    /// The scenario.
    #[must_use]
    pub fn scenario(&self) -> &Arc<Loaded> {
        &self.loaded
    }

    /// The transcript's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The exercise's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.store.header().exercise
    }

    /// The seed.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.store.header().seed
    }

    /// The seats people hold.
    #[must_use]
    pub fn held(&self) -> Vec<SeatId> {
        held(&self.entries.iter().filter_map(command).cloned().collect::<Vec<_>>())
    }

    /// The transcript so far.
    #[must_use]
    pub fn transcript(&self) -> Transcript {
        Transcript {
            header: self.store.header().clone(),
            files: self.loaded.files.clone(),
            entries: self.entries.clone(),
            seal: self.seal.clone(),
        }
    }

    /// The score as it stands.
    ///
    /// # Errors
    /// When the scenario's reference response cannot be read.
    pub fn scorecard(&self) -> Result<Scorecard, Error> {
        let transcript = self.transcript();
        let baselines = baselines(&self.loaded, &transcript)?;
        Ok(scoring::score(&self.loaded, &transcript, &baselines))
    }

    /// What the key decisions were worth.
    ///
    /// # Errors
    /// When the scenario's reference response cannot be read.
    pub fn what_ifs(&self) -> Result<Vec<WhatIf>, Error> {
        what_ifs(&self.loaded, &self.transcript())
    }
}
