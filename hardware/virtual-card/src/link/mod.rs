//! The radio link between reader and chip, in virtual time: what an exchange would take, without waiting for it.
//!
//! ISO/IEC 14443-3 and 14443-4 (frames, block chaining, waiting times); bit rates of ISO/IEC 14443-2. The model, one term
//! per cause:
//!
//! - *bits*: the bytes of command and response APDU, 9 bits each (type A, with parity) or 10.5 (type B, with start, stop
//!   and guard);
//! - *frames*: what carries them: PCB, CID and CRC of every block, an R(ACK) for every chained one, S(WTX) where the chip
//!   takes longer than its waiting time, start and end of each frame, and the turn-around before it;
//! - *chip*: a time per command, per kilobyte of data and per operation with a key;
//! - *host*: a time per command.
//!
//! What chip and host take was never measured: the defaults are assumptions, and what is compared should be compared
//! over the same link.

mod bound;
mod linked_card;
mod real_time;
mod times;

use core::time::Duration;

pub use bound::{FullRead, OpenedBy};
pub use linked_card::LinkedCard;
pub use real_time::{RealTimeCard, Sleeper};
pub use times::{Cost, LinkTimes, Part, PartTimes};

/// The carrier, in hertz.
const CARRIER: f64 = 13.56e6;
/// The longest waiting time, FWI 14 (ISO/IEC 14443-4, 7.2), which extensions do not exceed.
const LONGEST_WAIT: Duration = Duration::from_micros(4_949_000);
/// From the field's beginning until a chip must listen (ISO/IEC 14443-3, 5).
const START: Duration = Duration::from_millis(5);

/// A bit rate, the same in both directions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BitRate {
    /// fc/128, 105.9 kbit/s: where every chip begins.
    #[default]
    Kbit106,
    /// fc/64.
    Kbit212,
    /// fc/32.
    Kbit424,
    /// fc/16.
    Kbit848,
}

impl BitRate {
    /// All, slowest first.
    pub const ALL: [Self; 4] = [Self::Kbit106, Self::Kbit212, Self::Kbit424, Self::Kbit848];

    /// By its usual name in kbit/s: 106, 212, 424 or 848.
    #[must_use]
    pub fn from_kbit(name: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|rate| rate.kbit() == name)
    }

    /// Its usual name in kbit/s.
    #[must_use]
    pub const fn kbit(self) -> u32 {
        match self {
            Self::Kbit106 => 106,
            Self::Kbit212 => 212,
            Self::Kbit424 => 424,
            Self::Kbit848 => 848,
        }
    }

    fn bits_per_second(self) -> f64 {
        CARRIER
            / match self {
                Self::Kbit106 => 128.0,
                Self::Kbit212 => 64.0,
                Self::Kbit424 => 32.0,
                Self::Kbit848 => 16.0,
            }
    }
}

/// The signal interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignalType {
    /// Type A.
    #[default]
    A,
    /// Type B.
    B,
}

impl SignalType {
    fn bits_per_byte(self) -> f64 {
        match self {
            Self::A => 9.0,
            Self::B => 10.5,
        }
    }

    /// What begins and ends a frame, in bits.
    fn bits_per_frame(self) -> f64 {
        match self {
            Self::A => 4.0,
            Self::B => 24.0,
        }
    }
}

/// When the chip loses the field: that exchange brings [`CardRemoved`](chipid_emrtd::card_transport::TransportError),
/// and the next one finds the chip fresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldLoss {
    /// Before this command, counted from 0.
    BeforeCommand(usize),
    /// In the first exchange that ends after this virtual time.
    At(Duration),
}

/// A link, with the chip and the host at its ends as far as they take time.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The bit rate.
    pub bit_rate: BitRate,
    /// The signal interface.
    pub signal: SignalType,
    /// FSD: the longest frame that the reader takes, in bytes, 16 to 4096.
    pub reader_frame: usize,
    /// FSC: the longest frame that the chip takes, in bytes, 16 to 4096.
    pub chip_frame: usize,
    /// Whether blocks carry a CID.
    pub with_cid: bool,
    /// From the end of a frame to the beginning of the answer.
    pub turn_around: Duration,
    /// What the chip takes for a command.
    pub chip_per_command: Duration,
    /// What the chip takes for 1024 bytes of data besides.
    pub chip_per_kilobyte: Duration,
    /// What the chip takes for an operation with a private key besides. Nothing by default: nothing is known.
    pub chip_per_key_operation: Duration,
    /// FWI, 0 to 14: how long the chip may stay silent before it must ask for more time, 256·16/fc·2^FWI.
    pub waiting_time_integer: u8,
    /// WTXM, 1 to 59: for how many waiting times the chip then asks.
    pub waiting_time_multiplier: u8,
    /// What host and reader take for a command.
    pub host_per_command: Duration,
    /// The longest response APDU that the reader takes, status word included, where it is limited.
    pub largest_response: Option<usize>,
    /// The moments without field.
    pub losses: Vec<FieldLoss>,
    /// How long a moment without field is.
    pub time_without_field: Duration,
}

