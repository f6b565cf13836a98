//! A report by seats names nobody who sat at the table.

use crate::fixture::{Played, play, reference, slow};
use protocol::{Act, Actor, Command, Draft, Fact, SimTime, moves::Moves};
use reports::Names;

/// The words of a text, in lower case.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn formats(played: &Played) -> [String; 3] {
    let material = played.material(Names::Seats);
    [reports::markdown(&material), reports::html(&material), reports::json(&material)]
}

#[test]
fn no_name_of_the_table_is_left() {
    for played in [reference(), slow()] {
        let parties = played.loaded.scenario.parties.iter().flat_map(|p| words(&p.name)).collect::<Vec<_>>();
        for text in formats(played) {
            let all = words(&text);
            for (_, event) in played.transcript.events() {
                let Fact::SeatTaken { person, .. } = &event.fact else { continue };
                assert!(!text.to_lowercase().contains(&person.to_lowercase()), "{person}");
                // "grant" is a word, "dr" a form of address; an outside party may share a first name.
                for part in words(person).into_iter().filter(|p| !["dr", "grant"].contains(&p.as_str())) {
                    assert!(!all.contains(&part) || parties.contains(&part), "{part} of {person}");
                }
            }
        }
    }
}

/// A table where a person with another name than the cell's writes her own and others' names.
fn signed() -> Played {
    let take = |seat: &str, person: &str| Command {
        at: SimTime::ZERO,
        by: Actor::Facilitator,
        act: Act::TakeSeat { seat: seat.into(), person: person.to_owned() },
    };
    let at = SimTime(60_000);
    let body = "EXERCISE. ZSOFIA here, with b. okonkwo-hale. Varga: we have frozen the rollout and held approvals in two pools with Okonkwo. Write to zsofia.varga@example.test. EXERCISE";
    let send = Command {
        at,
        by: Actor::Seat("ic".into()),
        act: Act::Send(Draft {
            to: vec!["board".into()],
            via: Some("mail".into()),
            product: Some("exec-brief".into()),
            subject: "From Zsofia Varga".to_owned(),
            body: body.to_owned(),
            ..Draft::default()
        }),
    };
    let log = Command {
        at,
        by: Actor::Seat("ic".into()),
        act: Act::Log { text: "varga and Okonkwo will grant it".to_owned() },
    };
    play("poisoned-model", |_| Moves {
        commands: vec![
            take("comms", "Zsófia Varga"),
            take("legal", "Zsofia Varga"),
            take("ic", "Will Okonkwo-Hale"),
            Command { at: SimTime::ZERO, by: Actor::Facilitator, act: Act::Start { mode: protocol::Mode::Practice } },
            send,
            log,
        ],
        ..Moves::default()
    })
}

#[test]
fn names_inside_texts_go_too_and_the_marks_stay_in_place() {
    let played = signed();
    for text in formats(&played) {
        let low = text.to_lowercase();
        for name in ["varga", "zsofia", "zsófia", "okonkwo", "hale"] {
            assert!(!words(&low).contains(&name.to_owned()), "{name}");
        }
        assert!(low.contains("will grant it"), "an everyday word stays");
    }
    let text = reports::json(&played.material(Names::Seats));
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    let row = report["scorecard"]["communications"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| !row["item"].is_null())
        .unwrap_or_else(|| {
            let refused = played.transcript.events().filter(|(_, e)| matches!(e.fact, Fact::Refused { .. }));
            panic!("the brief was not read: {:?}", refused.collect::<Vec<_>>())
        });
    let body = row["text"].as_str().unwrap();
    for element in row["reading"]["elements"].as_array().unwrap() {
        let Some(evidence) = element["evidence"].as_object() else { continue };
        let of = |key: &str| usize::try_from(evidence["span"][key].as_u64().unwrap()).unwrap();
        assert_eq!(&body[of("start")..of("end")], evidence["quote"].as_str().unwrap());
    }
    let people = report["scorecard"]["people"].as_object().unwrap();
    assert!(people.values().all(|v| v.as_str().unwrap().chars().next().unwrap().is_uppercase()), "{people:?}");
    assert!(
        report["participants"]
            .as_array()
            .unwrap()
            .iter()
            .all(|p| { p["people"].as_array().unwrap().iter().all(|s| s["name"].is_null()) })
    );
}

#[test]
fn with_people_their_names_are_there() {
    let played = reference();
    let text = reports::html(&played.material(Names::People));
    assert!(played.card.people.values().all(|name| text.contains(name.as_str())));
}
