//! A board of an invented exercise, as rich as a real one in its forty-second minute: what the screens
//! are tested and measured with. It names nothing outside `protocol`, `scoring`, `rubric` and `startex`.

use protocol::{
    Attachment, AttachmentKind, Attr, Audience, Board, Draft, Event, Evidence, Fact, Integrity, Isolation, Item,
    ItemKind, Mode, Pace, Pack, Sender, Sent, Service, Severity, SimTime, Span, Subject, Tlp, Work,
    pack::{
        ActionView, AssetView, ChannelView, DecisionView, DeclarationView, PartyView, ProductView, QueryView,
        RunbookView, SeatView,
    },
};
use scoring::{
    ClockEnd, ClockRow, CommunicationRow, Dimension, DimensionCard, EscalationRow, Finding, Ladder, Mark, MeterRow,
    ObjectiveCard, Rating, Scorecard, Status, Verdict, WhatIf,
};
use startex::wash::{Told, Wash};
use std::{collections::BTreeMap, sync::Arc};

/// Exercise time of the fixture.
pub(crate) const NOW: SimTime = SimTime(2_523_000);

fn min(m: u64) -> SimTime {
    SimTime(m * 60_000)
}

fn seat(id: &str, title: &str, name: &str) -> SeatView {
    SeatView { id: id.into(), title: title.into(), name: name.into(), duties: format!("What the {title} answers for.") }
}

fn asset(id: &str, name: &str, kind: &str, depends_on: &[&str], known: Vec<Attr>) -> AssetView {
    AssetView {
        id: id.into(),
        name: name.into(),
        kind: kind.into(),
        depends_on: depends_on.iter().map(|d| (*d).into()).collect(),
        note: format!("{name}, as the inventory of last quarter has it."),
        known,
    }
}

fn action(id: &str, name: &str, group: &str, by: &str, targets: &[&str], approval: Option<&str>) -> ActionView {
    ActionView {
        id: id.into(),
        name: name.into(),
        help: format!(
            "{name}: what the plan says about it, in a sentence that is long enough to be wrapped on a small screen."
        ),
        group: group.into(),
        by: vec![by.into()],
        targets: targets.iter().map(|t| (*t).into()).collect(),
        takes: (Span::mins(2), Span::mins(5)),
        approval: approval.map(Into::into),
        needs: "A copy of the evidence, if anything is to be found afterwards.".into(),
        cost: "Answers are slower while it runs.".into(),
    }
}

