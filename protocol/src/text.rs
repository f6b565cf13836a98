//! The one text form of every act, used alike by the palette, `--plain` and moves files.
//!
//! ```text
//! open ITEM | open all                 ack ITEM | ack all
//! query QUERY                          do ACTION [on ASSET]
//! ask SEAT do ACTION [on ASSET]        ask SEAT query QUERY
//! page PARTY ["one line why"]
//! send TO[,TO…] via CHANNEL [as PRODUCT] [tlp LEVEL] [re ITEM] [subject "…"] body "…"
//! request PARTY for action ACTION      request PARTY for product PRODUCT
//! approve REQUEST|SUBJECT ["why"]      deny REQUEST|SUBJECT ["why"]
//! declare DECLARATION VALUE ["grounds"]
//! decide DECISION OPTION ["why"]
//! tick STEP                            log "text"                     hint
//! take SEAT as "NAME"  leave SEAT  start [practice|assess]  pause  resume
//! pace live|xN|turn    wait SPAN   end   release INJ   hold INJ   skip INJ
//! ```
//! Quoted text knows `\n`, `\"` and `\\`. [`parse`] and [`print`] are each other's inverse.

use crate::{
    Act, ActionId, AssetId, ChannelId, DecisionId, DeclarationId, Draft, InjectId, ItemId, Mode, OptionId, Pace,
    PartyId, ProductId, QueryId, RequestId, RunbookId, SeatId, Span, Subject, Tlp, ValueId, Work, clean,
};
use std::fmt;

/// Longest text form of an act, in bytes.
pub const MAX_ACT: usize = clean::MAX_BODY + 8 * 1024;

/// Every verb with its form, for help and completion.
pub const FORMS: &[(&str, &str)] = &[
    ("open", "open ITEM | open all"),
    ("ack", "ack ITEM | ack all"),
    ("query", "query QUERY"),
    ("do", "do ACTION [on ASSET]"),
    ("ask", "ask SEAT do ACTION [on ASSET] | ask SEAT query QUERY"),
    ("page", "page PARTY [\"one line why\"]"),
    ("send", "send TO[,TO] via CHANNEL [as PRODUCT] [tlp LEVEL] [re ITEM] [subject \"…\"] body \"…\""),
    ("request", "request PARTY for action ACTION | request PARTY for product PRODUCT"),
    ("approve", "approve REQUEST [\"why\"]"),
    ("deny", "deny REQUEST [\"why\"]"),
    ("declare", "declare WHAT VALUE [\"grounds\"]"),
    ("decide", "decide DECISION OPTION [\"why\"]"),
    ("tick", "tick STEP"),
    ("log", "log \"text\""),
    ("hint", "hint"),
    ("take", "take SEAT as \"NAME\""),
    ("leave", "leave SEAT"),
    ("start", "start [practice|assess]"),
    ("pause", "pause"),
    ("resume", "resume"),
    ("pace", "pace live|x2…x60|turn"),
    ("wait", "wait SPAN"),
    ("end", "end"),
    ("release", "release INJECT"),
    ("hold", "hold INJECT"),
    ("skip", "skip INJECT"),
];

/// An act that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// Column of the trouble, in characters from 1.
    pub column: usize,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.column, self.message)
    }
}
impl std::error::Error for TextError {}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
}

struct Words {
    tokens: Vec<(usize, Token)>,
    next: usize,
    end: usize,
    form: &'static str,
}

