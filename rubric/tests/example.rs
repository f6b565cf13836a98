//! The shape an author sees first must parse, compile, and pass its own examples.

#![expect(clippy::unwrap_used, reason = "a broken data file fails the test")]

use rubric::{Compiled, Context, Level, Rubric, lint};

fn example() -> Rubric {
    let text = include_str!("data/example.ron");
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME).from_str(text).unwrap()
}

#[test]
fn the_example_has_no_errors() {
    let faults: Vec<String> =
        lint(&example()).iter().filter(|f| f.level == Level::Error).map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn it_survives_a_round_trip() {
    let json = serde_json::to_string(&example()).unwrap();
    assert_eq!(serde_json::from_str::<Rubric>(&json).unwrap(), example());
    let c = Compiled::new(&example()).unwrap();
    let r = c.read("We took the assistant offline at 09:12 UTC.", &Context::default());
    let json = serde_json::to_string(&r).unwrap();
    assert_eq!(serde_json::from_str::<rubric::Reading>(&json).unwrap(), r);
}
