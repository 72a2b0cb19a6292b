//! What a verdict needs beside a card: models, trust, the clock.

use super::Found;
use crate::code::What;
use crate::report::Fact;
use crate::scene::Scene;
use chipid_emrtd::time::UnixTime;
use chipid_transport::reader_profile::System;

const DAY: i64 = 86_400;
/// Lists are renewed within months; after thirteen of them new signers are missing.
const OLD_LIST: i64 = 400 * DAY;
/// Doc 9303-12, 7.1: a CSCA signs for three to five years.
const OLD_CERTIFICATE: i64 = 5 * 366 * DAY;

pub(super) fn models_missing(scene: &Scene<'_>) -> Vec<Found> {
    let Some(models) = &scene.program.models else {
        return Vec::new();
    };
    Found::new()
        .fact(What::Folder, &models.folder)
        .facts(files(What::Missing, &models.missing))
        .command("chipid models fetch")
        .when(!models.missing.is_empty())
}

pub(super) fn models_changed(scene: &Scene<'_>) -> Vec<Found> {
    let Some(models) = &scene.program.models else {
        return Vec::new();
    };
    let remove: Vec<String> = models
        .changed
        .iter()
        .map(|file| quoted(scene.system, &format!("{}/{file}", models.folder)))
        .collect();
    let delete = match scene.system {
        System::Windows => "del",
        _ => "rm",
    };
    Found::new()
        .fact(What::Folder, &models.folder)
        .facts(files(What::Found, &models.changed))
        .command(format!(
            "{delete} {} && chipid models fetch",
            remove.join(" ")
        ))
        .when(!models.changed.is_empty())
}

/// A name that a shell takes as it stands.
fn quoted(system: System, path: &str) -> String {
    match system {
        System::Windows => format!("\"{}\"", path.replace('/', "\\")),
        _ => format!("'{}'", path.replace('\'', r"'\''")),
    }
}

fn files(what: What, names: &[String]) -> impl Iterator<Item = Fact> + '_ {
    names.iter().take(16).map(move |name| Fact::new(what, name))
}

pub(super) fn trust_empty(scene: &Scene<'_>) -> Vec<Found> {
    match &scene.program.trust {
        None => vec![Found::new().fact(What::NotGiven, "--trust")],
        Some(trust) => Found::new().fact(What::Count, "0").when(trust.anchors == 0),
    }
}

pub(super) fn trust_stale(scene: &Scene<'_>) -> Vec<Found> {
    let Some(trust) = scene.program.trust.as_ref().filter(|t| t.anchors > 0) else {
        return Vec::new();
    };
    let now = scene.program.now;
    let age = |time: i64| now.saturating_sub(time);
    let newest = match (trust.newest_list, trust.newest_certificate) {
        (Some(list), _) => (age(list) > OLD_LIST).then_some(list),
        (None, Some(certificate)) => (age(certificate) > OLD_CERTIFICATE).then_some(certificate),
        (None, None) => None,
    };
    let overdue = (trust.overdue > 0).then(|| Fact::new(What::Overdue, trust.overdue.to_string()));
    let newest = newest.map(|time| Fact::new(What::Newest, UnixTime(time).to_string()));
    let is_stale = newest.is_some() || overdue.is_some();
    Found::new()
        .facts(newest)
        .facts(overdue)
        .fact(What::Now, UnixTime(now).to_string())
        .when(is_stale)
}

pub(super) fn clock(scene: &Scene<'_>) -> Vec<Found> {
    let program = scene.program;
    let newest = program.trust.as_ref().and_then(|trust| trust.newest_list);
    let least = newest.unwrap_or(i64::MIN).max(program.released);
    let set = match scene.system {
        System::Linux => Some("sudo timedatectl set-ntp true"),
        System::Windows => Some("w32tm /resync"),
        _ => Some("sudo sntp -sS time.apple.com"),
    };
    Found::new()
        .fact(What::Now, UnixTime(program.now).to_string())
        .fact(What::NotBefore, UnixTime(least).to_string())
        .command_if(set)
        .when(program.now < least)
}
