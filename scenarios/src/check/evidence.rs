//! Attachments and invented telemetry: that they read as what they are and point at nobody real.

use super::{Check, Ctx, Out};
use crate::span::Path;
use protocol::AttachmentKind;
use std::net::{Ipv4Addr, Ipv6Addr};

pub(crate) const CHECKS: &[Check] = &[
    Check { name: "json", about: "JSON attachments that are none", run: json },
    Check { name: "hidden", about: "characters nobody sees in texts people read", run: hidden },
    Check { name: "lines", about: "names, titles and subjects of more than one line", run: lines },
    Check { name: "real", about: "domains, addresses and keys that could be somebody's", run: real },
];

fn json(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for (at, attachment) in &ctx.walk.attachments {
        if attachment.name.trim().is_empty() {
            out.error(&at.field("name"), "the attachment has no name", "call it as the file would be called");
        }
        if attachment.kind != AttachmentKind::Json {
            continue;
        }
        // One value, or one a line as logs write them.
        let whole = serde_json::from_str::<serde::de::IgnoredAny>(&attachment.text);
        let lines = || attachment.text.lines().filter(|l| !l.trim().is_empty());
        let each = lines().count() > 1 && lines().all(|l| serde_json::from_str::<serde::de::IgnoredAny>(l).is_ok());
        if let Err(e) = whole
            && !each
        {
            let message = format!("`{}` is no JSON: {e}", attachment.name);
            out.error(&at.field("text"), message, "mend it, or make it an attachment of kind Log or Text");
        }
    }
}

/// Control characters act on terminals, and marks that reorder text make it read otherwise than it is.
fn hidden(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for t in &ctx.walk.texts {
        let bad = |c: &char| (c.is_control() && !matches!(c, '\n' | '\t')) || is_mark(*c);
        if let Some(c) = t.text.chars().find(bad) {
            let message = format!("this text holds the invisible character U+{:04X}", u32::from(c));
            out.error(&t.at, message, "take it out; tabs and line ends are fine");
        }
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Longest name, title or subject, in characters.
const MAX_LINE: usize = 160;

fn lines(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for t in &ctx.walk.texts {
        let field = t.at.as_str().rsplit('.').next().unwrap_or_default();
        if !matches!(field, "name" | "title" | "subject" | "unit" | "group" | "phase" | "tool") {
            continue;
        }
        let count = t.text.chars().count();
        if t.text.contains('\n') {
            out.error(
                &t.at,
                format!("`{field}` has more than one line"),
                "write one line; the rest belongs in the text",
            );
        } else if count > MAX_LINE {
            let message =
                format!("`{field}` has {count} characters; it is cut on screens after {MAX_LINE} at the latest");
            out.warn(&t.at, message, "shorten it");
        }
    }
}

fn real(ctx: &Ctx<'_>, out: &mut Out<'_>) {
    for t in &ctx.walk.texts {
        let mut said = 0;
        for word in t.text.split(|c: char| c.is_whitespace() || "\"'`<>(),;|[]{}=".contains(c)) {
            if let Some((message, help)) = suspect(word) {
                out.warn(&t.at, message, help);
                said += 1;
            }
            // One attachment full of the same mistake is one thing to mend.
            if said == 3 {
                break;
            }
        }
        private_key(out, &t.at, t.text);
    }
}

fn private_key(out: &mut Out<'_>, at: &Path, text: &str) {
    if text.contains("-----BEGIN") && text.contains("PRIVATE KEY-----") {
        out.warn(at, "this looks like a private key", "write a placeholder such as [PRIVATE KEY REMOVED]");
    }
}

fn suspect(word: &str) -> Option<(String, &'static str)> {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    if is_key(word) {
        let start: String = word.chars().take(8).collect();
        return Some((format!("`{start}…` looks like a real key"), "put EXAMPLE into it, as documentation does"));
    }
    if let Some(ip) = public_address(word) {
        let help = "use 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24 or 2001:db8::/32, kept for documentation";
        return Some((format!("`{ip}` is a public address that may be somebody's"), help));
    }
    let host = host(word)?;
    let help = "use a name under .example, .test or .invalid";
    is_real(host).then(|| (format!("`{host}` is a domain somebody may own"), help))
}

fn is_key(word: &str) -> bool {
    let tail = |prefix: &str, least: usize| {
        word.strip_prefix(prefix).is_some_and(|rest| {
            rest.len() >= least && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        })
    };
    let known = tail("AKIA", 16)
        || tail("ASIA", 16)
        || tail("ghp_", 30)
        || tail("github_pat_", 30)
        || tail("hf_", 30)
        || tail("sk-", 32)
        || tail("xoxb-", 20)
        || tail("npm_", 30)
        || tail("pypi-", 40);
    known && !word.to_lowercase().contains("example")
}

fn public_address(word: &str) -> Option<String> {
    if let Ok(v6) = word.parse::<Ipv6Addr>() {
        let first = v6.segments();
        let documentation = first[0] == 0x2001 && first[1] == 0xdb8;
        let global = (0x2000..0x4000).contains(&first[0]);
        return (global && !documentation).then(|| v6.to_string());
    }
    let address = word.split(['/', ':']).next().unwrap_or(word);
    let ip: Ipv4Addr = address.parse().ok()?;
    let [a, b, ..] = ip.octets();
    let kept = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_unspecified()
        || ip.is_multicast()
        || ip.is_broadcast()
        // A first number this small is a version: 1.2.3.4.
        || !(10..240).contains(&a)
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (18..20).contains(&b));
    (!kept).then(|| ip.to_string())
}

