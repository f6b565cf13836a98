//! The line after an act: what was recorded, and in practice how long it took since it was called for.

use crate::scene::{Scene, rough};
use protocol::{Act, ItemId, Mode, board::Received};

/// What to say after an act that worked. `subject` is the item opened last.
#[must_use]
pub fn feedback(act: &Act, subject: Option<&ItemId>, scene: &Scene) -> Option<String> {
    let said = done(act, scene)?;
    if scene.board.mode == Mode::Assess {
        return Some(said);
    }
    let ladder = match act {
        Act::Open { item } => scene.board.received(item.as_str()).map(|r| ladder(r, scene, false)),
        Act::Acknowledge { item } => scene.board.received(item.as_str()).map(|r| ladder(r, scene, false)),
        Act::Do { .. } | Act::Ask { .. } | Act::Query { .. } | Act::Page { .. } | Act::Send(_) | Act::Decide { .. } => {
            subject.and_then(|s| scene.board.received(s.as_str())).map(|r| ladder(r, scene, true))
        }
        _ => None,
    };
    Some(match ladder {
        Some(ladder) => format!("{said} {ladder}"),
        None => said,
    })
}

fn done(act: &Act, scene: &Scene) -> Option<String> {
    let who = |id: &str| scene.board.name_of(id);
    Some(match act {
        Act::Open { item } if item.as_str() == "all" => "Everything is opened.".to_owned(),
        Act::Open { item } => format!("{item} opened."),
        Act::Acknowledge { item } if item.as_str() == "all" => "Everything is acknowledged.".to_owned(),
        Act::Acknowledge { item } => format!("{item} acknowledged."),
        Act::Query { query } => format!("Query {query} runs; the result comes to the inbox."),
        Act::Do { action, .. } => format!("Begun: {action}."),
        Act::Ask { seat, .. } => format!("{} was asked.", who(seat.as_str())),
        Act::Page { party, .. } => format!("{} was paged.", who(party.as_str())),
        Act::Send(draft) => {
            format!("Sent to {} {}.", draft.to.len(), if draft.to.len() == 1 { "party" } else { "parties" })
        }
        Act::Request { of, subject } => format!("{} was asked to approve {subject}.", who(of.as_str())),
        Act::Answer { grant, .. } => (if *grant { "Approved." } else { "Refused, with your reason." }).to_owned(),
        Act::Declare { declaration, value, .. } => format!("Declared {declaration}: {value}."),
        Act::Decide { decision, option, .. } => format!("Decided {decision}: {option}."),
        Act::Tick { step } => format!("Ticked {step}."),
        Act::Log { .. } => "Written into the log.".to_owned(),
        Act::Hint => match scene.board.hints.last() {
            Some((_, hint)) => format!("Hint: {hint}"),
            None => "No hint fits now.".to_owned(),
        },
        Act::Pause => "PauseEx. The transcript is safe.".to_owned(),
        Act::Resume => "Play goes on.".to_owned(),
        Act::SetPace(pace) => format!("Pace: {}.", crate::app::pace_words(*pace)),
        Act::Wait { span } => format!("{span} passed."),
        Act::Release { inject } => format!("{inject} released."),
        Act::Hold { inject } => format!("{inject} held."),
        Act::Skip { inject } => format!("{inject} skipped."),
        Act::TakeSeat { .. } | Act::LeaveSeat { .. } | Act::Start { .. } | Act::End => return None,
    })
}

/// `INJ-04: opened 40s after delivery, acknowledged after 1m10s, this act after 3m05s.`
fn ladder(r: &Received, scene: &Scene, acted: bool) -> String {
    let mut steps = Vec::new();
    if let Some(at) = r.opened {
        steps.push(format!("opened {} after delivery", rough(at.since(r.at))));
    }
    if let Some(at) = r.acknowledged {
        steps.push(format!("acknowledged after {}", rough(at.since(r.at))));
    }
    if acted {
        steps.push(format!("this act after {}", rough(scene.now.since(r.at))));
    }
    let steps = steps.join(", ");
    if acted { format!("{}: {steps}.", r.item.id) } else { format!("It was {steps}.") }
}
