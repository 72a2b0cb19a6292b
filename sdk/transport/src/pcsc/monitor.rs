//! What happens at the readers, one event after the other, asleep in `SCardGetStatusChange` until there is news.

use super::event::{Event, EventKind, Moved, Phase};
use super::facts::named;
use super::failure::kind_once_connected;
use super::reader::{Reader, ReaderStatus, establish};
use super::service::{Failed, Service};
use super::slot::Slot;
use crate::cancel::Cancel;
use crate::reader_profile::Role;
use chipid_emrtd::card_transport::TransportError;
use pcsc::{Context, PNP_NOTIFICATION, ReaderState, State};
use std::collections::VecDeque;
use std::ffi::{CStr, CString};
use std::fmt;
use std::time::{Duration, Instant};

/// Whether the service tells of readers that are plugged in: Apple's does not, so that only a look around finds them.
const TELLS_OF_READERS: bool = !cfg!(target_vendor = "apple");
/// The longest sleep in one go. Where news of readers wakes us, that of one plugged in between two calls may be lost on the
/// way (pcsc-lite before 2.3.0 counts from the beginning of each), which a look around makes up for. Cards are counted.
const NAP: Duration = Duration::from_secs(if TELLS_OF_READERS { 10 } else { 1 });
/// Whether a service that does not run means that there is no reader: Windows starts and stops its own with them.
const RUNS_WITH_READERS: bool = cfg!(windows);
/// How long to wait before another look where a reader went between list and look.
const RETRY: Duration = Duration::from_millis(100);

/// Tells what happens at the readers, as an endless iterator: [`EventKind`] for a waiting screen.
///
/// It sleeps in the service and uses no processor meanwhile. Readers may come and go; a service that is killed and started
/// again is found again. A card that came, or left and came back, while nobody asked is told later: the service counts.
/// (Apple's does not count, and does not tell of readers: there, readers are looked for every second, and a card that left
/// and came back between two calls is not told. Windows stops its service where there is no reader: there, one that is away is told
/// as [`EventKind::NoReader`]. Tried with pcscd alone.)
///
/// Without [`Monitor::on`] it watches every slot that a document can be laid on. Contacts and security modules are passed over,
/// and where a name leaves that open, the card's ATR decides (see [`ReaderStatus::for_documents`]).
///
/// ```no_run
/// use chipid_transport::{cancel::Cancel, pcsc::{EventKind, Monitor, Reader}};
///
/// let cancel = Cancel::new(); // a clone goes to the thread that may stop this
/// let mut monitor = Monitor::new(&cancel);
/// while let Some(event) = monitor.next() {
///     match event.kind {
///         EventKind::ServiceAway(why) => println!("no card service: {why}"),
///         EventKind::NoReader => println!("plug a reader in"),
///         EventKind::ReaderReady => println!("lay the card on the reader"),
///         EventKind::CardMoved(_) => println!("lay it back, and leave it there"),
///         EventKind::Done => println!("take the card"),
///         EventKind::CardInField => {
///             let Some(reader) = event.reader.as_ref().and_then(|status| Reader::of(status).ok()) else {
///                 continue;
///             };
///             // Ask for the key first: from connecting on, Windows gives five idle seconds.
///             match reader.connect().map(|_card| { /* read it */ }) {
///                 Ok(()) => monitor.done_with(&reader),
///                 Err(error) => {
///                     monitor.broke_off(&reader, error);
///                 }
///             }
///         }
///         _ => {}
///     }
/// }
/// ```
pub struct Monitor {
    cancel: Cancel,
    /// The only reader to watch, whatever it is.
    only: Option<CString>,
    service: Service<Context>,
    slots: Vec<Slot>,
    /// News of readers, kept from one call to the next: Windows counts from it.
    plugged: ReaderState,
    /// Whether the service tells of readers.
    told_of_readers: bool,
    /// Whether a service that does not run means that there is no reader.
    runs_with_readers: bool,
    /// Whether it was told that there is no reader.
    told_none: bool,
    queue: VecDeque<Event>,
}

