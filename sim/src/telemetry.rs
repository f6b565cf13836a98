//! Sensors: alerts for what happened, late and not always; and alerts for nothing.

use crate::{
    stage::{Note, Stage},
    world::Due,
};
use protocol::{Fact, ItemKind, PartyId, Sender, Span};
use scenarios::model::{Alert, Cue};
use std::sync::Arc;

/// False alarms come no closer than this.
const SHORTEST_NOISE: Span = Span::secs(1);

impl Stage<'_, '_> {
    pub(crate) fn plan_noise(&mut self, sensor: usize, nth: usize) {
        let plan = self.plan();
        let s = &plan.script.sensors[sensor];
        let Some(noise) = s.noise.as_ref().filter(|n| nth < n.alerts.len()) else { return };
        let wait = self.chance.0.between(noise.every, "noise", s.id.as_str(), nth as u64).max(SHORTEST_NOISE);
        let at = self.now() + wait;
        self.agenda.plan(at, Due::Noise { sensor, nth });
    }

    fn sound(&mut self, sensor: usize, alert: &Alert, false_alarm: bool) {
        let plan = self.plan();
        let s = &plan.script.sensors[sensor];
        self.record.alerts += 1;
        let mut item = Note {
            id: format!("ALR-{:03}", self.record.alerts).into(),
            kind: ItemKind::Alert,
            from: Sender { id: None, name: s.name.clone(), title: "sensor".to_owned() },
            to: s.to.iter().map(PartyId::from).collect(),
            channel: s.channel.clone(),
            subject: alert.title.clone(),
            body: alert.body.clone(),
            attachments: alert.attachments.clone(),
            re: None,
        }
        .item();
        item.severity = Some(alert.severity);
        let item = Arc::new(item);
        self.tell_staff(Fact::SensorFired { sensor: s.id.clone(), item: item.id.clone(), false_alarm });
        self.deliver_or_forward(item, &s.to);
    }
}

/// The system: sounds what is due.
pub(crate) fn sound(mut s: Stage<'_, '_>) {
    while let Some(due) = s.due.sensors.pop_front() {
        let plan = s.plan();
        match due {
            Due::Alert { sensor, sight } if s.record.sighted.insert((sensor, sight)) => {
                let what = &plan.script.sensors[sensor].sees[sight];
                s.sound(sensor, &what.alert, false);
                if let Cue::StepStarted(step) | Cue::StepDone(step) = &what.on {
                    s.happen(&Cue::Detected(step.clone()));
                }
            }
            Due::Noise { sensor, nth } => {
                if let Some(noise) = &plan.script.sensors[sensor].noise
                    && s.holds(&plan.sensor_works[sensor])
                {
                    s.sound(sensor, &noise.alerts[nth], true);
                }
                s.plan_noise(sensor, nth + 1);
            }
            _ => {}
        }
    }
}
