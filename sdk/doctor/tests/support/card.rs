//! A scripted card: the few commands that a doctor sends, and their answers.

use chipid_doctor::pcsc::ConnectedCard;
use chipid_doctor::{TransportError, TransportLimits};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const DONE: [u8; 2] = [0x90, 0x00];

/// What the card says, and what it was asked.
#[derive(Clone)]
pub(crate) struct Card {
    pub(crate) limits: TransportLimits,
    /// EF.CardAccess, or what its selection answers.
    pub(crate) card_access: Result<Vec<u8>, u16>,
    pub(crate) application: u16,
    /// It is lifted so after this many commands.
    pub(crate) lifted: Option<(usize, TransportError)>,
    pub(crate) limits_are_known: bool,
    /// Every command fails so.
    pub(crate) fails: Option<TransportError>,
    /// Commands of extended length fail so.
    pub(crate) extended: Option<TransportError>,
    /// A reading fails in its very answer, with no byte in it.
    pub(crate) empty: bool,
    pub(crate) delay: Duration,
    pub(crate) delay_per_byte: Duration,
    pub(crate) hangs: bool,
    pub(crate) asked: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Card {
    /// A passport that answers at once.
    pub(crate) fn passport() -> Self {
        Self {
            limits: TransportLimits {
                command: Some(65_544),
                response: Some(65_538),
            },
            card_access: Ok(vec![0x31; 180]),
            application: 0x9000,
            lifted: None,
            limits_are_known: true,
            fails: None,
            extended: None,
            empty: false,
            delay: Duration::ZERO,
            delay_per_byte: Duration::ZERO,
            hangs: false,
            asked: Arc::default(),
        }
    }

    fn answer(&self, command: &[u8]) -> Vec<u8> {
        match command {
            [0x00, 0xA4, 0x02, ..] => match &self.card_access {
                Ok(_) => DONE.to_vec(),
                Err(status) => status.to_be_bytes().to_vec(),
            },
            [0x00, 0xA4, 0x04, ..] => self.application.to_be_bytes().to_vec(),
            [0x00, 0xA4, 0x00, ..] => DONE.to_vec(),
            [0x00, 0xB0, 0x00, 0x00, 0x00, _, _] => self.read(512),
            [0x00, 0xB0, 0x00, 0x00, 0x00] => self.read(256),
            [0x00, 0xB0, 0x00, 0x00, le] => self.read(usize::from(*le)),
            _ => vec![0x6D, 0x00],
        }
    }

    fn read(&self, le: usize) -> Vec<u8> {
        let Ok(file) = &self.card_access else {
            return vec![0x69, 0x86];
        };
        let status = match le > file.len() {
            true => [0x62, 0x82],
            false => DONE,
        };
        [&file[..le.min(file.len())], &status].concat()
    }
}

impl ConnectedCard for Card {
    fn limits(&self) -> TransportLimits {
        self.limits
    }

    fn limits_are_known(&self) -> bool {
        self.limits_are_known
    }

    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let mut asked = self.asked.lock().unwrap();
        asked.push(command.to_vec());
        if let Some((_, error)) = self.lifted.filter(|(after, _)| asked.len() > *after) {
            return Err(error);
        }
        drop(asked);
        if self.hangs {
            std::thread::sleep(Duration::from_secs(60));
        }
        if let Some(error) = self.fails {
            return Err(error);
        }
        if let (Some(error), [0x00, 0xB0, _, _, 0x00, _, _]) = (self.extended, command) {
            return Err(error);
        }
        if self.empty {
            return Ok(Vec::new());
        }
        let answer = self.answer(command);
        let bytes = u32::try_from(answer.len()).unwrap();
        std::thread::sleep(self.delay + self.delay_per_byte * bytes);
        Ok(answer)
    }
}