/// The pack of the fixture.
pub(crate) fn pack() -> Pack {
    let up = vec![Attr::Service(Service::Up), Attr::Integrity(Integrity::Trusted)];
    Pack {
        scenario: "fixture".into(),
        version: "1.0.0".into(),
        title: "A quiet Tuesday".into(),
        organisation: "Halden AI".into(),
        situation:
            "Halden AI serves a fraud model to eleven banks. This morning one of them asks why yesterday's scores \
                    look odd. Nothing is known yet."
                .into(),
        rules: vec!["Act as you would at work.".into(), "Nothing here reaches the real world.".into()],
        starts_at: 1_773_736_800,
        length: Span::mins(90),
        seats: vec![
            seat("ic", "Incident commander", "Maya Lindqvist"),
            seat("soc", "SOC analyst", "Kim Osei"),
            seat("ml-eng", "ML engineer", "Tomas Brandt"),
            seat("legal", "Counsel", "Ines Duarte"),
            seat("comms", "Communications", "Rob Keller"),
        ],
        parties: vec![
            PartyView {
                id: "aurora".into(),
                name: "Aurora Bank".into(),
                title: "Customer".into(),
                note: "Contract: told within four hours of a confirmed incident.".into(),
            },
            PartyView {
                id: "dpa".into(),
                name: "Data protection authority".into(),
                title: "Supervisory authority".into(),
                note: "GDPR Art 33.".into(),
            },
            PartyView { id: "press".into(), name: "Vik Daily".into(), title: "Press".into(), note: String::new() },
        ],
        channels: ["chat", "mail", "siem", "phone"]
            .iter()
            .map(|c| ChannelView {
                id: (*c).into(),
                name: format!("The {c}"),
                note: String::new(),
                writable: *c != "siem",
            })
            .collect(),
        assets: vec![
            asset("serving-eu", "Serving pool EU", "service", &["fraud-v42", "gateway"], up.clone()),
            asset("fraud-v42", "Fraud model 42", "model", &["registry"], vec![Attr::Version("v42".into())]),
            asset("gateway", "API gateway", "network", &[], up.clone()),
            asset("registry", "Model registry", "registry", &[], up),
        ],
        actions: vec![
            action(
                "image-node",
                "Take a forensic copy of a node",
                "Preserve",
                "soc",
                &["serving-eu", "registry"],
                None,
            ),
            action("isolate-pool", "Isolate a serving pool", "Contain", "ml-eng", &["serving-eu"], Some("ic")),
            action("pull-version", "Pull a model version", "Contain", "ml-eng", &["fraud-v42"], None),
            action("hold-line", "Open the bridge and hold it", "Coordinate", "ic", &[], None),
        ],
        queries: vec![QueryView {
            id: "registry-writes".into(),
            name: "Who wrote to the registry since Friday?".into(),
            tool: "SIEM".into(),
            text: "index=registry action=put earliest=-4d | stats count by actor, digest".into(),
            by: vec!["soc".into()],
            takes: (Span::mins(3), Span::mins(6)),
        }],
        products: vec![
            product("customer-notice", "Customer notice", "Banks that use the model: what to do today.", &["aurora"]),
            product("dpa-notice", "Notice to the authority", "The authority: what GDPR Art 33(3) asks for.", &["dpa"]),
        ],
        declarations: vec![DeclarationView {
            id: "severity".into(),
            name: "Severity".into(),
            note: "Sets who is woken.".into(),
            by: vec!["ic".into()],
            values: vec![
                ("sev-1".into(), "customers affected".into()),
                ("sev-2".into(), "no customer affected".into()),
            ],
        }],
        runbook: vec![
            step("confirm", "Detect", "Confirm the alert with a second source", "soc"),
            step("log-open", "Activate", "Open the incident log", "ic"),
            step("copy-first", "Preserve", "Copy the evidence before anything is changed", "soc"),
        ],
    }
}

fn product(id: &str, name: &str, audience: &str, to: &[&str]) -> ProductView {
    ProductView {
        id: id.into(),
        name: name.into(),
        audience: audience.into(),
        to: to.iter().map(|t| (*t).into()).collect(),
        by: vec!["comms".into()],
        via: "mail".into(),
        approval: Some("ic".into()),
        tlp: Some(Tlp::Amber),
        words: (80, 250),
        template: "What happened:\n\nWhat it means for you:\n\nWhat you should do:\n\nNext update: [time]\n".into(),
    }
}

fn step(id: &str, phase: &str, text: &str, owner: &str) -> RunbookView {
    RunbookView { id: id.into(), phase: phase.into(), text: text.into(), owner: Some(owner.into()) }
}

/// An item.
pub(crate) fn item(id: &str, kind: ItemKind, from: (&str, &str, &str), channel: &str, subject: &str) -> Item {
    Item {
        id: id.into(),
        kind,
        inject: None,
        from: Sender { id: Some(from.0.into()), name: from.1.into(), title: from.2.into() },
        to: vec!["ic".into()],
        channel: channel.into(),
        subject: subject.into(),
        body: format!(
            "{subject}. We saw it at 08:52 and again at 09:10.\n\nCan somebody tell us whether we can trust today's scores? \
             Our own desk has stopped two payments by hand."
        ),
        attachments: Vec::new(),
        severity: None,
        needs_ack: false,
        tlp: None,
        re: None,
        decision: None,
    }
}

fn log(name: &str) -> Attachment {
    let line = "2026-03-17T08:51:07Z registry-2 PUT /v2/fraud/manifests/v42 201 actor=svc-train-07 digest=sha256:9f2c41aa0d ua=skopeo/1.14 src=10.20.4.17";
    let second = "2026-03-17T08:51:09Z registry-2 GET /v2/fraud/manifests/v42 200 actor=svc-deploy digest=sha256:9f2c41aa0d ua=containerd/1.7";
    Attachment { name: name.into(), kind: AttachmentKind::Log, text: format!("{line}\n{second}\n") }
}

