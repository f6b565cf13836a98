//! Records and scores in a form that is short to read and whose changes are local: a line an entry,
//! without entry numbers, long texts by their length.

use protocol::{Act, Actor, Audience, Command, Event, Fact, Item, Subject, Work, text};
use scoring::{Scorecard, Status};
use std::fmt::Write;
use transcripts::{Body, Entry};

/// The record, a line an entry: exercise time, who may know, what happened. Commands begin with `>`.
pub(crate) fn events(entries: &[Entry]) -> String {
    let mut out = String::new();
    for Entry { at, body, .. } in entries {
        let _ = match body {
            Body::Command(command) => writeln!(out, "{at} > {}", self::command(command)),
            Body::Event(event) => writeln!(out, "{at}   {:<8} {}", audience(&event.audience), fact(event)),
        };
    }
    out
}

fn audience(audience: &Audience) -> String {
    match audience {
        Audience::Everyone => "*".to_owned(),
        Audience::Staff => "staff".to_owned(),
        Audience::Seats(seats) => seats.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(","),
    }
}

fn command(Command { by, act, .. }: &Command) -> String {
    match act {
        // The text is in the moves file; its size says whether all of it arrived.
        Act::Send(draft) => {
            let short = Act::Send(protocol::Draft { body: format!("[{} bytes]", draft.body.len()), ..draft.clone() });
            format!("{by} {}", text::print(&short))
        }
        act => format!("{by} {}", text::print(act)),
    }
}

fn item(item: &Item) -> String {
    let mut out = format!("{} {:?} {} from {}: {:?}", item.id, item.kind, item.channel, item.from.name, item.subject);
    let _ = write!(out, " [{} bytes]", item.body.len());
    for a in &item.attachments {
        let _ = write!(out, " +{} [{} bytes]", a.name, a.text.len());
    }
    if let Some(severity) = item.severity {
        let _ = write!(out, " severity {severity}");
    }
    if item.needs_ack {
        out.push_str(" ack?");
    }
    if let Some(decision) = item.decision_id() {
        let _ = write!(out, " decision {decision}");
    }
    out
}

fn work(work: &Work) -> String {
    match work {
        Work::Action(action, Some(asset)) => format!("{action} on {asset}"),
        Work::Action(action, None) => action.to_string(),
        Work::Query(query) => format!("query {query}"),
    }
}

fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Action(id) => format!("action {id}"),
        Subject::Product(id) => format!("product {id}"),
    }
}

fn fact(event: &Event) -> String {
    match &event.fact {
        Fact::SeatTaken { .. }
        | Fact::SeatLeft { .. }
        | Fact::Started { .. }
        | Fact::Paused
        | Fact::Resumed
        | Fact::PaceSet { .. }
        | Fact::Waited { .. }
        | Fact::Briefed { .. }
        | Fact::Ended
        | Fact::Offered { .. }
        | Fact::Refused { .. } => table(&event.fact),
        Fact::Delivered { .. }
        | Fact::Opened { .. }
        | Fact::Acknowledged { .. }
        | Fact::InjectReleased { .. }
        | Fact::InjectHeld { .. }
        | Fact::InjectSkipped { .. } => inbox(&event.fact),
        Fact::JobStarted { .. }
        | Fact::JobFinished { .. }
        | Fact::Tasked { .. }
        | Fact::AssetSeen { .. }
        | Fact::Ticked { .. }
        | Fact::Logged { .. }
        | Fact::HintGiven { .. } => job(&event.fact),
        Fact::Paged { .. }
        | Fact::PageAnswered { .. }
        | Fact::Sent { .. }
        | Fact::ApprovalRequested { .. }
        | Fact::ApprovalGiven { .. }
        | Fact::ApprovalRefused { .. }
        | Fact::Declared { .. }
        | Fact::Decided { .. } => people(&event.fact),
        // Named one by one, so that a new fact is not told in the form it has in the program.
        Fact::ClockStarted { .. }
        | Fact::ClockOverdue { .. }
        | Fact::ClockFiled { .. }
        | Fact::ClockWaived { .. }
        | Fact::StepStarted { .. }
        | Fact::StepSucceeded { .. }
        | Fact::StepBlocked { .. }
        | Fact::SensorFired { .. }
        | Fact::AssetChanged { .. }
        | Fact::MeterRead { .. }
        | Fact::RuleFired { .. }
        | Fact::Trapped { .. } => truth(&event.fact),
    }
}

