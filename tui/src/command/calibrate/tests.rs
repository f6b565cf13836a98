//! What a person who calibrates a rubric notices.

use super::{
    figure::{Calibration, Pair, calibration},
    label::{Labels, labels},
    row::{Faults, read},
    show,
};
use crate::command::scenario;
use rubric::Credit;
use scenarios::Loaded;
use std::sync::Arc;

const PRODUCT: &str = "exec-brief";

fn loaded() -> Arc<Loaded> {
    scenario("poisoned-model").expect("a bundled scenario")
}

fn first_elements() -> [String; 2] {
    let loaded = loaded();
    let rubric = loaded.rubrics.iter().find(|r| r.id == PRODUCT).expect("its rubric");
    [rubric.elements[0].id.clone(), rubric.elements[1].id.clone()]
}

fn read_labels(file: &str, text: &str, grades: &str, products: &[&str]) -> Result<Labels, String> {
    let mut faults = Faults::default();
    let rows = read(file, text, &mut faults);
    let grades = if grades.is_empty() { Vec::new() } else { read("grades.jsonl", grades, &mut faults) };
    let products: Vec<String> = products.iter().map(|p| (*p).to_owned()).collect();
    let labels = labels(&loaded(), &products, &rows, &grades, &mut faults);
    if faults.is_empty() { Ok(labels) } else { Err(faults.to_string()) }
}

fn fault(line: &str) -> String {
    read_labels("l.jsonl", line, "", &[PRODUCT]).expect_err("a fault")
}

fn found(text: &str, grades: &str) -> Calibration {
    let labels = read_labels("l.jsonl", text, grades, &[PRODUCT]).expect("labels");
    calibration(&loaded(), labels).unwrap_or_else(|f| panic!("{}", f.error))
}

#[test]
fn csv_and_json_lines_say_the_same() {
    let [a, b] = first_elements();
    let json = format!(
        "{{\"id\":\"1\",\"text\":\"All, \\\"quoted\\\"\\nand broken.\",\"at\":\"00:41:00\",\"delivered\":[\"INJ-01\"],\
         \"elements\":{{\"{a}\":\"earned\",\"{b}\":0.5}},\"band\":\"Needs work\",\"total\":5.5,\
         \"second\":{{\"elements\":{{\"{a}\":\"not\"}},\"total\":3}}}}"
    );
    let csv = format!(
        "id,text,at,delivered,element.{a},element.{b},band,total,second.element.{a},second.element.{b},second.total\r\n\
         1,\"All, \"\"quoted\"\"\nand broken.\",00:41:00,INJ-01,earned,0.5,Needs work,5.5,not,,3\r\n"
    );
    let json = read_labels("l.jsonl", &json, "", &[PRODUCT]).unwrap();
    // By content, where the name says nothing.
    let csv = read_labels("l.txt", &csv, "", &[PRODUCT]).unwrap();
    assert_eq!(format!("{:?}", json.labels), format!("{:?}", csv.labels));
    let [first, second] = &json.labels[0].marks;
    let (first, second) = (first.as_ref().unwrap(), second.as_ref().unwrap());
    assert_eq!(first.credits[..2], [Some(Credit::Full), Some(Credit::Half)]);
    assert_eq!((first.band, first.total), (Some(1), Some(550)));
    assert_eq!((second.credits[0], second.credits[1], second.total), (Some(Credit::None), None, Some(300)));
}

#[test]
fn every_fault_has_its_line_and_what_to_write() {
    let [a, _] = first_elements();
    let text = format!(
        "{{\"text\":\"x\",\"elements\":{{\"nonsense\":1}}}}\n\
         {{\"text\":\"x\",\"elements\":{{\"{a}\":\"maybe\"}}}}\n\n\
         {{\"elements\":{{\"{a}\":1}}}}\n\
         {{\"text\": \n\
         {{\"text\":\"x\",\"elements\":{{\"{a}\":1}},\"band\":\"Superb\",\"total\":11,\"at\":\"soon\"}}\n"
    );
    let told = fault(&text);
    for expected in [
        "l.jsonl:1: \"nonsense\" is no element of exec-brief; write one of ",
        "l.jsonl:2: ",
        "is \"maybe\"; write \"earned\", \"half\" or \"not\" (or 1, 0.5, 0)",
        "l.jsonl:4: has no text",
        "l.jsonl:5: is not JSON",
        "l.jsonl:6: \"band\": \"Superb\" is no band",
        "l.jsonl:6: \"total\" is no number of points from 0 to 10",
        "l.jsonl:6: \"at\": \"soon\" is no length of time",
    ] {
        assert!(told.contains(expected), "{expected} is not in {told}");
    }
}

