//! The card of `hardware/virtual-card`, which knows the whole protocol, instead of a scripted one.
#![cfg(unix)]

mod support;

use chipid_doctor::pcsc::{CardSeen, CardService, ConnectedCard, SlotSeen};
use chipid_doctor::{
    Aspect, Machine, Program, State, System, TransportError, TransportLimits, examine,
};
use chipid_emrtd::card_transport::CardTransport;
use chipid_emrtd::drivers::block;
use chipid_virtual_card::{CardData, Issuer, Personaliser, Profile, VirtualCard};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use std::sync::Arc;
use std::time::Duration;

struct InProcess(CardData);

struct Connected(VirtualCard);

impl CardService for InProcess {
    fn slots(&self) -> Result<Vec<SlotSeen>, TransportError> {
        Ok(vec![support::slot("Virtual PCD 00 00", CardSeen::Present)])
    }

    fn connect(&self, _: &str, _: Duration) -> Result<Box<dyn ConnectedCard>, TransportError> {
        Ok(Box::new(Connected(VirtualCard::new(self.0.clone()))))
    }
}

impl ConnectedCard for Connected {
    fn limits(&self) -> TransportLimits {
        self.0.limits()
    }

    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        block(self.0.transmit(command)).unwrap()
    }
}

#[test]
fn every_kind_of_virtual_card_is_readable() {
    let mut rng = UnwrapErr(SysRng);
    for name in ["passport-p256", "passport-bac", "vn-2021", "vn-2024"] {
        let profile = Profile::builtin(name).unwrap();
        let issuer = Issuer::for_profile(&profile, &mut rng).unwrap();
        let personaliser = Personaliser::new(profile).issuer(&issuer);
        let card = personaliser.build(&mut rng).unwrap();
        let mut machine = Machine::below("/nowhere", Program::default());
        machine.system = System::Linux;
        machine.service = Some(Arc::new(InProcess(card)));
        machine.program.asks_readers = true;
        let report = examine(&machine);
        assert!(report.card_readable, "{name}: {report:#?}");
        let state = |at| {
            report
                .looked
                .iter()
                .find(|look| look.at == at)
                .unwrap()
                .state
        };
        assert_eq!(state(Aspect::Application), State::Ok, "{name}");
    }
}
