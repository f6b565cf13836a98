//! The HTML file stands alone, is well-formed and can be read by everybody; the formats agree.

use crate::fixture::{Played, nothing, reference, slow};
use reports::Names;

const VOID: [&str; 5] = ["meta", "br", "col", "link", "img"];
/// Every element a report is made of. Anything else came from outside.
const ELEMENTS: [&str; 50] = [
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "header",
    "main",
    "section",
    "nav",
    "h1",
    "h2",
    "h3",
    "p",
    "ul",
    "ol",
    "li",
    "dl",
    "div",
    "dt",
    "dd",
    "table",
    "caption",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "blockquote",
    "mark",
    "del",
    "sup",
    "b",
    "span",
    "strong",
    "code",
    "br",
    "a",
    "svg",
    "desc",
    "g",
    "rect",
    "line",
    "polygon",
    "polyline",
    "circle",
];

/// A tag with its attributes.
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

/// Takes a page apart. Anything that is no tag of ours, and any tag left open, is an error.
pub(crate) fn tags(page: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a doctype first");
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(closing) = rest.strip_prefix('/') {
            let end = closing.find('>').unwrap();
            assert_eq!(open.pop().as_deref(), Some(&closing[..end]), "closed in another order than opened");
            rest = &closing[end + 1..];
            continue;
        }
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap();
        let name = &rest[..length];
        assert!(
            ELEMENTS.contains(&name) || name == "text",
            "an element that is not ours: <{}",
            &rest[..rest.len().min(60)]
        );
        let (attributes, after, empty) = attributes(&rest[length..]);
        rest = after;
        if name == "style" {
            rest = &rest[rest.find("</style>").unwrap()..];
        }
        if !empty && !VOID.contains(&name) {
            open.push(name.to_owned());
        }
        found.push(Tag { name: name.to_owned(), attributes });
    }
    assert!(open.is_empty(), "left open: {open:?}");
    found
}

fn attributes(mut rest: &str) -> (Vec<(String, String)>, &str, bool) {
    let mut all = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return (all, after, true);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (all, after, false);
        }
        let equals = rest.find('=').unwrap();
        let name = rest[..equals].to_owned();
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "no attribute: {name:?}");
        rest = rest[equals + 1..].strip_prefix('"').expect("quoted");
        let end = rest.find('"').unwrap();
        all.push((name, rest[..end].to_owned()));
        rest = &rest[end + 1..];
    }
}

/// No attribute leads out of the file or runs anything.
pub(crate) fn stands_alone(page: &str) -> Vec<Tag> {
    let tags = tags(page);
    for tag in &tags {
        for (name, value) in &tag.attributes {
            let low = value.to_lowercase();
            assert!(!name.starts_with("on") && name != "src" && name != "srcset", "<{} {name}>", tag.name);
            for bad in ["http:", "https:", "//", "javascript:", "data:", "url(", "@import"] {
                assert!(!low.contains(bad), "<{} {name}={value:?}>", tag.name);
            }
            assert!(name != "href" || value.starts_with('#'), "a link that leads out: {value}");
        }
    }
    let style = &page[page.find("<style>").unwrap()..page.find("</style>").unwrap()];
    for bad in ["url(", "@import", "http", "src:", "@font-face"] {
        assert!(!style.contains(bad), "the style asks for {bad}");
    }
    tags
}

fn everywhere() -> [&'static Played; 3] {
    [reference(), slow(), nothing()]
}

#[test]
fn the_file_stands_alone_and_is_well_formed() {
    for played in everywhere() {
        for names in [Names::People, Names::Seats] {
            let page = reports::html(&played.material(names));
            let tags = stands_alone(&page);
            assert!(tags.iter().all(|t| t.name != "script" && t.name != "img" && t.name != "link"));
        }
    }
}