/// Reads an act. Ids are taken as written; whether they exist is for the simulation to say.
///
/// # Errors
/// When the text is no act; the message says what was expected at which column.
pub fn parse(text: &str) -> Result<Act, TextError> {
    if text.len() > MAX_ACT {
        return Err(TextError { column: 1, message: format!("an act is at most {MAX_ACT} bytes long") });
    }
    let mut w = Words { tokens: tokens(text)?, next: 0, end: text.chars().count() + 1, form: "" };
    let verb = w.word("an act, such as: open INJ-01")?;
    let Some((_, form)) = FORMS.iter().find(|(v, _)| *v == verb) else {
        return Err(TextError {
            column: 1,
            message: format!("no act begins with \"{}\"{}", short(&verb), nearest(&verb)),
        });
    };
    w.form = form;
    let act = match verb.as_str() {
        "take" | "leave" | "start" | "pause" | "resume" | "pace" | "wait" | "end" | "release" | "hold" | "skip" => {
            table_act(&verb, &mut w)?
        }
        "send" => Act::Send(draft(&mut w)?),
        _ => seat_act(&verb, &mut w)?,
    };
    w.done()?;
    Ok(act)
}

fn table_act(verb: &str, w: &mut Words) -> Result<Act, TextError> {
    Ok(match verb {
        "take" => {
            let seat = SeatId::from(w.word("a seat")?);
            w.keyword("as")?;
            Act::TakeSeat { seat, person: w.text("a name in quotes")? }
        }
        "leave" => Act::LeaveSeat { seat: w.word("a seat")?.into() },
        "start" => match w.optional_word().as_deref() {
            None | Some("practice") => Act::Start { mode: Mode::Practice },
            Some("assess") => Act::Start { mode: Mode::Assess },
            Some(_) => return Err(w.wrong("practice or assess")),
        },
        "pause" => Act::Pause,
        "resume" => Act::Resume,
        "pace" => Act::SetPace(match w.word("live, turn or x2 to x60")?.as_str() {
            "live" => Pace::Live,
            "turn" => Pace::Turn,
            word => match word.strip_prefix('x').and_then(|n| n.parse::<u8>().ok()) {
                Some(n @ 2..=60) => Pace::Times(n),
                _ => return Err(w.wrong("live, turn or x2 to x60")),
            },
        }),
        "wait" => {
            let word = w.word("a length of time such as 5m")?;
            let span =
                Span::parse(&word).map_err(|e| TextError { column: w.column_before(), message: e.to_string() })?;
            Act::Wait { span }
        }
        "end" => Act::End,
        "release" => Act::Release { inject: w.word("an inject")?.into() },
        "hold" => Act::Hold { inject: InjectId::from(w.word("an inject")?) },
        _ => Act::Skip { inject: w.word("an inject")?.into() },
    })
}

fn seat_act(verb: &str, w: &mut Words) -> Result<Act, TextError> {
    Ok(match verb {
        "open" => Act::Open { item: ItemId::from(w.word("an item, or all")?) },
        "ack" => Act::Acknowledge { item: w.word("an item, or all")?.into() },
        "query" => Act::Query { query: w.word("a query")?.into() },
        "do" => {
            let (action, target) = action(w)?;
            Act::Do { action, target }
        }
        "ask" => {
            let seat = w.word("a seat")?.into();
            let work = match w.word("do or query")?.as_str() {
                "do" => {
                    let (action, target) = action(w)?;
                    Work::Action(action, target)
                }
                "query" => Work::Query(QueryId::from(w.word("a query")?)),
                _ => return Err(w.wrong("do or query")),
            };
            Act::Ask { seat, work }
        }
        "page" => Act::Page { party: w.word("somebody of the directory")?.into(), reason: w.optional_text() },
        "request" => {
            let of = PartyId::from(w.word("somebody of the directory")?);
            w.keyword("for")?;
            let subject = match w.word("action or product")?.as_str() {
                "action" => Subject::Action(ActionId::from(w.word("an action")?)),
                "product" => Subject::Product(ProductId::from(w.word("a product")?)),
                _ => return Err(w.wrong("action or product")),
            };
            Act::Request { of, subject }
        }
        "approve" | "deny" => Act::Answer {
            request: RequestId::from(w.word("a request, or what it is for")?),
            grant: verb == "approve",
            reason: w.optional_text(),
        },
        "declare" => Act::Declare {
            declaration: DeclarationId::from(w.word("what is declared")?),
            value: ValueId::from(w.word("its value")?),
            reason: w.optional_text(),
        },
        "decide" => Act::Decide {
            decision: DecisionId::from(w.word("a decision")?),
            option: OptionId::from(w.word("an option")?),
            reason: w.optional_text(),
        },
        "tick" => Act::Tick { step: RunbookId::from(w.word("a step of the runbook")?) },
        "log" => Act::Log { text: w.text("a line in quotes")? },
        _ => Act::Hint,
    })
}

