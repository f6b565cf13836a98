//! The adversary's campaign as it really went: ground truth, told after EndEx only.

use crate::{
    block::{Block, Line, Section, Table, Tone},
    case::Case,
};
use protocol::{Fact, SimTime, StepId};

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    if !case.over {
        return None;
    }
    let adversary = &case.scenario.adversary;
    let mut blocks = vec![
        Block::Note(
            "Staff knowledge during play. Do not hand out before the last table has played this scenario.".into(),
        ),
        Block::Quote(case.scenario.ground_truth.clone()),
        Block::Para(Line::new().strong(adversary.name.clone()).say(": ").say(adversary.goal.clone())),
    ];
    let rows = adversary.steps.iter().map(|step| {
        let (state, when) = course(case, &step.id);
        vec![
            step.name.clone().into(),
            Line::new().code(step.atlas.clone()),
            when.0.map_or_else(|| "never".to_owned(), |t: SimTime| t.to_string()).into(),
            Case::time(when.1).into(),
            state,
        ]
    });
    blocks.push(Block::Table(Table {
        caption: "The campaign",
        head: vec!["Step", "ATLAS", "Began", "Ended", "How it ended"],
        rows: rows.collect(),
        small: false,
        widths: &[37, 13, 9, 9, 32],
    }));
    blocks.push(Block::Note(format!("Technique ids: MITRE ATLAS {}.", case.scenario.atlas_release).into()));
    Some(Section { id: "campaign", title: "The adversary's campaign", blocks, page: true })
}

fn course(case: &Case<'_>, id: &StepId) -> (Line, (Option<SimTime>, Option<SimTime>)) {
    let (mut began, mut ended) = (None, None);
    let mut line = Line::new().badge(Tone::Quiet, "never begun");
    let mut blocked = 0;
    for (entry, event) in case.material.transcript.events() {
        match &event.fact {
            Fact::StepStarted { step } if step == id => {
                began.get_or_insert(event.at);
                if ended.is_none() {
                    line = Line::new().badge(Tone::Half, "under way at EndEx");
                }
            }
            Fact::StepSucceeded { step } if step == id => {
                ended = Some(event.at);
                line = Line::new().badge(Tone::Bad, "succeeded").say(" ").code(format!("#{entry}"));
            }
            Fact::StepBlocked { step, reason } if step == id => {
                blocked += 1;
                ended = Some(event.at);
                line = Line::new().badge(Tone::Good, "blocked").say(format!(" {reason} ")).code(format!("#{entry}"));
            }
            _ => {}
        }
    }
    if blocked > 1 {
        line = line.soft(format!(" ({blocked} times)"));
    }
    (line, (began, ended))
}
