//! The right to use readers: pcscd asks polkit, which wants to know who asks.

use super::Found;
use crate::code::What;
use crate::scene::{POLICY, Scene};
use chipid_emrtd::card_transport::TransportError;

const MOUNTS: &str = "/proc/mounts";

pub(super) fn processes_hidden(scene: &Scene<'_>) -> Vec<Found> {
    denied(scene)
        .zip(hidden(scene))
        .map(|(found, hidden)| {
            found
                .fact(What::Setting, format!("{MOUNTS}: /proc {}", hidden.words()))
                .fact(What::Account, account(scene))
                .command_if(lets_see(scene, &hidden))
        })
        .into_iter()
        .collect()
}

/// Lets pcscd alone see processes: for everybody else they stay hidden.
fn lets_see(scene: &Scene<'_>, hidden: &Hidden) -> Option<String> {
    match hidden.group {
        // Another group may look: whoever is in it goes on to.
        Some(group) => Some(format!(
            "sudo usermod -aG {group} pcscd && {}",
            scene.service.restart()
        )),
        None => {
            let group = scene.service.own_numbers.1?;
            Some(format!(
                "sudo mount -o remount,{},gid={group} /proc",
                hidden.option
            ))
        }
    }
}

pub(super) fn polkit_unreachable(scene: &Scene<'_>) -> Vec<Found> {
    let container = scene.container();
    denied(scene)
        .filter(|_| hidden(scene).is_none())
        .zip(container)
        .map(|(found, container)| {
            // With the host's socket in it there is no pcscd here that could be started anew.
            let restart = scene.service.process.as_ref().map(|_| {
                "grep -qs disable-polkit /etc/default/pcscd || echo PCSCD_ARGS=--disable-polkit >> /etc/default/pcscd; pkill -x pcscd; sleep 1; pcscd --disable-polkit"
            });
            found.fact(What::Found, container).command_if(restart)
        })
        .into_iter()
        .collect()
}

pub(super) fn polkit_denies(scene: &Scene<'_>) -> Vec<Found> {
    denied(scene)
        .filter(|_| hidden(scene).is_none() && scene.container().is_none())
        .map(|found| match scene.service.asks_polkit {
            // Who is put into the group stands in words: the program's account, and never whoever sits here.
            true => found.fact(What::Found, POLICY).command(
                "sudo groupadd -f chipid && sudo cp hardware/polkit/50-chipid.rules /etc/polkit-1/rules.d/",
            ),
            false => found.fact(What::Missing, POLICY).only_a_sign(),
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

/// How `/proc` hides the processes of others.
struct Hidden {
    option: String,
    /// The group that sees them all the same.
    group: Option<u32>,
}

impl Hidden {
    fn words(&self) -> String {
        match self.group {
            Some(group) => format!("{},gid={group}", self.option),
            None => self.option.clone(),
        }
    }
}

/// Whether processes are hidden from pcscd, and how.
fn hidden(scene: &Scene<'_>) -> Option<Hidden> {
    let service = &scene.service;
    if service.is_root() != Some(false) {
        return None;
    }
    let mounts = scene.files.text(MOUNTS, 1 << 20)?;
    let hidden = mounts.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [_, "/proc", "proc", options, ..] = fields[..] else {
            return None;
        };
        let hides = |option: &&str| matches!(*option, "hidepid=2" | "hidepid=invisible");
        let group = options.split(',').find_map(|o| o.strip_prefix("gid="));
        Some(Hidden {
            option: options.split(',').find(hides)?.to_owned(),
            group: group
                .and_then(|group| group.parse().ok())
                .filter(|group| *group != 0),
        })
    })?;
    let groups = service.process.iter().flat_map(|process| &process.groups);
    let mut own = groups.copied().chain(service.own_numbers.1);
    let sees = hidden
        .group
        .is_some_and(|group| own.any(|own| own == group));
    (!sees).then_some(hidden)
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
