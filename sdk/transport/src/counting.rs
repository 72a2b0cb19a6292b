//! APDUs, bytes and time, counted; and a trace that may be shown to anybody.

use chipid_emrtd::card_transport::{CardTransport, TransportError, TransportLimits};
use std::fmt;
use std::time::{Duration, Instant};

/// What has crossed a transport.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counters {
    /// Commands sent, answered or not.
    pub apdus: u64,
    /// Bytes of the command APDUs.
    pub bytes_sent: u64,
    /// Bytes of the response APDUs, status words included.
    pub bytes_received: u64,
    /// Time between the sending of a command and its response, summed up.
    pub time: Duration,
}

/// One exchange as it may stand in a log: header, lengths, status word, time. No data field, ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Trace {
    /// Number of the command, counted from 1.
    pub number: u64,
    /// CLA INS P1 P2; zeros where the command is shorter than a header.
    pub header: [u8; 4],
    /// Bytes of the command APDU.
    pub bytes_sent: usize,
    /// Bytes of the response APDU; 0 where none came.
    pub bytes_received: usize,
    /// SW1 SW2, or why there is none.
    pub status: Result<u16, TransportError>,
    /// Time from the sending to the response.
    pub time: Duration,
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [cla, ins, p1, p2] = self.header;
        write!(
            f,
            "{:4} {cla:02X} {ins:02X} {p1:02X} {p2:02X} {} > {} ",
            self.number, self.bytes_sent, self.bytes_received
        )?;
        match self.status {
            Ok(status) => write!(f, "{status:04X}")?,
            Err(error) => write!(f, "{error}")?,
        }
        write!(f, " {:.1} ms", self.time.as_secs_f64() * 1000.0)
    }
}

/// Any transport, counted.
///
/// ```
/// use chipid_emrtd::{card_transport::CardTransport, drivers::block};
/// use chipid_transport::{callback::Callback, counting::Counting};
///
/// let card = Callback::new(|_: &[u8]| Ok(vec![0x90, 0x00]));
/// let mut card = Counting::new(card).observe(|trace| eprintln!("{trace}"));
/// block(card.transmit(&[0x00, 0xA4, 0x02, 0x0C, 0x02, 0x01, 0x1E])).unwrap().unwrap();
/// assert_eq!(card.counters().bytes_sent, 7);
/// ```
pub struct Counting<T> {
    inner: T,
    counters: Counters,
    observer: Option<Observer>,
}

type Observer = Box<dyn FnMut(&Trace) + Send>;

impl<T> Counting<T> {
    /// Counts what crosses `inner`.
    pub fn new(inner: T) -> Self {
        Self {
            inner,
            counters: Counters::default(),
            observer: None,
        }
    }

    /// Has `observer` called after every exchange.
    #[must_use]
    pub fn observe(mut self, observer: impl FnMut(&Trace) + Send + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// The counts so far.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// The transport beneath.
    pub fn into_inner(self) -> T {
        self.inner
    }

    fn note(&mut self, command: &[u8], answer: &Result<Vec<u8>, TransportError>, time: Duration) {
        let bytes_received = answer.as_ref().map_or(0, Vec::len);
        let counters = &mut self.counters;
        counters.apdus = counters.apdus.saturating_add(1);
        counters.bytes_sent = counters.bytes_sent.saturating_add(command.len() as u64);
        counters.bytes_received = counters
            .bytes_received
            .saturating_add(bytes_received as u64);
        counters.time = counters.time.saturating_add(time);
        if let Some(observer) = &mut self.observer {
            observer(&Trace {
                number: self.counters.apdus,
                header: command.first_chunk().copied().unwrap_or_default(),
                bytes_sent: command.len(),
                bytes_received,
                status: answer.as_ref().map_err(|e| *e).and_then(|response| {
                    let status = response.last_chunk().ok_or(TransportError::Malformed)?;
                    Ok(u16::from_be_bytes(*status))
                }),
                time,
            });
        }
    }
}

impl<T: CardTransport> CardTransport for Counting<T> {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let start = Instant::now();
        let answer = self.inner.transmit(command).await;
        self.note(command, &answer, start.elapsed());
        answer
    }

    fn limits(&self) -> TransportLimits {
        self.inner.limits()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::Callback;
    use chipid_emrtd::drivers::block;
    use std::sync::{Arc, Mutex};

    #[test]
    fn counts_commands_bytes_and_failures() {
        let traces = Arc::new(Mutex::new(Vec::new()));
        let sink = traces.clone();
        let mut turn = 0;
        let mut card = Counting::new(Callback::new(|_: &[u8]| {
            turn += 1;
            match turn {
                1 => Ok(vec![1, 2, 3, 0x61, 0x05]),
                _ => Err(TransportError::CardRemoved),
            }
        }))
        .observe(move |trace| sink.lock().unwrap().push(*trace));
        let _ = block(card.transmit(&[0x0C, 0xB0, 0x81, 0x00, 0xE0]));
        let _ = block(card.transmit(&[0x00]));
        let counters = card.counters();
        assert_eq!(
            (counters.apdus, counters.bytes_sent, counters.bytes_received),
            (2, 6, 5)
        );
        let traces = traces.lock().unwrap();
        assert_eq!(traces[0].header, [0x0C, 0xB0, 0x81, 0x00]);
        assert_eq!(traces[0].status, Ok(0x6105));
        assert_eq!(traces[1].header, [0; 4]);
        assert_eq!(traces[1].status, Err(TransportError::CardRemoved));
    }

    #[test]
    fn a_shown_trace_holds_no_data_field() {
        let trace = Trace {
            number: 7,
            header: [0x00, 0xB0, 0x00, 0x00],
            bytes_sent: 5,
            bytes_received: 34,
            status: Ok(0x9000),
            time: Duration::from_micros(1500),
        };
        assert_eq!(trace.to_string(), "   7 00 B0 00 00 5 > 34 9000 1.5 ms");
    }
}
