//! Every drill plays as its snapshots say: a moves file in `drills/SCENARIO/` is a drill, what happened is
//! beside it in `NAME.events.snap`, what it was worth in `NAME.score.snap`.

use crate::{
    catalogue::{self, Drill, Played, drills, play},
    telling,
};
use protocol::{Fact, MeterId};
use std::{collections::BTreeSet, fs, thread};

/// The seed of the snapshots: the one `startex play` takes.
const SEED: u64 = 1;

/// Does the same for every scenario, side by side, and fails with everything that failed.
fn for_every_scenario(check: impl Fn(&str) + Sync) {
    let failed: Vec<&str> = thread::scope(|scope| {
        let started: Vec<_> = scenarios::library::names().map(|name| (name, scope.spawn(|| check(name)))).collect();
        started.into_iter().filter_map(|(name, one)| one.join().is_err().then_some(name)).collect()
    });
    assert!(failed.is_empty(), "see above: {failed:?}");
}

fn played(drill: &Drill, seed: u64) -> Played {
    play(&catalogue::scenario(&drill.scenario), &drill.moves, seed)
}

#[test]
fn drills_play_as_their_snapshots_say() {
    for_every_scenario(|scenario| {
        for drill in catalogue::of(scenario) {
            let played = played(&drill, SEED);
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(drills().join(scenario));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| {
                insta::assert_snapshot!(format!("{}.events", drill.name), telling::events(&played.transcript.entries));
                insta::assert_snapshot!(format!("{}.score", drill.name), telling::score(&played.card));
            });
        }
    });
}

#[test]
fn no_drill_file_is_forgotten() {
    let scenarios: BTreeSet<&str> = scenarios::library::names().collect();
    for folder in fs::read_dir(drills()).unwrap().map(|f| f.unwrap().path()) {
        let scenario = folder.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(scenarios.contains(scenario.as_str()), "drills for {scenario}, which is no bundled scenario");
        let names: BTreeSet<String> = catalogue::of(&scenario).into_iter().map(|d| d.name).collect();
        for file in fs::read_dir(&folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()) {
            let (name, rest) = file.split_once('.').unwrap();
            assert!(names.contains(name), "{scenario}/{file} belongs to no drill");
            assert!(
                ["moves", "events.snap", "score.snap"].contains(&rest) || rest.ends_with(".snap.new"),
                "{scenario}/{file} is neither moves nor a snapshot"
            );
        }
    }
    for scenario in scenarios {
        let names: Vec<String> = catalogue::of(scenario).into_iter().map(|d| d.name).collect();
        for wanted in ["reference", "slow", "wrong", "nothing"] {
            assert!(names.iter().any(|n| n == wanted), "{scenario} has no drill {wanted}");
        }
    }
}

fn find(scenario: &str, name: &str) -> Drill {
    catalogue::of(scenario).into_iter().find(|d| d.name == name).unwrap()
}

#[test]
fn bundled_scenarios_have_no_faults() {
    for_every_scenario(|scenario| {
        let report = scenarios::check(&scenarios::find(scenario).unwrap());
        assert_eq!(report.errors(), 0, "{}", report.render(false));
    });
}

#[test]
fn a_better_response_scores_better() {
    for_every_scenario(|scenario| {
        let card = |name| played(&find(scenario, name), SEED).card;
        let (reference, slow, wrong, nothing) = (card("reference"), card("slow"), card("wrong"), card("nothing"));
        assert!(reference.passed, "{scenario}: reference: {}", reference.verdict);
        assert!(nothing.percent <= 25 && !nothing.passed, "{scenario}: nothing: {}", nothing.verdict);
        let order = (reference.percent, slow.percent, nothing.percent);
        assert!(order.0 > order.1 && order.1 > order.2, "{scenario}: reference, slow, nothing: {order:?}");
        assert!(!slow.passed || slow.percent <= slow.pass + 10, "{scenario}: slow: {}", slow.verdict);
        assert!(!wrong.passed && wrong.percent < slow.percent, "{scenario}: wrong: {}", wrong.verdict);
    });
}

