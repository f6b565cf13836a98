//! Plays moves and writes a report: `render SCENARIO MOVES|reference OUT.(md|html|json) [--pseudonymous] [SEED]`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a tool for developers may stop at the first fault")]
use protocol::moves::Moves;
use reports::{Material, Names};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let names = if args.iter().any(|a| a == "--pseudonymous") { Names::Seats } else { Names::People };
    let rest: Vec<&String> = args.iter().filter(|a| !a.starts_with("--")).collect();
    let seed = rest.get(3).map_or(1, |s| s.parse().unwrap());
    let loaded = scenarios::load(&scenarios::find(rest[0]).unwrap()).unwrap();
    let moves = match rest[1].as_str() {
        "reference" => Moves::parse(&loaded.reference).unwrap(),
        "nothing" => Moves { hold: vec![loaded.scenario.default_seat.clone()], ..Moves::default() },
        file => Moves::parse(&std::fs::read_to_string(file).unwrap()).unwrap(),
    };
    let transcript = session::transcript(&loaded, seed, session::headless(&loaded, &moves, seed));
    let baselines = session::baselines(&loaded, &transcript).unwrap();
    let card = scoring::score(&loaded, &transcript, &baselines);
    let what_ifs = session::what_ifs(&loaded, &transcript).unwrap();
    let material = Material::new(&loaded, &transcript, &card, &what_ifs, names);
    let text = match rest[2].rsplit('.').next().unwrap() {
        "html" => reports::html(&material),
        "json" => reports::json(&material),
        _ => reports::markdown(&material),
    };
    std::fs::write(rest[2], text).unwrap();
}
