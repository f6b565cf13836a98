//! A run: commands in, numbered entries out.

use protocol::{Act, Actor, Command, SeatId, SimTime, moves::Moves};
use scenarios::Loaded;
use scoring::Scorecard;
use sim::{Plan, Sim};
use std::sync::Arc;
use transcripts::{Body, Entry, FORMAT, Header, KeptScorecard, Transcript};

/// A simulation together with the numbering of its entries.
pub struct Run {
    sim: Sim,
    next: u64,
}

impl Run {
    /// A run before its first command.
    #[must_use]
    pub fn new(plan: Arc<Plan>, seed: u64) -> Self {
        Self { sim: Sim::new(plan, seed), next: 1 }
    }

    /// Lets time pass; the entries are what happened meanwhile.
    pub fn advance(&mut self, to: SimTime) -> Vec<Entry> {
        let events = self.sim.advance(to);
        self.number(events)
    }

    /// Takes in a command: first what time brought on, then the command, then what came of it.
    pub fn submit(&mut self, command: &Command) -> Vec<Entry> {
        let mut entries = self.advance(command.at);
        entries.push(Entry { n: self.next, at: command.at, body: Body::Command(command.clone()) });
        self.next += 1;
        let events = self.sim.apply(command);
        entries.extend(self.number(events));
        entries
    }

    /// Number of the last entry.
    #[must_use]
    pub fn last(&self) -> u64 {
        self.next - 1
    }

    fn number(&mut self, events: Vec<protocol::Event>) -> Vec<Entry> {
        let first = self.next;
        self.next += events.len() as u64;
        (first..).zip(events).map(|(n, event)| Entry { n, at: event.at, body: Body::Event(event) }).collect()
    }
}

/// The plan of a scenario, ready to run.
pub(crate) fn plan(loaded: &Loaded) -> Arc<Plan> {
    Arc::new(Plan::new(Arc::new(loaded.scenario.clone()), Arc::new(loaded.pack())))
}

/// The commands of a moves file with what it leaves out: people sit down, StartEx, and EndEx at the
/// scenario's planned length.
#[must_use]
pub fn opening(loaded: &Loaded, moves: &Moves) -> Vec<Command> {
    let scenario = &loaded.scenario;
    let at = SimTime::ZERO;
    let by = Actor::Facilitator;
    let has = |wanted: fn(&Act) -> bool| moves.commands.iter().any(|c| wanted(&c.act));
    let mut commands = Vec::with_capacity(moves.commands.len() + 8);
    for seat in &moves.hold {
        let person = scenario.seats.iter().find(|s| s.id == *seat).map_or_else(|| seat.to_string(), |s| s.name.clone());
        commands.push(Command { at, by: by.clone(), act: Act::TakeSeat { seat: seat.clone(), person } });
    }
    if !has(|a| matches!(a, Act::Start { .. })) {
        commands.push(Command { at, by: by.clone(), act: Act::Start { mode: protocol::Mode::Practice } });
    }
    commands.extend(moves.commands.iter().cloned());
    if !has(|a| matches!(a, Act::End)) {
        let last = moves.commands.last().map_or(at, |c| c.at);
        commands.push(Command { at: (at + scenario.length).max(last), by, act: Act::End });
    }
    commands
}

/// Plays moves to the end, without a table and without a file.
#[must_use]
pub fn headless(loaded: &Loaded, moves: &Moves, seed: u64) -> Vec<Entry> {
    replay(&plan(loaded), seed, &opening(loaded, moves))
}

pub(crate) fn replay(plan: &Arc<Plan>, seed: u64, commands: &[Command]) -> Vec<Entry> {
    let mut run = Run::new(plan.clone(), seed);
    commands.iter().flat_map(|c| run.submit(c)).collect()
}

/// The entries of a headless run as a transcript, so that they can be scored, kept and reported like any
/// other. The same run has the same id on every machine.
#[must_use]
pub fn transcript(loaded: &Loaded, seed: u64, entries: Vec<Entry>) -> Transcript {
    let mut id = Fnv::new();
    id.write(loaded.hash.as_bytes());
    id.write(&seed.to_le_bytes());
    for entry in &entries {
        if let Body::Command(command) = &entry.body {
            id.write(format!("{command:?}").as_bytes());
        }
    }
    let header = header(loaded, seed, format!("{:016x}", id.0), wall());
    Transcript { header, files: loaded.files.clone(), entries, seal: None }
}

/// A scorecard as it is kept inside a transcript.
#[must_use]
pub fn kept(loaded: &Loaded, card: &Scorecard, newest: u64) -> KeptScorecard {
    KeptScorecard {
        rubric: loaded.scenario.version.clone(),
        rubric_hash: loaded.hash.clone(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made: wall(),
        newest,
        // A list shows the number alone: one that reads like a pass and is none is not shown there.
        percent: u8::try_from(card.percent).ok().filter(|_| card.passed || card.percent < card.pass),
        // A scorecard is plain data: text, numbers, lists and maps with text for keys.
        json: serde_json::to_string(card).unwrap_or_default(),
    }
}

/// FNV-1a, 64 bits: a name for a headless run, not a proof of anything.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    }
}

/// Wall-clock time, for the header and the seal; no score reads it.
pub(crate) fn wall() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

pub(crate) fn header(loaded: &Loaded, seed: u64, exercise: String, created: String) -> Header {
    Header {
        format: FORMAT,
        exercise,
        scenario: loaded.scenario.id.clone(),
        version: loaded.scenario.version.clone(),
        scenario_hash: loaded.hash.clone(),
        seed,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        created,
    }
}

/// The seats people hold at the end of a list of commands.
pub(crate) fn held(commands: &[Command]) -> Vec<SeatId> {
    let mut held: Vec<SeatId> = Vec::new();
    for command in commands {
        match &command.act {
            Act::TakeSeat { seat, .. } if !held.contains(seat) => held.push(seat.clone()),
            Act::LeaveSeat { seat } => held.retain(|s| s != seat),
            _ => {}
        }
    }
    held
}
