//! What a verdict needs beside a card: models, trust, the clock.

use super::Found;
use crate::code::What;
use crate::machine::Models;
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
        .fact(What::Folder, folder(scene, models))
        .facts(files(What::Missing, &models.missing))
        .command("chipid models fetch")
        .when(!models.missing.is_empty())
}

pub(super) fn models_changed(scene: &Scene<'_>) -> Vec<Found> {
    let Some(models) = &scene.program.models else {
        return Vec::new();
    };
    Found::new()
        .fact(What::Folder, folder(scene, models))
        .facts(files(What::Found, &models.changed))
        // It puts a whole file in the place of one that is not the manifest's.
        .command("chipid models fetch")
        .when(!models.changed.is_empty())
}

/// Where the models lie. A report is sent on: the name of whoever's home it is stays out of it.
pub(super) fn folder(scene: &Scene<'_>, models: &Models) -> String {
    let homes = ["HOME", "USERPROFILE"].map(|name| scene.settings.variable(name));
    let within = homes.iter().flatten().find_map(|home| {
        let home = home.trim_end_matches(['/', '\\']);
        let rest = models.folder.strip_prefix(home)?;
        (!home.is_empty() && (rest.is_empty() || rest.starts_with(['/', '\\']))).then_some(rest)
    });
    within.map_or_else(|| models.folder.clone(), |rest| format!("~{rest}"))
}

fn files(what: What, names: &[String]) -> impl Iterator<Item = Fact> + '_ {
    names.iter().take(16).map(move |name| Fact::new(what, name))
}

pub(super) fn trust_empty(scene: &Scene<'_>) -> Vec<Found> {
    let trust = scene.program.trust.as_ref();
    let empty = trust.is_some_and(|trust| trust.anchors == 0);
    Found::new().fact(What::Count, "0").when(empty)
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
