//! Names: their form, that each is defined once, and that each that is used is defined.

use super::{Check, Ctx, Out, name::Kind};
use crate::{fault::nearest, model::Effect, span::Path};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const CHECKS: &[Check] = &[
    Check { name: "ids", about: "ids that are no ids, too long or reserved", run: form },
    Check { name: "duplicates", about: "two things with one name", run: duplicates },
    Check { name: "unknown", about: "names that nothing has", run: unknown },
    Check { name: "flags", about: "flags nobody raises or nobody reads", run: flags },
    Check { name: "targets", about: "`target` where no action gives it a meaning", run: targets },
];

/// Longest id.
const MAX_ID: usize = 40;
/// Words the text form of acts keeps for itself.
const RESERVED: [&str; 5] = ["facilitator", "staff", "all", "hold", "everyone"];

fn form(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let scenario = ctx.s.id.as_str();
    if !is_id(scenario) {
        out.error(&"id".into(), format!("`{scenario}` is no id"), "write lower-case words joined by dashes");
    } else if scenario != ctx.folder {
        let help = format!("call both `{scenario}`, so that the name on the command line is the one people see");
        out.warn(&"id".into(), format!("the scenario is `{scenario}` but its folder is `{}`", ctx.folder), help);
    }
    for d in &ctx.names.definitions {
        if d.kind == Kind::Inject {
            if !is_inject(d.id) {
                let help = "number injects INJ-01, INJ-02 … in the order of the MSEL";
                out.error(&d.at, format!("`{}` is no inject number", d.id), help);
            }
            continue;
        }
        if !is_id(d.id) {
            let help = format!("write lower-case letters and digits joined by dashes, at most {MAX_ID}");
            out.error(&d.at, format!("`{}` is no id", d.id), help);
        }
        let person = matches!(d.kind, Kind::Seat | Kind::Party);
        if (person && RESERVED.contains(&d.id)) || (d.kind == Kind::Asset && d.id == "target") {
            let message = format!(
                "`{}` has a meaning of its own and cannot name {} {}",
                d.id,
                super::article(d.kind.word()),
                d.kind.word()
            );
            out.error(&d.at, message, "choose another id");
        }
    }
}

/// Lower-case words of letters and digits, joined by dashes.
pub(crate) fn is_id(id: &str) -> bool {
    let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    id.len() <= MAX_ID && id.split('-').all(word)
}

fn is_inject(id: &str) -> bool {
    let Some(number) = id.strip_prefix("INJ-") else { return false };
    let digits = number.trim_end_matches(|c: char| c.is_ascii_lowercase());
    (2..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && number.len() - digits.len() <= 1
}

fn duplicates(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let mut seen: BTreeMap<(&str, &str, &str), Kind> = BTreeMap::new();
    for d in &ctx.names.definitions {
        // Kinds that share a namespace: messages go to both, approvals are asked for both.
        let space = match d.kind {
            Kind::Seat | Kind::Party => "address",
            Kind::Action | Kind::Product => "approval",
            other => other.word(),
        };
        match seen.insert((space, d.within, d.id), d.kind) {
            Some(first) if first == d.kind => {
                out.error(&d.at, format!("a second {} has the id `{}`", d.kind.word(), d.id), "rename one of them");
            }
            Some(first) => {
                let why = if space == "address" { "messages" } else { "approvals" };
                let message =
                    format!("`{}` is already the id of {} {}", d.id, super::article(first.word()), first.word());
                out.error(&d.at, message, format!("{why} are addressed by this id; rename one of them"));
            }
            None => {}
        }
    }
}

fn unknown(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for r in &ctx.walk.refs {
        // A value of an unknown declaration is one fault, not two.
        let parent = match r.kind {
            Kind::Flag => continue,
            Kind::Option => ctx.names.has(Kind::Decision, "", r.within),
            Kind::Value => ctx.names.has(Kind::Declaration, "", r.within),
            _ => true,
        };
        if parent && !ctx.names.has(r.kind, r.within, r.id) {
            let help = ctx.hint(r.kind, r.within, r.id);
            out.error(&r.at, none(r.kind, r.id), help);
        }
    }
}

/// That nothing of a kind has this name.
pub(crate) fn none(kind: Kind, id: &str) -> String {
    match kind {
        Kind::Option | Kind::Value => format!("`{id}` is no {}", kind.word()),
        _ => format!("there is no {} `{id}`", kind.word()),
    }
}

fn flags(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let raised: BTreeMap<&str, &Path> = ctx
        .walk
        .effects
        .iter()
        .filter_map(|e| match e.effect {
            Effect::Flag(flag) => Some((flag.as_str(), &e.at)),
            _ => None,
        })
        .collect();
    let mut read = BTreeSet::new();
    for r in ctx.walk.refs.iter().filter(|r| r.kind == Kind::Flag) {
        read.insert(r.id);
        if !raised.contains_key(r.id) {
            let help = match nearest(r.id, raised.keys().copied()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("raise it with the effect Flag(\"{}\")", r.id),
            };
            out.error(&r.at, format!("no effect raises the flag `{}`", r.id), help);
        }
    }
    let unread: Vec<(&str, &Path)> = raised.into_iter().filter(|(flag, _)| !read.contains(flag)).collect();
    if let Some((_, at)) = unread.first() {
        let names: Vec<String> = unread.iter().map(|(flag, _)| format!("`{flag}`")).collect();
        let message = match names.as_slice() {
            [one] => format!("nothing waits for the flag {one}"),
            many => format!("nothing waits for {} flags: {}", many.len(), many.join(", ")),
        };
        out.warn(at, message, "take them out, or let something depend on them");
    }
}

fn targets(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for at in &ctx.walk.stray_targets {
        let help = "`target` is the asset an action works on: list the action's `targets`, or name the asset";
        out.error(at, "`target` means nothing here", help);
    }
    for (at, action, asset) in &ctx.walk.never_targets {
        let message = format!("the action `{}` is never done on `{asset}`", action.id);
        out.error(at, message, "add the asset to the action's `targets`");
    }
}
