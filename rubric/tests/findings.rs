//! Facts, prohibitions, ceilings, near misses, advice and lints.

#![expect(clippy::unwrap_used, reason = "a broken data file fails the test")]

use rubric::{AdviceKind, Compiled, Context, Credit, FactVerdict, Level, Rubric, lint};

fn parse(text: &str) -> Rubric {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME).from_str(text).unwrap()
}

fn customer() -> Compiled {
    Compiled::new(&parse(include_str!("data/customer_notice.ron"))).unwrap()
}

fn verdicts(text: &str, delivered: &[&str]) -> Vec<(String, FactVerdict)> {
    let r = customer().read(text, &Context { delivered, ..Context::default() });
    r.facts.into_iter().map(|f| (f.id, f.verdict)).collect()
}

#[test]
fn numbers_and_times_are_compared_with_the_scenario() {
    let all = ["INJ-05", "INJ-07", "INJ-12"];
    let v = |text| verdicts(text, &all);
    assert_eq!(v("Three hundred and twelve tenants are affected."), [("tenants_affected".into(), FactVerdict::Ok)]);
    assert_eq!(v("About 500 customers are affected."), [("tenants_affected".into(), FactVerdict::Contradiction)]);
    assert_eq!(v("It began at 07:42 UTC."), [("exposure_start".into(), FactVerdict::Ok)]);
    assert_eq!(v("It began at 8.40am BST."), [("exposure_start".into(), FactVerdict::Ok)]);
    assert_eq!(v("It began at 06:10 UTC."), [("exposure_start".into(), FactVerdict::Contradiction)]);
    assert_eq!(v("We checked 4,000 log lines."), [(String::new(), FactVerdict::Unsupported)]);
    assert_eq!(v("You will hear from us by 18:00 UTC."), []);
}

#[test]
fn what_cannot_be_known_yet_is_premature() {
    let early = ["INJ-01"];
    assert_eq!(verdicts("312 tenants are affected.", &early), [("tenants_affected".into(), FactVerdict::Premature)]);
    assert_eq!(verdicts("The fault lies with Northgate.", &early), [("vendor".into(), FactVerdict::Premature)]);
    let r = customer()
        .read("We took the assistant offline at 09:12 UTC.", &Context { delivered: &early, ..Context::default() });
    let e = r.elements.iter().find(|e| e.id == "withdrawn").unwrap();
    assert_eq!((e.credit, e.earned), (Credit::None, 0));
    assert!(e.reason().contains("before inject INJ-05"), "{}", e.reason());
}

#[test]
fn a_finding_does_not_tell_the_writer_the_right_value() {
    let r = customer().read("About 500 customers are affected.", &Context::default());
    assert_eq!(r.facts[0].expected_for_instructor.as_deref(), Some("312"));
    assert!(r.reasons().iter().all(|s| !s.contains("312")));
}

#[test]
fn a_near_miss_says_what_was_lacking() {
    let r = customer().read("We will send another update soon.", &Context::default());
    let e = r.elements.iter().find(|e| e.id == "next_update").unwrap();
    assert!(e.reason().contains("no time"), "{}", e.reason());
    let r = customer().read("We will take the assistant offline.", &Context::default());
    let e = r.elements.iter().find(|e| e.id == "withdrawn").unwrap();
    assert_eq!(e.trigger, "will");
    assert!(e.reason().contains("said as Planned"), "{}", e.reason());
}

#[test]
fn advice_before_sending_gives_nothing_away() {
    let text = "We take the security of your data very seriously. Your data is completely safe. It will be fixed by 14:00. We will keep you posted.";
    let advice = customer().preview(text);
    let kinds: Vec<AdviceKind> = advice.iter().map(|a| a.about).collect();
    for kind in [
        AdviceKind::Length,
        AdviceKind::NextUpdate,
        AdviceKind::EmptyPhrase,
        AdviceKind::AbsoluteClaim,
        AdviceKind::EtaPromise,
    ] {
        assert!(kinds.contains(&kind), "{kind:?} missing in {advice:#?}");
    }
    let c = customer();
    for a in &advice {
        // "when" is an id here and a plain word as well; the others are names.
        assert!(c.rubric().elements.iter().filter(|e| e.id.contains('_')).all(|e| !a.message.contains(&e.id)));
        assert!(c.rubric().elements.iter().flat_map(|e| &e.any_of).all(|p| !a.message.contains(p.as_str())));
        assert!(!a.message.contains("312") && !a.message.contains("Northgate"));
    }
}

#[test]
fn lints_speak_to_authors() {
    let r = parse(
        r#"(id: "x", kind: Sitrep,
        elements: [
            (id: "a", points: 2, state: Any, any_of: ["fixed + bug"], examples_ok: ["The bug is fixed."]),
            (id: "b", points: 2, state: Any, any_of: ["bug"], examples_ok: ["The bug is fixed."], examples_no: ["A bug."]),
        ],
        prohibited: [(id: "p", severity: Minor, any_of: ["fault"])])"#,
    );
    let faults = lint(&r);
    let has = |path: &str, part: &str| faults.iter().any(|f| f.path.starts_with(path) && f.message.contains(part));
    assert!(has("elements[0].examples_no", "no example that must not"), "{faults:#?}");
    assert!(has("elements[0].any_of[0]", "other tenses"));
    assert!(has("elements[1].examples_no[0]", "should earn nothing"));
    assert!(has("elements[1].any_of[0]", "bare keyword"));
    assert!(has("elements[1]", "same examples"));
    assert!(has("combine.scale", "add up"));
    assert!(has("prohibited[0].why", "does not say why"));
}

#[test]
fn broken_rubrics_are_refused_with_a_hint() {
    let r = parse(
        r#"(id: "x", kind: Sitrep, elements: [
            (id: "a", points: 2, any_of: ["@regulatr + told", "a + > b", "x ~0", "=a*", "+"]),
            (id: "a", points: 0, any_of: []),
        ], combine: (caps: [(if_missing: "zzz", max: 3), (max: 1)]))"#,
    );
    let faults = Compiled::new(&r).unwrap_err();
    assert!(faults.iter().all(|f| f.level == Level::Error && !f.hint.is_empty()));
    assert!(faults.iter().any(|f| f.message.contains("no element \"zzz\"")), "{faults:#?}");
    let r = parse(
        r#"(id: "x", kind: Sitrep, elements: [(id: "a", points: 2, any_of: ["@regulatr + told", "x ~0", "=a*", "+"])])"#,
    );
    let faults = Compiled::new(&r).unwrap_err();
    assert_eq!(faults.len(), 4, "{faults:#?}");
    assert!(faults[0].hint.contains("@regulator"), "{faults:#?}");
}
