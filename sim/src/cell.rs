//! The simulation cell: answers for the seats nobody holds and for everyone outside.

use crate::{
    job::Ready,
    plan::Plan,
    stage::{Note, Stage},
    world::Due,
};
use protocol::{ChannelId, Fact, Item, ItemId, ItemKind, PartyId, SeatId, Span, Subject, Work};
use scenarios::model::Cue;
use std::sync::Arc;

/// Who does not pick up is given up after this.
const PATIENCE: Span = Span::mins(5);

impl Stage<'_, '_> {
    /// Somebody of the cell says something to seats.
    fn say(
        &mut self,
        person: usize,
        to: &[SeatId],
        via: Option<&ChannelId>,
        subject: &str,
        body: &str,
        re: Option<&Item>,
    ) {
        if body.is_empty() || to.is_empty() {
            return;
        }
        let plan = self.plan();
        self.record.replies += 1;
        let fallback = || plan.script.channels.first().map_or_else(|| "chat".into(), |c| c.id.clone());
        let subject = match (subject, re) {
            ("", Some(re)) if re.subject.is_empty() => format!("Re: {}", first_line(&re.body)),
            ("", Some(re)) if re.subject.starts_with("Re: ") => re.subject.clone(),
            ("", Some(re)) => format!("Re: {}", re.subject),
            ("", None) => first_line(body),
            (subject, _) => subject.to_owned(),
        };
        let item = Note {
            id: format!("RPL-{:03}", self.record.replies).into(),
            kind: ItemKind::Reply,
            from: self.sender(person),
            to: to.iter().map(PartyId::from).collect(),
            channel: via.or(re.map(|r| &r.channel)).cloned().unwrap_or_else(fallback),
            subject,
            body: body.to_owned(),
            attachments: Vec::new(),
            re: re.map(|r| r.id.clone()),
        };
        self.deliver(Arc::new(item.item()), to);
    }

    fn line(&mut self, plan: &Plan, person: usize, line: usize, to: &[SeatId], re: Option<&Item>) {
        let holds = plan.lines[person][line].as_ref().is_none_or(|t| self.holds(t));
        if self.record.said[person][line] || !self.is_played(person) || !holds {
            return;
        }
        self.record.said[person][line] = true;
        let authored = &plan.people[person].cell.lines[line];
        let front = self.front();
        let present: Vec<SeatId> = to.iter().filter(|s| self.is_held(s.as_str())).cloned().collect();
        let to = if present.is_empty() { front } else { present };
        self.say(person, &to, authored.via.as_ref(), &authored.subject, &authored.say, re);
        let name = plan.people[person].sender.name.clone();
        self.affect(&authored.effects, &to, &name);
    }

    fn otherwise(&mut self, plan: &Plan, person: usize, to: &SeatId, re: &Item) {
        let otherwise = &plan.people[person].cell.otherwise;
        if !self.is_played(person) || otherwise.is_empty() {
            return;
        }
        let pick = self.pick(otherwise.len(), "otherwise", plan.people[person].id.as_str());
        let say = otherwise.get(pick).cloned().unwrap_or_default();
        self.say(person, std::slice::from_ref(to), None, "", &say, Some(re));
    }

    /// A page to somebody the cell plays: planned answer, or silence.
    pub(crate) fn page_cell(&mut self, person: usize, by: &SeatId) {
        let about = self.script.0.people[person].id.to_string();
        let (at, due) = match self.cell(person).answers_page {
            Some(range) => {
                let wait = self.draw(range, "page", &about);
                (self.now() + wait, Due::PageAnswer { person, by: by.clone() })
            }
            None => (self.now() + PATIENCE, Due::Silence { person, by: by.clone() }),
        };
        self.agenda.plan(at, due);
    }

    fn answer_page(&mut self, plan: &Plan, person: usize, by: &SeatId) {
        let party = plan.people[person].id.clone();
        let mut audience = self.front();
        audience.extend(plan.people[person].seat.clone());
        audience.push(by.clone());
        let audience = Self::among(&audience.iter().collect::<Vec<_>>());
        self.tell_seats(&audience, Fact::PageAnswered { party, by: by.clone() });
        let say = self.cell(person).on_page.clone();
        let phone = plan.script.channels.iter().find(|c| c.id.as_str() == "phone").map(|c| c.id.clone());
        self.say(person, std::slice::from_ref(by), phone.as_ref(), "", &say, None);
    }

    fn take_up(&mut self, plan: &Plan, person: usize, by: &SeatId, work: Work) {
        let Some(seat) = plan.people[person].seat.clone() else { return };
        if !self.is_played(person) {
            return;
        }
        if let Err(why) = self.begin(Ready { work, by: seat, asked_by: Some(by.clone()) }) {
            self.say(
                person,
                std::slice::from_ref(by),
                None,
                "I can't do that yet",
                &format!("Not possible right now: {why}."),
                None,
            );
        }
        self.record.actor = None;
    }

