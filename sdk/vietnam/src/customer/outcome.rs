//! The permanent words: five outcomes, the reasons, the next steps.

use core::fmt;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name { $($(#[$each])* $variant,)* }

        impl $name {
            /// All of them, in their fixed order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The permanent name in snake_case.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

words! {
    /// Whether record and card speak of the same person.
    Outcome {
        /// Number, name and birth are the same.
        Same = "same",
        /// The same person; the record writes something in another way, or with a slip.
        SameSpeltDifferently = "same_spelt_differently",
        /// The same person; the record has another number of theirs.
        SameNumberChanged = "same_number_changed",
        /// Nobody can say: the record lacks something, garbles it, or contradicts the card in one thing alone.
        RecordIncomplete = "record_incomplete",
        /// Somebody else, or two people mixed in one record.
        AnotherPerson = "another_person",
    }
}

words! {
    /// What to do next, the least urgent first.
    Action {
        /// Nothing.
        Nothing = "nothing",
        /// Take day of issue, expiry and residence over from the card.
        UpdateDocument = "update_document",
        /// Take the spelling over from the card.
        UpdateRecord = "update_record",
        /// Store the card's number, and keep the record's as an earlier one.
        UpdateNumber = "update_number",
        /// The record knows a later card or number: ask for that card.
        AskForNewerCard = "ask_for_newer_card",
        /// Fill in what is missing or garbled from the file of the customer, then compare again.
        CompleteRecord = "complete_record",
        /// Ask for what shows the earlier number (the QR code of the card, the card of old, VNeID), then compare again.
        AskForNumberHistory = "ask_for_number_history",
        /// A person compares the file of the customer with the card.
        ReviewByPerson = "review_by_person",
        /// Do not join them: find the customer's own record, and tell whoever is in charge of mixed records.
        KeepApart = "keep_apart",
    }
}

words! {
    /// Why the outcome is what it is.
    Reason {
        /// The record has no number.
        NumberMissing = "number_missing",
        /// A spreadsheet turned the number into an approximation (`1.099E+09`): its digits are lost.
        NumberScientific = "number_scientific",
        /// What stands for the number is none.
        NumberMalformed = "number_malformed",
        /// The number has letters, like that of a passport.
        NumberOfOtherDocument = "number_of_other_document",
        /// The card's number is not known.
        CardNumberMissing = "card_number_missing",
        /// The record has the number without the zeros that it begins with.
        NumberLostZeros = "number_lost_zeros",
        /// The record has the nine digits of the machine readable zone, not the whole number.
        NumberIsDocumentNumber = "number_is_document_number",
        /// The record has the old number that the card names.
        OldNumberOnCard = "old_number_on_card",
        /// The record has the old number without the zero that it begins with.
        OldNumberLostZero = "old_number_lost_zero",
        /// The record has an old number that the card does not name but its QR code, which nobody signed.
        OldNumberInQr = "old_number_in_qr",
        /// The numbers differ, and record and card name the same older one: a number was corrected.
        OldNumberShared = "old_number_shared",
        /// The record has the card's number among its earlier ones.
        CardNumberIsOlder = "card_number_is_older",
        /// The record has a nine-digit number, and the card does not say which one its holder had.
        OldNumberNotOnCard = "old_number_not_on_card",
        /// The record has another nine-digit number than the card names.
        OldNumberDiffers = "old_number_differs",
        /// The QR code that was given names another number than the card: it was not looked at.
        QrOfAnotherCard = "qr_of_another_card",
        /// The numbers differ in one digit, or in two that changed places.
        NumberOneDigit = "number_one_digit",
        /// The numbers differ.
        NumberDiffers = "number_differs",
        /// The record has no name.
        NameMissing = "name_missing",
        /// The name is garbled: an encoding of old, question marks, digits.
        NameUnreadable = "name_unreadable",
        /// The name has letters of another script, which may look like Latin ones.
        NameForeignScript = "name_foreign_script",
        /// The card's name is not known.
        CardNameMissing = "card_name_missing",
        /// Only the zone's name was there to compare with, which has no diacritics and may be cut off.
        NameInZoneAlone = "name_in_zone_alone",
        /// Capitals and small letters differ.
        NameCase = "name_case",
        /// Words are parted or joined differently, or hyphens and apostrophes differ.
        NameSpacing = "name_spacing",
        /// The record has no diacritics, in some words or in all.
        NameWithoutDiacritics = "name_without_diacritics",
        /// The mark of the tone stands on another vowel of the same syllable (hoà, hòa).
        NameTonePlace = "name_tone_place",
        /// I for Y or Y for I (Lý, Lí).
        NameIOrY = "name_i_or_y",
        /// The words stand in another order: the family name last, or all reversed.
        NameWordOrder = "name_word_order",
        /// It is the card's second name.
        NameIsOtherName = "name_is_other_name",
        /// The same letters with other diacritics, which may be another name (Thủy, Thùy).
        NameDiacriticsDiffer = "name_diacritics_differ",
        /// One letter differs, is missing or too many, or two changed places.
        NameOneLetter = "name_one_letter",
        /// One middle word is missing or too many.
        NameWordMissing = "name_word_missing",
        /// A word is abbreviated to its first letter.
        NameAbbreviated = "name_abbreviated",
        /// The name is cut off, as a short field does.
        NameTruncated = "name_truncated",
        /// The names differ.
        NameDiffers = "name_differs",
        /// The record has no birth.
        BirthMissing = "birth_missing",
        /// What stands for the birth is no day.
        BirthUnreadable = "birth_unreadable",
        /// The card's birth is not known.
        CardBirthMissing = "card_birth_missing",
        /// The record, or the card, knows the year alone (1 January counts as that).
        BirthYearOnly = "birth_year_only",
        /// The record has the last two digits of the year.
        BirthTwoDigitYear = "birth_two_digit_year",
        /// The record has the birth as a spreadsheet counts days.
        BirthSerial = "birth_serial",
        /// Day and month changed places.
        BirthDayMonthSwapped = "birth_day_month_swapped",
        /// One digit differs, or two changed places.
        BirthOneDigit = "birth_one_digit",
        /// The births differ.
        BirthDiffers = "birth_differs",
        /// The sexes differ.
        SexDiffers = "sex_differs",
        /// The record was made from an earlier card.
        CardNewer = "card_newer",
        /// The record was made from a later card.
        CardOlder = "card_older",
        /// The days of expiry differ.
        ExpiryDiffers = "expiry_differs",
        /// The residences differ. Units were merged and renamed: this says nothing about the person.
        ResidenceDiffers = "residence_differs",
    }
}

impl Reason {
    /// The step that this reason by itself asks for.
    #[must_use]
    pub const fn action(self) -> Action {
        match self {
            Self::CardNewer | Self::ExpiryDiffers | Self::ResidenceDiffers => {
                Action::UpdateDocument
            }
            Self::NumberLostZeros
            | Self::NumberIsDocumentNumber
            | Self::NameCase
            | Self::NameSpacing
            | Self::NameWithoutDiacritics
            | Self::NameTonePlace
            | Self::NameIOrY
            | Self::NameWordOrder
            | Self::NameIsOtherName
            | Self::NameDiacriticsDiffer
            | Self::NameOneLetter
            | Self::NameWordMissing
            | Self::NameAbbreviated
            | Self::NameTruncated
            | Self::BirthYearOnly
            | Self::BirthTwoDigitYear
            | Self::BirthSerial
            | Self::BirthDayMonthSwapped
            | Self::BirthOneDigit => Action::UpdateRecord,
            Self::OldNumberOnCard | Self::OldNumberLostZero | Self::OldNumberShared => {
                Action::UpdateNumber
            }
            Self::CardNumberIsOlder | Self::CardOlder => Action::AskForNewerCard,
            Self::NumberMissing
            | Self::NumberScientific
            | Self::NumberMalformed
            | Self::NumberOfOtherDocument
            | Self::NameMissing
            | Self::NameUnreadable
            | Self::NameForeignScript
            | Self::BirthMissing
            | Self::BirthUnreadable => Action::CompleteRecord,
            Self::OldNumberNotOnCard
            | Self::OldNumberDiffers
            | Self::NumberDiffers
            | Self::QrOfAnotherCard => Action::AskForNumberHistory,
            Self::CardNumberMissing
            | Self::CardNameMissing
            | Self::NameInZoneAlone
            | Self::CardBirthMissing
            | Self::NumberOneDigit
            | Self::NameDiffers
            | Self::BirthDiffers
            | Self::SexDiffers
            | Self::OldNumberInQr => Action::ReviewByPerson,
        }
    }
}
