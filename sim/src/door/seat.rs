//! What a seat does: reading, working, escalating, approving, declaring, deciding, keeping the log.

use super::Refusal;
use crate::{
    job::{Ready, doers, settle_target},
    stage::{Note, Stage},
    world::{Due, Request},
};
use protocol::{
    Act, DecisionId, DeclarationId, Fact, InjectId, Item, ItemId, ItemKind, Mode, OptionId, PartyId, RequestId, SeatId,
    Subject, ValueId, Work, clean,
};
use scenarios::model::Cue;
use std::sync::Arc;

/// Most requests for approval in one exercise.
const MAX_REQUESTS: usize = 1000;

impl Stage<'_, '_> {
    pub(super) fn seat_act(&mut self, seat: &SeatId, act: &Act) -> Result<(), Refusal> {
        match act {
            Act::Open { item } => self.read(seat, item, false),
            Act::Acknowledge { item } => self.read(seat, item, true),
            Act::Query { query } => self.work(seat, Work::Query(query.clone())),
            Act::Do { action, target } => self.work(seat, Work::Action(action.clone(), target.clone())),
            Act::Ask { seat: whom, work } => self.ask(seat, whom, work.clone()),
            Act::Page { party, reason } => self.page(seat, party, &clean::line(reason)),
            Act::Send(draft) => self.send(seat, draft.clone()),
            Act::Request { of, subject } => self.request(seat, of, subject),
            Act::Answer { request, grant, reason } => self.answer(seat, request, *grant, &clean::line(reason)),
            Act::Declare { declaration, value, reason } => self.declare(seat, declaration, value, &clean::line(reason)),
            Act::Decide { decision, option, reason } => self.decide(seat, decision, option, &clean::line(reason)),
            Act::Tick { step } => {
                if !self.script.0.script.runbook.iter().any(|r| r.id == *step) {
                    return Err(format!("the runbook has no step \"{step}\""));
                }
                if !self.record.ticked.insert(step.clone()) {
                    return Err(format!("step \"{step}\" is ticked already"));
                }
                self.tell_all(Fact::Ticked { step: step.clone(), by: seat.clone() });
                self.happen(&Cue::Ticked(step.clone()));
                Ok(())
            }
            Act::Log { text } => {
                let text = clean::line(text);
                if text.is_empty() {
                    return Err("there is nothing to write to the log".to_owned());
                }
                self.tell_all(Fact::Logged { text, by: seat.clone() });
                self.happen(&Cue::Logged);
                Ok(())
            }
            Act::Hint => self.hint(seat),
            _ => Err("that is for the facilitator to do".to_owned()),
        }
    }

    // ----------------------------------------------------------------------------------- the inbox

    fn read(&mut self, seat: &SeatId, item: &ItemId, acknowledge: bool) -> Result<(), Refusal> {
        if item.as_str() == "all" {
            let mine = self.record.items.iter().filter(|(_, (_, seats))| seats.contains(seat));
            let items: Vec<ItemId> =
                mine.map(|(id, _)| id.clone()).filter(|id| self.is_new(seat, id, acknowledge)).collect();
            if items.is_empty() {
                return Err("nothing is left to open".to_owned());
            }
            for item in items {
                self.read_one(seat, &item, acknowledge);
            }
            return Ok(());
        }
        let known = self.record.items.get(item).is_some_and(|(_, seats)| seats.contains(seat));
        if !known {
            return Err(format!("there is no item \"{item}\" in your inbox"));
        }
        if !self.is_new(seat, item, acknowledge) {
            return if acknowledge { Err(format!("{item} is acknowledged already")) } else { self.reread(seat, item) };
        }
        self.read_one(seat, item, acknowledge);
        Ok(())
    }

    /// Reading something again is no new fact, but it is not an error either: the first reading stands.
    fn reread(&mut self, seat: &SeatId, item: &ItemId) -> Result<(), Refusal> {
        self.tell_seats(std::slice::from_ref(seat), Fact::Opened { seat: seat.clone(), item: item.clone() });
        Ok(())
    }

