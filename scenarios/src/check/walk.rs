//! Every place of a scenario where one thing names another.

use super::name::Kind;
use crate::{
    model::{Action, Alert, Cell, Cond, Cue, Effect, Inject, Line, Outcome, Query, Rule, Scenario, Step, Trigger},
    span::Path,
};
use protocol::{AssetId, Attachment, PartyId, SeatId, Subject};
use std::ops::Range;

/// A name used.
pub(crate) struct Ref<'a> {
    pub(crate) at: Path,
    pub(crate) kind: Kind,
    /// The decision or declaration it must belong to.
    pub(crate) within: &'a str,
    pub(crate) id: &'a str,
}

/// A cue waited for.
pub(crate) struct CueAt<'a> {
    pub(crate) at: Path,
    pub(crate) cue: &'a Cue,
    /// The names in it, as a range of [`Walk::refs`].
    pub(crate) refs: Range<usize>,
}

/// What makes an effect happen.
#[derive(Clone, Copy)]
pub(crate) enum Cause<'a> {
    Delivered(&'a Inject),
    Decided(&'a Inject),
    Rule(&'a Rule),
    Line(&'a Line),
    Began(&'a Action),
    Acted(&'a Action, &'a Outcome),
    Queried(&'a Query, &'a Outcome),
    StepDone(&'a Step),
    StepBlocked(&'a Step),
}

/// A change.
pub(crate) struct EffectAt<'a> {
    pub(crate) at: Path,
    pub(crate) effect: &'a Effect,
    pub(crate) cause: Cause<'a>,
}

/// A text with its place.
pub(crate) struct TextAt<'a> {
    pub(crate) at: Path,
    pub(crate) text: &'a str,
}

/// Everything found on the way.
#[derive(Default)]
pub(crate) struct Walk<'a> {
    pub(crate) refs: Vec<Ref<'a>>,
    pub(crate) cues: Vec<CueAt<'a>>,
    pub(crate) effects: Vec<EffectAt<'a>>,
    /// Conditions with their place, outermost only.
    pub(crate) conds: Vec<(Path, &'a Cond)>,
    /// What players may come to read during play.
    pub(crate) texts: Vec<TextAt<'a>>,
    pub(crate) attachments: Vec<(Path, &'a Attachment)>,
    /// Where `target` stands and no action gives it a meaning.
    pub(crate) stray_targets: Vec<Path>,
    /// Where an action asks whether it works on an asset it never works on.
    pub(crate) never_targets: Vec<(Path, &'a Action, &'a AssetId)>,
    scope: Option<&'a Action>,
}

impl<'a> Walk<'a> {
    pub(crate) fn of(s: &'a Scenario) -> Self {
        let mut walk = Self::default();
        walk.refer(Kind::Seat, &"default_seat".into(), s.default_seat.as_str());
        walk.public(s);
        walk.people(s);
        walk.world(s);
        walk.adversary(s);
        walk.telemetry(s);
        walk.catalogue(s);
        walk.conduct(s);
        walk.obligations(s);
        walk.escalation(s);
        walk.evaluation(s);
        walk
    }

    fn refer(&mut self, kind: Kind, at: &Path, id: &'a str) {
        self.refs.push(Ref { at: at.clone(), kind, within: "", id });
    }

    fn refer_within(&mut self, kind: Kind, at: &Path, within: &'a str, id: &'a str) {
        self.refs.push(Ref { at: at.clone(), kind, within, id });
    }

    fn seats(&mut self, at: &Path, seats: &'a [SeatId]) {
        for (i, seat) in seats.iter().enumerate() {
            self.refer(Kind::Seat, &at.index(i), seat.as_str());
        }
    }

    fn parties(&mut self, at: &Path, parties: &'a [PartyId]) {
        for (i, party) in parties.iter().enumerate() {
            self.refer(Kind::Addressee, &at.index(i), party.as_str());
        }
    }

    fn approval(&mut self, at: &Path, party: Option<&'a PartyId>) {
        if let Some(party) = party {
            self.refer(Kind::Addressee, &at.field("approval"), party.as_str());
        }
    }

    fn text(&mut self, at: Path, text: &'a str) {
        if !text.is_empty() {
            self.texts.push(TextAt { at, text });
        }
    }

    fn attachments(&mut self, at: &Path, attachments: &'a [Attachment]) {
        for (i, a) in attachments.iter().enumerate() {
            let at = at.field("attachments").index(i);
            self.text(at.field("name"), &a.name);
            self.text(at.field("text"), &a.text);
            self.attachments.push((at, a));
        }
    }

    fn asset(&mut self, at: &Path, asset: &'a AssetId) {
        if asset.as_str() != "target" {
            self.refer(Kind::Asset, at, asset.as_str());
        } else if self.scope.is_none_or(|action| action.targets.is_empty()) {
            self.stray_targets.push(at.clone());
        }
    }

    fn cue(&mut self, at: &Path, cue: &'a Cue) {
        let from = self.refs.len();
        self.names_in(at, cue);
        self.cues.push(CueAt { at: at.clone(), cue, refs: from..self.refs.len() });
    }

    fn names_in(&mut self, at: &Path, cue: &'a Cue) {
        let part = |name: &str, i: usize| at.field(name).part(i);
        match cue {
            Cue::Start | Cue::Logged => {}
            Cue::Flag(flag) => self.refer(Kind::Flag, &part("Flag", 0), flag),
            Cue::Delivered(x) => self.refer(Kind::Inject, &part("Delivered", 0), x.as_str()),
            Cue::Opened(x) => self.refer(Kind::Inject, &part("Opened", 0), x.as_str()),
            Cue::Acknowledged(x) => self.refer(Kind::Inject, &part("Acknowledged", 0), x.as_str()),
            Cue::Began(x) => self.refer(Kind::Action, &part("Began", 0), x.as_str()),
            Cue::Acted(x) => self.refer(Kind::Action, &part("Acted", 0), x.as_str()),
            Cue::ActedOn(x, asset) => {
                self.refer(Kind::Action, &part("ActedOn", 0), x.as_str());
                self.asset(&part("ActedOn", 1), asset);
            }
            Cue::Failed(x) => self.refer(Kind::Action, &part("Failed", 0), x.as_str()),
            Cue::Queried(x) => self.refer(Kind::Query, &part("Queried", 0), x.as_str()),
            Cue::Told(x) => self.refer(Kind::Addressee, &part("Told", 0), x.as_str()),
            Cue::Paged(x) => self.refer(Kind::Addressee, &part("Paged", 0), x.as_str()),
            Cue::SentVia(x) => self.refer(Kind::Channel, &part("SentVia", 0), x.as_str()),
            Cue::Sent(x) => self.refer(Kind::Product, &part("Sent", 0), x.as_str()),
            Cue::SentTo(x, party) => {
                self.refer(Kind::Product, &part("SentTo", 0), x.as_str());
                self.refer(Kind::Addressee, &part("SentTo", 1), party.as_str());
            }
            Cue::ApprovedProduct(x) => self.refer(Kind::Product, &part("ApprovedProduct", 0), x.as_str()),
            Cue::ApprovedAction(x) => self.refer(Kind::Action, &part("ApprovedAction", 0), x.as_str()),
            Cue::Declared(x) => self.refer(Kind::Declaration, &part("Declared", 0), x.as_str()),
            Cue::DeclaredAs(x, value) => {
                self.refer(Kind::Declaration, &part("DeclaredAs", 0), x.as_str());
                self.refer_within(Kind::Value, &part("DeclaredAs", 1), x.as_str(), value.as_str());
            }
            Cue::Decided(x) => self.refer(Kind::Decision, &part("Decided", 0), x.as_str()),
            Cue::DecidedAs(x, option) => {
                self.refer(Kind::Decision, &part("DecidedAs", 0), x.as_str());
                self.refer_within(Kind::Option, &part("DecidedAs", 1), x.as_str(), option.as_str());
            }
            Cue::Ticked(x) => self.refer(Kind::Runbook, &part("Ticked", 0), x.as_str()),
            Cue::ClockStarted(x) => self.refer(Kind::Clock, &part("ClockStarted", 0), x.as_str()),
            Cue::Filed(x) => self.refer(Kind::Clock, &part("Filed", 0), x.as_str()),
            Cue::StepStarted(x) => self.refer(Kind::Step, &part("StepStarted", 0), x.as_str()),
            Cue::StepDone(x) => self.refer(Kind::Step, &part("StepDone", 0), x.as_str()),
            Cue::StepBlocked(x) => self.refer(Kind::Step, &part("StepBlocked", 0), x.as_str()),
            Cue::Detected(x) => self.refer(Kind::Step, &part("Detected", 0), x.as_str()),
        }
    }

    fn cues(&mut self, at: &Path, cues: &'a [Cue]) {
        for (i, cue) in cues.iter().enumerate() {
            self.cue(&at.index(i), cue);
        }
    }

    fn cond(&mut self, at: &Path, cond: &'a Cond) {
        self.conds.push((at.clone(), cond));
        self.cond_inside(at, cond);
    }

    fn cond_inside(&mut self, at: &Path, cond: &'a Cond) {
        let part = |name: &str, i: usize| at.field(name).part(i);
        match cond {
            Cond::All(all) => {
                for (i, c) in all.iter().enumerate() {
                    self.cond_inside(&part("All", 0).index(i), c);
                }
            }
            Cond::Any(any) => {
                for (i, c) in any.iter().enumerate() {
                    self.cond_inside(&part("Any", 0).index(i), c);
                }
            }
            Cond::Not(c) => self.cond_inside(&part("Not", 0), c),
            Cond::Done(cue) => self.cue(&part("Done", 0), cue),
            Cond::Before(a, b) => {
                self.cue(&part("Before", 0), a);
                self.cue(&part("Before", 1), b);
            }
            Cond::DoneFor(cue, _) => self.cue(&part("DoneFor", 0), cue),
            Cond::Integrity(x, _) => self.asset(&part("Integrity", 0), x),
            Cond::Isolation(x, _) => self.asset(&part("Isolation", 0), x),
            Cond::Service(x, _) => self.asset(&part("Service", 0), x),
            Cond::Exposure(x, _) => self.asset(&part("Exposure", 0), x),
            Cond::Evidence(x, _) => self.asset(&part("Evidence", 0), x),
            Cond::Version(x, _) => self.asset(&part("Version", 0), x),
            Cond::AtLeast(x, _) => self.refer(Kind::Meter, &part("AtLeast", 0), x.as_str()),
            Cond::After(_) => {}
            Cond::Held(x) => self.refer(Kind::Seat, &part("Held", 0), x.as_str()),
            Cond::Target(x) => {
                self.refer(Kind::Asset, &part("Target", 0), x.as_str());
                match self.scope {
                    None => self.stray_targets.push(at.clone()),
                    Some(action) if !action.targets.contains(x) => {
                        self.never_targets.push((at.clone(), action, x));
                    }
                    Some(_) => {}
                }
            }
        }
    }

    fn trigger(&mut self, at: &Path, trigger: &'a Trigger) {
        match trigger {
            Trigger::At(_) | Trigger::ByHand => {}
            Trigger::After(cue, _) => self.cue(&at.field("After").part(0), cue),
            Trigger::When(cond) => self.cond(&at.field("When").part(0), cond),
            Trigger::Unless { done, .. } => self.cue(&at.field("Unless").field("done"), done),
            Trigger::UnlessAfter { done, from, .. } => {
                self.cue(&at.field("UnlessAfter").field("done"), done);
                self.cue(&at.field("UnlessAfter").field("from"), from);
            }
        }
    }

    fn effects(&mut self, at: &Path, effects: &'a [Effect], cause: Cause<'a>) {
        for (i, effect) in effects.iter().enumerate() {
            let at = at.index(i);
            let part = |name: &str, i: usize| at.field(name).part(i);
            match effect {
                Effect::Set(x, _) => self.asset(&part("Set", 0), x),
                Effect::Wipe(x) => self.asset(&part("Wipe", 0), x),
                Effect::Add(x, _) => self.refer(Kind::Meter, &part("Add", 0), x.as_str()),
                Effect::Reveal(x, seats) => {
                    self.asset(&part("Reveal", 0), x);
                    self.seats(&part("Reveal", 1), seats);
                }
                Effect::Release(x) => self.refer(Kind::Inject, &part("Release", 0), x.as_str()),
                Effect::Cancel(x) => self.refer(Kind::Inject, &part("Cancel", 0), x.as_str()),
                Effect::TipOff(_) | Effect::EndCampaign | Effect::Flag(_) => {}
            }
            self.effects.push(EffectAt { at, effect, cause });
        }
    }

    fn outcomes(&mut self, at: &Path, outcomes: &'a [Outcome], cause: impl Fn(&'a Outcome) -> Cause<'a>) {
        for (i, outcome) in outcomes.iter().enumerate() {
            let at = at.field("results").index(i);
            self.cond(&at.field("when"), &outcome.when);
            self.text(at.field("text"), &outcome.text);
            self.attachments(&at, &outcome.attachments);
            self.effects(&at.field("effects"), &outcome.effects, cause(outcome));
        }
    }

    fn public(&mut self, s: &'a Scenario) {
        self.text("title".into(), &s.title);
        self.text("organisation".into(), &s.organisation);
        self.text("situation".into(), &s.situation);
    }

    fn people(&mut self, s: &'a Scenario) {
        for (i, seat) in s.seats.iter().enumerate() {
            let at = Path::from("seats").index(i);
            self.text(at.field("title"), &seat.title);
            self.text(at.field("name"), &seat.name);
            self.text(at.field("duties"), &seat.duties);
            self.cell(&at.field("cell"), &seat.cell);
        }
        for (i, party) in s.parties.iter().enumerate() {
            let at = Path::from("parties").index(i);
            self.text(at.field("title"), &party.title);
            self.text(at.field("name"), &party.name);
            self.text(at.field("note"), &party.note);
            self.cell(&at.field("cell"), &party.cell);
        }
        for (i, channel) in s.channels.iter().enumerate() {
            let at = Path::from("channels").index(i);
            self.text(at.field("name"), &channel.name);
            self.text(at.field("note"), &channel.note);
        }
    }

    fn cell(&mut self, at: &Path, cell: &'a Cell) {
        self.text(at.field("on_page"), &cell.on_page);
        for (i, text) in cell.otherwise.iter().enumerate() {
            self.text(at.field("otherwise").index(i), text);
        }
        for (i, line) in cell.lines.iter().enumerate() {
            let at = at.field("lines").index(i);
            self.cue(&at.field("on"), &line.on);
            if let Some(cond) = &line.if_ {
                self.cond(&at.field("if_"), cond);
            }
            if let Some(via) = &line.via {
                self.refer(Kind::Channel, &at.field("via"), via.as_str());
            }
            self.seats(&at.field("to"), &line.to);
            self.text(at.field("subject"), &line.subject);
            self.text(at.field("say"), &line.say);
            self.effects(&at.field("effects"), &line.effects, Cause::Line(line));
        }
        for (i, rule) in cell.approvals.iter().enumerate() {
            let at = at.field("approvals").index(i);
            self.subject(&at.field("subject"), &rule.subject);
            self.cond(&at.field("if_"), &rule.if_);
            self.text(at.field("yes"), &rule.yes);
            self.text(at.field("no"), &rule.no);
        }
    }

    fn subject(&mut self, at: &Path, subject: &'a Subject) {
        match subject {
            Subject::Action(x) => self.refer(Kind::Action, &at.field("Action").part(0), x.as_str()),
            Subject::Product(x) => self.refer(Kind::Product, &at.field("Product").part(0), x.as_str()),
        }
    }

    fn world(&mut self, s: &'a Scenario) {
        for (i, asset) in s.assets.iter().enumerate() {
            let at = Path::from("assets").index(i);
            self.text(at.field("name"), &asset.name);
            self.text(at.field("note"), &asset.note);
            for (j, on) in asset.depends_on.iter().enumerate() {
                self.asset(&at.field("depends_on").index(j), on);
            }
        }
        for (i, meter) in s.meters.iter().enumerate() {
            let at = Path::from("meters").index(i);
            self.text(at.field("name"), &meter.name);
            self.text(at.field("unit"), &meter.unit);
            self.seats(&at.field("visible_to"), &meter.visible_to);
            for (j, flow) in meter.flows.iter().enumerate() {
                self.cond(&at.field("flows").index(j).field("while_"), &flow.while_);
            }
        }
        for (i, rule) in s.rules_of_the_world.iter().enumerate() {
            let at = Path::from("rules_of_the_world").index(i);
            self.trigger(&at.field("trigger"), &rule.trigger);
            self.effects(&at.field("effects"), &rule.effects, Cause::Rule(rule));
        }
    }

    fn adversary(&mut self, s: &'a Scenario) {
        for (i, step) in s.adversary.steps.iter().enumerate() {
            let at = Path::from("adversary.steps").index(i);
            self.trigger(&at.field("starts"), &step.starts);
            self.cond(&at.field("needs"), &step.needs);
            self.effects(&at.field("effects"), &step.effects, Cause::StepDone(step));
            self.effects(&at.field("when_blocked"), &step.when_blocked, Cause::StepBlocked(step));
        }
    }

    fn telemetry(&mut self, s: &'a Scenario) {
        for (i, sensor) in s.sensors.iter().enumerate() {
            let at = Path::from("sensors").index(i);
            self.refer(Kind::Channel, &at.field("channel"), sensor.channel.as_str());
            self.seats(&at.field("to"), &sensor.to);
            self.cond(&at.field("works"), &sensor.works);
            for (j, sight) in sensor.sees.iter().enumerate() {
                let at = at.field("sees").index(j);
                self.cue(&at.field("on"), &sight.on);
                self.alert(&at.field("alert"), &sight.alert);
            }
            for (j, alert) in sensor.noise.iter().flat_map(|n| n.alerts.iter()).enumerate() {
                self.alert(&at.field("noise").field("alerts").index(j), alert);
            }
        }
    }

    fn alert(&mut self, at: &Path, alert: &'a Alert) {
        self.text(at.field("title"), &alert.title);
        self.text(at.field("body"), &alert.body);
        self.attachments(at, &alert.attachments);
    }

    fn catalogue(&mut self, s: &'a Scenario) {
        for (i, query) in s.queries.iter().enumerate() {
            let at = Path::from("queries").index(i);
            if let Some(cue) = &query.appears {
                self.cue(&at.field("appears"), cue);
            }
            self.seats(&at.field("by"), &query.by);
            self.text(at.field("name"), &query.name);
            self.text(at.field("tool"), &query.tool);
            self.text(at.field("text"), &query.text);
            self.outcomes(&at, &query.results, |o| Cause::Queried(query, o));
        }
        for (i, action) in s.actions.iter().enumerate() {
            let at = Path::from("actions").index(i);
            self.scope = Some(action);
            self.seats(&at.field("by"), &action.by);
            for (j, target) in action.targets.iter().enumerate() {
                self.refer(Kind::Asset, &at.field("targets").index(j), target.as_str());
            }
            if let Some(cue) = &action.appears {
                self.cue(&at.field("appears"), cue);
            }
            self.approval(&at, action.approval.as_ref());
            self.cond(&at.field("needs"), &action.needs);
            for field in
                [("name", &action.name), ("help", &action.help), ("group", &action.group), ("cost", &action.cost)]
            {
                self.text(at.field(field.0), field.1);
            }
            self.text(at.field("needs_text"), &action.needs_text);
            self.effects(&at.field("at_begin"), &action.at_begin, Cause::Began(action));
            self.outcomes(&at, &action.results, |o| Cause::Acted(action, o));
            self.scope = None;
        }
    }

    fn conduct(&mut self, s: &'a Scenario) {
        for (i, inject) in s.injects.iter().enumerate() {
            let at = Path::from("injects").index(i);
            self.trigger(&at.field("trigger"), &inject.trigger);
            self.refer(Kind::Addressee, &at.field("from"), inject.from.as_str());
            self.seats(&at.field("to"), &inject.to);
            self.refer(Kind::Channel, &at.field("via"), inject.via.as_str());
            self.text(at.field("subject"), &inject.subject);
            self.text(at.field("body"), &inject.body);
            self.attachments(&at, &inject.attachments);
            self.effects(&at.field("effects"), &inject.effects, Cause::Delivered(inject));
            if let Some(decision) = &inject.decision {
                let at = at.field("decision");
                self.text(at.field("question"), &decision.question);
                self.seats(&at.field("by"), &decision.by);
                for (j, option) in decision.options.iter().enumerate() {
                    let at = at.field("options").index(j);
                    self.text(at.field("text"), &option.text);
                    self.effects(&at.field("effects"), &option.effects, Cause::Decided(inject));
                }
            }
        }
        for (i, d) in s.declarations.iter().enumerate() {
            let at = Path::from("declarations").index(i);
            self.seats(&at.field("by"), &d.by);
            self.text(at.field("name"), &d.name);
            self.text(at.field("note"), &d.note);
            for (j, (_, meaning)) in d.values.iter().enumerate() {
                self.text(at.field("values").index(j).part(1), meaning);
            }
        }
        for (i, step) in s.runbook.iter().enumerate() {
            let at = Path::from("runbook").index(i);
            self.text(at.field("phase"), &step.phase);
            self.text(at.field("text"), &step.text);
            if let Some(owner) = &step.owner {
                self.refer(Kind::Seat, &at.field("owner"), owner.as_str());
            }
        }
    }

    fn obligations(&mut self, s: &'a Scenario) {
        for (i, clock) in s.clocks.iter().enumerate() {
            let at = Path::from("clocks").index(i);
            self.cues(&at.field("anchored_by"), &clock.anchored_by);
            if let Some((cue, _)) = &clock.cap {
                self.cue(&at.field("cap").part(0), cue);
            }
            if let Some(x) = &clock.chained_to {
                self.refer(Kind::Clock, &at.field("chained_to"), x.as_str());
            }
            self.parties(&at.field("to"), &clock.to);
            self.refer(Kind::Product, &at.field("product"), clock.product.as_str());
            for (j, (decision, option)) in clock.waived_by.iter().enumerate() {
                let at = at.field("waived_by").index(j);
                self.refer(Kind::Decision, &at.part(0), decision.as_str());
                self.refer_within(Kind::Option, &at.part(1), decision.as_str(), option.as_str());
            }
            if let Some(cond) = &clock.waiver_is_right {
                self.cond(&at.field("waiver_is_right"), cond);
            }
            self.seats(&at.field("by"), &clock.by);
            self.refer(Kind::Objective, &at.field("objective"), clock.objective.as_str());
        }
        for (i, product) in s.products.iter().enumerate() {
            let at = Path::from("products").index(i);
            self.text(at.field("name"), &product.name);
            self.text(at.field("audience"), &product.audience);
            self.text(at.field("template"), &product.template);
            self.parties(&at.field("to"), &product.to);
            self.seats(&at.field("by"), &product.by);
            self.refer(Kind::Channel, &at.field("via"), product.via.as_str());
            self.approval(&at, product.approval.as_ref());
            self.cue(&at.field("from"), &product.from);
            self.refer(Kind::Objective, &at.field("objective"), product.objective.as_str());
        }
    }

    fn escalation(&mut self, s: &'a Scenario) {
        for (i, line) in s.escalation.iter().enumerate() {
            let at = Path::from("escalation").index(i);
            self.parties(&at.field("tell"), &line.tell);
            self.seats(&at.field("by"), &line.by);
            self.cue(&at.field("from"), &line.from);
            for (j, via) in line.via.iter().enumerate() {
                self.refer(Kind::Channel, &at.field("via").index(j), via.as_str());
            }
            if let Some(product) = &line.with {
                self.refer(Kind::Product, &at.field("with"), product.as_str());
            }
            for (j, after) in line.after.iter().enumerate() {
                self.refer(Kind::Line, &at.field("after").index(j), after.as_str());
            }
            if let Some(cue) = &line.not_before {
                self.cue(&at.field("not_before"), cue);
            }
            self.approval(&at, line.approval.as_ref());
            self.refer(Kind::Objective, &at.field("objective"), line.objective.as_str());
        }
        for (i, line) in s.must_not_tell.iter().enumerate() {
            let at = Path::from("must_not_tell").index(i);
            self.refer(Kind::Addressee, &at.field("party"), line.party.as_str());
            if let Some(cue) = &line.until {
                self.cue(&at.field("until"), cue);
            }
            self.refer(Kind::Objective, &at.field("objective"), line.objective.as_str());
        }
    }

    fn evaluation(&mut self, s: &'a Scenario) {
        for (i, objective) in s.objectives.iter().enumerate() {
            let at = Path::from("objectives").index(i).field("competencies");
            for (j, x) in objective.competencies.iter().enumerate() {
                self.refer(Kind::Competency, &at.index(j), x.as_str());
            }
        }
        for (i, expected) in s.expected.iter().enumerate() {
            let at = Path::from("expected").index(i);
            self.refer(Kind::Inject, &at.field("called_for_by"), expected.called_for_by.as_str());
            self.cues(&at.field("any_of"), &expected.any_of);
            if let Some(cue) = &expected.completed_by {
                self.cue(&at.field("completed_by"), cue);
            }
            self.seats(&at.field("by"), &expected.by);
            self.cues(&at.field("before"), &expected.before);
            self.refer(Kind::Objective, &at.field("objective"), expected.objective.as_str());
        }
        for (i, trap) in s.traps.iter().enumerate() {
            let at = Path::from("traps").index(i);
            self.cue(&at.field("on"), &trap.on);
            if let Some(cond) = &trap.unless {
                self.cond(&at.field("unless"), cond);
            }
            self.refer(Kind::Objective, &at.field("objective"), trap.objective.as_str());
        }
    }
}
