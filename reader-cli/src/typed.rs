//! What a clerk typed from the customer's form, to be compared with the chip.

use crate::lang::{self, Lang, Said};
use crate::secret::Secret;
use chipid::{ClerkInput, Date};
use clap::Args;

/// Compared with the signed data; each difference is a ground, and both values are shown.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Form")]
pub(crate) struct TypedArguments {
    /// The name on the customer's form, with or without diacritics; - reads it from standard input
    #[arg(long, value_name = "NAME")]
    typed_name: Option<Secret>,
    /// The number on the customer's form; - reads it from standard input
    #[arg(long, value_name = "DIGITS")]
    typed_number: Option<Secret>,
    /// The day of birth on the customer's form
    #[arg(long, value_name = "DD/MM/YYYY", value_parser = day)]
    typed_birth: Option<Date>,
}

impl TypedArguments {
    /// What was typed; `None` where nothing was.
    pub(crate) fn read(&self) -> Result<Option<ClerkInput>, crate::exit::Failure> {
        let line = |secret: &Option<Secret>| secret.as_ref().map(Secret::line).transpose();
        let input = ClerkInput {
            number: line(&self.typed_number)?,
            name: line(&self.typed_name)?,
            birth: self.typed_birth,
        };
        let any = input.number.is_some() || input.name.is_some() || input.birth.is_some();
        Ok(any.then_some(input))
    }
}

/// Day, month, year as on the card, or year, month, day.
fn day(text: &str) -> Result<Date, String> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let number = |text: &str| text.parse::<u16>().ok();
    let found = match parts[..] {
        [year, month, day] if year.len() == 4 => (number(year), number(month), number(day)),
        [day, month, year] if year.len() == 4 => (number(year), number(month), number(day)),
        _ => (None, None, None),
    };
    let (Some(year), Some(month), Some(day)) = found else {
        return Err(lang::TYPED_DAY_FORM.said(Lang::spoken()));
    };
    u8::try_from(month)
        .ok()
        .zip(u8::try_from(day).ok())
        .and_then(|(month, day)| Date::new(year, month, day))
        .ok_or_else(|| lang::TYPED_DAY_FORM.said(Lang::spoken()))
}
