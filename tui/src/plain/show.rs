//! The words that show something.

use crate::{
    doc::Doc,
    scene::{Scene, rough, takes},
    text::{self, cut, line, pad},
    view::{actions, inbox, situation, status::clock_state, write},
};
use protocol::{Subject, board::Received, text::FORMS};
use std::fmt::Write as _;

/// Words with what they show, for `help`.
const WORDS: &[(&str, &str)] = &[
    ("inbox [WORD]", "what reached you; ● not opened, ! acknowledgement asked for, ? decision open"),
    ("read [ITEM]", "opens an item and shows it; alone: the oldest not opened"),
    ("assets [WORD]", "what you know of each asset"),
    ("clocks", "obligations that run"),
    ("actions [WORD]", "the catalogue; an id shows everything about it"),
    ("queries [WORD]", "prepared queries"),
    ("people [WORD]", "the directory"),
    ("products", "what the plan wants written"),
    ("template PRODUCT", "the house template of a product"),
    ("decisions", "what can be declared, decided and approved"),
    ("runbook", "the plan with its ticks"),
    ("jobs", "what runs and what came of it"),
    ("log [N]", "the last N lines of the log"),
    ("status", "time, pace, what is open"),
    ("wait [SPAN]", "lets time pass; alone: until something reaches you (at most 10 minutes)"),
    ("pause, resume, pace live|xN|turn", "the clock"),
    ("end", "EndEx, then the hot wash"),
    ("quit", "leave; the exercise can be resumed"),
    ("help [WORD]", "this, or the form of one act"),
];

/// Answers a word; `None` when it is none of these.
pub(super) fn word(word: &str, rest: &str, scene: &Scene, width: u16) -> Option<String> {
    Some(match word {
        "help" | "?" => help(rest),
        "inbox" => listed(inbox_lines(rest, scene), "The inbox is empty."),
        "assets" => listed(assets(rest, scene), "No asset fits."),
        "clocks" => clocks(scene),
        "actions" => catalogue(rest, scene, true, width),
        "queries" => catalogue(rest, scene, false, width),
        "people" => listed(people(rest, scene), "Nobody fits."),
        "products" => products(scene, width),
        "template" => template(rest, scene),
        "decisions" | "declarations" => decisions(scene),
        "runbook" => runbook(scene),
        "jobs" => listed(jobs(scene), "Nothing was started yet."),
        "log" if !rest.starts_with('"') && (rest.is_empty() || rest.parse::<usize>().is_ok()) => log(rest, scene),
        "status" => super::status(scene),
        _ => return None,
    })
}

/// The word most like one that is not known.
pub(super) fn nearest(word: &str) -> Option<&'static str> {
    let first = |w: &'static str| w.split([' ', ',']).next().unwrap_or(w);
    text::nearest(word, WORDS.iter().chain(FORMS).map(|(w, _)| first(w)))
}

fn listed(lines: Vec<String>, none: &str) -> String {
    if lines.is_empty() { none.to_owned() } else { lines.join("\n") }
}

fn fits(rest: &str, texts: &[&str]) -> bool {
    let word = rest.to_lowercase();
    word.is_empty() || texts.iter().any(|t| t.to_lowercase().contains(&word))
}

fn help(topic: &str) -> String {
    if let Some((_, form)) = FORMS.iter().find(|(v, _)| *v == topic) {
        return format!("{form}\nA long text: send … <<END, then the text, then a line END.");
    }
    let mut out = String::from("To look:\n");
    for (word, about) in WORDS {
        let _ = writeln!(out, "  {} {about}", pad(word, 34));
    }
    out.push_str("\nTo act:\n");
    for (verb, form) in FORMS.iter().take_while(|(v, _)| *v != "take") {
        let _ = writeln!(out, "  {} {form}", pad(verb, 9));
    }
    out
}

/// An item as it is read.
pub(super) fn item(r: &Received, scene: &Scene, width: u16) -> String {
    let mut doc = Doc::new(width);
    inbox::item(&mut doc, r, scene, false);
    doc.plain()
}

