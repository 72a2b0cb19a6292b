//! The modelled time of a link, let pass: by an injected sleeper as long as the model says, and behind a scripted vpcd.

use chipid_emrtd::access_key::AccessKey;
use chipid_emrtd::card_transport::{CardTransport, TransportError};
use chipid_emrtd::drivers::block;
use chipid_emrtd::reading::Reading;
use chipid_virtual_card::vpcd::{ATR, Event, Response, ServedCard, Stop, serve_with};
use chipid_virtual_card::{
    BitRate, CardData, FieldLoss, Issuer, Link, LinkedCard, Personaliser, Profile, RealTimeCard,
    Sleeper, VirtualCard,
};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use std::future::{Future, ready};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

/// Adds up what it was told to wait, and waits not at all.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<Duration>>>);

impl Sleeper for Told {
    fn wait(&mut self, time: Duration, _since: Instant) {
        self.0.lock().expect("lock").push(time);
    }
}

/// What a reader sees of a served card: a lifted one is laid back, and fresh.
struct Served(RealTimeCard<Told>);

impl CardTransport for Served {
    fn transmit(
        &mut self,
        command: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, TransportError>> + Send {
        ready(match self.0.respond(command) {
            Response::Answer(answer) => Ok(answer),
            Response::Mute => Err(TransportError::CardMute),
            Response::Removed => Err(TransportError::CardRemoved),
            Response::Lifted => {
                self.0.reset();
                self.0.until_laid_back();
                Err(TransportError::CardRemoved)
            }
        })
    }
}

fn data() -> CardData {
    let mut rng = UnwrapErr(SysRng);
    let profile = Profile::builtin("passport-no-proof").expect("profile");
    let issuer = Issuer::for_profile(&profile, &mut rng).expect("issuer");
    Personaliser::new(profile)
        .issuer(&issuer)
        .build(&mut rng)
        .expect("card")
}

fn card_behind(link: Link) -> LinkedCard {
    LinkedCard::new(VirtualCard::new(data()), link)
}

#[test]
fn what_is_waited_is_what_the_model_says() {
    for losses in [
        vec![],
        vec![FieldLoss::BeforeCommand(3), FieldLoss::BeforeCommand(12)],
        vec![FieldLoss::At(Duration::from_millis(700))],
    ] {
        let data = data();
        let key = AccessKey::mrz(&data.mrz).expect("key");
        let link = Link {
            losses: losses.clone(),
            ..Link::new(BitRate::Kbit106)
        };
        let told = Told::default();
        let linked = LinkedCard::new(VirtualCard::new(data), link.clone());
        let mut card = Served(RealTimeCard::new(linked, told.clone()));
        let mut reading = Reading::with(key);
        let mut lost = 0;
        while let Err(error) =
            block(reading.run(&mut card, &mut UnwrapErr(SysRng))).expect("answers at once")
        {
            assert_eq!(
                error,
                TransportError::CardRemoved.into(),
                "{losses:?}: after {lost}"
            );
            lost += 1;
        }
        assert_eq!(lost, losses.len());
        let modelled = card.0.card().now();
        let waited = told.0.lock().expect("lock");
        assert_eq!(waited.iter().sum::<Duration>(), modelled);
        assert!(modelled > link.time_without_field * u32::try_from(lost).expect("few"));
        // A pause for each loss, and one wait for each command, lost ones too.
        assert_eq!(waited.len(), card.0.card().times().commands() + lost);
    }
}

fn ask(stream: &mut TcpStream, message: &[u8]) -> std::io::Result<Vec<u8>> {
    send(stream, message);
    let mut length = [0; 2];
    stream.read_exact(&mut length)?;
    let mut answer = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut answer)?;
    Ok(answer)
}

fn send(stream: &mut TcpStream, message: &[u8]) {
    let length = u16::try_from(message.len()).expect("short");
    stream.write_all(&length.to_be_bytes()).expect("length");
    stream.write_all(message).expect("message");
}

const SELECT: [u8; 12] = [
    0x00, 0xA4, 0x04, 0x0C, 0x07, 0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01,
];

#[test]
fn behind_vpcd_an_answer_comes_no_sooner_than_modelled_and_a_lost_card_comes_back() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("bind");
    let address = listener.local_addr().expect("address");
    let mut link = Link::new(BitRate::Kbit106);
    link.chip_per_command = Duration::from_millis(150);
    link.losses = vec![FieldLoss::BeforeCommand(1)];
    let (pause, activation) = (link.time_without_field, link.activation().total());
    let stop = Stop::new();
    let (events, seen) = mpsc::channel();
    let served = thread::spawn({
        let stop = stop.clone();
        let mut card = RealTimeCard::new(card_behind(link), stop.clone());
        move || {
            let result = serve_with(&mut card, address, &stop, |event| {
                let _ = events.send(event);
            });
            (result, card.card().now())
        }
    });
    let (mut vpcd, _) = listener.accept().expect("accepted");
    assert_eq!(ask(&mut vpcd, &[4]).expect("ATR"), ATR);
    let start = Instant::now();
    assert_eq!(ask(&mut vpcd, &SELECT).expect("answer"), [0x90, 0x00]);
    assert!(start.elapsed() > Duration::from_millis(154) + activation);

    // The second command finds no field: the card leaves, and comes back when the pause is over.
    let lost = Instant::now();
    assert!(ask(&mut vpcd, &SELECT).is_err(), "the card is gone");
    let (mut vpcd, _) = listener.accept().expect("laid back");
    assert!(lost.elapsed() >= pause, "{:?}", lost.elapsed());
    assert_eq!(ask(&mut vpcd, &SELECT).expect("answer"), [0x90, 0x00]);
    let total = start.elapsed();
    stop.stop();
    let (result, modelled) = served.join().expect("no panic");
    assert_eq!(result, Ok(()));
    assert!(total >= modelled, "{total:?} for {modelled:?}");
    let expected = [
        Event::Connected,
        Event::Disconnected,
        Event::Connected,
        Event::Disconnected,
    ];
    assert_eq!(seen.iter().collect::<Vec<_>>(), expected);
}

#[test]
fn a_wait_ends_when_the_service_does() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("bind");
    let address = listener.local_addr().expect("address");
    let an_hour = Duration::from_secs(3600);
    let mut waits_in_answer = Link::new(BitRate::Kbit106);
    waits_in_answer.chip_per_command = an_hour;
    let mut waits_off_the_reader = Link::new(BitRate::Kbit106);
    waits_off_the_reader.losses = vec![FieldLoss::BeforeCommand(0)];
    waits_off_the_reader.time_without_field = an_hour;
    for link in [waits_in_answer, waits_off_the_reader] {
        let stop = Stop::new();
        let served = thread::spawn({
            let stop = stop.clone();
            let mut card = RealTimeCard::new(card_behind(link), stop.clone());
            move || serve_with(&mut card, address, &stop, |_| {})
        });
        let (mut vpcd, _) = listener.accept().expect("accepted");
        send(&mut vpcd, &SELECT);
        thread::sleep(Duration::from_millis(50));
        stop.stop();
        assert_eq!(served.join().expect("no panic"), Ok(()));
        // It ended without an answer.
        assert!(matches!(vpcd.read(&mut [0]), Ok(0) | Err(_)));
    }
}