#[test]
fn faults_of_every_other_kind_are_told_too() {
    let long = "a".repeat(rubric::MAX_TEXT + 1);
    for (line, expected) in [
        (format!("{{\"text\":\"{long}\"}}"), "at most 64 KiB are read"),
        (format!("{{\"text\":\"{}\"}}", "a".repeat(600 * 1024)), "the line has more than 512 KiB"),
        ("[{}]".to_owned(), "is a list"),
        ("7".to_owned(), "is no object"),
        ("\n\n".to_owned(), "has no messages"),
        ("{\"text\":\"x\",\"second\":{\"elemnts\":{}}}".to_owned(), "unknown field \"elemnts\""),
        ("{\"text\":\"x\",\"second\":3}".to_owned(), "\"second\" is no object"),
        ("{\"text\":\"x\",\"elements\":[]}".to_owned(), "\"elements\" is no object"),
        ("{\"text\":\"x\",\"delivered\":[\"INJ-999\"]}".to_owned(), "\"INJ-999\" is no inject"),
        ("{\"id\":1,\"text\":\"x\"}\n{\"id\":\"1\",\"text\":\"y\"}".to_owned(), "l.jsonl:2: the id \"1\" is on line 1"),
    ] {
        let told = fault(&line);
        assert!(told.contains(expected), "{expected} is not in {told}");
    }
    let told = read_labels("l.jsonl", "{\"text\":\"x\"}", "", &[]).expect_err("no product");
    assert!(told.contains("names no product"), "{told}");
    let told = read_labels("l.csv", "text,id\nx,1\ny\n", "", &[PRODUCT]).expect_err("a short row");
    assert!(told.contains("l.csv:3: has 1 cells, the first line has 2 columns"), "{told}");
    let many = "{}\n".repeat(500);
    let told = fault(&many);
    assert!(told.contains("and 400 more like these"), "{told}");
}

#[test]
fn grades_are_joined_by_id_and_strangers_left_out() {
    let [a, _] = first_elements();
    let text = "{\"id\":\"m1\",\"text\":\"x\",\"quality\":\"poor\"}\n{\"id\":\"m2\",\"text\":\"y\"}\n\
                {\"id\":\"m3\",\"text\":\"z\",\"product\":\"holding-statement\"}";
    let grade = |id: &str, who: &str| format!("{{\"id\":\"{id}\",\"grader\":\"{who}\",\"elements\":{{\"{a}\":1}}}}\n");
    let grades = grade("m1", "A") + &grade("m1", "B") + &grade("elsewhere", "A") + &grade("m3", "A");
    let labels = read_labels("l.jsonl", text, &grades, &[PRODUCT]).unwrap();
    assert_eq!(labels.graders, ["A", "B"]);
    assert_eq!(labels.labels.len(), 1, "nobody graded m2, and m3 is another product");
    assert!(labels.labels[0].marks.iter().all(Option::is_some));
    let notes = labels.notes.join("\n");
    for expected in
        ["1 lines of other products", "\"quality\" (1)", "2 grades belong to no message", "1 messages have no marks"]
    {
        assert!(notes.contains(expected), "{expected} is not in {notes}");
    }
    for (grades, expected) in [
        (grade("m1", "A") + &grade("m1", "B") + &grade("m1", "C"), "\"C\" is a third grader"),
        (grade("m1", "A") + &grade("m1", "A"), "\"A\" graded \"m1\" before"),
        ("{\"id\":\"m1\",\"elements\":{}}".to_owned(), "has no grader"),
        ("{\"grader\":\"A\",\"elements\":{}}".to_owned(), "has no id"),
    ] {
        let told = read_labels("l.jsonl", text, &grades, &[PRODUCT]).expect_err("a fault");
        assert!(told.contains(expected), "{expected} is not in {told}");
    }
}