#[test]
fn a_wrong_response_walks_into_every_trap() {
    for_every_scenario(|scenario| {
        let authored = &catalogue::scenario(scenario).scenario.traps;
        let played = played(&find(scenario, "wrong"), SEED);
        let sprung: BTreeSet<&str> = played
            .transcript
            .events()
            .filter_map(|(_, e)| match &e.fact {
                Fact::Trapped { trap, .. } => Some(trap.as_str()),
                _ => None,
            })
            .collect();
        let missing: Vec<&str> = authored.iter().map(|t| t.id.as_str()).filter(|t| !sprung.contains(t)).collect();
        assert!(missing.is_empty(), "{scenario}: wrong.moves does not spring {missing:?}");
        let marked = |trap: &str| {
            let mut all = played.card.dimensions.iter().flat_map(|d| &d.marks);
            all.any(|m| m.id == format!("trap/{trap}") && m.points < 0)
        };
        let free: Vec<&&str> = sprung.iter().filter(|t| !marked(t)).collect();
        assert!(free.is_empty(), "{scenario}: no mark takes points for {free:?}");
    });
}

#[test]
fn a_good_response_walks_into_no_trap() {
    for_every_scenario(|scenario| {
        for name in ["reference", "nothing"] {
            let played = played(&find(scenario, name), SEED);
            let trapped = played.transcript.events().find(|(_, e)| matches!(e.fact, Fact::Trapped { .. }));
            assert!(trapped.is_none(), "{scenario}: {name}: {trapped:?}");
        }
    });
}

#[test]
fn every_seed_can_be_won_and_none_wins_itself() {
    for_every_scenario(|scenario| {
        let (reference, nothing) = (find(scenario, "reference"), find(scenario, "nothing"));
        for seed in (1..=10).chain([u64::MAX]) {
            let card = played(&reference, seed).card;
            assert!(card.passed, "{scenario} seed {seed}: reference: {}", card.verdict);
            let card = played(&nothing, seed).card;
            assert!(!card.passed && card.percent <= 25, "{scenario} seed {seed}: nothing: {}", card.verdict);
        }
    });
}

#[test]
fn whoever_ends_at_once_has_not_passed() {
    for_every_scenario(|scenario| {
        let loaded = catalogue::scenario(scenario);
        let seat = &loaded.scenario.default_seat;
        for end in ["00:00:01", "00:02:00", "00:10:00"] {
            let moves = format!("hold {seat}\n00:00:01 {seat} log \"Aware now.\"\n{end} facilitator end\n");
            let card = play(&loaded, &catalogue::parsed(&moves, end), SEED).card;
            assert!(!card.passed, "{scenario}: ended at {end}: {}", card.verdict);
        }
    });
}

/// Readings at EndEx and the injects that were released.
fn course(played: &Played) -> (Vec<(MeterId, i64)>, BTreeSet<String>) {
    let meters = played.card.meters.iter().map(|m| (m.meter.clone(), m.value)).collect();
    let released = played.transcript.events().filter_map(|(_, e)| match &e.fact {
        Fact::InjectReleased { inject, .. } => Some(inject.to_string()),
        _ => None,
    });
    (meters, released.collect())
}

#[test]
fn the_adversary_depends_on_the_players() {
    for_every_scenario(|scenario| {
        let ends = ["reference", "slow", "nothing"].map(|name| (name, course(&played(&find(scenario, name), SEED))));
        for (i, (a, (a_meters, a_injects))) in ends.iter().enumerate() {
            for (b, (b_meters, b_injects)) in &ends[i + 1..] {
                assert_ne!(a_meters, b_meters, "{scenario}: {a} and {b} end with the same meters");
                assert_ne!(a_injects, b_injects, "{scenario}: {a} and {b} get the same injects");
            }
        }
    });
}

#[test]
fn a_response_is_worth_what_it_prevents() {
    for_every_scenario(|scenario| {
        let loaded = catalogue::scenario(scenario);
        let played = played(&find(scenario, "slow"), SEED);
        let what_ifs = session::what_ifs(&loaded, &played.transcript).unwrap();
        assert!(what_ifs.iter().any(|w| !w.meters.is_empty()), "{scenario}: {what_ifs:#?}");
        for w in &what_ifs {
            let entry = played.transcript.commands().find(|(n, _)| *n == w.entry);
            assert!(entry.is_some(), "{scenario}: {} points at no command", w.text);
        }
    });
}