fn table(fact: &Fact) -> String {
    match fact {
        Fact::SeatTaken { seat, person } => format!("seat taken: {seat} by {person:?}"),
        Fact::SeatLeft { seat } => format!("seat left: {seat}"),
        Fact::Started { mode } => format!("StartEx ({mode:?})"),
        Fact::Paused => "PauseEx".to_owned(),
        Fact::Resumed => "play goes on".to_owned(),
        Fact::PaceSet { pace } => format!("pace {pace}"),
        Fact::Waited { span } => format!("waited {span}"),
        Fact::Ended => "EndEx".to_owned(),
        Fact::Briefed { pack } => {
            format!(
                "briefed: {} actions, {} queries, {} assets",
                pack.actions.len(),
                pack.queries.len(),
                pack.assets.len()
            )
        }
        Fact::Offered { actions, queries } => {
            let actions = actions.iter().map(|a| a.id.to_string());
            let queries = queries.iter().map(|q| format!("query {}", q.id));
            format!("now possible: {}", actions.chain(queries).collect::<Vec<_>>().join(", "))
        }
        Fact::Refused { act, reason } => {
            let by = Command { at: protocol::SimTime::ZERO, by: Actor::Facilitator, act: (**act).clone() };
            format!("REFUSED {}: {reason}", command(&by).trim_start_matches("facilitator "))
        }
        other => format!("{other:?}"),
    }
}

fn inbox(fact: &Fact) -> String {
    match fact {
        Fact::Delivered { item: i } => format!("delivered {}", item(i)),
        Fact::Opened { seat, item } => format!("{seat} opened {item}"),
        Fact::Acknowledged { seat, item } => format!("{seat} acknowledged {item}"),
        Fact::InjectReleased { inject, by_hand } => {
            format!("released {inject}{}", if *by_hand { " by hand" } else { "" })
        }
        Fact::InjectHeld { inject } => format!("held {inject}"),
        Fact::InjectSkipped { inject, reason } => format!("skipped {inject}: {reason}"),
        other => format!("{other:?}"),
    }
}

fn job(fact: &Fact) -> String {
    match fact {
        Fact::JobStarted { job, work: w, by, ends, authorised } => {
            let warrant = if *authorised { "" } else { " UNAUTHORISED" };
            format!("{job} begun by {by}: {}, until {ends}{warrant}", work(w))
        }
        Fact::JobFinished { job, work: w, by, done, result } => {
            let end = if *done { "done" } else { "NOT DONE" };
            format!("{job} {end} by {by}: {}: {result:?}", work(w))
        }
        Fact::Tasked { seat, by, work: w } => format!("{by} asked {seat}: {}", work(w)),
        Fact::AssetSeen { asset, seen, source } => {
            let seen: Vec<String> = seen.iter().map(|a| format!("{} {a}", a.kind())).collect();
            format!("seen {asset}: {} ({source})", seen.join(", "))
        }
        Fact::Ticked { step, by } => format!("{by} ticked {step}"),
        Fact::Logged { text, by } => format!("{by} logged {text:?}"),
        Fact::HintGiven { seat, expected, text } => format!("hint to {seat} for {expected:?}: {text:?}"),
        other => format!("{other:?}"),
    }
}

fn people(fact: &Fact) -> String {
    match fact {
        Fact::Paged { party, by, reason } => format!("{by} paged {party}: {reason:?}"),
        Fact::PageAnswered { party, by } => format!("{party} answered {by}"),
        Fact::Sent { message } => {
            let d = &message.draft;
            let to: Vec<&str> = d.to.iter().map(|p| p.as_str()).collect();
            let mut out = format!("{} sent {} to {}", message.by, message.id, to.join(","));
            let _ = write!(out, " via {}", d.via.as_ref().map_or("?", |v| v.as_str()));
            if let Some(product) = &d.product {
                let _ = write!(out, " as {product}");
            }
            if let Some(tlp) = d.tlp {
                let _ = write!(out, " {tlp}");
            }
            let approved = match message.approved {
                Some(true) => " approved",
                Some(false) => " NOT APPROVED",
                None => "",
            };
            let _ = write!(out, ": {:?} [{} bytes]{approved}", d.subject, d.body.len());
            out
        }
        Fact::ApprovalRequested { request, of, by, subject: s } => {
            format!("{by} asks {of} to approve {}: {request}", subject(s))
        }
        Fact::ApprovalGiven { request, of, subject: s, reason } => {
            format!("{of} approved {} ({request}): {reason:?}", subject(s))
        }
        Fact::ApprovalRefused { request, of, subject: s, reason } => {
            format!("{of} REFUSED {} ({request}): {reason:?}", subject(s))
        }
        Fact::Declared { declaration, value, by, reason } => format!("{by} declared {declaration} {value}: {reason:?}"),
        Fact::Decided { decision, option, by, reason } => format!("{by} decided {decision} {option}: {reason:?}"),
        other => format!("{other:?}"),
    }
}

