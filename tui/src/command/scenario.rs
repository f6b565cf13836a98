//! `startex scenario …`.

use crate::{
    cli::{Answer, Failure, Outcome, Scenario},
    command::{print, print_json, scenario},
};
use anyhow::Context;
use protocol::moves::Moves;
use scenarios::Loaded;
use scoring::Scorecard;
use serde_json::json;
use std::{fmt::Write, io::IsTerminal, path::Path};

/// Runs one of the scenario commands.
///
/// # Errors
/// When the scenario cannot be found or read.
pub fn run(args: &Scenario) -> Outcome {
    match args {
        Scenario::List(args) => list(args.json),
        Scenario::Show { scenario, json } => show(scenario, *json),
        Scenario::Check { scenario, json } => check(scenario, *json),
        Scenario::New { folder, title } => new(folder, title),
        Scenario::Simulate { scenario, seeds, json } => simulate(scenario, *seeds, *json),
    }
}

fn list(as_json: bool) -> Outcome {
    let mut rows = Vec::new();
    let mut out = String::new();
    for name in scenarios::library::names() {
        let s = &scenario(name)?.scenario;
        let _ = writeln!(out, "{:<24} {}\n{:24} {}, {} seats", s.id, s.title, "", s.length, s.seats.len());
        for line in &s.trains {
            let _ = writeln!(out, "{:24} - {line}", "");
        }
        rows.push(json!({ "id": s.id, "title": s.title, "version": s.version, "length_ms": s.length,
            "seats": s.seats.iter().map(|x| x.id.as_str()).collect::<Vec<_>>(), "trains": s.trains }));
    }
    if as_json {
        print_json(&rows)?
    } else {
        print(&out)?
    }
    Ok(Answer::Done)
}

fn show(name: &str, as_json: bool) -> Outcome {
    let loaded = scenario(name)?;
    let s = &loaded.scenario;
    if as_json {
        print_json(&loaded.pack())?;
        return Ok(Answer::Done);
    }
    let mut out = String::new();
    let _ = writeln!(out, "{} ({} {})\n{}, {} seats\n", s.title, s.id, s.version, s.length, s.seats.len());
    let _ = writeln!(out, "{}\n\n{}\n\nSeats", s.organisation, s.situation);
    for seat in &s.seats {
        let _ = writeln!(out, "  {:<14} {}: {}", seat.id, seat.title, seat.duties);
    }
    let _ = writeln!(out, "\nTrains");
    for line in &s.trains {
        let _ = writeln!(out, "  - {line}");
    }
    for case in &s.inspired_by {
        let _ = writeln!(out, "\nInspired by {} ({:?}): {}", case.case, case.kind, case.note);
    }
    print(&out)?;
    Ok(Answer::Done)
}

fn check(name: &str, as_json: bool) -> Outcome {
    let source = scenarios::find(name).map_err(Failure::faulty)?;
    let report = scenarios::check(&source);
    if as_json {
        print(&report.to_json())?;
    } else {
        let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        print(&report.render(colour))?;
    }
    Ok(if report.is_playable() { Answer::Done } else { Answer::No })
}

fn new(folder: &Path, title: &str) -> Outcome {
    if folder.exists() {
        return Err(Failure::usage(format!("{} exists already; name a folder to be made", folder.display())));
    }
    let name = folder.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let files = scenarios::template(name, title).map_err(|why| Failure::usage(why.to_string()))?;
    std::fs::create_dir_all(folder).with_context(|| format!("making the folder {}", folder.display()))?;
    for (file, text) in files {
        let path = folder.join(file);
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    }
    print(&format!("{0} is there. Edit scenario.ron, then: startex scenario check {0}\n", folder.display()))?;
    Ok(Answer::Done)
}

/// One way of playing it, over several seeds.
fn outcomes(loaded: &Loaded, moves: &Moves, seeds: u64) -> Result<Vec<Scorecard>, Failure> {
    (1..=seeds)
        .map(|seed| {
            let transcript = session::transcript(loaded, seed, session::headless(loaded, moves, seed));
            let baselines = session::baselines(loaded, &transcript)?;
            Ok(scoring::score(loaded, &transcript, &baselines))
        })
        .collect()
}

fn simulate(name: &str, seeds: u64, as_json: bool) -> Outcome {
    let loaded = scenario(name)?;
    let nothing = Moves { hold: vec![loaded.scenario.default_seat.clone()], ..Moves::default() };
    let reference = Moves::parse(&loaded.reference).map_err(|faults| {
        let first = faults.first().map_or_else(String::new, ToString::to_string);
        Failure::faulty(anyhow::anyhow!("reading the reference response: {first}"))
    })?;
    let idle = outcomes(&loaded, &nothing, seeds)?;
    let played = outcomes(&loaded, &reference, seeds)?;
    let failing = idle.iter().filter(|c| c.passed).count();
    let passing = played.iter().filter(|c| !c.passed).count();
    let range = |cards: &[Scorecard]| {
        let percents = cards.iter().map(|c| c.percent);
        (percents.clone().min().unwrap_or(0), percents.max().unwrap_or(0))
    };
    let ((idle_low, idle_high), (low, high)) = (range(&idle), range(&played));
    let sound = failing == 0 && passing == 0;
    if as_json {
        print_json(&json!({ "scenario": loaded.scenario.id, "seeds": seeds, "sound": sound,
            "nothing": { "lowest": idle_low, "highest": idle_high, "passed": failing },
            "reference": { "lowest": low, "highest": high, "failed": passing } }))?;
        return Ok(if sound { Answer::Done } else { Answer::No });
    }
    let mut out = String::new();
    let _ = writeln!(out, "{} over {seeds} seeds", loaded.scenario.id);
    let _ = writeln!(out, "  nobody acts        {idle_low} to {idle_high} %, passes {failing} times");
    let _ = writeln!(out, "  reference response {low} to {high} %, fails {passing} times");
    for m in &loaded.scenario.meters {
        let of = |cards: &[Scorecard]| {
            let values = cards.iter().filter_map(|c| c.meters.iter().find(|r| r.meter == m.id)).map(|r| r.value);
            (values.clone().min().unwrap_or(0), values.max().unwrap_or(0))
        };
        let ((a, b), (c, d)) = (of(&idle), of(&played));
        let _ = writeln!(out, "  {:<28} nobody {a} to {b} {unit}, reference {c} to {d} {unit}", m.name, unit = m.unit);
    }
    let verdict = if sound {
        "It fails when nobody acts and passes with its reference response, at every seed."
    } else {
        "It is not sound: it must fail when nobody acts and pass with its reference response, at every seed."
    };
    let _ = writeln!(out, "{verdict}");
    print(&out)?;
    Ok(if sound { Answer::Done } else { Answer::No })
}
