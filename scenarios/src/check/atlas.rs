//! ATLAS ids: that they exist, are in force, and say what the author says.

use super::{Check, Ctx, Out};
use crate::{
    atlas::{self, Kind},
    fault::nearest,
    model::CaseKind,
    span::Path,
};

pub(crate) const CHECKS: &[Check] = &[
    Check { name: "atlas", about: "ATLAS ids that do not exist, are retired or of another kind", run: techniques },
    Check { name: "cases", about: "case studies presented as more than ATLAS says", run: cases },
    Check { name: "release", about: "another release of ATLAS than the one known here", run: release },
];

fn techniques(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for (i, step) in ctx.s.adversary.steps.iter().enumerate() {
        technique(out, &Path::from("adversary.steps").index(i).field("atlas"), &step.atlas);
    }
    for (i, inject) in ctx.s.injects.iter().enumerate() {
        for (j, id) in inject.atlas.iter().enumerate() {
            technique(out, &Path::from("injects").index(i).field("atlas").index(j), id);
        }
    }
}

fn technique(out: &mut Out<'_>, at: &Path, id: &str) {
    let Some(entry) = known(out, at, id) else { return };
    if let Some(new) = entry.retired_for {
        let name = atlas::find(new).map_or(String::new(), |e| format!(" ({})", e.full_name()));
        let message = format!("`{id}` ({}) is retired since ATLAS {}", entry.name, entry.release);
        out.error(at, message, format!("write `{new}`{name}"));
    } else if !matches!(entry.kind, Kind::Technique | Kind::Subtechnique) {
        let message = format!("`{id}` ({}) is {}", entry.name, entry.kind.word());
        out.error(at, message, "name a technique, AML.T and four digits");
    }
}

fn known(out: &mut Out<'_>, at: &Path, id: &str) -> Option<&'static atlas::Entry> {
    if let Some(entry) = atlas::find(id) {
        return Some(entry);
    }
    let full = format!("AML.{id}");
    let help = if let Some(entry) = atlas::find(&full) {
        format!("write it whole: `{full}` ({})", entry.name)
    } else {
        // Only one digit apart is near in a table of numbers; the technique of an unknown part is nearer.
        let parent = id.rsplit_once('.').and_then(|(parent, _)| atlas::find(parent));
        match (parent, nearest(id, atlas::table().keys().copied())) {
            (Some(entry), _) => format!("`{}` is {}", entry.id, entry.name),
            (None, Some(near)) => {
                let name = atlas::find(near).map(atlas::Entry::full_name).unwrap_or_default();
                format!("the nearest is `{near}` ({name})")
            }
            (None, None) => "ids look like AML.T0018.000 or AML.CS0064".into(),
        }
    };
    out.error(at, format!("ATLAS {} has no `{id}`", atlas::RELEASE), help);
    None
}

fn cases(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for (i, inspired) in ctx.s.inspired_by.iter().enumerate() {
        let at = Path::from("inspired_by").index(i);
        let Some(entry) = known(out, &at.field("case"), &inspired.case) else { continue };
        let right = match entry.kind {
            Kind::Incident => CaseKind::Incident,
            Kind::Exercise => CaseKind::Exercise,
            other => {
                let message = format!("`{}` ({}) is {}", entry.id, entry.name, other.word());
                out.error(&at.field("case"), message, "name a case study, AML.CS and four digits");
                continue;
            }
        };
        if inspired.kind != right {
            let message =
                format!("ATLAS marks `{}` ({}) as {:?}, not {:?}", entry.id, entry.name, right, inspired.kind);
            out.error(&at.field("kind"), message, "never present a case as more than it was");
        }
    }
}

fn release(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    if ctx.s.atlas_release != atlas::RELEASE {
        let message = format!(
            "the scenario's ids come from ATLAS `{}`, this program knows {}",
            ctx.s.atlas_release,
            atlas::RELEASE
        );
        let help = format!("compare the ids and write `atlas_release: \"{}\"`", atlas::RELEASE);
        out.warn(&"atlas_release".into(), message, help);
    }
}
