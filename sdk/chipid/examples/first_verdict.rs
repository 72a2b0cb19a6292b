//! A first verdict without hardware: makes a virtual card, reads it, proves it, and decides.
//!
//! `cargo run --release -p chipid --example first_verdict`
//! `cargo run --release -p chipid --example first_verdict -- PORTRAIT.jpg LIVE.jpg`

use chipid::{
    AccessKey, Assessment, Capture, FaceComparer, LiveImages, Models, Policy, Reading, TrustStore,
    VerdictKind, block, clock,
};
use chipid_virtual_card::{Issuer, Personaliser, Profile, VirtualCard};
use getrandom::{SysRng, rand_core::UnwrapErr};
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let mut photographs = std::env::args_os().skip(1);
    let (portrait, live) = (photographs.next(), photographs.next());

    // The card: an invented holder, and a test state that signs for it.
    let mut rng = UnwrapErr(SysRng);
    let profile = Profile::builtin("vn-2021")?;
    let issuer = Issuer::for_profile(&profile, &mut rng)?;
    let mut personaliser = Personaliser::new(profile).issuer(&issuer);
    if let Some(path) = &portrait {
        personaliser = personaliser.portrait(std::fs::read(path)?);
    }
    let data = personaliser.build(&mut rng)?;
    let can = data.passwords.can.clone().ok_or("this card has no CAN")?;

    // What is believed: one certificate, the one of the state that issued the card.
    let trust = TrustStore::builder().add(&data.csca, "csca.der")?.build()?;

    // Read the chip. Nothing of it is believed yet.
    let mut card = VirtualCard::new(data);
    let mut reading = Reading::with(AccessKey::can(&can)?);
    let document = block(reading.run(&mut card))??;

    // Prove it. This part needs no chip.
    let mut assessment = Assessment::new(document.verify(&trust, clock::now()));

    // Compare the face, where there is one to compare.
    if let Some(path) = &live {
        let faces = FaceComparer::load(&Models::from_dir(Path::new("models/files"))?)?;
        let mut images = LiveImages::new(Capture::File);
        images.add_file(&std::fs::read(path)?)?;
        assessment = assessment.with_face(&faces, &images)?;
    }

    // Decide. `demo` is the policy for test cards; for real ones it is `Policy::counter()`.
    let verdict = Policy::demo().decide(&assessment);
    if let Some(holder) = assessment.holder() {
        println!("holder:  {} ({})", *holder.name, holder.trust.name());
    }
    println!("verdict: {}", verdict.kind.name());
    for ground in &verdict.grounds {
        let detail = ground.detail.unwrap_or_default();
        println!("  {:<6} {} {detail}", ground.severity.name(), ground.code);
    }
    match verdict.kind {
        VerdictKind::Accept => println!("the genuine card, and its holder"),
        VerdictKind::Reject => println!("not the card, or not the holder"),
        VerdictKind::Undecided => println!("nobody can say yet: a person decides"),
    }
    Ok(())
}