impl Link {
    /// A link of this bit rate, of type A with frames of 256 bytes, with the assumed chip (6 ms for a command and 15 ms
    /// for a kilobyte) and host (4 ms for a command).
    #[must_use]
    pub const fn new(bit_rate: BitRate) -> Self {
        Self {
            bit_rate,
            signal: SignalType::A,
            reader_frame: 256,
            chip_frame: 256,
            with_cid: false,
            turn_around: Duration::from_micros(200),
            chip_per_command: Duration::from_millis(6),
            chip_per_kilobyte: Duration::from_millis(15),
            chip_per_key_operation: Duration::ZERO,
            waiting_time_integer: 8,
            waiting_time_multiplier: 1,
            host_per_command: Duration::from_millis(4),
            largest_response: None,
            losses: Vec::new(),
            time_without_field: Duration::from_millis(500),
        }
    }

    /// The same with a chip and a host that take no time: what the air alone takes.
    #[must_use]
    pub const fn air_alone(mut self) -> Self {
        self.chip_per_command = Duration::ZERO;
        self.chip_per_kilobyte = Duration::ZERO;
        self.chip_per_key_operation = Duration::ZERO;
        self.host_per_command = Duration::ZERO;
        self
    }

    /// What an exchange costs.
    #[must_use]
    pub fn price(&self, exchange: &Exchange) -> Cost {
        let chip = self.chip_per_command
            + self
                .chip_per_kilobyte
                .mul_f64(exchange.data as f64 / 1024.0)
            + self.chip_per_key_operation * exchange.key_operations;
        let out = self.blocks(exchange.command, self.chip_frame);
        let back = self.blocks(exchange.response, self.reader_frame);
        // Each chained block is acknowledged by an R(ACK), each S(WTX) is answered by one: all are frames.
        let extensions = self.extensions(chip);
        let frames = 2 * (out + back) - 2 + 2 * extensions;
        // The data byte of an S(WTX) and of its answer.
        let overhead = frames * self.block_overhead() + 2 * extensions;
        Cost {
            bits: self.on_air(exchange.command + exchange.response, 0, self.bit_rate),
            frames: self.on_air(overhead, frames, self.bit_rate)
                + self.turn_around.mul_f64(frames as f64),
            chip,
            host: self.host_per_command,
        }
    }

    /// From the field's beginning until the chip takes commands: anticollision, the protocol's parameters, the bit rate.
    #[must_use]
    pub fn activation(&self) -> Cost {
        // Bytes of the reader's and the chip's frames (ISO/IEC 14443-3, 6.5 and 7.9; ISO/IEC 14443-4, 5), an identifier
        // of four bytes, an ATS with eight historical bytes.
        let exchanges: &[(usize, usize)] = match self.signal {
            // REQA, ANTICOLLISION, SELECT, RATS, PPS
            SignalType::A => &[(1, 2), (2, 5), (9, 3), (4, 15), (5, 3)],
            // REQB, ATTRIB
            SignalType::B => &[(5, 14), (11, 3)],
        };
        let stays = self.signal == SignalType::A && self.bit_rate == BitRate::Kbit106;
        let exchanges = exchanges
            .get(..exchanges.len() - usize::from(stays))
            .unwrap_or_default();
        let bytes = exchanges.iter().map(|(out, back)| out + back).sum();
        let frames = 2 * exchanges.len();
        Cost {
            bits: Duration::ZERO,
            frames: self.on_air(bytes, frames, BitRate::Kbit106)
                + self.turn_around.mul_f64(frames as f64),
            chip: START,
            host: Duration::ZERO,
        }
    }

    /// How long the chip may stay silent.
    #[must_use]
    pub fn waiting_time(&self) -> Duration {
        let integer = self.waiting_time_integer.min(14);
        Duration::from_secs_f64(256.0 * 16.0 / CARRIER * f64::from(1u32 << integer))
    }

    /// How often a chip that takes so long asks for more time.
    fn extensions(&self, chip: Duration) -> usize {
        let first = self.waiting_time();
        let more = (first * u32::from(self.waiting_time_multiplier.clamp(1, 59))).min(LONGEST_WAIT);
        let beyond = chip.saturating_sub(first);
        beyond.as_nanos().div_ceil(more.as_nanos().max(1)) as usize
    }

    /// PCB and CRC, and the CID where there is one.
    fn block_overhead(&self) -> usize {
        3 + usize::from(self.with_cid)
    }

    fn blocks(&self, bytes: usize, frame: usize) -> usize {
        let room = frame.clamp(16, 4096) - self.block_overhead();
        bytes.div_ceil(room).max(1)
    }

    fn on_air(&self, bytes: usize, frames: usize, rate: BitRate) -> Duration {
        let bits = self.signal.bits_per_byte() * bytes as f64
            + self.signal.bits_per_frame() * frames as f64;
        Duration::from_secs_f64(bits / rate.bits_per_second())
    }
}

/// One command with its response, as far as they take time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// What it is for.
    pub part: Part,
    /// Bytes of the command APDU.
    pub command: usize,
    /// Bytes of the response APDU.
    pub response: usize,
    /// Bytes of response data before protection.
    pub data: usize,
    /// Operations with a private key.
    pub key_operations: u32,
}

/// What a command made the chip do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Work {
    pub(crate) part: Part,
    pub(crate) data: usize,
    pub(crate) key_operations: u32,
}
