//! The exercise as one person sits at it: a live table and a seat, or a finished one to look at.

use crate::{
    effect::actor,
    scene::{Preview, Scene},
    wash::Wash,
};
use protocol::{Act, Board, ProductId, SeatId, SimTime, Span, board::Phase};
use reports::{Material, Names};
use rubric::{Compiled, Rubric};
use scenarios::Loaded;
use scoring::{Scorecard, WhatIf};
use session::{Saved, Table};
use std::{
    cell::OnceCell,
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};
use transcripts::Transcript;

/// The longest a wait goes on over what is only told for completeness.
const PATIENCE: Span = Span::mins(10);

/// The rubrics of a scenario, for remarks before sending.
#[derive(Debug, Default)]
pub struct Rubrics(BTreeMap<ProductId, (Rubric, OnceCell<Option<Compiled>>)>);

impl Rubrics {
    /// Takes them as they are written: the first screen does not wait for what only a draft needs.
    #[must_use]
    pub fn new(loaded: &Loaded) -> Self {
        let one = |r: &Rubric| (ProductId::from(r.id.as_str()), (r.clone(), OnceCell::new()));
        Self(loaded.rubrics.iter().map(one).collect())
    }

    /// Compiled when first asked for; one with faults gives no remarks.
    fn compiled(&self, product: &ProductId) -> Option<&Compiled> {
        let (rubric, compiled) = self.0.get(product)?;
        compiled.get_or_init(|| Compiled::new(rubric).ok()).as_ref()
    }
}

impl Preview for Rubrics {
    fn remarks(&self, product: &ProductId, text: &str) -> Option<Vec<String>> {
        let advice = self.compiled(product)?.preview(text);
        let mut out: Vec<String> = Vec::new();
        for a in advice {
            let quote =
                a.span.and_then(|s| text.get(s.start..s.end)).map(|q| crate::text::cut(&crate::text::line(q), 50));
            let remark = quote.map_or_else(|| a.message.clone(), |q| format!("{} \"{q}\"", a.message));
            if !out.contains(&remark) {
                out.push(remark);
            }
        }
        Some(out)
    }
}

/// One person's place.
pub struct Desk {
    live: Option<Table>,
    seat: SeatId,
    /// The board of a finished exercise; of a live one it is the table's.
    board: Board,
    now: SimTime,
    id: String,
    path: PathBuf,
    preview: Rubrics,
    wash: Option<Wash>,
}

impl Desk {
    /// A place at a live table.
    #[must_use]
    pub fn live(table: Table, seat: SeatId) -> Self {
        Self {
            preview: Rubrics::new(table.scenario()),
            board: Board::new(seat.clone()),
            now: table.now(),
            id: table.id().to_owned(),
            path: table.path().to_owned(),
            wash: None,
            live: Some(table),
            seat,
        }
    }

    /// A finished exercise to look at.
    ///
    /// # Errors
    /// When it cannot be scored.
    pub fn review(path: &Path, transcript: &Transcript, loaded: &Loaded) -> Result<Self, session::Error> {
        let seat = first_seat(transcript).unwrap_or_else(|| loaded.scenario.default_seat.clone());
        let mut board = Board::new(seat.clone());
        for (_, event) in transcript.events() {
            board.apply(event);
        }
        let baselines = session::baselines(loaded, transcript)?;
        let card = scoring::score(loaded, transcript, &baselines);
        let what_ifs = session::what_ifs(loaded, transcript)?;
        let report = existing_reports(path);
        let wash = Wash::new(card, what_ifs, transcript, loaded.scenario.debrief.clone(), report);
        Ok(Self {
            live: None,
            seat,
            board,
            now: transcript.end(),
            id: transcript.header.exercise.clone(),
            path: path.to_owned(),
            preview: Rubrics::new(loaded),
            wash: Some(wash),
        })
    }

