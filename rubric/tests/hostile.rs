//! Whatever is written, reading it neither panics nor leaves the text.

#![expect(clippy::unwrap_used, reason = "a broken data file fails the test")]

use proptest::prelude::*;
use rubric::{Compiled, Context, MAX_TEXT, Rubric, lint};

fn customer() -> Compiled {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let r: Rubric = options.from_str(include_str!("data/customer_notice.ron")).unwrap();
    Compiled::new(&r).unwrap()
}

/// Text made of pieces that the rules look at, in any order.
fn shards() -> impl Strategy<Value = String> {
    let shard = prop::sample::select(vec![
        "we",
        "will",
        "not",
        "have",
        "been",
        "revoked",
        "the",
        "assistant",
        "offline",
        ".",
        ",",
        ";",
        "\n",
        "- ",
        "| ",
        "09:12",
        "UTC",
        "9 a.m.",
        "no",
        "without",
        "to",
        "that",
        "?",
        "!",
        "(",
        "1,200",
        "%",
        "£",
        "$1.2m",
        "three",
        "hundred",
        "and",
        "yet",
        "#",
        "14",
        "March",
        "2026-03-14",
        "by",
        "within",
        "two",
        "hours",
        "don't",
        "it's",
        "[x]",
        "…",
        "é",
        "ж",
        "\u{200b}",
        "\t",
        ":",
        "—",
        "is",
        "being",
        "unable",
        "reset",
        "believe",
        "2026-",
        "'",
        "''s",
        "z",
        "99999999999999999999",
        "0.0.0",
        "half",
        "next",
        "every",
        "of",
        "per",
        "cent",
    ]);
    prop::collection::vec(shard, 0..60).prop_map(|v| v.join(" "))
}

fn check(c: &Compiled, text: &str) {
    let r = c.read(text, &Context::default());
    assert!(r.points >= 0 && r.points <= r.out_of);
    for e in r.elements.iter().filter_map(|e| e.evidence.as_ref()) {
        assert_eq!(text.get(e.span.start..e.span.end), Some(e.quote.as_str()));
        for w in &e.words {
            assert!(text.get(w.start..w.end).is_some());
        }
    }
    for g in &r.gated {
        assert_eq!(text.get(g.span.start..g.span.end), Some(g.quote.as_str()));
    }
    assert!(!r.summary().is_empty());
    assert!(r.reasons().iter().all(|s| !s.is_empty()));
    let _ = c.preview(text);
    assert_eq!(r, c.read(text, &Context::default()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in any::<String>()) {
        check(&customer(), &text);
    }

    #[test]
    fn any_shards(text in shards()) {
        check(&customer(), &text);
    }

    #[test]
    fn any_rubric(
        pattern in "[a-z@=*_|+>~! #0-9é-]{0,40}", points in -500i32..500, tolerance in "[0-9a-z%]{0,6}", value in "[0-9TZ:.a-z-]{0,18}",
        kind in prop::sample::select(vec!["Time", "Count", "Percent", "Money", "Name", "State"]), text in shards(),
    ) {
        let ron = format!(
            "(id: \"r\", kind: Sitrep, facts: [(id: \"f\", kind: {kind}, value: {value:?}, tolerance: {tolerance:?}, cues: [\"tenant*|the\"])], \
             elements: [(id: \"e\", points: {points}, any_of: [{pattern:?}], examples_ok: [{text:?}], examples_no: [\"no\"])])"
        );
        let r: Rubric = ron::from_str(&ron).unwrap();
        let _ = lint(&r);
        if let Ok(c) = Compiled::new(&r) {
            check(&c, &text);
        }
    }
}

#[test]
fn a_long_text_is_cut_with_a_note() {
    let text = "Wé ".repeat(MAX_TEXT);
    let r = customer().read(&text, &Context::default());
    assert!(r.notes.iter().any(|n| n.contains("longer")));
}

#[test]
fn long_runs_of_one_thing_take_no_ages() {
    for piece in
        ["no ", "update by 18:00 ", "we will not ", "- x\n", "assistant offline ", "(", "?", "and ", "hundred "]
    {
        let text = piece.repeat(20_000 / piece.len());
        check(&customer(), &text);
    }
}