#[test]
fn who_cannot_see_it_can_read_it() {
    let page = reports::html(&slow().material(Names::People));
    let tags = tags(&page);
    let count = |name: &str| tags.iter().filter(|t| t.name == name).count();
    assert_eq!(count("h1"), 1);
    assert!(count("h2") >= 17, "every section has its heading");
    assert_eq!(count("table"), count("caption"), "every table says what it holds");
    for tag in tags.iter().filter(|t| t.name == "th") {
        assert!(tag.attributes.iter().any(|(name, _)| name == "scope"), "every header says what it heads");
    }
    assert_eq!(count("svg"), 4);
    assert_eq!(count("desc"), 4, "every picture is described");
    for tag in tags.iter().filter(|t| t.name == "svg") {
        let of = |wanted: &str| tag.attributes.iter().find(|(name, _)| name == wanted).map(|(_, v)| v.as_str());
        assert_eq!(of("role"), Some("img"));
        for id in of("aria-labelledby").unwrap().split(' ') {
            assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
        }
    }
    let mut ids: Vec<&str> =
        tags.iter().flat_map(|t| &t.attributes).filter(|(n, _)| n == "id").map(|(_, v)| v.as_str()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "no id twice");
    for tag in tags.iter().filter(|t| t.name == "a") {
        let target = tag.attributes[0].1.trim_start_matches('#');
        assert!(ids.contains(&target), "a link to nowhere: {target}");
    }
}

#[test]
fn every_format_is_marked_first_and_last_and_is_the_same_every_time() {
    for played in everywhere() {
        let material = played.material(Names::People);
        let marking = "EXERCISE EXERCISE EXERCISE";
        for text in [reports::markdown(&material), reports::html(&material), reports::json(&material)] {
            let text = text.split_once("<body>").map_or(text.as_str(), |(_, body)| body);
            let (first, last) = (text.find(marking).unwrap(), text.rfind(marking).unwrap());
            assert!(first < 40 && last + 60 > text.len(), "{first} {last} of {}", text.len());
        }
        assert_eq!(reports::html(&material), reports::html(&material));
        assert_eq!(reports::markdown(&material), reports::markdown(&material));
        assert_eq!(reports::json(&material), reports::json(&material));
    }
}

#[test]
fn the_first_page_says_how_it_went() {
    let text = reports::markdown(&reference().material(Names::People));
    let first: String = text.lines().take(14).collect::<Vec<_>>().join("\n");
    assert!(first.contains("**Passed**") && first.contains("% needed"), "{first}");
    assert!(first.contains("where doing nothing would have led to"), "{first}");
    let text = reports::markdown(&nothing().material(Names::People));
    let first: String = text.lines().take(14).collect::<Vec<_>>().join("\n");
    assert!(first.contains("**Not passed**") && first.contains("Nobody at the table acted"), "{first}");
}

#[test]
fn nothing_of_the_staffs_truth_is_told_before_endex() {
    let mut early = slow().transcript.clone();
    let end = early.events().find(|(_, e)| matches!(e.fact, protocol::Fact::Ended)).unwrap().0;
    early.entries.retain(|e| e.n < end - 1);
    let played = slow();
    let material = reports::Material { transcript: &early, ..played.material(Names::People) };
    let scenario = &played.loaded.scenario;
    let truth: String = scenario.ground_truth.chars().take(40).collect();
    for text in [reports::html(&material), reports::json(&material)] {
        assert!(!text.contains(&truth));
        assert!(!text.contains("Why it matters"), "no mistake is told");
        assert!(!text.contains("Adversary succeeded"), "the staff's lane is empty");
        assert!(scenario.adversary.steps.iter().all(|s| !text.contains(&s.name)), "no step of the adversary is named");
    }
}

#[test]
fn the_plan_fills_what_can_be_known_and_leaves_the_rest() {
    let text = reports::json(&slow().material(Names::People));
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["schema"], "startex.report/1");
    let plan = report["improvement_plan"].as_array().unwrap();
    assert!(plan.len() > 10);
    for action in plan {
        assert_eq!(action["start_date"], "2026-11-20", "the day of the exercise");
        assert!(action["completion_date"].is_null() && action["organisation_poc"].is_null());
        let element = action["capability_element"].as_str().unwrap();
        assert!(["Planning", "Organization", "Equipment", "Training", "Exercise"].contains(&element));
        assert!(!action["issue"].as_str().unwrap().is_empty());
    }
    let told = plan.iter().find(|a| a["seen"].as_str().unwrap().contains("never told")).unwrap();
    assert_eq!(told["capability_element"], "Planning");
    let answers = report["scorecard"]["communications"].as_array().unwrap();
    let facts = answers.iter().filter_map(|c| c["reading"]["facts"].as_array()).flatten();
    assert!(facts.into_iter().all(|f| f["expected_for_instructor"].is_null()), "answers stay with the instructor");
}
