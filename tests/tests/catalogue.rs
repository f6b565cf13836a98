//! The bundled scenarios and the drills played over them.

use protocol::moves::Moves;
use scenarios::{Loaded, Source};
use scoring::Scorecard;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};
use transcripts::Transcript;

/// Where the drills are.
pub(crate) fn drills() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("drills")
}

/// A bundled scenario, read but not checked: checking has its own test and takes far longer.
pub(crate) fn scenario(name: &str) -> Arc<Loaded> {
    static ALL: LazyLock<Vec<(String, Arc<Loaded>)>> = LazyLock::new(|| {
        let load = |name: &str| Arc::new(scenarios::load(&Source::bundled(name).unwrap()).unwrap());
        scenarios::library::names().map(|n| (n.to_owned(), load(n))).collect()
    });
    ALL.iter().find(|(n, _)| n == name).unwrap_or_else(|| panic!("no scenario {name}")).1.clone()
}

/// One way of playing a scenario.
pub(crate) struct Drill {
    pub(crate) scenario: String,
    /// `reference`, `nothing`, or the name of a moves file.
    pub(crate) name: String,
    pub(crate) moves: Moves,
}

/// What `startex play --moves nothing` plays.
pub(crate) fn nothing(loaded: &Loaded) -> Moves {
    Moves { hold: vec![loaded.scenario.default_seat.clone()], ..Moves::default() }
}

pub(crate) fn parsed(text: &str, name: &str) -> Moves {
    Moves::parse(text).unwrap_or_else(|faults| panic!("{name}: {faults:#?}"))
}

/// Every drill of a scenario: its reference response, nobody, and each moves file in its folder.
pub(crate) fn of(scenario: &str) -> Vec<Drill> {
    let loaded = self::scenario(scenario);
    let drill = |name: &str, moves| Drill { scenario: scenario.to_owned(), name: name.to_owned(), moves };
    let mut all =
        vec![drill("nothing", nothing(&loaded)), drill("reference", parsed(&loaded.reference, "reference.moves"))];
    let mut files: Vec<PathBuf> = fs::read_dir(drills().join(scenario)).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "moves")) {
        let text = fs::read_to_string(file).unwrap();
        all.push(drill(file.file_stem().unwrap().to_str().unwrap(), parsed(&text, &file.display().to_string())));
    }
    all
}

/// A drill that was played.
pub(crate) struct Played {
    pub(crate) transcript: Transcript,
    pub(crate) card: Scorecard,
}

/// Plays moves over a scenario and scores them.
pub(crate) fn play(loaded: &Loaded, moves: &Moves, seed: u64) -> Played {
    let transcript = session::transcript(loaded, seed, session::headless(loaded, moves, seed));
    let baselines = session::baselines(loaded, &transcript).unwrap();
    let card = scoring::score(loaded, &transcript, &baselines);
    Played { transcript, card }
}