fn inbox_lines(rest: &str, scene: &Scene) -> Vec<String> {
    let board = scene.board;
    let of = board.inbox.iter().filter(|r| fits(rest, &[r.item.channel.as_str(), &r.item.subject, &r.item.from.name]));
    of.map(|r| {
        let unread = if r.opened.is_none() { "●" } else { " " };
        let undecided = r.item.decision_id().is_some_and(|d| !board.decided.contains_key(d));
        let open = match (undecided, r.item.needs_ack, r.acknowledged) {
            (true, ..) => "?",
            (_, true, None) => "!",
            (_, _, Some(_)) => "✓",
            _ => " ",
        };
        let severity = r.item.severity.map_or_else(String::new, |s| format!("[{s}] "));
        format!(
            "{unread}{open} {} {} {} {}: {severity}{}",
            r.at,
            pad(r.item.id.as_str(), 8),
            pad(r.item.channel.as_str(), 6),
            line(&r.item.from.name),
            line(&r.item.subject)
        )
    })
    .collect()
}

fn assets(rest: &str, scene: &Scene) -> Vec<String> {
    let Some(pack) = scene.pack() else { return Vec::new() };
    let of = pack.assets.iter().filter(|a| fits(rest, &[a.id.as_str(), &a.name, &a.kind]));
    of.map(|a| {
        let known = scene.board.assets.get(&a.id).map(Vec::as_slice).unwrap_or_default();
        let facts: Vec<String> = known
            .iter()
            .map(|k| {
                let from =
                    k.at.map_or_else(|| "inventory".to_owned(), |at| format!("{} ago, {}", scene.ago(at), k.source));
                format!("{} {} ({})", k.attr.kind(), situation::value(&k.attr).0, line(&from))
            })
            .collect();
        let facts = if facts.is_empty() { "state not known".to_owned() } else { facts.join("; ") };
        format!("{}, {} ({}): {facts}", a.id, line(&a.name), line(&a.kind))
    })
    .collect()
}

fn clocks(scene: &Scene) -> String {
    if scene.board.clocks.is_empty() {
        return "No clock runs yet.".to_owned();
    }
    let mut out = String::from("For training. Not legal advice.\n");
    for c in &scene.board.clocks {
        let _ = writeln!(
            out,
            "{}: {}. Due {} UTC. Started {} by: {}. Filed by sending {}.",
            line(&c.regime),
            clock_state(c, scene).0,
            scene.story(c.due),
            c.started,
            line(&c.anchor),
            line(&c.filed_by)
        );
    }
    out
}

fn catalogue(rest: &str, scene: &Scene, actions: bool, width: u16) -> String {
    let mut heading = String::new();
    let mut out = String::new();
    for (group, entry) in actions::entries(scene) {
        let (id, name, by, span, texts) = match entry {
            actions::Entry::Action(a) if actions => {
                (a.id.as_str(), &a.name, &a.by, a.takes, [a.group.as_str(), &a.help])
            }
            actions::Entry::Query(q) if !actions => {
                (q.id.as_str(), &q.name, &q.by, q.takes, [q.tool.as_str(), &q.text])
            }
            _ => continue,
        };
        if id == rest {
            let mut doc = Doc::new(width);
            actions::tell(&mut doc, entry, scene);
            return doc.plain();
        }
        if !fits(rest, &[id, name, texts[0], texts[1]]) {
            continue;
        }
        if group != heading {
            let _ = writeln!(out, "{group}");
            heading = group;
        }
        let who = if scene.may(by) { "you".to_owned() } else { scene.seats(by) };
        let _ = writeln!(out, "  {} {}. {}, {who}.", pad(id, 22), line(name), takes(span));
    }
    if out.is_empty() { "Nothing fits.".to_owned() } else { out }
}

fn people(rest: &str, scene: &Scene) -> Vec<String> {
    let Some(pack) = scene.pack() else { return Vec::new() };
    let seats = pack.seats.iter().map(|s| {
        let held = scene.board.people.contains_key(&s.id);
        let place = match (s.id == scene.board.seat, held) {
            (true, _) => "you",
            (_, true) => "here",
            _ => "played by the simulation cell",
        };
        (s.id.as_str(), scene.who(s.id.as_str()), s.duties.as_str(), place)
    });
    let parties = pack.parties.iter().map(|p| (p.id.as_str(), scene.who(p.id.as_str()), p.note.as_str(), "outside"));
    seats
        .chain(parties)
        .filter(|(id, name, about, _)| fits(rest, &[id, name, about]))
        .map(|(id, name, about, place)| format!("{} {}, {place}. {}", pad(id, 14), line(&name), line(about)))
        .collect()
}

