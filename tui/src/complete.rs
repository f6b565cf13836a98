//! Help with the text form of acts: what may stand at the cursor, and whether the names exist.

use crate::text;
use protocol::{Act, Board, Pack, Subject, Work, text::FORMS};

/// What may stand where the cursor is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Slot {
    Verb,
    Item,
    Query,
    Action,
    /// An asset this action can be done to.
    Asset(String),
    Seat,
    Party,
    /// Several, with commas.
    Parties,
    Channel,
    Product,
    Tlp,
    Request,
    Declaration,
    Value(String),
    Decision,
    OptionOf(String),
    Step,
    Pace,
    Words(&'static [&'static str]),
    Nothing,
}

/// Words of the palette that are no acts: view names are added by the palette.
pub const EXTRA: &[(&str, &str)] = &[("quit", "leave; the exercise can be resumed"), ("help", "the keys of this view")];

/// What could stand at the end of `typed`: the part already typed of it, and the candidates with a word
/// about each.
#[must_use]
pub fn complete(typed: &str, board: &Board) -> (String, Vec<(String, String)>) {
    if typed.matches('"').count() % 2 == 1 {
        return (String::new(), Vec::new());
    }
    let mut words: Vec<&str> = typed.split_whitespace().collect();
    let partial = if typed.ends_with(char::is_whitespace) || typed.is_empty() { "" } else { words.pop().unwrap_or("") };
    let slot = slot(&words);
    let stem = match slot {
        Slot::Parties => partial.rsplit(',').next().unwrap_or(""),
        _ => partial,
    };
    let lower = stem.to_lowercase();
    let mut found: Vec<(String, String)> =
        names(&slot, board).into_iter().filter(|(id, _)| id.to_lowercase().starts_with(&lower)).collect();
    if found.is_empty() && !stem.is_empty() {
        let inside = |(id, about): &(String, String)| {
            id.to_lowercase().contains(&lower) || about.to_lowercase().contains(&lower)
        };
        found = names(&slot, board).into_iter().filter(inside).collect();
    }
    (stem.to_owned(), found)
}

/// What comes after these words.
fn slot(words: &[&str]) -> Slot {
    match words {
        [] => Slot::Verb,
        ["open" | "ack"] => Slot::Item,
        ["query"] => Slot::Query,
        ["do"] => Slot::Action,
        ["do", _] => Slot::Words(&["on"]),
        ["do", action, "on"] => Slot::Asset((*action).to_owned()),
        ["ask" | "leave"] | ["take"] => Slot::Seat,
        ["ask", _] => Slot::Words(&["do", "query"]),
        ["ask", _, "do"] => Slot::Action,
        ["ask", _, "do", _] => Slot::Words(&["on"]),
        ["ask", _, "do", action, "on"] => Slot::Asset((*action).to_owned()),
        ["ask", _, "query"] => Slot::Query,
        ["page" | "request"] => Slot::Party,
        ["request", _] => Slot::Words(&["for"]),
        ["request", _, "for"] => Slot::Words(&["action", "product"]),
        ["request", _, "for", "action"] => Slot::Action,
        ["request", _, "for", "product"] => Slot::Product,
        ["approve" | "deny"] => Slot::Request,
        ["declare"] => Slot::Declaration,
        ["declare", what] => Slot::Value((*what).to_owned()),
        ["decide"] => Slot::Decision,
        ["decide", which] => Slot::OptionOf((*which).to_owned()),
        ["tick"] => Slot::Step,
        ["pace"] => Slot::Pace,
        ["wait"] => Slot::Words(&["1m", "5m", "10m", "30m"]),
        ["send"] => Slot::Parties,
        ["send", .., last] => match *last {
            "via" => Slot::Channel,
            "as" => Slot::Product,
            "tlp" => Slot::Tlp,
            "re" => Slot::Item,
            "subject" | "body" => Slot::Nothing,
            _ => Slot::Words(&["via", "as", "tlp", "re", "subject", "body"]),
        },
        _ => Slot::Nothing,
    }
}

fn names(slot: &Slot, board: &Board) -> Vec<(String, String)> {
    let empty = Vec::new();
    let pair = |id: &str, about: &str| (id.to_owned(), text::line(about));
    let plain = |words: &[&str]| words.iter().map(|w| pair(w, "")).collect::<Vec<_>>();
    let pack = board.pack.as_deref();
    match slot {
        Slot::Verb => FORMS.iter().chain(EXTRA).map(|(v, f)| pair(v, f)).collect(),
        Slot::Item => {
            let items = board.inbox.iter().rev().map(|r| pair(r.item.id.as_str(), &r.item.subject));
            items.chain([pair("all", "every item")]).collect()
        }
        Slot::Request => {
            let open = board.requests.iter().filter(|r| r.answer.is_none());
            open.map(|r| pair(r.id.as_str(), &r.subject.to_string())).collect()
        }
        Slot::Decision => decisions(board).map(|d| pair(d.id.as_str(), &d.question)).collect(),
        Slot::OptionOf(id) => {
            let of = decisions(board).find(|d| d.id.as_str() == id);
            of.map(|d| d.options.iter().map(|(o, t)| pair(o.as_str(), t)).collect()).unwrap_or_default()
        }
        Slot::Tlp => plain(&["clear", "green", "amber", "amber+strict", "red"]),
        Slot::Pace => plain(&["live", "x2", "x5", "x10", "x30", "x60", "turn"]),
        Slot::Words(words) => plain(words),
        Slot::Nothing => empty,
        slot => pack.map(|p| from_pack(slot, p)).unwrap_or_default(),
    }
}

