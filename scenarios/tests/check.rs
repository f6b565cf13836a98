//! What an author sees: reports on broken scenarios, and that nothing whatever breaks the check.
//!
//! A broken scenario is the template with a few edits: a file in `broken/`. Its report is a snapshot
//! in `snapshots/`. What the template is told anyway (that it is small) is left out.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its own files fails")]

use proptest::prelude::*;
use scenarios::{Severity, Source, check, load, source};
use serde::Deserialize;
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

/// The template with edits.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Broken {
    /// What is wrong, for the reader of the file.
    about: String,
    /// Files left out.
    #[serde(default)]
    without: Vec<String>,
    /// Every one must find its text exactly once.
    #[serde(default)]
    edits: Vec<Edit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    #[serde(default = "scenario")]
    file: String,
    find: String,
    put: String,
}

fn scenario() -> String {
    source::SCENARIO.into()
}

fn broken(path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap();
    let broken: Broken = ron::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert!(!broken.about.is_empty());
    let mut files = scenarios::template("broken", "Broken").unwrap();
    for edit in &broken.edits {
        let (_, text) = files.iter_mut().find(|(name, _)| *name == edit.file).unwrap();
        let hits = text.matches(&edit.find).count();
        assert_eq!(hits, 1, "{}: {:?} is found {hits} times", path.display(), edit.find);
        *text = text.replacen(&edit.find, &edit.put, 1);
    }
    files.retain(|(name, _)| !broken.without.contains(name));
    Source::embedded("broken", files)
}

#[test]
fn every_fault_is_said_where_it_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut cases: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 25, "the broken scenarios are gone");
    let mut told = std::collections::BTreeSet::new();
    for case in cases {
        let report = check(&broken(&case));
        told.extend(report.faults().iter().map(|f| f.check));
        let text: Vec<String> = report
            .render(false)
            .split("\n\n")
            .filter(|block| !block.starts_with("warning[size]"))
            .filter(|block| !block.starts_with("broken: "))
            .map(str::to_owned)
            .collect();
        insta::assert_snapshot!(case.file_stem().unwrap().to_str().unwrap(), text.join("\n\n"));
    }
    // Whoever adds a check adds a broken scenario for it.
    let untold: Vec<_> = check_names().filter(|name| !told.contains(name)).collect();
    assert!(untold.is_empty(), "no broken scenario shows {untold:?}");
}

fn check_names() -> impl Iterator<Item = &'static str> {
    // Files and limits have tests of their own below.
    scenarios::check::catalogue().map(|(name, _)| name).filter(|name| !matches!(*name, "files" | "limits"))
}

#[test]
fn every_bundled_scenario_can_be_played() {
    for name in scenarios::library::names() {
        let report = check(&Source::bundled(name).unwrap());
        assert_eq!(report.errors(), 0, "{}", report.render(false));
        let loaded = load(&Source::bundled(name).unwrap()).unwrap();
        assert_eq!(loaded.scenario.id.as_str(), name);
        assert!(!loaded.reference.is_empty());
    }
}

#[test]
fn players_get_nothing_that_is_meant_for_the_staff() {
    let names = scenarios::library::names().map(|n| Source::bundled(n).unwrap());
    let template = Source::embedded("t", scenarios::template("t", "T").unwrap());
    for source in names.chain([template]) {
        let loaded = load(&source).unwrap();
        let pack = serde_json::to_string(&loaded.pack()).unwrap();
        let s = &loaded.scenario;
        let mut secrets: Vec<&str> = vec![&s.ground_truth, &s.adversary.goal, &s.adversary.name];
        secrets.extend(s.injects.iter().flat_map(|i| [i.controller_notes.as_str(), i.body.as_str()]));
        secrets.extend(s.adversary.steps.iter().map(|x| x.name.as_str()));
        secrets.extend(s.traps.iter().flat_map(|t| [t.why.as_str(), t.instead.as_str()]));
        secrets.extend(s.expected.iter().map(|e| e.hint.as_str()));
        secrets.extend(s.escalation.iter().map(|l| l.why.as_str()));
        secrets.extend(s.must_not_tell.iter().map(|m| m.why.as_str()));
        secrets.extend(s.queries.iter().flat_map(|q| &q.results).map(|o| o.text.as_str()));
        secrets.extend(s.actions.iter().flat_map(|a| &a.results).map(|o| o.text.as_str()));
        for secret in secrets.into_iter().filter(|t| t.split_whitespace().count() >= 4) {
            let quoted = serde_json::to_string(secret).unwrap();
            assert!(!pack.contains(quoted.trim_matches('"')), "{}: the pack tells {secret:?}", source.name());
        }
        for true_state in ["Compromised", "Destroyed"] {
            let says = s.assets.iter().any(|a| format!("{:?}", a.inventory).contains(true_state));
            assert!(says || !pack.contains(true_state), "{}: the pack tells a true state", source.name());
        }
    }
}