/// How states are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    /// As they are, of every slot.
    Glance,
    /// Until one changes.
    Sleep,
}

/// What the service said to a question for states.
enum Answer {
    /// Something changed.
    News,
    /// Nothing did in that time. What is told beside that, as counts, holds all the same.
    Quiet,
    /// Nothing: the question was cancelled, or a reader went.
    None,
}

impl Monitor {
    /// Watches every slot that a document can be laid on, until `cancel`.
    #[must_use]
    pub fn new(cancel: &Cancel) -> Self {
        Self {
            cancel: cancel.clone(),
            only: None,
            service: Service::Unasked,
            slots: Vec::new(),
            plugged: ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE),
            told_of_readers: TELLS_OF_READERS,
            runs_with_readers: RUNS_WITH_READERS,
            told_none: false,
            queue: VecDeque::new(),
        }
    }

    /// Watches this reader alone, whatever it is and whatever lies in it.
    #[must_use]
    pub fn on(reader: &Reader, cancel: &Cancel) -> Self {
        Self {
            only: Some(reader.c_name().to_owned()),
            ..Self::new(cancel)
        }
    }

    /// Waits for the next event; `None` waits for ever.
    ///
    /// # Errors
    /// [`TransportError::Timeout`] and [`TransportError::Cancelled`] alone: all else is an event.
    pub fn next_within(&mut self, timeout: Option<Duration>) -> Result<Event, TransportError> {
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        // What is there already is looked at even where there is no time to wait.
        let mut looked = false;
        loop {
            self.cancel.check()?;
            if let Some(event) = self.queue.pop_front() {
                return Ok(event);
            }
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            if looked && left == Some(Duration::ZERO) {
                return Err(TransportError::Timeout);
            }
            self.look(left.unwrap_or(NAP).min(NAP));
            looked = true;
        }
    }

    /// The card on `reader` was done with: tells [`EventKind::Done`], and its leaving is no moving.
    pub fn done_with(&mut self, reader: &Reader) {
        let Some(slot) = self.slot(reader.c_name()) else {
            return;
        };
        slot.phase = Phase::Done;
        let event = slot.event(EventKind::Done);
        self.queue.push_front(event);
    }

    /// A reading on `reader` ended with `error`. Where that is how a card ends that does not stay, it tells
    /// [`EventKind::CardMoved`], unless that was told already, and gives `true`. A card that was reset lies there still, and is told anew at once; one that
    /// left, or is mute, when it comes back. Any other error is no event.
    pub fn broke_off(&mut self, reader: &Reader, error: TransportError) -> bool {
        let Some(moved) = Moved::of(error) else {
            return false;
        };
        let Some(slot) = self.slot(reader.c_name()) else {
            return false;
        };
        if slot.phase == Phase::Moved {
            return true;
        }
        let mut told = vec![slot.event(EventKind::CardMoved(moved))];
        match moved {
            Moved::Reset => {
                told.push(slot.event(EventKind::CardInField));
                slot.phase = Phase::Card;
            }
            Moved::Removed => slot.expect_back(),
        }
        self.queue.extend(told);
        true
    }

    /// The slots that are watched, as they were last seen.
    #[must_use]
    pub fn readers(&self) -> Vec<ReaderStatus> {
        let seen = self.slots.iter().filter_map(|slot| slot.seen.as_ref());
        seen.map(|(_, status)| status.clone()).collect()
    }

    fn slot(&mut self, name: &CStr) -> Option<&mut Slot> {
        self.slots.iter_mut().find(|slot| slot.state.name() == name)
    }

    /// One look around, and one sleep until there is news or `nap` is over.
    fn look(&mut self, nap: Duration) {
        if let Some(search) = self.service.search() {
            // Cancelled: the caller finds out.
            let _ = self.cancel.pause(nap.min(search));
        }
        let news = self.service.reached(establish).and_then(|context| {
            self.list(&context)?;
            self.ask(&context, Duration::ZERO, Asking::Glance)?;
            self.service.worked(&context);
            let longest = self.slots.iter().filter_map(Slot::nap).min();
            let nap = longest.map_or(nap, |longest| nap.min(longest));
            // Whoever asks is told of readers that came or went before there is a sleep.
            match self.queue.is_empty() && !nap.is_zero() {
                true => self.ask(&context, nap, Asking::Sleep),
                false => Ok(()),
            }
        });
        if let Err(why) = news {
            self.lost(why);
        }
    }

    /// Takes note of readers that came and went.
    fn list(&mut self, context: &Context) -> Result<(), TransportError> {
        let mut names = match context.list_readers_owned() {
            Ok(names) => names,
            Err(pcsc::Error::NoReadersAvailable) => Vec::new(),
            Err(error) => return Err(kind_once_connected(error)),
        };
        names.retain(|name| match &self.only {
            Some(only) => name == only,
            None => {
                let role = named(&name.to_string_lossy()).role;
                !matches!(role, Role::Contact | Role::Sam)
            }
        });
        let (kept, gone): (Vec<Slot>, Vec<Slot>) = std::mem::take(&mut self.slots)
            .into_iter()
            .partition(|slot| {
                names
                    .iter()
                    .any(|name| slot.state.name() == name.as_c_str())
            });
        self.slots = kept;
        for slot in gone.iter().filter(|slot| !slot.dead) {
            self.queue.push_back(slot.event(EventKind::ReaderGone));
        }
        for name in names {
            if self.slot(&name).is_none() {
                self.slots.push(Slot::new(name));
            }
        }
        self.tell_none();
        Ok(())
    }

    /// Tells, once, that there is no reader that a document could be laid on.
    fn tell_none(&mut self) {
        let open = |slot: &Slot| slot.phase != Phase::New;
        if self.slots.iter().any(open) {
            self.told_none = false;
        } else if !self.told_none && self.slots.iter().all(|s| s.dead || s.seen.is_some()) {
            self.told_none = true;
            self.queue.push_back(Event {
                kind: EventKind::NoReader,
                reader: None,
            });
        }
    }

    /// Asks for the states of the slots, and looks at what is said of each.
    fn ask(
        &mut self,
        context: &Context,
        nap: Duration,
        asking: Asking,
    ) -> Result<(), TransportError> {
        let asked = |slot: &Slot| asking == Asking::Glance || slot.can_be_slept_on();
        let unaware = || ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE);
        let mut states: Vec<ReaderState> = Vec::with_capacity(self.slots.len() + 1);
        for slot in self.slots.iter_mut().filter(|slot| asked(slot)) {
            states.push(std::mem::replace(&mut slot.state, unaware()));
        }
        let of_slots = states.len();
        if self.told_of_readers {
            match asking {
                Asking::Sleep => states.push(std::mem::replace(&mut self.plugged, unaware())),
                // Without a reader something has to be asked: whether the service answers such questions.
                Asking::Glance if states.is_empty() => states.push(unaware()),
                Asking::Glance => {}
            }
        }
        if states.is_empty() {
            // Nothing to ask about. Cancelled: the caller finds out.
            let _ = self.cancel.pause(nap);
            return Ok(());
        }
        let answer = self.change(context, nap, &mut states);
        let plugged = states.split_off(of_slots).pop();
        let mut slots = std::mem::take(&mut self.slots);
        for (slot, state) in slots.iter_mut().filter(|slot| asked(slot)).zip(states) {
            slot.state = state;
            if matches!(answer, Ok(Answer::News | Answer::Quiet)) {
                slot.look(self.only.is_some(), &mut self.queue);
            }
        }
        self.slots = slots;
        if let (Some(mut plugged), Asking::Sleep) = (plugged, asking) {
            // How often readers came or went is told beside a sleep without news too.
            if plugged.event_count() > 0 || matches!(answer, Ok(Answer::News)) {
                plugged.sync_current_state();
            }
            self.plugged = plugged;
        }
        if answer.is_ok() {
            self.tell_none();
        }
        answer.map(|_| ())
    }

    /// Sleeps until `states` change.
    fn change(
        &self,
        context: &Context,
        nap: Duration,
        states: &mut [ReaderState],
    ) -> Result<Answer, TransportError> {
        let registration = {
            let context = context.clone();
            // Never done: the sleep may not have begun when this is called.
            self.cancel.on_cancel(move || {
                let _ = context.cancel();
                false
            })
        };
        if self.cancel.is_cancelled() {
            return Ok(Answer::None);
        }
        let news = context.get_status_change(nap, states);
        drop(registration);
        match news {
            Ok(()) => Ok(Answer::News),
            Err(pcsc::Error::Timeout) => Ok(Answer::Quiet),
            Err(pcsc::Error::Cancelled) => Ok(Answer::None),
            // A reader was unplugged since the list was made: the next list is without it.
            Err(pcsc::Error::UnknownReader | pcsc::Error::ReaderUnavailable) => {
                self.cancel.pause(nap.min(RETRY)).map(|()| Answer::None)
            }
            Err(error) => Err(kind_once_connected(error)),
        }
    }

    /// The service went, and with it all that it said.
    fn lost(&mut self, why: TransportError) {
        if self.cancel.is_cancelled() {
            return;
        }
        let news = self.service.failed();
        if news != Failed::InUse {
            // What was told of a service that then answered no more.
            self.queue.clear();
        }
        let slots = std::mem::take(&mut self.slots);
        self.plugged = ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE);
        if self.runs_with_readers && why == TransportError::ServiceUnavailable {
            let gone = slots.iter().filter(|slot| !slot.dead);
            self.queue
                .extend(gone.map(|slot| slot.event(EventKind::ReaderGone)));
            self.tell_none();
            return;
        }
        self.told_none = false;
        if news != Failed::Again {
            self.queue.push_back(Event {
                kind: EventKind::ServiceAway(why),
                reader: None,
            });
        }
    }
}

