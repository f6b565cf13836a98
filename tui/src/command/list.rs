//! `startex list` and `startex search`.

use crate::{
    cli::{Answer, Cli, Json, Outcome, Search},
    command::{library, print, print_json},
};
use std::fmt::Write;

/// Most places a search shows.
const MOST_HITS: usize = 50;

/// Lists the exercises of the library.
///
/// # Errors
/// When the library cannot be read.
pub fn run(cli: &Cli, args: Json) -> Outcome {
    let mut library = library(cli)?;
    let listing = library.list()?;
    if args.json {
        print_json(&listing)?;
        return Ok(Answer::Done);
    }
    let mut out = String::new();
    if listing.exercises.is_empty() {
        let folder = library.folder().display();
        let _ = writeln!(out, "No exercises in {folder} yet. Begin one: startex drill poisoned-model");
    }
    for e in &listing.exercises {
        let state = match (e.sealed, e.playing) {
            (true, _) => "ended",
            (false, true) => "played now",
            (false, false) => "open",
        };
        let score = e.percent.map_or_else(|| "-".to_owned(), |p| format!("{p} %"));
        let people: Vec<String> = e.seats.iter().map(|s| format!("{} ({})", s.person, s.seat)).collect();
        let _ = writeln!(
            out,
            "{}  {:<22}  {}  {}  {state:<10} {score:>5}  {}",
            e.id,
            e.scenario,
            e.started,
            e.last,
            people.join(", ")
        );
    }
    for u in &listing.unreadable {
        let _ = writeln!(out, "cannot be read: {}: {}", u.path.display(), u.why);
    }
    print(&out)?;
    Ok(Answer::Done)
}

/// Searches messages and injects over all exercises.
///
/// # Errors
/// When the library cannot be read.
pub fn search(cli: &Cli, args: &Search) -> Outcome {
    let hits = library(cli)?.search(&args.words.join(" "), MOST_HITS)?;
    if args.json {
        print_json(&hits)?;
    } else if hits.is_empty() {
        print("Nothing was found: every word must occur, in a message or an inject. A star stands for any ending.\n")?;
    } else {
        let lines: Vec<String> = hits
            .iter()
            .map(|h| format!("{} entry {:>5}  {}\n", h.id, h.hit.n, h.hit.snippet.replace('\n', " ")))
            .collect();
        print(&lines.concat())?;
    }
    Ok(if hits.is_empty() { Answer::No } else { Answer::Done })
}
