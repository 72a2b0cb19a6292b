//! The program itself.

use super::Found;
use crate::code::What;
use crate::scene::{Packages, Scene};
use chipid_transport::reader_profile::System;

pub(super) fn without_readers(scene: &Scene<'_>) -> Vec<Found> {
    let build = match (scene.system, scene.service.packages) {
        (System::Linux, Packages::Apt) => {
            Some("sudo apt-get install libpcsclite-dev && make build")
        }
        _ => None,
    };
    Found::new()
        .fact(What::Missing, "pcsc")
        .command_if(build)
        .when(!scene.program.asks_readers)
}
