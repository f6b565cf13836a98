//! What every player may read, taken out of a scenario that also holds what they may not.

use crate::{
    calendar,
    model::{AssetKind, Decision, Scenario},
};
use protocol::pack::{
    ActionView, AssetView, ChannelView, DecisionView, DeclarationView, Pack, PartyView, ProductView, QueryView,
    RunbookView, SeatView,
};
use rubric::Rubric;

/// The public view of a scenario, without the word limits of its products.
#[must_use]
pub fn pack(scenario: &Scenario) -> Pack {
    with_rubrics(scenario, &[])
}

/// The public view of a scenario. Word limits of its products come from their rubrics.
///
/// Named field by field: what is not listed here stays with the staff.
#[must_use]
pub fn with_rubrics(scenario: &Scenario, rubrics: &[Rubric]) -> Pack {
    let s = scenario;
    Pack {
        scenario: s.id.clone(),
        version: s.version.clone(),
        title: s.title.clone(),
        organisation: s.organisation.clone(),
        situation: s.situation.clone(),
        rules: s.rules.clone(),
        // A scenario whose start cannot be read is refused by `load`.
        starts_at: calendar::starts_at(&s.starts_at).unwrap_or(0),
        length: s.length,
        seats: s.seats.iter().map(seat).collect(),
        parties: s.parties.iter().map(party).collect(),
        channels: s.channels.iter().map(channel).collect(),
        assets: s.assets.iter().map(asset).collect(),
        actions: s.actions.iter().filter(|a| a.appears.is_none()).map(action).collect(),
        queries: s.queries.iter().filter(|q| q.appears.is_none()).map(query).collect(),
        products: s.products.iter().map(|p| product(p, rubrics)).collect(),
        declarations: s.declarations.iter().map(declaration).collect(),
        runbook: s.runbook.iter().map(step).collect(),
    }
}

/// The public view of a question.
#[must_use]
pub fn decision(d: &Decision) -> DecisionView {
    DecisionView {
        id: d.id.clone(),
        question: d.question.clone(),
        by: d.by.clone(),
        options: d.options.iter().map(|o| (o.id.clone(), o.text.clone())).collect(),
    }
}

fn seat(s: &crate::model::Seat) -> SeatView {
    SeatView { id: s.id.clone(), title: s.title.clone(), name: s.name.clone(), duties: s.duties.clone() }
}

fn party(p: &crate::model::Party) -> PartyView {
    PartyView { id: p.id.clone(), name: p.name.clone(), title: p.title.clone(), note: p.note.clone() }
}

fn channel(c: &crate::model::Channel) -> ChannelView {
    ChannelView { id: c.id.clone(), name: c.name.clone(), note: c.note.clone(), writable: c.writable }
}

fn asset(a: &crate::model::Asset) -> AssetView {
    AssetView {
        id: a.id.clone(),
        name: a.name.clone(),
        kind: kind(a.kind).to_owned(),
        depends_on: a.depends_on.clone(),
        note: a.note.clone(),
        known: a.inventory.clone(),
    }
}

/// An action as the catalogue shows it.
#[must_use]
pub fn action(a: &crate::model::Action) -> ActionView {
    ActionView {
        id: a.id.clone(),
        name: a.name.clone(),
        help: a.help.clone(),
        group: a.group.clone(),
        by: a.by.clone(),
        targets: a.targets.clone(),
        takes: a.takes,
        approval: a.approval.clone(),
        needs: a.needs_text.clone(),
        cost: a.cost.clone(),
    }
}

/// A query as the catalogue shows it.
#[must_use]
pub fn query(q: &crate::model::Query) -> QueryView {
    QueryView {
        id: q.id.clone(),
        name: q.name.clone(),
        tool: q.tool.clone(),
        text: q.text.clone(),
        by: q.by.clone(),
        takes: q.takes,
    }
}

fn product(p: &crate::model::Product, rubrics: &[Rubric]) -> ProductView {
    let length = rubrics.iter().find(|r| r.id == p.id.as_str()).map(|r| r.length).unwrap_or_default();
    ProductView {
        id: p.id.clone(),
        name: p.name.clone(),
        audience: p.audience.clone(),
        to: p.to.clone(),
        by: p.by.clone(),
        via: p.via.clone(),
        approval: p.approval.clone(),
        // The right handling is part of what is scored; the composer offers what the author shows.
        tlp: p.tlp,
        words: (length.min_words, length.max_words),
        template: p.template.clone(),
    }
}

fn declaration(d: &crate::model::Declaration) -> DeclarationView {
    DeclarationView {
        id: d.id.clone(),
        name: d.name.clone(),
        note: d.note.clone(),
        by: d.by.clone(),
        values: d.values.clone(),
    }
}

fn step(r: &crate::model::RunbookStep) -> RunbookView {
    RunbookView { id: r.id.clone(), phase: r.phase.clone(), text: r.text.clone(), owner: r.owner.clone() }
}

/// What an asset is, in a word or two.
#[must_use]
pub fn kind(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Model => "model",
        AssetKind::Registry => "registry",
        AssetKind::Dataset => "dataset",
        AssetKind::TrainingJob => "training job",
        AssetKind::Compute => "compute",
        AssetKind::Service => "service",
        AssetKind::Pipeline => "pipeline",
        AssetKind::Repository => "repository",
        AssetKind::Credential => "credential",
        AssetKind::Agent => "agent",
        AssetKind::Tenant => "tenant",
        AssetKind::Workstation => "workstation",
        AssetKind::Network => "network",
    }
}