/// Many graded messages: the first grader finds nothing in any, the second everything in every other.
fn graded(n: usize) -> (String, String) {
    let loaded = loaded();
    let rubric = loaded.rubrics.iter().find(|r| r.id == PRODUCT).expect("its rubric");
    let all = |value: u8| {
        let marks: Vec<String> = rubric.elements.iter().map(|e| format!("\"{}\":{value}", e.id)).collect();
        marks.join(",")
    };
    let (mut text, mut grades) = (String::new(), String::new());
    for i in 0..n {
        text += &format!("{{\"id\":\"m{i}\",\"text\":\"Nothing is said here {i}.\"}}\n");
        grades += &format!("{{\"id\":\"m{i}\",\"grader\":\"Ann\",\"elements\":{{{}}}}}\n", all(0));
        grades += &format!("{{\"id\":\"m{i}\",\"grader\":\"Bo\",\"elements\":{{{}}}}}\n", all(u8::from(i % 2 == 0)));
    }
    (text, grades)
}

#[test]
fn three_pairs_stand_beside_each_other_with_every_disagreement() {
    let (text, grades) = graded(24);
    let found = found(&text, &grades);
    let product = &found.products[0];
    let all = product.elements.len();
    let [people, ann, bo] = &product.summary.elements[..] else { panic!("three pairs") };
    assert_eq!([people.pair, ann.pair, bo.pair], [Pair::HumanHuman, Pair::FirstMachine, Pair::SecondMachine]);
    assert_eq!(people.agreement.exact.count, people.agreement.n / 2);
    assert_eq!(ann.agreement.false_credit.of, ann.agreement.n, "Ann gave nothing for anything");
    assert_eq!(bo.agreement.missed_credit.share.value, Some(1.0), "the machine found nothing either");
    assert_eq!(product.disagreements.len(), 12 * all);
    assert_eq!(product.disagreements[0].humans, [Some(Credit::None), Some(Credit::Full)]);
    assert_eq!(product.band_disagreements.len(), 12);
    assert_eq!(product.summary.basis.bands_derived, 48);
    let shown = show::text(&found);
    for expected in
        ["Ann : Bo", "Bo : machine", "n/a", "48 follow from the marks on the elements", "0 bands were given"]
    {
        assert!(shown.contains(expected), "{expected} is not in {shown}");
    }
    assert!(shown.contains("m0  ") && shown.contains("human not : earned (Ann : Bo), machine not"), "{shown}");
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json["schema"], "startex.calibration/1");
    assert_eq!(json["products"][0]["summary"]["elements"][0]["pair"], "human-human");
    assert_eq!(json["products"][0]["messages"][0]["humans"][1]["band"], 3);
}

#[test]
fn the_same_labels_give_the_same_bytes() {
    let (text, grades) = graded(20);
    let bytes = || serde_json::to_string(&found(&text, &grades)).unwrap();
    assert_eq!(bytes(), bytes());
}

#[test]
fn few_messages_give_counts_and_no_figures() {
    let (text, grades) = graded(2);
    let found = found(&text, &grades);
    let agreement = &found.products[0].elements[0].pairs[0].agreement;
    assert_eq!((agreement.exact.count, agreement.exact.of, agreement.exact.share.value), (1, 2, None));
    assert!(show::text(&found).contains("1/2 too few"));
}

#[test]
fn what_was_not_delivered_yet_is_premature() {
    let loaded = loaded();
    let line = |at: &str| {
        format!(
            "{{\"id\":\"1\",\"product\":\"customer-notice\",\"at\":\"{at}\",\"band\":\"Needs work\",\
             \"text\":\"Answers showed personal details of 41 people to strangers.\"}}"
        )
    };
    let premature = |at: &str| {
        let labels = read_labels("l.jsonl", &line(at), "", &[]).unwrap();
        let machine = super::machine::Machine::new(&loaded, &labels.labels).unwrap_or_else(|f| panic!("{}", f.error));
        let reading = machine.read(&labels.labels[0]).expect("a reading");
        reading.facts.iter().filter(|f| f.verdict == rubric::FactVerdict::Premature).count()
    };
    assert!(premature("00:00:01") > 0, "nothing had been delivered after one second");
    assert_eq!(premature("03:59:00"), 0, "everything had been by the end");
}

#[test]
fn nothing_others_wrote_reaches_the_terminal_as_a_command() {
    let text = "{\"id\":\"\\u001b[2Jm\",\"text\":\"Nothing\\u0007.\",\"band\":\"Model answer\",\"\\u001b]0;x\":1}";
    let shown = show::text(&found(text, ""));
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{7}'), "{shown:?}");
}