/// The host in an address, a URL or a bare name.
fn host(word: &str) -> Option<&str> {
    let word = word.split_once("://").map_or(word, |(_, rest)| rest);
    let word = word.split(['/', '?', '#']).next()?;
    let word = word.rsplit('@').next()?;
    let word = word.split(':').next()?;
    let labels = word.split('.').collect::<Vec<_>>();
    let fine = |l: &str| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (labels.len() >= 2 && labels.iter().all(|l| fine(l))).then_some(word)
}

/// Endings that are never a file's or a field's name.
const ENDINGS: [&str; 22] = [
    "com", "net", "org", "io", "ai", "dev", "cloud", "eu", "de", "uk", "us", "fr", "nl", "ch", "co", "app", "gov",
    "edu", "biz", "tech", "systems", "online",
];
/// Names whose owners keep them for documentation, or that name a format and no host.
const FINE: [&str; 14] = [
    "example.com",
    "example.net",
    "example.org",
    "kubernetes.io",
    "k8s.io",
    "in-toto.io",
    "slsa.dev",
    "spdx.org",
    "cyclonedx.org",
    "json-schema.org",
    "w3.org",
    "ocsf.io",
    "sigstore.dev",
    "opentelemetry.io",
];

fn is_real(host: &str) -> bool {
    let host = host.to_lowercase();
    let last = host.rsplit('.').next().unwrap_or_default();
    let kept = FINE.iter().any(|f| host == *f || host.ends_with(&format!(".{f}")));
    ENDINGS.contains(&last) && !kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_somebodys_is_told_from_what_is_kept_for_examples() {
        for fine in [
            "198.51.100.7",
            "10.0.3.4:443",
            "1.2.3.4",
            "2001:db8::1",
            "https://halden.example/x",
            "ops@bank.test",
            "model.py",
            "train.json",
            "v2.1.0",
            "AKIAIOSFODNN7EXAMPLE",
            "example.com",
            "10:20:30",
            "and/or",
        ] {
            assert_eq!(suspect(fine), None, "{fine}");
        }
        for real in [
            "8x.93.184.216.34".trim_start_matches("8x."),
            "https://halden.ai/login",
            "x@corp.com",
            "AKIAIOSFODNN7ABCDEFG",
            "2606:4700::1",
        ] {
            assert!(suspect(real).is_some(), "{real}");
        }
    }
}
