//! Makes one card of every built-in profile below a directory, and prints how long each took.
//!
//! `cargo run --release -p chipid-virtual-card --example personalise -- DIRECTORY`

use chipid_virtual_card::{Issuer, Personaliser, Profile, drawn_portrait_of};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let directory = PathBuf::from(std::env::args_os().nth(1).ok_or("give a directory")?);
    let mut rng = UnwrapErr(SysRng);
    println!("{:20} {:>10} {:>10}", "profile", "issuer ms", "card ms");
    for name in Profile::names() {
        let profile = Profile::builtin(name)?;
        let start = Instant::now();
        let issuer = Issuer::for_profile(&profile, &mut rng)?;
        let issued = start.elapsed();
        let start = Instant::now();
        let card = Personaliser::new(profile)
            .issuer(&issuer)
            .portrait(drawn_portrait_of(20_000)?)
            .build(&mut rng)?;
        println!(
            "{name:20} {:10.1} {:10.1}",
            issued.as_secs_f64() * 1e3,
            start.elapsed().as_secs_f64() * 1e3
        );
        card.save(directory.join(name))?;
    }
    Ok(())
}