fn items() -> Vec<(u64, Item)> {
    let mut first =
        item("INJ-01", ItemKind::Inject, ("aurora", "Aurora Bank", "Customer"), "mail", "Odd scores since yesterday");
    first.needs_ack = true;
    let mut alert = item(
        "ALR-001",
        ItemKind::Alert,
        ("siem", "Registry monitor", "Sensor"),
        "siem",
        "Manifest v42 replaced outside a release",
    );
    alert.severity = Some(Severity::High);
    alert.attachments = vec![log("registry-audit.log")];
    let mut question =
        item("INJ-02", ItemKind::Inject, ("legal", "Ines Duarte", "Counsel"), "chat", "Do we tell the banks now?");
    question.decision = Some(Arc::new(DecisionView {
        id: "tell-banks".into(),
        question: "Do we tell the banks before the copy is confirmed?".into(),
        by: vec!["ic".into()],
        options: vec![
            ("now".into(), "Tell them now what is known and what is not".into()),
            ("later".into(), "Wait for the digest comparison".into()),
        ],
    }));
    let hostile = item(
        "MSG-003",
        ItemKind::Message,
        ("press", "Vik\u{202e}yliaD", "Press"),
        "mail",
        "A \u{1b}[2Jquestion\u{200b} for 漢字",
    );
    let mut request = item(
        "REQ-001",
        ItemKind::Request,
        ("ml-eng", "Tomas Brandt", "ML engineer"),
        "chat",
        "May I isolate the pool?",
    );
    request.needs_ack = true;
    let result =
        item("RES-001", ItemKind::Result, ("soc", "Kim Osei", "SOC analyst"), "chat", "Registry writes since Friday");
    vec![(1, first), (4, alert), (12, question), (21, hostile), (33, request), (38, result)]
}

/// The events of the fixture.
pub(crate) fn events() -> Vec<Event> {
    let mut out: Vec<(u64, Fact)> = vec![
        (0, Fact::SeatTaken { seat: "ic".into(), person: "Ana".into() }),
        (0, Fact::PaceSet { pace: Pace::Times(5) }),
        (0, Fact::Started { mode: Mode::Practice }),
        (0, Fact::Briefed { pack: Arc::new(pack()) }),
    ];
    out.extend(items().into_iter().map(|(at, item)| (at, Fact::Delivered { item: Arc::new(item) })));
    let opened = |at: u64, item: &str| (at, Fact::Opened { seat: "ic".into(), item: item.into() });
    out.extend([opened(2, "INJ-01"), opened(5, "ALR-001"), opened(14, "INJ-02"), opened(34, "REQ-001")]);
    out.push((3, Fact::Acknowledged { seat: "ic".into(), item: "INJ-01".into() }));
    out.extend(play());
    out.sort_by_key(|(at, _)| *at);
    out.into_iter().map(|(at, fact)| Event { at: min(at), audience: Audience::Everyone, fact }).collect()
}