    fn is_new(&self, seat: &SeatId, item: &ItemId, acknowledge: bool) -> bool {
        let done = if acknowledge { &self.record.acknowledged } else { &self.record.opened };
        !done.contains(&(seat.clone(), item.clone()))
    }

    fn read_one(&mut self, seat: &SeatId, item: &ItemId, acknowledge: bool) {
        let inject = self.record.items.get(item).and_then(|(i, _)| i.inject.clone());
        let me = std::slice::from_ref(seat);
        // Whoever acknowledges has read it.
        if self.record.opened.insert((seat.clone(), item.clone())) {
            self.tell_seats(me, Fact::Opened { seat: seat.clone(), item: item.clone() });
            if let Some(inject) = inject.clone() {
                self.happen(&Cue::Opened(inject));
            }
        }
        if acknowledge && self.record.acknowledged.insert((seat.clone(), item.clone())) {
            self.tell_seats(me, Fact::Acknowledged { seat: seat.clone(), item: item.clone() });
            if let Some(inject) = inject {
                self.happen(&Cue::Acknowledged(inject));
            }
        }
    }

    // ---------------------------------------------------------------------------------------- work

    fn work(&mut self, seat: &SeatId, work: Work) -> Result<(), Refusal> {
        let plan = self.plan();
        let work = settle_target(&plan, work, &self.record.offered)?;
        let by = doers(&plan, &work).unwrap_or_default();
        if !by.is_empty() && !by.contains(seat) {
            return Err(format!("that is done by {}; ask them by name", self.names(by)));
        }
        self.begin(Ready { work, by: seat.clone(), asked_by: None })
    }

    fn names(&self, seats: &[SeatId]) -> String {
        seats.iter().map(SeatId::as_str).collect::<Vec<_>>().join(" or ")
    }

    fn ask(&mut self, by: &SeatId, whom: &SeatId, work: Work) -> Result<(), Refusal> {
        let plan = self.plan();
        let work = settle_target(&plan, work, &self.record.offered)?;
        let Some(person) = plan.person(whom.as_str()).filter(|p| plan.people[*p].seat.is_some()) else {
            return Err(format!("there is no seat called \"{whom}\" to ask"));
        };
        if whom == by {
            return Err("you need not ask yourself; just do it".to_owned());
        }
        let doers = doers(&plan, &work).unwrap_or_default();
        if !doers.is_empty() && !doers.contains(whom) {
            return Err(format!("{whom} cannot do that; it is done by {}", self.names(doers)));
        }
        let mut audience = vec![by.clone(), whom.clone()];
        audience.extend(self.front());
        let audience = Self::among(&audience.iter().collect::<Vec<_>>());
        self.tell_seats(&audience, Fact::Tasked { seat: whom.clone(), by: by.clone(), work: work.clone() });
        // Who is asked by name has been told.
        self.happen(&Cue::Told(PartyId::from(whom)));
        if self.is_played(person) {
            let about = format!("task/{}", crate::job::about(&work));
            let at = self.now() + self.latency(person, &about);
            self.agenda.plan(at, Due::TaskUp { person, by: by.clone(), work });
        } else {
            let what = match &work {
                Work::Action(id, Some(t)) => format!("do {id} on {t}"),
                Work::Action(id, None) => format!("do {id}"),
                Work::Query(id) => format!("query {id}"),
            };
            let text = format!("You are asked to: {what}");
            self.request_item(by, whom, "Task", &text);
        }
        Ok(())
    }

    fn request_item(&mut self, by: &SeatId, to: &SeatId, subject: &str, body: &str) {
        let plan = self.plan();
        let Some(from) = plan.person(by.as_str()) else { return };
        self.record.messages += 1;
        let item = Note {
            id: crate::cell::numbered("MSG", self.record.messages),
            kind: ItemKind::Request,
            from: self.sender(from),
            to: vec![PartyId::from(to)],
            channel: plan.script.channels.first().map_or_else(|| "chat".into(), |c| c.id.clone()),
            subject: subject.to_owned(),
            body: body.to_owned(),
            attachments: Vec::new(),
            re: None,
        };
        self.deliver(Arc::new(item.item()), std::slice::from_ref(to));
    }

