//! What Windows does to sessions and cards. Written from its documentation, and run under Wine; never on a Windows with a
//! reader.

use super::Found;
use crate::code::What;
use crate::report::Fact;
use crate::scene::Scene;

const PLUG_AND_PLAY: &str = r"SOFTWARE\Policies\Microsoft\Windows\ScPnP";
const OFF: &str = "0";
const VERSION: &str = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion";

/// `Windows 10 Pro (19045)`
pub(super) fn name(scene: &Scene<'_>) -> Option<String> {
    let name = scene.settings.registry(VERSION, "ProductName")?;
    let build = scene.settings.registry(VERSION, "CurrentBuild");
    Some(match build {
        Some(build) => format!("{name} ({build})"),
        None => name,
    })
}

/// What the session is called.
pub(super) fn session(scene: &Scene<'_>) -> Vec<Fact> {
    let name = scene.settings.variable("SESSIONNAME");
    let fact = name.map(|name| Fact::new(What::Setting, format!("SESSIONNAME = {name}")));
    fact.into_iter().collect()
}

pub(super) fn remote_session(scene: &Scene<'_>) -> Vec<Found> {
    let name = scene.settings.variable("SESSIONNAME").unwrap_or_default();
    let remote = name.to_ascii_uppercase().starts_with("RDP");
    Found::new()
        .fact(What::Setting, format!("SESSIONNAME = {name}"))
        .when(remote)
}

pub(super) fn plug_and_play(scene: &Scene<'_>) -> Vec<Found> {
    let value = scene.settings.registry(PLUG_AND_PLAY, "EnableScPnP");
    let on = value.as_deref() != Some(OFF);
    let value = value.unwrap_or_else(|| "-".to_owned());
    Found::new()
        .fact(
            What::Setting,
            format!(r"HKLM\{PLUG_AND_PLAY}\EnableScPnP = {value}"),
        )
        .command(format!(
            r"reg add HKLM\{PLUG_AND_PLAY} /v EnableScPnP /t REG_DWORD /d 0 /f"
        ))
        .when(on)
}