fn play() -> Vec<(u64, Fact)> {
    let query = Work::Query("registry-writes".into());
    let copy = Work::Action("image-node".into(), Some("registry".into()));
    vec![
        (
            6,
            Fact::JobStarted {
                job: "JOB-1".into(),
                work: query.clone(),
                by: "soc".into(),
                ends: min(10),
                authorised: true,
            },
        ),
        (
            10,
            Fact::JobFinished {
                job: "JOB-1".into(),
                work: query,
                by: "soc".into(),
                done: true,
                result: "One write from svc-train-07, outside a release.".into(),
            },
        ),
        (10, seen("fraud-v42", vec![Attr::Integrity(Integrity::Compromised)], "digest comparison")),
        (11, seen("serving-eu", vec![Attr::Service(Service::Degraded)], "RES-001")),
        (11, seen("gateway", vec![Attr::Isolation(Isolation::Restricted)], "Kim Osei")),
        (12, seen("registry", vec![Attr::Evidence(Evidence::Preserved)], "RES-001")),
        (
            13,
            Fact::Paged {
                party: "legal".into(),
                by: "ic".into(),
                reason: "signed model differs from the registry".into(),
            },
        ),
        (16, Fact::PageAnswered { party: "legal".into(), by: "ic".into() }),
        (20, Fact::Paged { party: "comms".into(), by: "ic".into(), reason: "customer asks".into() }),
        (
            22,
            Fact::Declared {
                declaration: "severity".into(),
                value: "sev-1".into(),
                by: "ic".into(),
                reason: String::new(),
            },
        ),
        (23, clock("gdpr-33", "GDPR Art 33(1)", 23 + 72 * 60, "dpa-notice")),
        (24, clock("aurora-4h", "Contract Aurora Bank, clause 9", 24 + 45, "customer-notice")),
        (25, Fact::Ticked { step: "log-open".into(), by: "ic".into() }),
        (26, Fact::Logged { text: "Froze nothing yet; copy of the registry is under way.".into(), by: "ic".into() }),
        (30, Fact::Sent { message: Arc::new(sent()) }),
        (
            33,
            Fact::ApprovalRequested {
                request: "REQ-001".into(),
                of: "ic".into(),
                by: "ml-eng".into(),
                subject: Subject::Action("isolate-pool".into()),
            },
        ),
        (41, Fact::JobStarted { job: "JOB-2".into(), work: copy, by: "soc".into(), ends: min(45), authorised: true }),
    ]
}

fn seen(asset: &str, seen: Vec<Attr>, source: &str) -> Fact {
    Fact::AssetSeen { asset: asset.into(), seen, source: source.into() }
}

fn clock(id: &str, regime: &str, due: u64, filed_by: &str) -> Fact {
    let anchor = "Maya declared sev-1".into();
    Fact::ClockStarted { clock: id.into(), regime: regime.into(), anchor, due: min(due), filed_by: filed_by.into() }
}

fn sent() -> Sent {
    Sent {
        id: "MSG-001".into(),
        by: "ic".into(),
        draft: Draft {
            to: vec!["soc".into(), "ml-eng".into()],
            via: Some("chat".into()),
            subject: "Copy first".into(),
            body: "Nobody pulls v42 before the copy of the registry is confirmed.".into(),
            ..Draft::default()
        },
        approved: None,
    }
}

/// The board of the incident commander.
pub(crate) fn board() -> Board {
    let mut board = Board::new("ic".into());
    for event in events() {
        board.apply(&event);
    }
    board
}

fn mark(id: &str, title: &str, status: Status, points: i64, of: i64) -> Mark {
    Mark {
        id: id.into(),
        title: title.into(),
        status,
        points,
        of,
        reason: "acknowledged 3m after delivery, target 5m".into(),
        evidence: vec![scoring::Evidence { entry: 12, at: min(4), note: "ALR-001 was delivered".into(), span: None }],
        objective: "contain".into(),
        seats: vec!["ic".into()],
        ladder: Some(Ladder {
            delivered: min(4),
            opened: Some(min(5)),
            acknowledged: None,
            acted: Some(min(6)),
            completed: Some(min(10)),
            target: min(9),
            limit: min(19),
        }),
    }
}

