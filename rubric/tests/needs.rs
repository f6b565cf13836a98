//! What an evidence sentence must carry: numbers that count things, and people.

#![expect(clippy::unwrap_used, reason = "a broken rubric fails the test")]

use rubric::{Compiled, Context, Credit, FactVerdict, Rubric};

fn earns(need: &str, text: &str) -> bool {
    let ron = format!(
        "(id: \"t\", kind: Sitrep, elements: [(id: \"e\", points: 1, state: Any, needs: [{need}], \
         any_of: [\"rotat*|isolat*|install*|notif*|file*|check*|block*|send|updat*|affect*|call|draft*\"])])"
    );
    let r: Rubric = ron::from_str(&ron).unwrap();
    let r = Compiled::new(&r).unwrap().read(text, &Context::default());
    r.elements[0].credit != Credit::None
}

#[test]
fn labels_versions_and_names_of_things_are_no_counts() {
    for text in [
        "We filed the notice under Art. 34.",
        "We filed it under Article 33(1) and Articles 33 and 34.",
        "Access is blocked as clause 9.2 says.",
        "Block it as Measure 9.3 says.",
        "We filed the form under Item 1.05.",
        "We isolated it after INJ-07.",
        "We called it SEV-1 and notified the board.",
        "The hosts installed recall-simdkit 2.9.0 and 4.2.0.",
        "Marked TLP:AMBER, the note to 12:30 was drafted.",
        "The regulator was notified on 14 March 2026 and again on 2026-03-15.",
        "Traffic to 203.0.113.44 is blocked.",
        "We checked the hash 9f86d081884c7d65.",
        "We checked SHA-256 and TLS 1.3.",
        "We isolated bld-04 and trn-02.",
        "We isolated gpu-11, gpu 12 and node 7.",
        "Build 4118 was blocked in Q3.",
        "Step 4 of runbook 12 was checked (see section 3.1, table 2, figure 5).",
        "We notified them under GDPR Art 33 and NIS 2.",
        "The model GPT-4 was isolated with H100 cards.",
        "Ticket #4471 and CVE-2026-1234 were checked.",
        "Call +44 20 7946 0120.",
        "The window in CET is 08:00-10:00, so we isolated it.",
        "We call it priority 1, tier 2, phase 3.",
    ] {
        assert!(!earns("Count", text), "{text}");
    }
}

#[test]
fn numbers_of_things_are_counts() {
    for text in [
        "Three hosts installed it.",
        "312 tenants were notified.",
        "We isolated 12 of 40 nodes.",
        "Affected: 1,900 records.",
        "We isolated bld-04, bld-07 and two more hosts.",
        "About 60 % of the keys were rotated.",
        "Number of users notified: 41",
        "We checked 4 orders scored 0.04 by version 4.2.0.",
    ] {
        assert!(earns("Count", text), "{text}");
    }
}

#[test]
fn a_name_at_the_start_of_a_sentence_is_an_owner() {
    for text in [
        "Ines rotates the key by 15:00.",
        "Rafael to isolate the pool at noon.",
        "- Margot: notify the authority by 18:00",
        "Wiebke Aalders will isolate the pool.",
        "Rotate the keys (Dinesh, 15:00)",
        "Noor has drafted the notice.",
        "SOC isolates the runners at once.",
        "Legal files the notice by noon.",
        "Comms sends the notice at 17:00.",
        "Katarzyna and Femi check the logs tonight.",
        "15:00 Tamsin rotates the robot token.",
        "I will notify the board.",
        "The CISO notifies the board.",
        "Owner: platform team, who rotate the keys.",
    ] {
        assert!(earns("Owner", text), "{text}");
    }
}

#[test]
fn a_capital_at_the_start_is_not_always_a_name() {
    for text in [
        "Keys rotate by 15:00.",
        "Rotate the keys by 15:00.",
        "Someone rotates the keys by 15:00.",
        "Nobody will notify the board.",
        "Tonight the keys will be rotated.",
        "Hosts will be isolated at noon.",
        "Please notify customers by 18:00.",
        "We rotate the keys by 15:00.",
        "All keys will be rotated by noon.",
        "Further notices will be sent at 18:00.",
        "Credentials will be rotated on Friday.",
        "Isolation of hosts checked.",
        "Everything will be checked in March.",
    ] {
        assert!(!earns("Owner", text), "{text}");
    }
}

#[test]
fn a_label_beside_a_cue_does_not_contradict_a_count() {
    let ron = r#"(id: "t", kind: Sitrep, facts: [(id: "hosts", kind: Count, value: "3", cues: ["host*"])],
        elements: [(id: "e", points: 1, any_of: ["zzz"])])"#;
    let r: Rubric = ron::from_str(ron).unwrap();
    let c = Compiled::new(&r).unwrap();
    let wrong = |text: &str| {
        let r = c.read(text, &Context::default());
        r.facts.iter().any(|f| f.verdict == FactVerdict::Contradiction)
    };
    for text in [
        "The hosts bld-04 and bld-07 installed 2.9.0.",
        "Hosts were isolated under clause 9.2.",
        "Host gpu 12 was isolated (SEV-1, INJ-07).",
        "Host 10.0.4.17 was isolated.",
    ] {
        assert!(!wrong(text), "{text}");
    }
    assert!(wrong("Five hosts installed it."));
}