#[test]
fn word_limits_reach_the_composer() {
    let source = Source::embedded("t", scenarios::template("t", "T").unwrap());
    let pack = load(&source).unwrap().pack();
    assert_eq!(pack.products[0].words, (40, 250));
}

fn only_scenario(text: &str) -> Source {
    let mut files = scenarios::template("t", "T").unwrap();
    for (name, content) in &mut files {
        if name == source::SCENARIO {
            *content = text.to_owned();
        }
    }
    Source::embedded("t", files)
}

#[test]
fn what_cannot_be_a_scenario_gets_one_clear_message() {
    for (what, text, says) in [
        ("nothing", String::new(), "the file is empty"),
        ("a number", "42".into(), "expected"),
        ("a page", "<html><body>Not found</body></html>".into(), "expected"),
        ("control characters", "(\0\u{1b}[31m\u{202e}".into(), "error"),
        ("brackets", "[".repeat(100_000), "error"),
        ("nested variants", "A(".repeat(100_000), "error"),
        ("nested comments", "/*".repeat(100_000), "error"),
        ("a text that never ends", format!("(title: \"{}", "x".repeat(1_000_000)), "error"),
        ("hashes", format!("(title: r{}", "#".repeat(500_000)), "error"),
    ] {
        let started = Instant::now();
        let report = check(&only_scenario(&text));
        let shown = report.render(false);
        let about: Vec<_> = report.of(Severity::Error).filter(|f| f.file == source::SCENARIO).collect();
        assert!((1..=2).contains(&about.len()), "{what}: {shown}");
        assert!(shown.contains(says), "{what}: {shown}");
        assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{what} reached the terminal");
        assert!(shown.len() < 20_000, "{what}: {} bytes of report", shown.len());
        assert!(started.elapsed() < Duration::from_secs(10), "{what} took {:?}", started.elapsed());
    }
}

#[test]
fn a_deep_condition_is_read_or_refused() {
    let template = &scenarios::template("t", "T").unwrap()[2].1;
    for depth in [20, 64, 5000] {
        let cond = format!("{}Done(Start){}", "Not(".repeat(depth), ")".repeat(depth));
        let text = template.replacen("trigger: At(\"2m\")", &format!("trigger: When({cond})"), 1);
        let report = check(&only_scenario(&text));
        let refused = report.faults().iter().any(|f| f.message.contains("nested deeper than 64"));
        assert_eq!(refused, depth >= 64, "{depth}: {}", report.render(false));
    }
}

#[test]
fn a_scenario_as_large_as_it_may_be_is_checked_in_time() {
    let template = &scenarios::template("t", "T").unwrap()[2].1;
    // Every inject waits for the next one, so that what can happen is found out in as many rounds.
    let inject = |i: usize| {
        let waits = format!("After(Delivered(\"INJ-{:03}\"), \"0s\")", i + 1);
        let trigger = if i == 490 { "At(\"1m\")".to_owned() } else { waits };
        let effects = "Set(\"gateway\", Service(Down)), Add(\"gpu-hours\", 1),".repeat(20);
        format!(
            "(id: \"INJ-{i:03}\", kind: Contextual, trigger: {trigger}, from: \"coo\", to: [\"ic\"], via: \"chat\",
              subject: \"S\", body: \"B\", effects: [{effects}]),"
        )
    };
    let injects: String = (100..=490).map(inject).collect();
    let text = template.replacen("    injects: [", &format!("    injects: [{injects}"), 1);
    let started = Instant::now();
    let report = check(&only_scenario(&text));
    assert_eq!(report.errors(), 0, "{}", report.render(false));
    assert!(started.elapsed() < Duration::from_secs(20), "took {:?}", started.elapsed());
}

