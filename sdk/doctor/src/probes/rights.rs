//! The right to use readers: pcscd asks polkit, which wants to know who asks.

use super::Found;
use crate::code::What;
use crate::scene::{POLICY, Scene};
use chipid_emrtd::card_transport::TransportError;

const MOUNTS: &str = "/proc/mounts";

pub(super) fn processes_hidden(scene: &Scene<'_>) -> Vec<Found> {
    denied(scene)
        .filter(|_| hides_processes(scene))
        .map(|found| {
            let option = hidden(scene).unwrap_or_default();
            found
                .fact(What::Setting, format!("{MOUNTS}: /proc {option}"))
                .fact(What::Account, account(scene))
                .command("sudo mount -o remount,hidepid=0 /proc")
        })
        .into_iter()
        .collect()
}

pub(super) fn polkit_unreachable(scene: &Scene<'_>) -> Vec<Found> {
    let container = scene.container();
    denied(scene)
        .filter(|_| !hides_processes(scene))
        .zip(container)
        .map(|(found, container)| {
            found.fact(What::Found, container).command(
                "echo PCSCD_ARGS=--disable-polkit >> /etc/default/pcscd && pkill -x pcscd && pcscd --disable-polkit",
            )
        })
        .into_iter()
        .collect()
}

pub(super) fn polkit_denies(scene: &Scene<'_>) -> Vec<Found> {
    denied(scene)
        .filter(|_| !hides_processes(scene) && scene.container().is_none())
        .map(|found| {
            let policy = match scene.service.asks_polkit {
                true => What::Found,
                false => What::Missing,
            };
            found.fact(policy, POLICY).command(
                "sudo groupadd -f chipid && sudo usermod -aG chipid \"$USER\" && sudo cp hardware/polkit/50-chipid.rules /etc/polkit-1/rules.d/",
            )
        })
        .into_iter()
        .collect()
}

/// PC/SC says no: to everything, or to this card.
fn denied(scene: &Scene<'_>) -> Option<Found> {
    let no = [TransportError::AccessDenied];
    if scene.slots.failed_with(&no) {
        return Some(Found::new().facts(scene.answer()));
    }
    let (slot, error) = scene.card_trouble()?;
    no.contains(&error).then(|| {
        Found::new()
            .fact(What::Reader, slot.name())
            .fact(What::Answer, error.code().to_string())
    })
}

fn hides_processes(scene: &Scene<'_>) -> bool {
    hidden(scene).is_some() && scene.service.is_root() == Some(false)
}

/// The option by which `/proc` hides the processes of others.
fn hidden(scene: &Scene<'_>) -> Option<String> {
    let mounts = scene.files.text(MOUNTS, 1 << 20)?;
    mounts.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [_, "/proc", "proc", options, ..] = fields[..] else {
            return None;
        };
        let hides = |option: &&str| matches!(*option, "hidepid=2" | "hidepid=invisible");
        options.split(',').find(hides).map(str::to_owned)
    })
}

/// Whom pcscd runs as.
pub(super) fn account(scene: &Scene<'_>) -> String {
    let user = scene.service.process.as_ref().and_then(|p| p.user);
    match (user, &scene.service.unit_user) {
        (Some(0), _) => "pcscd: root".to_owned(),
        (Some(user), _) => format!("pcscd: {user}"),
        (None, Some(user)) => format!("pcscd: {user}"),
        (None, None) => "pcscd: root".to_owned(),
    }
}
