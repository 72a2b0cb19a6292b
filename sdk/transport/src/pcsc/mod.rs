//! A reader of this machine, through PC/SC: pcscd on Linux, SCardSvr on Windows, the system's own on macOS.
//!
//! PC/SC Workgroup specification parts 5 and 10; ISO/IEC 7816-3, clause 12 for the APDUs.
//!
//! ```no_run
//! use chipid_emrtd::{card_transport::CardTransport, drivers::block};
//! use chipid_transport::{cancel::Cancel, pcsc};
//!
//! let cancel = Cancel::new(); // a clone goes to the thread that may stop this
//! let reader = pcsc::wait_for_card(None, &cancel)?;
//! let mut card = reader.connect_with(&pcsc::ConnectOptions::new().cancel(&cancel))?;
//! let response = block(card.transmit(&[0x00, 0xA4, 0x00, 0x0C]))??;
//! # Ok::<(), chipid_emrtd::card_transport::TransportError>(())
//! ```
//!
//! **The slot** is found by itself: its name tells what it is for ([`ReaderStatus::role`]), and where the name leaves that open, the
//! ATR of the card does ([`ReaderStatus::for_documents`]). Contacts and security modules are passed over. **What it carries** the
//! driver is asked first (part 10); where it is silent, the profile of its USB id counts, and where that is not told or not
//! known, short APDUs: [`ReaderFacts::limits_from`] says which. None of the profiles was ever tried on a physical reader.
//! [`Monitor`] tells a waiting screen what happens.
//!
//! Ask for CAN or MRZ **before** connecting: a card holds one transaction from [`Reader::connect`] until it is dropped,
//! and Windows resets a card whose transaction stands idle for five seconds.

mod card;
mod event;
mod facts;
mod failure;
mod limits;
mod monitor;
mod properties;
mod reader;
mod reply;
mod service;
mod slot;
mod speed;
mod wait;
mod worker;

pub use card::{AsyncPcscCard, ConnectOptions, PcscCard};
pub use event::{Event, EventKind, Moved};
pub use facts::{LimitsFrom, ReaderFacts};
pub use monitor::Monitor;
pub use reader::{CardState, Reader, ReaderStatus, readers};
pub use speed::{SentToReader, SpeedOutcome, SpeedUp};
pub use wait::wait_for_card;