fn truth(fact: &Fact) -> String {
    match fact {
        Fact::ClockStarted { clock, regime, anchor, due, filed_by } => {
            format!("clock {clock} started ({regime}) by {anchor:?}, due {due}, filed by {filed_by}")
        }
        Fact::ClockOverdue { clock } => format!("clock {clock} OVERDUE"),
        Fact::ClockFiled { clock, item } => format!("clock {clock} filed with {item}"),
        Fact::ClockWaived { clock, decision, reason } => format!("clock {clock} waived by {decision}: {reason:?}"),
        Fact::StepStarted { step } => format!("adversary begins {step}"),
        Fact::StepSucceeded { step } => format!("adversary SUCCEEDS {step}"),
        Fact::StepBlocked { step, reason } => format!("adversary blocked {step}: {reason}"),
        Fact::SensorFired { sensor, item, false_alarm } => {
            format!("sensor {sensor} fires {item}{}", if *false_alarm { " (false alarm)" } else { "" })
        }
        Fact::AssetChanged { asset, now } => format!("asset {asset}: {} {now}", now.kind()),
        Fact::MeterRead { meter, value, per_hour } => format!("meter {meter}: {value} ({per_hour:+}/h)"),
        Fact::RuleFired { rule } => format!("rule {rule}"),
        Fact::Trapped { trap, by } => {
            format!("TRAP {trap}{}", by.as_ref().map(|b| format!(" by {b}")).unwrap_or_default())
        }
        other => format!("{other:?}"),
    }
}

fn points(points: i64) -> String {
    startex::command::score::hundredths(points)
}

fn sign(status: Status) -> &'static str {
    match status {
        Status::Met => "met",
        Status::Partly => "partly",
        Status::Failed => "failed",
        Status::NotExercised => "no chance",
        Status::NotObserved => "not observed",
        Status::NotGraded => "not graded",
    }
}

/// The score: every mark with its reason, and every table of the card.
pub(crate) fn score(card: &Scorecard) -> String {
    let mut out = format!("{} %, pass {} %: {}\n", card.percent, card.pass, card.verdict);
    for d in &card.dimensions {
        let percent = d.percent.map_or("not exercised".to_owned(), |p| format!("{p} %"));
        let _ = writeln!(out, "\n{} {percent} ({} of {})", d.dimension.label(), points(d.points), points(d.of));
        for m in &d.marks {
            let _ = writeln!(out, "  {} {}/{} {}: {}", sign(m.status), points(m.points), points(m.of), m.id, m.title);
            let _ = writeln!(out, "    {}", m.reason);
        }
    }
    out.push_str("\nobjectives\n");
    for o in &card.objectives {
        let rating = o.rating.map_or("-".to_owned(), |r| format!("{r:?}"));
        let _ = writeln!(out, "  {rating} {}: {}", o.objective, o.reason);
    }
    out.push_str("\nescalation\n");
    for e in &card.escalation {
        let line = e.line.as_ref().map_or("(no line)", |l| l.as_str());
        let _ = writeln!(out, "  {:?} {line} {}: {}", e.verdict, e.party, e.reason);
    }
    out.push_str("\nclocks\n");
    for c in &card.clocks {
        let _ = writeln!(out, "  {:?} {}: {}", c.state, c.clock, c.reason);
    }
    out.push_str("\nmeters\n");
    for m in &card.meters {
        let _ =
            writeln!(out, "  {}: {} {} (nothing {}, reference {})", m.meter, m.value, m.unit, m.nothing, m.reference);
    }
    out.push_str("\ncommunications\n");
    for c in &card.communications {
        let grade = match &c.reading {
            Some(_) => format!("sent {} by {}", c.sent.unwrap_or_default(), c.by.as_ref().map_or("?", |b| b.as_str())),
            None => "not sent".to_owned(),
        };
        let _ = writeln!(out, "  {}: {grade}", c.product);
    }
    for (title, findings) in [("strengths", &card.strengths), ("improvements", &card.improvements)] {
        let _ = writeln!(out, "\n{title}");
        for f in findings {
            let advice = if f.advice.is_empty() { String::new() } else { format!(" → {}", f.advice) };
            let _ = writeln!(out, "  {} {}: {}{advice}", points(f.points), f.mark, f.text);
        }
    }
    out
}