fn action(w: &mut Words) -> Result<(ActionId, Option<AssetId>), TextError> {
    let action = w.word("an action")?.into();
    let target = if w.take_keyword("on") { Some(AssetId::from(w.word("an asset")?)) } else { None };
    Ok((action, target))
}

fn draft(w: &mut Words) -> Result<Draft, TextError> {
    let to: Vec<PartyId> = w.word("who it goes to")?.split(',').filter(|p| !p.is_empty()).map(PartyId::from).collect();
    let mut draft = Draft { to, ..Draft::default() };
    while !w.is_done() {
        match w.word("via, as, tlp, re, subject or body")?.as_str() {
            "via" => draft.via = Some(ChannelId::from(w.word("a channel")?)),
            "as" => draft.product = Some(ProductId::from(w.word("a product")?)),
            "re" => draft.re = Some(ItemId::from(w.word("an item")?)),
            "subject" => draft.subject = clean::line(&w.text("a subject in quotes")?),
            "body" => draft.body = clean::text(&w.text("a text in quotes")?),
            "tlp" => {
                let level = w.word("clear, green, amber, amber+strict or red")?;
                draft.tlp = Some(tlp(&level).ok_or_else(|| w.wrong("clear, green, amber, amber+strict or red"))?);
            }
            _ => return Err(w.wrong("via, as, tlp, re, subject or body")),
        }
    }
    Ok(draft)
}

/// A TLP level by its short name.
#[must_use]
pub fn tlp(word: &str) -> Option<Tlp> {
    Some(match word.to_ascii_lowercase().as_str() {
        "clear" => Tlp::Clear,
        "green" => Tlp::Green,
        "amber" => Tlp::Amber,
        "amber+strict" => Tlp::AmberStrict,
        "red" => Tlp::Red,
        _ => return None,
    })
}

