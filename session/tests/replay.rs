//! Baselines and what-ifs: what the same exercise would have come to.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

use protocol::{SimTime, moves::Moves};
use scenarios::Loaded;
use transcripts::Transcript;

fn played(name: &str, moves: &str) -> (Loaded, Transcript) {
    let loaded = scenarios::load(&scenarios::find(name).unwrap()).unwrap();
    let text = match moves {
        "reference" => loaded.reference.clone(),
        file => {
            let path = format!("{}/../tests/drills/{name}/{file}.moves", env!("CARGO_MANIFEST_DIR"));
            std::fs::read_to_string(path).unwrap()
        }
    };
    let moves = Moves::parse(&text).unwrap_or_else(|f| panic!("{f:#?}"));
    let transcript = session::transcript(&loaded, 1, session::headless(&loaded, &moves, 1));
    (loaded, transcript)
}

#[test]
fn what_was_done_late_is_what_the_what_ifs_name() {
    let (loaded, transcript) = played("poisoned-model", "slow");
    let what_ifs = session::what_ifs(&loaded, &transcript).unwrap();
    let freeze = what_ifs.iter().find(|w| w.change.starts_with("Freeze the promotion pipeline")).unwrap();
    assert!(freeze.meters.iter().any(|(name, _, was, now)| name.starts_with("Customers served") && now < was));
    let given = transcript.commands().find(|(n, _)| *n == freeze.entry).unwrap().1.at;
    assert!(given > SimTime(20 * 60_000), "it names the command that came late");
    for w in &what_ifs {
        assert!(!w.meters.is_empty(), "a what-if without a difference is no lesson: {}", w.text);
        assert_eq!(what_ifs.iter().filter(|o| o.entry == w.entry).count(), 1, "one lesson a command");
    }
}

#[test]
fn a_good_table_has_little_to_learn_from_what_ifs() {
    let (loaded, reference) = played("poisoned-model", "reference");
    let (_, slow) = played("poisoned-model", "slow");
    let worth = |t: &Transcript| {
        let found = session::what_ifs(&loaded, t).unwrap();
        found.iter().flat_map(|w| &w.meters).map(|(_, _, was, now)| was.abs_diff(*now)).max().unwrap_or(0)
    };
    assert!(worth(&reference) < worth(&slow));
}

#[test]
fn the_baselines_lie_apart_and_the_same_run_gives_the_same_ones() {
    for name in scenarios::library::names() {
        let (loaded, transcript) = played(name, "reference");
        let b = session::baselines(&loaded, &transcript).unwrap();
        assert_eq!(b, session::baselines(&loaded, &transcript).unwrap());
        for m in loaded.scenario.meters.iter().filter(|m| m.weight > 0) {
            assert!(b.reference[&m.id] < b.nothing[&m.id], "{name}: {} is no harm that acting prevents", m.id);
        }
    }
}

#[test]
fn a_transcript_is_simulated_again_to_the_same_entries_and_a_changed_one_is_found() {
    let (loaded, mut transcript) = played("stolen-weights", "slow");
    assert_eq!(session::resimulate(&loaded, &transcript), None);
    transcript.header.seed += 1;
    assert!(session::resimulate(&loaded, &transcript).is_some());
}