#[test]
fn too_much_is_said_with_the_limit() {
    let template = &scenarios::template("t", "T").unwrap()[2].1;
    let long = template.replacen("Somebody else", "Somebody", 1).replacen(
        "Read only.",
        &"x".repeat(scenarios::limit::MAX_TEXT + 1),
        1,
    );
    let shown = check(&only_scenario(&long)).render(false);
    assert!(shown.contains("a text has at most 64 KiB"), "{shown}");

    let seat = r#"(id: "s#", title: "S", name: "N", duties: "D", cell: ()),"#;
    let seats: String = (0..60).map(|i| seat.replace('#', &i.to_string())).collect();
    let many = template.replacen("seats: [", &format!("seats: [{seats}"), 1);
    let shown = check(&only_scenario(&many)).render(false);
    assert!(shown.contains("63 seats; there may be at most 40"), "{shown}");

    let big = format!("{template}{}", " ".repeat(source::MAX_FILE));
    let faults = load(&only_scenario(&big)).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert!(faults[0].message.contains("larger than 2 MiB"), "{}", faults[0]);
}

#[test]
fn a_report_for_machines_says_the_same() {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken/many.ron");
    let report = check(&broken(&case));
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!(json["errors"], report.errors());
    assert_eq!(json["faults"].as_array().unwrap().len(), report.faults().len());
    assert_eq!(json["faults"][0]["file"], "broken/scenario.ron");
    assert!(json["faults"][0]["line"].as_u64().unwrap() > 0);
}

#[test]
fn a_scenario_survives_its_own_files() {
    for name in scenarios::library::names() {
        let first = load(&Source::bundled(name).unwrap()).unwrap();
        let again = load(&Source::embedded("copy", first.files.to_vec())).unwrap();
        assert_eq!(first.scenario, again.scenario);
        assert_eq!(first.hash, again.hash);
    }
}

/// A scenario's files to break, the template among them.
fn victims() -> Vec<Vec<(String, String)>> {
    let bundled = scenarios::library::names().map(|n| {
        let source = Source::bundled(n).unwrap();
        source.files().map(|(n, t)| (n.to_owned(), t.to_owned())).collect()
    });
    bundled.chain([scenarios::template("t", "T").unwrap()]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_mutilation_breaks_the_check(
        which in 0_usize..4,
        file in 0_usize..3,
        at in 0.0..1.0_f64,
        cut in 0_usize..400,
        put in "[(){}\\[\\],:\"#a-zA-Z0-9 \\-\n\u{202e}é]{0,12}",
        to_end in any::<bool>(),
    ) {
        let mut all = victims();
        let n = which % all.len();
        let mut files = all.swap_remove(n);
        let text = &mut files[file].1;
        let floor = |text: &str, mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) { at -= 1; }
            at
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a text")]
        let start = floor(text, (text.len() as f64 * at) as usize);
        let end = if to_end { text.len() } else { floor(text, start + cut) };
        text.replace_range(start..end, &put);
        let lengths: Vec<(String, usize)> = files.iter().map(|(n, t)| (n.clone(), t.len())).collect();
        let source = Source::embedded("mutilated", files);
        let started = Instant::now();
        let report = check(&source);
        for fault in report.faults() {
            let len = lengths.iter().find(|(n, _)| *n == fault.file).map_or(0, |(_, l)| *l);
            prop_assert!(fault.span.start <= fault.span.end && fault.span.end <= len, "{:?}", fault);
            prop_assert!(!fault.message.is_empty());
        }
        let _ = report.render(true);
        prop_assert_eq!(load(&source).is_ok(), load(&source).is_ok());
        prop_assert!(started.elapsed() < Duration::from_secs(20), "took {:?}", started.elapsed());
    }

    #[test]
    fn any_text_at_all_gets_a_report(text in "\\PC{0,300}") {
        let report = check(&only_scenario(&text));
        prop_assert!(report.errors() > 0);
        let _ = report.render(false);
    }
}