impl Words {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, t)| t)
    }
    fn is_done(&self) -> bool {
        self.next >= self.tokens.len()
    }
    fn column(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(c, _)| *c)
    }
    fn column_before(&self) -> usize {
        self.tokens.get(self.next.saturating_sub(1)).map_or(self.end, |(c, _)| *c)
    }
    fn word(&mut self, what: &str) -> Result<String, TextError> {
        match self.peek() {
            Some(Token::Word(word)) => {
                let word = word.clone();
                if word.len() > 200 {
                    return Err(TextError {
                        column: self.column(),
                        message: "a word is at most 200 bytes long".into(),
                    });
                }
                self.next += 1;
                Ok(word)
            }
            _ => Err(self.expected(what)),
        }
    }
    fn optional_word(&mut self) -> Option<String> {
        match self.peek() {
            Some(Token::Word(word)) => {
                let word = word.clone();
                self.next += 1;
                Some(word)
            }
            _ => None,
        }
    }
    fn keyword(&mut self, keyword: &str) -> Result<(), TextError> {
        if self.take_keyword(keyword) { Ok(()) } else { Err(self.expected(keyword)) }
    }
    fn take_keyword(&mut self, keyword: &str) -> bool {
        let is = matches!(self.peek(), Some(Token::Word(w)) if w == keyword);
        self.next += usize::from(is);
        is
    }
    /// Quoted text, or the bare words to the end of the line: `log isolated the node`.
    fn text(&mut self, what: &str) -> Result<String, TextError> {
        match self.peek() {
            Some(Token::Quoted(text)) => {
                let text = text.clone();
                self.next += 1;
                Ok(text)
            }
            Some(Token::Word(_)) => {
                let words: Vec<String> = std::iter::from_fn(|| self.optional_word()).collect();
                Ok(words.join(" "))
            }
            None => Err(self.expected(what)),
        }
    }
    fn optional_text(&mut self) -> String {
        self.text("").map(|t| clean::line(&t)).unwrap_or_default()
    }
    fn done(&self) -> Result<(), TextError> {
        if self.is_done() {
            return Ok(());
        }
        Err(TextError { column: self.column(), message: format!("too much here; the form is: {}", self.form) })
    }
    fn expected(&self, what: &str) -> TextError {
        let form = if self.form.is_empty() { String::new() } else { format!("; the form is: {}", self.form) };
        TextError { column: self.column(), message: format!("expected {what}{form}") }
    }
    fn wrong(&self, what: &str) -> TextError {
        TextError { column: self.column_before(), message: format!("expected {what}; the form is: {}", self.form) }
    }
}

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, TextError> {
    let mut out = Vec::new();
    let mut chars = text.chars().enumerate().peekable();
    while let Some((i, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        if c != '"' {
            let mut word = String::from(c);
            while let Some((_, c)) = chars.next_if(|(_, c)| !c.is_whitespace() && *c != '"') {
                word.push(c);
            }
            out.push((i + 1, Token::Word(word)));
            continue;
        }
        let mut quoted = String::new();
        loop {
            match chars.next() {
                None => {
                    return Err(TextError {
                        column: i + 1,
                        message: "this quotation is not closed; end it with \"".into(),
                    });
                }
                Some((_, '"')) => break,
                Some((_, '\\')) => match chars.next() {
                    Some((_, 'n')) => quoted.push('\n'),
                    Some((_, c @ ('"' | '\\'))) => quoted.push(c),
                    Some((_, c)) => {
                        quoted.push('\\');
                        quoted.push(c);
                    }
                    None => quoted.push('\\'),
                },
                Some((_, c)) => quoted.push(c),
            }
        }
        out.push((i + 1, Token::Quoted(quoted)));
    }
    Ok(out)
}

fn short(text: &str) -> String {
    clean::line(text).chars().take(40).collect()
}

fn nearest(verb: &str) -> String {
    let close = FORMS.iter().find(|(v, _)| v.starts_with(verb) || verb.starts_with(v));
    match close {
        Some((_, form)) => format!("; did you mean: {form}"),
        None => {
            let verbs: Vec<&str> = FORMS.iter().map(|(v, _)| *v).collect();
            format!("; an act begins with one of: {}", verbs.join(", "))
        }
    }
}

/// Writes an act so that [`parse`] reads it back.
#[must_use]
pub fn print(act: &Act) -> String {
    match act {
        Act::TakeSeat { seat, person } => format!("take {seat} as {}", quote(person)),
        Act::LeaveSeat { seat } => format!("leave {seat}"),
        Act::Start { mode: Mode::Practice } => "start practice".into(),
        Act::Start { mode: Mode::Assess } => "start assess".into(),
        Act::Pause => "pause".into(),
        Act::Resume => "resume".into(),
        Act::SetPace(pace) => format!("pace {pace}"),
        Act::Wait { span } => format!("wait {}", print_span(*span)),
        Act::End => "end".into(),
        Act::Release { inject } => format!("release {inject}"),
        Act::Hold { inject } => format!("hold {inject}"),
        Act::Skip { inject } => format!("skip {inject}"),
        Act::Open { item } => format!("open {item}"),
        Act::Acknowledge { item } => format!("ack {item}"),
        Act::Query { query } => format!("query {query}"),
        Act::Do { action, target } => format!("do {}", print_action(action, target.as_ref())),
        Act::Ask { seat, work: Work::Action(action, target) } => {
            format!("ask {seat} do {}", print_action(action, target.as_ref()))
        }
        Act::Ask { seat, work: Work::Query(query) } => format!("ask {seat} query {query}"),
        Act::Page { party, reason } => with_text(format!("page {party}"), reason),
        Act::Send(draft) => print_draft(draft),
        Act::Request { of, subject: Subject::Action(id) } => format!("request {of} for action {id}"),
        Act::Request { of, subject: Subject::Product(id) } => format!("request {of} for product {id}"),
        Act::Answer { request, grant, reason } => {
            with_text(format!("{} {request}", if *grant { "approve" } else { "deny" }), reason)
        }
        Act::Declare { declaration, value, reason } => with_text(format!("declare {declaration} {value}"), reason),
        Act::Decide { decision, option, reason } => with_text(format!("decide {decision} {option}"), reason),
        Act::Tick { step } => format!("tick {step}"),
        Act::Log { text } => format!("log {}", quote(text)),
        Act::Hint => "hint".into(),
    }
}

fn print_action(action: &ActionId, target: Option<&AssetId>) -> String {
    target.map_or_else(|| action.to_string(), |t| format!("{action} on {t}"))
}

fn print_span(span: Span) -> String {
    if span.0.is_multiple_of(1000) { format!("{}s", span.0 / 1000) } else { format!("{}ms", span.0) }
}

fn with_text(head: String, text: &str) -> String {
    if text.is_empty() { head } else { format!("{head} {}", quote(text)) }
}

fn print_draft(draft: &Draft) -> String {
    let to: Vec<&str> = draft.to.iter().map(PartyId::as_str).collect();
    let mut out = format!("send {}", if to.is_empty() { ",".to_owned() } else { to.join(",") });
    let mut add = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            out.push_str(&format!(" {key} {value}"));
        }
    };
    add("via", draft.via.as_ref().map(ToString::to_string));
    add("as", draft.product.as_ref().map(ToString::to_string));
    add("tlp", draft.tlp.map(|t| t.to_string().trim_start_matches("TLP:").to_ascii_lowercase()));
    add("re", draft.re.as_ref().map(ToString::to_string));
    add("subject", (!draft.subject.is_empty()).then(|| quote(&draft.subject)));
    add("body", (!draft.body.is_empty()).then(|| quote(&draft.body)));
    out
}

fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_back() {
        for text in [
            "open INJ-01",
            "ack all",
            "query egress",
            "do isolate on serving-eu",
            "do freeze",
            "ask ml-eng do pull on fraud-v42",
            "ask soc query egress",
            "page ciso \"Signed model differs from the \\\"registry\\\" digest\"",
            "send cust-a,cust-b via mail as notice tlp amber+strict re INJ-07 subject \"S\" body \"one\\ntwo\"",
            "request ciso for product notice",
            "request ciso for action isolate",
            "approve REQ-001 \"ok\"",
            "deny notice",
            "declare severity sev-1 \"customer facing\"",
            "decide notify yes \"likely risk\"",
            "tick contain-1",
            "log \"imaged the node\"",
            "hint",
            "take ic as \"Ana\"",
            "leave ic",
            "start assess",
            "pause",
            "resume",
            "pace x10",
            "wait 90s",
            "end",
            "release INJ-09",
            "hold INJ-09",
            "skip INJ-09",
        ] {
            let act = parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(print(&act), text);
        }
    }

    #[test]
    fn says_what_is_missing_and_where() {
        let error = |text: &str| parse(text).unwrap_err().to_string();
        assert_eq!(error("do"), "column 3: expected an action; the form is: do ACTION [on ASSET]");
        assert_eq!(error("isolate x").split(';').next(), Some("column 1: no act begins with \"isolate\""));
        assert_eq!(error("log \"x").as_str(), "column 5: this quotation is not closed; end it with \"");
        assert!(error("tick a b").contains("too much here"));
        assert!(error("wait soon").contains("no length of time"));
        assert!(error("pace x99").contains("x2 to x60"));
    }
}