fn card() -> Scorecard {
    let dimension = |dimension, percent, marks: Vec<Mark>| DimensionCard {
        dimension,
        points: marks.iter().map(|m| m.points).sum(),
        of: marks.iter().map(|m| m.of).sum(),
        weight: 25,
        percent,
        marks,
    };
    let finding = |text: &str, points| Finding {
        mark: "response/query".into(),
        text: text.into(),
        advice: "Ask for the copy in the same message as the query.".into(),
        evidence: Vec::new(),
        points,
        objective: "contain".into(),
        trap: None,
    };
    Scorecard {
        schema: scoring::SCHEMA.into(),
        exercise: "00112233aabbccdd".into(),
        scenario: "fixture".into(),
        version: "1.0.0".into(),
        scenario_hash: String::new(),
        seed: 7,
        head: String::new(),
        people: BTreeMap::from([("ic".into(), "Ana".to_owned())]),
        ended: min(90),
        percent: 68,
        pass: 60,
        passed: true,
        verdict: "Passed with 8 points to spare; no critical action was missed.".into(),
        dimensions: vec![
            dimension(
                Dimension::Response,
                Some(82),
                vec![
                    mark("response/query", "Ask who wrote to the registry", Status::Met, 500, 500),
                    mark("response/pull", "Pull the replaced version", Status::Partly, 250, 1000),
                ],
            ),
            dimension(
                Dimension::Escalation,
                Some(55),
                vec![mark("escalation/tell-legal", "Tell counsel", Status::Failed, 0, 500)],
            ),
            dimension(
                Dimension::Communication,
                None,
                vec![mark("communication/x", "Customer notice", Status::NotExercised, 0, 1000)],
            ),
            dimension(Dimension::Outcome, Some(70), vec![]),
        ],
        objectives: vec![ObjectiveCard {
            objective: "contain".into(),
            text: "Stop the replaced model without losing what it can tell".into(),
            capability: scenarios::model::Capability::Contain,
            points: 750,
            of: 1500,
            rating: Some(Rating::S),
            reason: "50 % of the points.".into(),
            marks: vec!["response/query".into(), "response/pull".into()],
        }],
        competencies: Vec::new(),
        escalation: vec![escalation("Ines Duarte", Verdict::Late), escalation("Vik Daily", Verdict::WrongParty)],
        clocks: vec![ClockRow {
            clock: "gdpr-33".into(),
            regime: "GDPR Art 33(1)".into(),
            state: ClockEnd::Due,
            started: Some(min(23)),
            due: Some(min(23 + 72 * 60)),
            settled: None,
            reason: "Its deadline lies after the exercise; a good table has filed it by 01:10:00.".into(),
            source: "Regulation (EU) 2016/679, Art 33(1), read 2026-10-05".into(),
            mark: "escalation/tell-legal".into(),
        }],
        meters: vec![MeterRow {
            meter: "poisoned".into(),
            name: "Poisoned answers served".into(),
            unit: "answers".into(),
            value: 4210,
            nothing: 19_400,
            reference: 1200,
            weight: 1,
            readings: vec![(min(10), 900), (min(40), 4210)],
            mark: "outcome/poisoned".into(),
        }],
        communications: vec![CommunicationRow {
            product: "customer-notice".into(),
            name: "Customer notice".into(),
            item: None,
            entry: None,
            by: None,
            sent: None,
            text: String::new(),
            reading: None,
            mark: "communication/x".into(),
        }],
        strengths: vec![finding("The registry was copied before anything was changed.", 500)],
        improvements: vec![finding("The replaced version served for 31 minutes after it was known.", -750)],
    }
}

fn escalation(name: &str, verdict: Verdict) -> EscalationRow {
    EscalationRow {
        line: None,
        party: "legal".into(),
        name: name.into(),
        verdict,
        called: Some(min(5)),
        told: Some(min(13)),
        by: Some("ic".into()),
        reason: "told 8m after it was called for; on time is 5m".into(),
        mark: "escalation/tell-legal".into(),
    }
}

/// The hot wash of the fixture.
pub(crate) fn wash() -> Wash {
    Wash {
        card: card(),
        what_ifs: vec![WhatIf {
            entry: 12,
            change: "Pull fraud-v42 at 00:10:00 instead of 00:41:00".into(),
            meters: vec![("Poisoned answers served".into(), "answers".into(), 4210, 1300)],
            text: "Pulling it 31 minutes earlier would have kept 2,910 poisoned answers in.".into(),
        }],
        entries: BTreeMap::from([(
            12,
            Told {
                at: min(4),
                line: "delivered ALR-001 from Registry monitor".into(),
                body: "Manifest v42 replaced.".into(),
            },
        )]),
        debrief: vec!["When did you know enough to stop the model?".into()],
        report: vec!["00112233aabbccdd.report.html".into()],
    }
}