    fn decide_approval(&mut self, plan: &Plan, request: usize, person: usize) {
        let Some(entity) = self.roster.requests.get(request).copied() else { return };
        let Ok(asked) = self.requests.get(entity).cloned() else { return };
        if !asked.open {
            return;
        }
        let cell = &plan.people[person].cell;
        let rule = cell.approvals.iter().position(|r| r.subject == asked.subject);
        let (grant, said) = match rule {
            Some(ix) if self.holds(&plan.approvals[person][ix]) => (true, cell.approvals[ix].yes.clone()),
            Some(ix) => (false, cell.approvals[ix].no.clone()),
            None => (true, "Approved.".to_owned()),
        };
        self.answer_request(request, grant, &said);
        self.say(
            person,
            std::slice::from_ref(&asked.by),
            None,
            &format!("{}: {}", if grant { "Approved" } else { "Not approved" }, asked.subject),
            &said,
            None,
        );
    }

    /// Gives or refuses an approval, whoever answers.
    pub(crate) fn answer_request(&mut self, request: usize, grant: bool, reason: &str) {
        let Some(entity) = self.roster.requests.get(request).copied() else { return };
        let Ok(mut r) = self.requests.get_mut(entity) else { return };
        r.open = false;
        let r = r.clone();
        let mut audience = vec![r.by.clone(), r.of.as_seat()];
        audience.extend(self.front());
        let audience = Self::among(&audience.iter().collect::<Vec<_>>());
        let (request, of, subject, reason) = (r.id, r.of.clone(), r.subject.clone(), reason.to_owned());
        if !grant {
            self.tell_seats(&audience, Fact::ApprovalRefused { request, of, subject, reason });
            return;
        }
        self.tell_seats(&audience, Fact::ApprovalGiven { request, of, subject, reason });
        let plan = self.plan();
        // Only the approval the plan asks for counts as one.
        match r.subject {
            Subject::Action(id) => {
                let asked = plan.script.actions.iter().find(|a| a.id == id).and_then(|a| a.approval.as_ref());
                if asked == Some(&r.of) {
                    self.happen(&Cue::ApprovedAction(id));
                }
            }
            Subject::Product(id) => {
                let asked = plan.script.products.iter().find(|p| p.id == id).and_then(|p| p.approval.as_ref());
                if asked == Some(&r.of) {
                    self.happen(&Cue::ApprovedProduct(id));
                }
            }
        }
    }

    fn forward(&mut self, plan: &Plan, item: &Item, person: usize) {
        let to = self.front();
        if to.is_empty() || !self.is_played(person) {
            return;
        }
        let sender = &plan.people[person].sender;
        let mut item = item.clone();
        item.body = format!("[Passed on by {}, {}]\n\n{}", sender.name, sender.title, item.body);
        let inject = item.inject.clone();
        self.deliver(Arc::new(item), &to);
        // What the inject brings into the catalogue comes with it, not before.
        if let Some(&cue) = inject.and_then(|i| plan.cues.get(&Cue::Delivered(i))) {
            self.offer_by(plan, cue);
        }
    }

    /// A message reached somebody of the cell whom no scripted line answers for.
    pub(crate) fn answer_somehow(&mut self, person: usize, to: &SeatId, re: &Arc<Item>) {
        let at = self.now() + self.latency(person, "otherwise");
        self.agenda.plan(at, Due::Otherwise { person, to: to.clone(), re: re.clone() });
    }
}

/// The first line of a text as a subject, cut between words.
fn first_line(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    let Some((end, _)) = line.char_indices().nth(LONGEST) else { return line.to_owned() };
    let cut = line[..end].rfind(' ').unwrap_or(end);
    format!("{}…", line[..cut].trim_end_matches([',', ';', ':', ' ']))
}

/// The number of an item a person typed or the cell made: `MSG-004`.
pub(crate) fn numbered(prefix: &str, number: u32) -> ItemId {
    format!("{prefix}-{number:03}").into()
}

/// The system: says and does what the cell has planned for now.
pub(crate) fn speak(mut s: Stage<'_, '_>) {
    while let Some(due) = s.due.cell.pop_front() {
        let plan = s.plan();
        match due {
            Due::Line { person, line, to, re } => s.line(&plan, person, line, &to, re.as_deref()),
            Due::Otherwise { person, to, re } => s.otherwise(&plan, person, &to, &re),
            Due::PageAnswer { person, by } => s.answer_page(&plan, person, &by),
            Due::Silence { person, by } => {
                let name = plan.people[person].sender.name.clone();
                let text = format!("No answer from {name}. The page rang out.");
                s.say(person, std::slice::from_ref(&by), None, "No answer", &text, None);
            }
            Due::TaskUp { person, by, work } => s.take_up(&plan, person, &by, work),
            Due::Approve { request, person } => s.decide_approval(&plan, request, person),
            Due::Forward { item, person } => s.forward(&plan, &item, person),
            _ => {}
        }
    }
}
