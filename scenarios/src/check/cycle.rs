//! Things that wait for each other in a ring.

use super::{Check, Ctx, Out};
use crate::span::Path;
use std::collections::BTreeMap;

pub(crate) const CHECKS: &[Check] =
    &[Check { name: "cycles", about: "assets, clocks or escalation lines that wait for each other", run: cycles }];

fn cycles(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    let s = ctx.s;
    let assets: Vec<_> =
        s.assets.iter().map(|a| (a.id.as_str(), a.depends_on.iter().map(|d| d.as_str()).collect())).collect();
    report(out, &assets, "assets", "depends_on", "depend on each other", "an asset cannot need itself to work");
    let clocks: Vec<_> =
        s.clocks.iter().map(|c| (c.id.as_str(), c.chained_to.iter().map(|d| d.as_str()).collect())).collect();
    report(out, &clocks, "clocks", "chained_to", "are chained to each other", "none of them would ever start");
    let lines: Vec<_> =
        s.escalation.iter().map(|l| (l.id.as_str(), l.after.iter().map(|d| d.as_str()).collect())).collect();
    report(out, &lines, "escalation", "after", "come after each other", "none of them could ever be in order");
}

type Graph<'a> = [(&'a str, Vec<&'a str>)];

fn report(out: &mut Out<'_>, graph: &Graph<'_>, list: &str, field: &str, what: &str, help: &str) {
    for ring in rings(graph) {
        let Some(at) = graph.iter().position(|(id, _)| *id == ring[0]) else { continue };
        let mut names: Vec<String> = ring.iter().map(|n| format!("`{n}`")).collect();
        names.push(names[0].clone());
        let message = if ring.len() == 1 {
            format!("{} waits for itself", names[0])
        } else {
            format!("{} {what}", names.join(" → "))
        };
        out.error(&Path::from(list).index(at).field(field), message, help);
    }
}

/// Every ring once, beginning with its first member in the file. Walks without recursion.
fn rings<'a>(graph: &Graph<'a>) -> Vec<Vec<&'a str>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        Open,
        Closed,
    }
    let next: BTreeMap<&str, &Vec<&str>> = graph.iter().map(|(id, to)| (*id, to)).collect();
    let mut marks: BTreeMap<&str, Mark> = BTreeMap::new();
    let mut found = Vec::new();
    for (root, _) in graph {
        if marks.contains_key(root) {
            continue;
        }
        let mut path: Vec<(&str, usize)> = vec![(*root, 0)];
        marks.insert(*root, Mark::Open);
        while let Some((node, at)) = path.last_mut() {
            let child = next.get(node).and_then(|to| to.get(*at)).copied();
            *at += 1;
            match child {
                None => {
                    marks.insert(*node, Mark::Closed);
                    path.pop();
                }
                Some(child) => match marks.get(child) {
                    Some(Mark::Closed) => {}
                    Some(Mark::Open) => {
                        let from = path.iter().position(|(n, _)| *n == child).unwrap_or(0);
                        found.push(path[from..].iter().map(|(n, _)| *n).collect());
                    }
                    None => {
                        marks.insert(child, Mark::Open);
                        path.push((child, 0));
                    }
                },
            }
        }
    }
    found
}
