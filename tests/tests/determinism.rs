//! The same moves and seed give the same bytes.

use crate::program::{run, say, startex};

const PLAY: [&str; 7] = ["play", "poisoned-model", "--moves", "reference", "--seed", "7", "--events"];

#[test]
fn the_same_moves_and_seed_print_the_same_bytes_everywhere() {
    let here = run(&mut startex(PLAY)).ends(0);
    assert!(here.out.lines().count() > 200 && here.out.ends_with('\n'));
    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = startex(PLAY);
    command
        .current_dir(elsewhere.path())
        .env("HOME", elsewhere.path())
        .env("TZ", "Pacific/Chatham")
        .env("LC_ALL", "de_DE.UTF-8")
        .env("LANG", "tr_TR.UTF-8")
        .env("NO_COLOR", "1")
        .env("USER", "somebody else")
        .env("STARTEX_LIBRARY", elsewhere.path().join("none"));
    let there = run(&mut command).ends(0);
    assert!(here.out == there.out, "the events differ with the surroundings");
    let again = run(startex(PLAY).env_clear()).ends(0);
    assert!(here.out == again.out, "the events differ in an empty environment");
    // Nothing asked for a library, so none was made.
    assert!(!elsewhere.path().join("none").exists());
}

#[test]
fn another_seed_gives_another_exercise() {
    let seeds =
        ["7", "8"].map(|seed| say(&format!("play stolen-weights --moves reference --seed {seed} --events")).ends(0));
    assert_ne!(seeds[0].out, seeds[1].out);
}

#[test]
fn the_score_is_the_same_bytes_too() {
    let twice = [(), ()].map(|()| say("play compromised-dependency --moves reference --seed 3 --json").ends(0));
    assert!(twice[0].out == twice[1].out, "two scorecards of one exercise differ");
}
