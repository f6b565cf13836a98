//! The same scenario and seed played by nobody and by the reference.

use crate::{
    error::Error,
    run::{opening, plan, replay},
};
use protocol::{Act, Actor, Command, Event, Fact, MeterId, SimTime, moves::Moves};
use scenarios::Loaded;
use scoring::Baselines;
use std::collections::BTreeMap;
use transcripts::{Body, Entry, Transcript};

/// Runs both baselines up to the moment the transcript ended.
///
/// Doing nothing leaves the scenario's default seat held by somebody who does nothing, so that what
/// is forwarded to it is delivered as in play.
///
/// # Errors
/// When the scenario's reference response cannot be read.
pub fn baselines(loaded: &Loaded, transcript: &Transcript) -> Result<Baselines, Error> {
    let (plan, seed) = (plan(loaded), transcript.header.seed);
    let end = transcript
        .events()
        .find_map(|(_, e)| matches!(e.fact, Fact::Ended).then_some(e.at))
        .unwrap_or_else(|| transcript.end());
    let idle = Moves { hold: vec![loaded.scenario.default_seat.clone()], ..Moves::default() };
    let reference = Moves::parse(&loaded.reference)
        .map_err(|faults| Error::Reference(faults.first().map(ToString::to_string).unwrap_or_default()))?;
    let meters = |moves: &Moves| {
        let commands = until(opening(loaded, moves), end);
        readings(&replay(&plan, seed, &commands))
    };
    Ok(Baselines { nothing: meters(&idle), reference: meters(&reference) })
}

/// Commands up to a moment, ended there.
fn until(commands: Vec<Command>, end: SimTime) -> Vec<Command> {
    let mut commands: Vec<Command> =
        commands.into_iter().filter(|c| c.at <= end && !matches!(c.act, Act::End)).collect();
    commands.push(Command { at: end, by: Actor::Facilitator, act: Act::End });
    commands
}

/// The last reading of every meter.
pub(crate) fn readings(entries: &[Entry]) -> BTreeMap<MeterId, i64> {
    let mut readings = BTreeMap::new();
    for entry in entries {
        if let Body::Event(Event { fact: Fact::MeterRead { meter, value, .. }, .. }) = &entry.body {
            readings.insert(meter.clone(), *value);
        }
    }
    readings
}