    // ---------------------------------------------------------------------------------- escalation

    fn page(&mut self, by: &SeatId, party: &PartyId, reason: &str) -> Result<(), Refusal> {
        let plan = self.plan();
        let Some(person) = plan.person(party.as_str()) else {
            return Err(format!("the directory has nobody called \"{party}\""));
        };
        if party.as_str() == by.as_str() {
            return Err("you cannot page yourself".to_owned());
        }
        let mut audience = vec![by.clone()];
        audience.extend(plan.people[person].seat.clone());
        audience.extend(self.front());
        let audience = Self::among(&audience.iter().collect::<Vec<_>>());
        let fact = Fact::Paged { party: party.clone(), by: by.clone(), reason: reason.to_owned() };
        self.tell_seats(&audience, fact);
        self.happen(&Cue::Paged(party.clone()));
        self.happen(&Cue::Told(party.clone()));
        if self.is_played(person) {
            self.page_cell(person, by);
        } else {
            let seat = party.as_seat();
            let text = if reason.is_empty() { "You are paged." } else { reason };
            self.request_item(by, &seat, "Page", text);
            self.tell_seats(&audience, Fact::PageAnswered { party: party.clone(), by: by.clone() });
        }
        Ok(())
    }

    fn request(&mut self, by: &SeatId, of: &PartyId, subject: &Subject) -> Result<(), Refusal> {
        let plan = self.plan();
        let Some(person) = plan.person(of.as_str()) else {
            return Err(format!("the directory has nobody called \"{of}\""));
        };
        let known = match subject {
            Subject::Action(id) => plan.actions.contains_key(id),
            Subject::Product(id) => plan.script.products.iter().any(|p| p.id == *id),
        };
        if !known {
            return Err(format!("there is nothing called \"{subject}\" to approve"));
        }
        if of.as_str() == by.as_str() {
            return Err("your own approval is given by doing it".to_owned());
        }
        let waiting = self.roster.requests.iter().filter_map(|e| self.requests.get(*e).ok());
        if waiting.filter(|r| r.open).any(|r| r.of == *of && r.subject == *subject) {
            return Err(format!("{of} has been asked for that and has not answered yet"));
        }
        if self.roster.requests.len() >= MAX_REQUESTS {
            return Err(format!("an exercise has at most {MAX_REQUESTS} requests"));
        }
        let number = self.roster.requests.len();
        let id = RequestId::from(format!("REQ-{:03}", number + 1));
        let request = Request { id: id.clone(), of: of.clone(), by: by.clone(), subject: subject.clone(), open: true };
        let entity = self.commands.spawn(request).id();
        self.roster.requests.push(entity);
        let mut audience = vec![by.clone(), of.as_seat()];
        audience.extend(self.front());
        let audience = Self::among(&audience.iter().collect::<Vec<_>>());
        let fact =
            Fact::ApprovalRequested { request: id.clone(), of: of.clone(), by: by.clone(), subject: subject.clone() };
        self.tell_seats(&audience, fact);
        if self.is_played(person) {
            let at = self.now() + self.latency(person, &format!("approval/{subject}"));
            self.agenda.plan(at, Due::Approve { request: number, person });
        } else {
            let text = format!("{id}: your approval is asked for: {subject}");
            self.request_item(by, &of.as_seat(), "Approval", &text);
        }
        Ok(())
    }

    fn answer(&mut self, seat: &SeatId, request: &RequestId, grant: bool, reason: &str) -> Result<(), Refusal> {
        let mine = |r: &Request| r.open && r.of.as_str() == seat.as_str();
        let fits = |r: &Request| r.id == *request || r.subject.to_string() == request.as_str();
        let found = (0..self.roster.requests.len())
            .rev()
            .find(|ix| self.requests.get(self.roster.requests[*ix]).is_ok_and(|r| mine(r) && fits(r)));
        let Some(ix) = found else {
            return Err(format!("nobody waits for your approval of \"{request}\""));
        };
        self.answer_request(ix, grant, reason);
        Ok(())
    }