    /// What the screens show.
    #[must_use]
    pub fn scene(&self) -> Scene<'_> {
        let board = self.live.as_ref().and_then(|t| t.board(&self.seat)).unwrap_or(&self.board);
        let unsaved = match self.live.as_ref().map(Table::saved) {
            Some(Saved::No(reason)) => Some(reason.as_str()),
            _ => None,
        };
        let now = self.live.as_ref().map_or(self.now, Table::now);
        Scene { board, now, unsaved, exercise: &self.id, wash: self.wash.as_ref(), preview: &self.preview }
    }

    /// The seat taken.
    #[must_use]
    pub fn seat(&self) -> &SeatId {
        &self.seat
    }

    /// The transcript's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The exercise was played here, not only looked at.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.live.is_some()
    }

    /// The score, once there is one.
    #[must_use]
    pub fn wash(&self) -> Option<&Wash> {
        self.wash.as_ref()
    }

    /// EndEx was given and the hot wash is not made yet.
    #[must_use]
    pub fn wants_wash(&self) -> bool {
        self.wash.is_none() && self.live.as_ref().is_some_and(Table::ended)
    }

    /// Puts an act on the record.
    ///
    /// # Errors
    /// When it cannot be; a refusal is no error, it stands on the board.
    pub fn submit(&mut self, act: &Act) -> Result<(), String> {
        let Some(table) = &mut self.live else {
            return Err("this exercise is over; it can only be looked at".to_owned());
        };
        table.submit(actor(act, &self.seat), act.clone()).map(drop).map_err(|e| e.to_string())
    }

    /// Wall time went by. True when something happened.
    ///
    /// # Errors
    /// When an entry can never be written.
    pub fn elapse(&mut self, wall: Duration) -> Result<bool, String> {
        self.live.as_mut().map_or(Ok(false), |t| t.elapse(wall).map_err(|e| e.to_string()))
    }

    /// Lets time pass until the next thing that matters reaches this seat. False when nothing did.
    ///
    /// # Errors
    /// When an entry can never be written.
    pub fn skip(&mut self) -> Result<bool, String> {
        let Some(table) = &mut self.live else { return Ok(false) };
        let begin = table.now();
        loop {
            let known = table.board(&self.seat).map_or(0, |b| b.log.len());
            if !table.skip(&self.seat).map_err(|e| e.to_string())? {
                return Ok(false);
            }
            let new = table.board(&self.seat).and_then(|b| b.log.get(known..)).unwrap_or_default();
            // That somebody began what they were asked to do is no reason to stop.
            let dull = new.iter().all(|l| l.text.starts_with("let ") || l.text.contains(" started: "));
            if !dull || table.phase() != Phase::Running || table.now().since(begin) >= PATIENCE {
                return Ok(true);
            }
        }
    }

    /// Scores the exercise and writes the report beside the transcript.
    ///
    /// # Errors
    /// When it cannot be scored. A report that cannot be written is told in the hot wash.
    pub fn make_wash(&mut self) -> Result<(), String> {
        let Some(table) = &self.live else { return Ok(()) };
        let card = table.scorecard().map_err(|e| e.to_string())?;
        let what_ifs = table.what_ifs().map_err(|e| e.to_string())?;
        let transcript = table.transcript();
        let report = write_reports(&self.path, table.scenario(), &transcript, &card, &what_ifs);
        let debrief = table.scenario().scenario.debrief.clone();
        self.wash = Some(Wash::new(card, what_ifs, &transcript, debrief, report));
        Ok(())
    }
}

/// The first seat somebody took.
fn first_seat(transcript: &Transcript) -> Option<SeatId> {
    transcript.commands().find_map(|(_, c)| match &c.act {
        Act::TakeSeat { seat, .. } => Some(seat.clone()),
        _ => None,
    })
}

/// Where the reports of an exercise lie.
fn report_paths(path: &Path) -> [PathBuf; 2] {
    [path.with_extension("report.html"), path.with_extension("report.md")]
}

fn existing_reports(path: &Path) -> Vec<String> {
    let found: Vec<String> =
        report_paths(path).iter().filter(|p| p.exists()).map(|p| p.display().to_string()).collect();
    if found.is_empty() {
        return vec![format!("none yet; startex report {} --format html --out report.html", path.display())];
    }
    found
}

fn write_reports(
    path: &Path,
    loaded: &Loaded,
    transcript: &Transcript,
    card: &Scorecard,
    what_ifs: &[WhatIf],
) -> Vec<String> {
    let material = Material::new(loaded, transcript, card, what_ifs, Names::People);
    let texts = [reports::html(&material), reports::markdown(&material)];
    let write = |(path, text): (PathBuf, String)| match fs::write(&path, text) {
        Ok(()) => path.display().to_string(),
        Err(e) => format!("The report could not be written to {}: {e}", path.display()),
    };
    report_paths(path).into_iter().zip(texts).map(write).collect()
}