fn decisions(board: &Board) -> impl Iterator<Item = &protocol::pack::DecisionView> {
    board.inbox.iter().filter_map(|r| r.item.decision.as_deref())
}

fn from_pack(slot: &Slot, pack: &Pack) -> Vec<(String, String)> {
    let pair = |id: &str, about: &str| (id.to_owned(), text::line(about));
    let seats = || pack.seats.iter().map(|s| pair(s.id.as_str(), &format!("{}, {}", s.name, s.title)));
    match slot {
        Slot::Query => pack.queries.iter().map(|q| pair(q.id.as_str(), &q.name)).collect(),
        Slot::Action => pack.actions.iter().map(|a| pair(a.id.as_str(), &a.name)).collect(),
        Slot::Asset(action) => {
            let allowed = pack.actions.iter().find(|a| a.id.as_str() == action).map(|a| a.targets.as_slice());
            let fits = |id: &protocol::AssetId| allowed.is_none_or(|t| t.is_empty() || t.contains(id));
            pack.assets.iter().filter(|a| fits(&a.id)).map(|a| pair(a.id.as_str(), &a.name)).collect()
        }
        Slot::Seat => seats().collect(),
        Slot::Party | Slot::Parties => seats()
            .chain(pack.parties.iter().map(|p| pair(p.id.as_str(), &format!("{}, {}", p.name, p.title))))
            .collect(),
        Slot::Channel => pack.channels.iter().filter(|c| c.writable).map(|c| pair(c.id.as_str(), &c.name)).collect(),
        Slot::Product => pack.products.iter().map(|p| pair(p.id.as_str(), &p.name)).collect(),
        Slot::Declaration => pack.declarations.iter().map(|d| pair(d.id.as_str(), &d.name)).collect(),
        Slot::Value(id) => {
            let of = pack.declarations.iter().find(|d| d.id.as_str() == id);
            of.map(|d| d.values.iter().map(|(v, t)| pair(v.as_str(), t)).collect()).unwrap_or_default()
        }
        Slot::Step => pack.runbook.iter().map(|s| pair(s.id.as_str(), &s.text)).collect(),
        _ => Vec::new(),
    }
}

/// Looks every name of an act up, so that a slip of the finger is caught before it is on the record.
///
/// # Errors
/// The first name that does not exist, with the nearest that does.
pub fn check(act: &Act, board: &Board) -> Result<(), String> {
    let is = |slot: Slot, what: &str, id: &str| {
        let known = names(&slot, board);
        if known.is_empty() || known.iter().any(|(k, _)| k == id) {
            return Ok(());
        }
        Err(match text::nearest(id, known.iter().map(|(k, _)| k.as_str())) {
            Some(near) => format!("there is no {what} \"{}\"; did you mean {near}?", text::cut(id, 40)),
            None => {
                let some: Vec<&str> = known.iter().take(12).map(|(k, _)| k.as_str()).collect();
                let more = if known.len() > 12 { ", …" } else { "" };
                format!("there is no {what} \"{}\"; there are: {}{more}", text::cut(id, 40), some.join(", "))
            }
        })
    };
    let work = |w: &Work| match w {
        Work::Action(a, target) => {
            is(Slot::Action, "action", a.as_str())?;
            target.as_ref().map_or(Ok(()), |t| is(Slot::Asset(a.to_string()), "asset for this action", t.as_str()))
        }
        Work::Query(q) => is(Slot::Query, "query", q.as_str()),
    };
    match act {
        Act::Open { item } | Act::Acknowledge { item } => is(Slot::Item, "item", item.as_str()),
        Act::Query { query } => is(Slot::Query, "query", query.as_str()),
        Act::Do { action, target } => work(&Work::Action(action.clone(), target.clone())),
        Act::Ask { seat, work: w } => is(Slot::Seat, "seat", seat.as_str()).and_then(|()| work(w)),
        Act::Page { party, .. } => is(Slot::Party, "one in the directory called", party.as_str()),
        Act::Send(draft) => {
            for to in &draft.to {
                is(Slot::Party, "one in the directory called", to.as_str())?;
            }
            draft.via.as_ref().map_or(Ok(()), |v| is(Slot::Channel, "channel to write to", v.as_str()))?;
            draft.product.as_ref().map_or(Ok(()), |p| is(Slot::Product, "product", p.as_str()))?;
            draft.re.as_ref().map_or(Ok(()), |r| is(Slot::Item, "item", r.as_str()))
        }
        Act::Request { of, subject } => {
            is(Slot::Party, "one in the directory called", of.as_str())?;
            match subject {
                Subject::Action(a) => is(Slot::Action, "action", a.as_str()),
                Subject::Product(p) => is(Slot::Product, "product", p.as_str()),
            }
        }
        Act::Declare { declaration, value, .. } => {
            is(Slot::Declaration, "declaration", declaration.as_str())?;
            is(Slot::Value(declaration.to_string()), "value of it", value.as_str())
        }
        Act::Decide { decision, option, .. } => {
            is(Slot::Decision, "decision", decision.as_str())?;
            is(Slot::OptionOf(decision.to_string()), "option of it", option.as_str())
        }
        Act::Tick { step } => is(Slot::Step, "step of the runbook", step.as_str()),
        _ => Ok(()),
    }
}
