//! Host processor time of PACE with generic mapping on brainpoolP256r1, beside OpenSSL's point multiplications of the same
//! number in the same run.
//!
//! `cargo bench --manifest-path test-vectors/interop/Cargo.toml --bench pace`
//!
//! The terminal multiplies five times: its key of the mapping, the shared point H, the nonce times G, its key on the mapped
//! generator, the shared secret. The time is processor time of the reader's thread from MSE:Set AT to the command behind the
//! last GENERAL AUTHENTICATE, without what was spent inside the card. OpenSSL's is what `openssl speed ecdhbrp256r1` counts
//! right after: the program as it is installed, with its own assembly and without PACE around it.

use chipid_emrtd::access_key::AccessKey;
use chipid_emrtd::card_transport::{CardTransport, TransportError};
use chipid_emrtd::drivers::block;
use chipid_emrtd::reading::Reading;
use chipid_interop::{Metered, TestCard, rng};
use chipid_virtual_card::Profile;
use std::process::Command;
use std::time::Duration;

const ROUNDS: usize = 300;
const MULTIPLICATIONS: f64 = 5.0;

struct PaceClock {
    card: Metered,
    begun: Option<Duration>,
    last_step_done: bool,
    taken: Option<Duration>,
}

impl PaceClock {
    fn outside_card(&self) -> Duration {
        Metered::thread_time().saturating_sub(self.card.meter().inside_card)
    }
}

impl CardTransport for PaceClock {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        if command.starts_with(&[0x00, 0x22, 0xC1, 0xA4]) {
            self.begun = Some(self.outside_card());
        }
        if self.last_step_done && self.taken.is_none() {
            self.taken = self
                .begun
                .map(|begun| self.outside_card().saturating_sub(begun));
        }
        self.last_step_done = command.starts_with(&[0x00, 0x86]);
        self.card.transmit(command).await
    }
}

fn main() {
    let mut profile = Profile::builtin("passport-p256").expect("profile");
    profile.pace = vec![
        "aes-128 brainpoolP256r1"
            .to_owned()
            .try_into()
            .expect("a suite"),
    ];
    let card = TestCard::made(profile, None).expect("card");
    let key = AccessKey::mrz(&card.data.mrz).expect("a key");
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let mut clock = PaceClock {
                card: Metered::new(card.data.clone()),
                begun: None,
                last_step_done: false,
                taken: None,
            };
            block(
                Reading::with(key.clone())
                    .only(&[])
                    .run(&mut clock, &mut rng()),
            )
            .expect("ready")
            .expect("read");
            clock.taken.expect("PACE was done")
        })
        .collect();
    times.sort_unstable();
    let median = times[times.len() / 2].as_secs_f64() * 1e6;
    println!(
        "chipid, PACE-GM brainpoolP256r1 AES-128, median of {ROUNDS}: {median:.0} us of host processor time"
    );
    match openssl_multiplication() {
        Some(one) => {
            let all = one * MULTIPLICATIONS;
            println!(
                "OpenSSL, {MULTIPLICATIONS} point multiplications: {all:.0} us ({one:.0} us each)"
            );
            println!("ratio: {:.2}", median / all);
        }
        None => println!("OpenSSL: the program `openssl` is not there, or has no brainpoolP256r1"),
    }
}

/// Microseconds of one ECDH by `openssl speed`, which counts processor time.
fn openssl_multiplication() -> Option<f64> {
    let output = Command::new("openssl")
        .args(["speed", "-seconds", "2", "-mr", "ecdhbrp256r1"])
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    // +F5:number:bits:operations per second
    let per_second: f64 = text
        .lines()
        .find(|line| line.starts_with("+F5:"))?
        .rsplit(':')
        .find_map(|field| field.parse::<f64>().ok().filter(|n| *n > 1.0))?;
    Some(1e6 / per_second)
}