fn products(scene: &Scene, width: u16) -> String {
    let Some(pack) = scene.pack() else { return String::new() };
    let mut out = String::new();
    for p in &pack.products {
        let mut doc = Doc::new(width);
        write::about(&mut doc, p, scene);
        let _ = writeln!(out, "{}\n{}", p.id, doc.plain());
    }
    if out.is_empty() { "The plan wants nothing written.".to_owned() } else { out }
}

fn template(rest: &str, scene: &Scene) -> String {
    let products = scene.pack().map(|p| p.products.as_slice()).unwrap_or_default();
    match products.iter().find(|p| p.id.as_str() == rest) {
        Some(p) => p.template.clone(),
        None => {
            let ids: Vec<&str> = products.iter().map(|p| p.id.as_str()).collect();
            format!("Which product? There are: {}", ids.join(", "))
        }
    }
}

fn decisions(scene: &Scene) -> String {
    let mut out = String::new();
    for d in scene.pack().map(|p| p.declarations.as_slice()).unwrap_or_default() {
        let now =
            scene.board.declared.get(&d.id).map_or_else(|| "not declared".to_owned(), |(v, at)| format!("{v} at {at}"));
        let _ = writeln!(out, "declare {}: {}. {now}.", d.id, line(&d.name));
        for (value, meaning) in &d.values {
            let _ = writeln!(out, "  {} {}", pad(value.as_str(), 14), line(meaning));
        }
    }
    for r in scene.board.inbox.iter().filter(|r| r.opened.is_some()) {
        let Some(d) = r.item.decision.as_deref() else { continue };
        let now = scene.board.decided.get(&d.id).map_or_else(|| "open".to_owned(), |(o, at)| format!("{o} at {at}"));
        let _ = writeln!(out, "decide {}: {} {now}.", d.id, line(&d.question));
        for (option, text) in &d.options {
            let _ = writeln!(out, "  {} {}", pad(option.as_str(), 14), line(text));
        }
    }
    for r in &scene.board.requests {
        let of = if matches!(r.subject, Subject::Action(_)) { "action" } else { "product" };
        let answer = match &r.answer {
            None => "no answer yet".to_owned(),
            Some((true, why)) => format!("given. {}", line(why)),
            Some((false, why)) => format!("refused. {}", line(why)),
        };
        let _ = writeln!(out, "{}: {of} {} asked of {}: {answer}", r.id, r.subject, scene.who(r.of.as_str()));
    }
    if out.is_empty() { "Nothing to declare or decide yet.".to_owned() } else { out }
}

fn runbook(scene: &Scene) -> String {
    let mut out = String::new();
    let mut phase = "";
    for s in scene.pack().map(|p| p.runbook.as_slice()).unwrap_or_default() {
        if s.phase != phase {
            let _ = writeln!(out, "{}", line(&s.phase));
            phase = &s.phase;
        }
        let tick = if scene.board.ticked.contains(&s.id) { "[✓]" } else { "[ ]" };
        let _ = writeln!(out, "  {tick} {} {}", pad(s.id.as_str(), 16), line(&s.text));
    }
    if out.is_empty() { "This scenario has no runbook.".to_owned() } else { out }
}

fn jobs(scene: &Scene) -> Vec<String> {
    let lines = scene.board.jobs.iter().map(|j| {
        let who = if j.by == scene.board.seat { "you".to_owned() } else { j.by.to_string() };
        let state = match &j.finished {
            None => format!("runs, {} left", rough(j.ends.since(scene.now))),
            Some((at, true, result)) => format!("✓ done at {at}. {}", cut(&line(result), 200)),
            Some((at, false, result)) => format!("✗ came to nothing at {at}. {}", cut(&line(result), 200)),
        };
        format!("{} {} by {who}: {state}", j.began, line(&scene.board.work_name(&j.work)))
    });
    lines.collect()
}

fn log(rest: &str, scene: &Scene) -> String {
    let n: usize = rest.parse().unwrap_or(20);
    let log = &scene.board.log;
    let from = log.len().saturating_sub(n);
    let lines = log[from..].iter().map(|l| format!("{} {}{}", l.at, if l.note { "» " } else { "" }, line(&l.text)));
    listed(lines.collect(), "The log is empty.")
}
