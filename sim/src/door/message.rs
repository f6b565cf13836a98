//! Messages: checked, sent, delivered to seats, and answered by the simulation cell.

use super::Refusal;
use crate::{
    cell::numbered,
    stage::{Note, Stage},
};
use protocol::{Draft, Fact, Item, ItemKind, PartyId, SeatId, Sent, clean};
use scenarios::model::{Cue, Product};
use std::sync::Arc;

/// Most recipients of one message.
const MAX_RECIPIENTS: usize = 60;
/// Most messages one exercise may hold.
const MAX_MESSAGES: u32 = 5000;

impl Stage<'_, '_> {
    pub(super) fn send(&mut self, by: &SeatId, draft: Draft) -> Result<(), Refusal> {
        let plan = self.plan();
        let draft = self.completed(draft)?;
        let product = self.product_of(by, &draft)?.cloned();
        if self.record.messages >= MAX_MESSAGES {
            return Err(format!("an exercise has at most {MAX_MESSAGES} messages"));
        }
        if let Some(re) = &draft.re
            && self.answered(by, re).is_none()
        {
            return Err(format!("there is no item \"{re}\" in your inbox to answer"));
        }
        let approved = product.as_ref().and_then(|p| {
            let of = p.approval.as_ref()?;
            Some(of.as_str() == by.as_str() || self.done(&Cue::ApprovedProduct(p.id.clone())))
        });
        self.record.messages += 1;
        let id = numbered("MSG", self.record.messages);
        let message = Arc::new(Sent { id: id.clone(), by: by.clone(), draft: draft.clone(), approved });
        let mut audience = vec![by.clone()];
        audience.extend(self.front());
        let audience = Self::among(&audience.iter().collect::<Vec<_>>());
        self.tell_seats(&audience, Fact::Sent { message });
        let item = Arc::new(self.message_item(by, &id, &draft));
        let seats: Vec<SeatId> =
            draft.to.iter().map(PartyId::as_seat).filter(|s| s != by && self.seat(s.as_str()).is_some()).collect();
        self.deliver(item.clone(), &seats);
        self.sent_cues(&draft, &item);
        self.file_by(&draft, &id);
        for party in &draft.to {
            let Some(person) = plan.person(party.as_str()) else { continue };
            if self.is_played(person) && !self.record.spoken_for.contains(&person) {
                self.answer_somehow(person, by, &item);
            }
        }
        self.record.spoken_for.clear();
        Ok(())
    }

    /// Fills in what may be left out, cleans what was typed, refuses what cannot be sent.
    fn completed(&self, mut draft: Draft) -> Result<Draft, Refusal> {
        let plan = self.plan();
        draft.subject = clean::line(&draft.subject);
        draft.body = clean::text(&draft.body);
        if draft.to.is_empty() {
            return Err("say who it goes to".to_owned());
        }
        if draft.to.len() > MAX_RECIPIENTS {
            return Err(format!("a message has at most {MAX_RECIPIENTS} recipients"));
        }
        draft.to.dedup();
        for party in &draft.to {
            if plan.person(party.as_str()).is_none() {
                return Err(format!("the directory has nobody called \"{party}\""));
            }
        }
        if draft.body.is_empty() {
            return Err("the message is empty".to_owned());
        }
        let usual = draft.product.as_ref().and_then(|id| plan.script.products.iter().find(|p| p.id == *id));
        let via = draft.via.take().or_else(|| usual.map(|p| p.via.clone()));
        let via = via.or_else(|| plan.script.channels.iter().find(|c| c.writable).map(|c| c.id.clone()));
        let channel = via.as_ref().and_then(|v| plan.script.channels.iter().find(|c| c.id == *v));
        match channel {
            Some(c) if c.writable => draft.via = Some(c.id.clone()),
            Some(c) => return Err(format!("nobody can send on \"{}\"; it only brings things in", c.id)),
            None => {
                let names: Vec<&str> =
                    plan.script.channels.iter().filter(|c| c.writable).map(|c| c.id.as_str()).collect();
                return Err(format!("there is no such channel; the channels are: {}", names.join(", ")));
            }
        }
        Ok(draft)
    }

    fn product_of(&self, by: &SeatId, draft: &Draft) -> Result<Option<&Product>, Refusal> {
        let Some(id) = &draft.product else { return Ok(None) };
        let products = &self.script.0.script.products;
        let Some(product) = products.iter().find(|p| p.id == *id) else {
            let names: Vec<&str> = products.iter().map(|p| p.id.as_str()).collect();
            return Err(format!("there is no product \"{id}\"; the products are: {}", names.join(", ")));
        };
        if !self.may(by, &product.by) {
            let names: Vec<&str> = product.by.iter().map(SeatId::as_str).collect();
            return Err(format!("\"{id}\" is sent by {}", names.join(" or ")));
        }
        Ok(Some(product))
    }

    fn message_item(&self, by: &SeatId, id: &protocol::ItemId, draft: &Draft) -> Item {
        let plan = self.plan();
        let from = plan.person(by.as_str()).map_or_else(
            || protocol::Sender { id: None, name: by.to_string(), title: String::new() },
            |p| self.sender(p),
        );
        let mut item = Note {
            id: id.clone(),
            kind: ItemKind::Message,
            from,
            to: draft.to.clone(),
            channel: draft.via.clone().unwrap_or_else(|| "chat".into()),
            subject: draft.subject.clone(),
            body: draft.body.clone(),
            attachments: Vec::new(),
            re: draft.re.clone(),
        }
        .item();
        item.tlp = draft.tlp;
        item
    }

    fn sent_cues(&mut self, draft: &Draft, item: &Arc<Item>) {
        self.record.spoken_for.clear();
        self.record.answering = Some(item.clone());
        for party in &draft.to {
            self.happen(&Cue::Told(party.clone()));
        }
        if let Some(via) = &draft.via {
            self.happen(&Cue::SentVia(via.clone()));
        }
        if let Some(product) = &draft.product {
            self.happen(&Cue::Sent(product.clone()));
            for party in &draft.to {
                self.happen(&Cue::SentTo(product.clone(), party.clone()));
            }
        }
    }
}