    // ------------------------------------------------------------------------- declaring, deciding

    fn declare(&mut self, by: &SeatId, what: &DeclarationId, value: &ValueId, reason: &str) -> Result<(), Refusal> {
        let plan = self.plan();
        let Some(d) = plan.script.declarations.iter().find(|d| d.id == *what) else {
            let names: Vec<&str> = plan.script.declarations.iter().map(|d| d.id.as_str()).collect();
            return Err(format!("\"{what}\" cannot be declared here; what can: {}", names.join(", ")));
        };
        if !d.values.iter().any(|(v, _)| v == value) {
            let names: Vec<&str> = d.values.iter().map(|(v, _)| v.as_str()).collect();
            return Err(format!("\"{what}\" is declared as one of: {}", names.join(", ")));
        }
        if !self.may(by, &d.by) {
            return Err(format!("that is for {} to declare", self.names(&d.by)));
        }
        let fact = Fact::Declared {
            declaration: what.clone(),
            value: value.clone(),
            by: by.clone(),
            reason: reason.to_owned(),
        };
        self.tell_all(fact);
        self.happen(&Cue::Declared(what.clone()));
        self.happen(&Cue::DeclaredAs(what.clone(), value.clone()));
        Ok(())
    }

    fn decide(&mut self, by: &SeatId, decision: &DecisionId, option: &OptionId, reason: &str) -> Result<(), Refusal> {
        let plan = self.plan();
        let Some(&ix) = self.record.questions.get(decision) else {
            return Err(format!("nobody has put the question \"{decision}\" to the table yet"));
        };
        let Some(question) = &plan.script.injects[ix].decision else { return Ok(()) };
        if let Some(earlier) = self.record.decided.get(decision) {
            return Err(format!("that was decided already: {earlier}"));
        }
        if !self.may(by, &question.by) {
            return Err(format!("that is for {} to decide", self.names(&question.by)));
        }
        let Some(choice) = question.options.iter().find(|c| c.id == *option) else {
            let names: Vec<&str> = question.options.iter().map(|o| o.id.as_str()).collect();
            return Err(format!("\"{decision}\" is decided as one of: {}", names.join(", ")));
        };
        self.record.decided.insert(decision.clone(), option.clone());
        let fact = Fact::Decided {
            decision: decision.clone(),
            option: option.clone(),
            by: by.clone(),
            reason: reason.to_owned(),
        };
        self.tell_all(fact);
        self.affect(&choice.effects, std::slice::from_ref(by), &question.question);
        self.happen(&Cue::Decided(decision.clone()));
        self.happen(&Cue::DecidedAs(decision.clone(), option.clone()));
        self.waive_by(decision, option, reason);
        Ok(())
    }

    // --------------------------------------------------------------------------------------- hints

    fn hint(&mut self, seat: &SeatId) -> Result<(), Refusal> {
        if self.time.mode == Mode::Assess {
            return Err("an assessment has no hints".to_owned());
        }
        let plan = self.plan();
        let open = |inject: &InjectId| self.done(&Cue::Delivered(inject.clone()));
        let waiting = plan.script.expected.iter().enumerate().find(|(ix, e)| {
            !e.hint.is_empty()
                && !self.record.hinted.contains(ix)
                && open(&e.called_for_by)
                && !e.any_of.iter().any(|cue| self.done(cue))
        });
        let (expected, text) = match waiting {
            Some((ix, e)) => {
                self.record.hinted.insert(ix);
                (Some(e.id.clone()), e.hint.clone())
            }
            None => (None, "Nothing that has reached you waits for an answer you have not begun.".to_owned()),
        };
        self.tell_seats(std::slice::from_ref(seat), Fact::HintGiven { seat: seat.clone(), expected, text });
        Ok(())
    }

    /// The item a message answers, if the sender has it.
    pub(super) fn answered(&self, seat: &SeatId, re: &ItemId) -> Option<Arc<Item>> {
        self.record.items.get(re).filter(|(_, seats)| seats.contains(seat)).map(|(item, _)| item.clone())
    }
}