impl Iterator for Monitor {
    type Item = Event;

    /// Waits for the next event, for ever. `None` once cancelled.
    fn next(&mut self) -> Option<Event> {
        self.next_within(None).ok()
    }
}

impl fmt::Debug for Monitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Monitor")
            .field("readers", &self.slots.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As on Windows.
    #[test]
    fn service_that_runs_with_readers_alone_is_no_reader_when_it_is_away() {
        let mut monitor = Monitor::new(&Cancel::new());
        monitor.runs_with_readers = true;
        let mut told = |why| {
            monitor.lost(why);
            let told: Vec<EventKind> = monitor.queue.drain(..).map(|event| event.kind).collect();
            told
        };
        let away = TransportError::ServiceUnavailable;
        assert_eq!(told(away), [EventKind::NoReader]);
        assert_eq!(told(away), []);
        // Whoever may not use it is told so.
        let mut monitor = Monitor::new(&Cancel::new());
        monitor.runs_with_readers = true;
        monitor.lost(TransportError::AccessDenied);
        let told = monitor.queue.pop_front().unwrap().kind;
        assert_eq!(told, EventKind::ServiceAway(TransportError::AccessDenied));
    }

    /// As on macOS. Nobody lays a card on the virtual reader here.
    #[test]
    #[ignore = "needs pcscd"]
    fn service_that_tells_of_no_readers_is_asked_for_them() {
        let mut monitor = Monitor::new(&Cancel::new());
        monitor.told_of_readers = false;
        let short = Some(Duration::from_millis(500));
        let mut told = Vec::new();
        while let Ok(event) = monitor.next_within(short) {
            told.push(event.kind);
        }
        // Whatever readers there are here beside the virtual one.
        assert!(told.contains(&EventKind::ReaderReady), "{told:?}");
        let watched = monitor.slots.len();
        monitor.only = Some(CString::from(c"no such reader"));
        for _ in 0..watched {
            let gone = monitor.next_within(short).unwrap();
            assert_eq!(gone.kind, EventKind::ReaderGone);
        }
        let none = monitor.next_within(short).unwrap();
        assert_eq!((none.kind, none.reader), (EventKind::NoReader, None));
        let asleep = Instant::now();
        assert_eq!(monitor.next_within(short), Err(TransportError::Timeout));
        assert!(asleep.elapsed() >= Duration::from_millis(490));
    }
}
