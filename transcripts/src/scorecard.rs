//! Scorecards, kept in the transcript they judge, beside those made before under other rubrics.

use crate::{
    entry::Seal,
    error::{AppendError, KeepError, OpenError, SealError},
    limit::{MAX_SCORECARD, MAX_SCORECARDS},
    lock::beside,
    read::{self, SealRow},
    seal::{self, insert_seal, make_sealed, put_in_place, step},
    source::{Source, connect_write, guard, sql},
    stamp::{BLANK, marker},
    store::{Store, locked},
};
use rusqlite::Connection;
use std::{fs, path::Path};

/// A scorecard as it is kept in a transcript, beside those made before it under other rubrics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptScorecard {
    /// Version of the rubric.
    pub rubric: String,
    /// SHA-256 of the rubric, hexadecimal.
    pub rubric_hash: String,
    /// Version of the program that judged.
    pub program: String,
    /// Wall-clock time of judging, RFC 3339.
    pub made: String,
    /// Number of the newest entry it takes into account.
    pub newest: u64,
    /// The total, where there is one.
    pub percent: Option<u8>,
    /// The whole scorecard.
    pub json: String,
}

impl Store {
    /// Keeps a scorecard beside those kept before.
    ///
    /// # Errors
    /// When it is too large, or as [`Store::append`].
    pub fn keep_scorecard(&mut self, card: &KeptScorecard) -> Result<(), KeepError> {
        if let Some(why) = card_fault(card) {
            return Err(KeepError::Scorecard { why });
        }
        self.present()?;
        let conn = self.conn.as_ref().ok_or(AppendError::Sealed)?;
        match insert_card(conn, card) {
            Ok(()) => Ok(()),
            Err(error) => Err(self.append_error(error).into()),
        }
    }

    /// The scorecards kept in a transcript, oldest first.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn scorecards(path: &Path) -> Result<Vec<KeptScorecard>, OpenError> {
        let source = Source::open(path)?;
        let row = |r: &rusqlite::Row<'_>| {
            Ok(KeptScorecard {
                rubric: r.get(0)?,
                rubric_hash: r.get(1)?,
                program: r.get(2)?,
                made: r.get(3)?,
                newest: r.get(4)?,
                percent: r.get(5)?,
                json: r.get(6)?,
            })
        };
        source
            .conn
            .prepare(
                "SELECT rubric, rubric_hash, program, made, newest, percent, json FROM scorecard ORDER BY k LIMIT ?1",
            )
            .and_then(|mut s| s.query_map([MAX_SCORECARDS], row)?.collect())
            .map_err(sql("read the scorecards of", &source.path))
    }

    /// Keeps a scorecard in a transcript, sealed or not. A sealed one is sealed again with it: the entries
    /// and their chain stay as they are, the older seals stay in the list, and at every moment the file is
    /// either the old sealed one or the new.
    ///
    /// # Errors
    /// When the transcript is being played, is damaged, or cannot be written.
    pub fn add_scorecard(path: &Path, card: &KeptScorecard) -> Result<(), KeepError> {
        if let Some(why) = card_fault(card) {
            return Err(KeepError::Scorecard { why });
        }
        let seal = match Self::open(path) {
            Ok(mut store) => return store.keep_scorecard(card),
            Err(OpenError::Sealed { seal, .. }) => seal,
            Err(other) => return Err(other.into()),
        };
        let (path, _) = guard(path)?;
        let _lock = locked(&path)?;
        let nonce = seal::checked_nonce(&path)?;
        let draft = beside(&path, "-amending");
        let amended = amend(&path, &draft, card, &Seal { sealed: card.made.clone(), ..seal }, &nonce);
        let _ = fs::remove_file(&draft);
        amended.map_err(KeepError::from)
    }
}

fn amend(path: &Path, draft: &Path, card: &KeptScorecard, seal: &Seal, nonce: &str) -> Result<(), SealError> {
    let failed = step("add a scorecard to", path);
    fs::copy(path, draft).map_err(|e| failed(e.into()))?;
    let write = || -> rusqlite::Result<(Connection, u64)> {
        let mut conn = connect_write(draft)?;
        let tx = conn.transaction()?;
        insert_card(&tx, card)?;
        let k: u64 = tx.query_row("SELECT max(k) + 1 FROM seal", [], |r| r.get(0))?;
        insert_seal(&tx, &SealRow { k, seal: seal.clone(), file: marker(nonce, k) + BLANK })?;
        tx.commit()?;
        Ok((conn, k))
    };
    let (conn, k) = write().map_err(|e| failed(e.into()))?;
    let sealed = make_sealed(&conn, path, &marker(nonce, k))?;
    put_in_place(&sealed, path)
}

pub(crate) fn card_fault(card: &KeptScorecard) -> Option<String> {
    if card.json.len() > MAX_SCORECARD {
        return Some(format!("it has {} bytes, over the limit of {MAX_SCORECARD}", card.json.len()));
    }
    [
        ("rubric version", &card.rubric),
        ("rubric hash", &card.rubric_hash),
        ("program", &card.program),
        ("time", &card.made),
    ]
    .into_iter()
    .find_map(|(what, text)| read::text_fault(what, text))
}

pub(crate) fn insert_card(conn: &Connection, card: &KeptScorecard) -> rusqlite::Result<()> {
    let kept: u64 = conn.query_row("SELECT count(*) FROM scorecard", [], |r| r.get(0))?;
    if kept >= MAX_SCORECARDS {
        return Err(rusqlite::Error::ToSqlConversionFailure(format!("{kept} scorecards are the limit").into()));
    }
    conn.execute(
        "INSERT INTO scorecard (k, rubric, rubric_hash, program, made, newest, percent, json)
         SELECT coalesce(max(k), 0) + 1, ?1, ?2, ?3, ?4, ?5, ?6, ?7 FROM scorecard",
        (&card.rubric, &card.rubric_hash, &card.program, &card.made, card.newest, card.percent, &card.json),
    )
    .map(|_| ())
}
