//! `startex play`: headless.

use crate::{
    cli::{Answer, Failure, Outcome, Play},
    command::{print, print_json, scenario, score::summary},
};
use anyhow::Context;
use protocol::{SimTime, moves::Moves};
use scenarios::Loaded;
use std::{fs::File, io::Read, path::Path};
use transcripts::{Body, Store};

/// Plays a moves file to the end.
///
/// # Errors
/// When scenario or moves are faulty, or the transcript cannot be written.
pub fn run(args: &Play) -> Outcome {
    let loaded = scenario(&args.scenario)?;
    let moves = moves(&loaded, &args.moves)?;
    let entries = session::headless(&loaded, &moves, args.seed);
    let transcript = session::transcript(&loaded, args.seed, entries);
    let mut card = scoring::score(&loaded, &transcript, &session::baselines(&loaded, &transcript)?);
    if let Some(out) = &args.out {
        let end = transcript.end();
        let mut store = Store::create(out, &transcript.header, &transcript.files)?;
        let newest = store.append(0, &transcript.entries)?;
        card.head = store.head();
        store.keep_scorecard(&session::kept(&loaded, &card, newest))?;
        store.seal(end, &transcript.header.created)?;
    }
    if args.events {
        let mut lines = String::new();
        for entry in &transcript.entries {
            if let Body::Event(event) = &entry.body {
                lines.push_str(&serde_json::to_string(event).context("writing an event")?);
                lines.push('\n');
            }
        }
        print(&lines)?;
        return Ok(Answer::Done);
    }
    if args.json {
        print_json(&card)?;
    } else {
        print(&summary(&card))?;
    }
    Ok(Answer::Done)
}

/// The moves a name stands for: a file, `reference`, or `nothing`.
fn moves(loaded: &Loaded, name: &str) -> Result<Moves, Failure> {
    let text = match name {
        "nothing" => return Ok(Moves { hold: vec![loaded.scenario.default_seat.clone()], ..Moves::default() }),
        "reference" if !Path::new(name).exists() => loaded.reference.clone(),
        file => read(Path::new(file))?,
    };
    let moves = Moves::parse(&text).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(|f| format!("{name}:{f}")).collect();
        Failure::faulty(anyhow::anyhow!("reading the moves:\n{}", lines.join("\n")))
    })?;
    let unknown = moves.hold.iter().find(|s| !loaded.scenario.seats.iter().any(|seat| seat.id == **s));
    if let Some(seat) = unknown {
        let seats: Vec<&str> = loaded.scenario.seats.iter().map(|s| s.id.as_str()).collect();
        let error = anyhow::anyhow!("{name}: hold: there is no seat \"{seat}\"; the seats are: {}", seats.join(", "));
        return Err(Failure::faulty(error));
    }
    let longest = SimTime(protocol::time::MAX_SPAN_MS);
    debug_assert!(moves.commands.iter().all(|c| c.at <= longest));
    Ok(moves)
}

/// Reads a moves file, and no more of it than a moves file may have.
fn read(file: &Path) -> Result<String, Failure> {
    let doing = || format!("reading the moves file {}", file.display());
    let mut text = String::new();
    let open = File::open(file).with_context(doing)?;
    let limit = protocol::moves::MAX_FILE as u64 + 1;
    match open.take(limit).read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(e) if e.kind() == std::io::ErrorKind::InvalidData => {
            Err(Failure::faulty(anyhow::anyhow!("{}: it is not UTF-8 text", doing())))
        }
        Err(e) => Err(e).with_context(doing)?,
    }
}
