//! Which of the two cards it is, and what that says about a field that holds nothing.
//!
//! The signed data name no generation. What tells them apart is the day of issue: Law 26/2023/QH15 has been in force
//! since 1 July 2024, and cards issued from that day on are the new ones. What the new card leaves out of DG13 is known
//! from one requirement document of a bank (`docs/concepts/vietnamese-card.md`): a guess about why something is
//! missing, never a reason to doubt a card.

use super::{Dg13, Field};
use chipid_emrtd::time::Date;
use core::fmt;

/// The two cards with a chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Generation {
    /// Issued from 2021 to June 2024.
    Cccd,
    /// Issued from July 2024.
    CanCuoc,
}

impl Generation {
    /// The generation of a card that was issued on this day.
    #[must_use]
    pub const fn of_issue(issue: Date) -> Self {
        if issue.year() > 2024 || (issue.year() == 2024 && issue.month() >= 7) {
            Self::CanCuoc
        } else {
            Self::Cccd
        }
    }

    /// A permanent name in snake_case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cccd => "cccd",
            Self::CanCuoc => "can_cuoc",
        }
    }

    /// What is printed at the head of the card. Derived: the chip does not say it.
    #[must_use]
    pub const fn card_title(self) -> &'static str {
        match self {
            Self::Cccd => "Căn cước công dân",
            Self::CanCuoc => "Căn cước",
        }
    }

    /// Who is printed on the card as having issued it. Derived: the chip does not say it.
    #[must_use]
    pub const fn issuing_authority(self) -> &'static str {
        match self {
            Self::Cccd => "Cục trưởng Cục Cảnh sát quản lý hành chính về trật tự xã hội",
            Self::CanCuoc => "Bộ Công an",
        }
    }
}

/// The fields of DG13 by name; field 2 may hold two names, field 13 those of both parents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FieldId {
    /// 1.
    Number,
    /// 2, the first text.
    Name,
    /// 2, the second text.
    OtherName,
    /// 3.
    Birth,
    /// 4.
    Sex,
    /// 5.
    Nationality,
    /// 6.
    Ethnicity,
    /// 7.
    Religion,
    /// 8.
    Origin,
    /// 9.
    Residence,
    /// 10.
    Features,
    /// 11.
    Issue,
    /// 12.
    Expiry,
    /// 13, the first slot.
    Father,
    /// 13, the second slot.
    Mother,
    /// 14.
    Spouse,
    /// 15.
    OldNumber,
    /// 16.
    Serial,
}

impl FieldId {
    /// Every field, in the order of the numbers.
    pub const ALL: [Self; 18] = [
        Self::Number,
        Self::Name,
        Self::OtherName,
        Self::Birth,
        Self::Sex,
        Self::Nationality,
        Self::Ethnicity,
        Self::Religion,
        Self::Origin,
        Self::Residence,
        Self::Features,
        Self::Issue,
        Self::Expiry,
        Self::Father,
        Self::Mother,
        Self::Spouse,
        Self::OldNumber,
        Self::Serial,
    ];

    /// Whether cards of this generation are known to have the field where there is something to say.
    /// The day of issue counts as there, although one reading of the law leaves it out of the new card.
    #[must_use]
    pub const fn is_on(self, generation: Generation) -> bool {
        match generation {
            Generation::Cccd => true,
            Generation::CanCuoc => !matches!(
                self,
                Self::OtherName
                    | Self::Ethnicity
                    | Self::Religion
                    | Self::Residence
                    | Self::Features
                    | Self::Father
                    | Self::Mother
                    | Self::Spouse
                    | Self::OldNumber
            ),
        }
    }
}

/// What there is of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FieldState {
    /// It says something.
    Present,
    /// It is there and empty: there is nothing to say about this holder.
    Empty,
    /// It is not in the file.
    Absent,
    /// It is empty or not in the file, and cards of this generation do not have it: nothing follows about the holder.
    NotOnThisGeneration,
    /// It is there and was not understood.
    Unreadable,
}

impl FieldState {
    /// A permanent name in snake_case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Empty => "empty",
            Self::Absent => "absent",
            Self::NotOnThisGeneration => "not_on_this_generation",
            Self::Unreadable => "unreadable",
        }
    }
}

impl fmt::Display for FieldState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Dg13 {
    /// The generation, by the signed day of issue; `None` where the card does not say it.
    #[must_use]
    pub fn generation(&self) -> Option<Generation> {
        self.issue.present().copied().map(Generation::of_issue)
    }

    /// What there is of a field. A field that is empty or missing on a card of a generation that does not have it is
    /// [`FieldState::NotOnThisGeneration`]; one that such a card has after all is simply there.
    #[must_use]
    pub fn state(&self, field: FieldId) -> FieldState {
        let state = match field {
            FieldId::Number => self.number.state(),
            FieldId::Name => self.name.state(),
            FieldId::OtherName => self.other_name.state(),
            FieldId::Birth => self.birth.state(),
            FieldId::Sex => self.sex.state(),
            FieldId::Nationality => self.nationality.state(),
            FieldId::Ethnicity => self.ethnicity.state(),
            FieldId::Religion => self.religion.state(),
            FieldId::Origin => self.origin.state(),
            FieldId::Residence => self.residence.state(),
            FieldId::Features => self.features.state(),
            FieldId::Issue => self.issue.state(),
            FieldId::Expiry => self.expiry.state(),
            FieldId::Father => self.father.state(),
            FieldId::Mother => self.mother.state(),
            FieldId::Spouse => self.spouse.state(),
            FieldId::OldNumber => self.old_number.state(),
            FieldId::Serial => self.serial.state(),
        };
        let without = self.generation().is_some_and(|g| !field.is_on(g));
        match state {
            FieldState::Empty | FieldState::Absent if without => FieldState::NotOnThisGeneration,
            state => state,
        }
    }
}

impl<T> Field<T> {
    /// What there is of it, the generation of the card left aside.
    #[must_use]
    pub const fn state(&self) -> FieldState {
        match self {
            Self::Absent => FieldState::Absent,
            Self::Empty => FieldState::Empty,
            Self::Present(_) => FieldState::Present,
            Self::Unreadable(_) => FieldState::Unreadable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generation_turns_on_the_first_of_july_2024() {
        let of = |y, m, d| Generation::of_issue(Date::new(y, m, d).unwrap());
        assert_eq!(of(2021, 1, 1), Generation::Cccd);
        assert_eq!(of(2024, 6, 30), Generation::Cccd);
        assert_eq!(of(2024, 7, 1), Generation::CanCuoc);
        assert_eq!(of(2025, 1, 1), Generation::CanCuoc);
        assert_eq!(of(2023, 12, 31), Generation::Cccd);
    }

    #[test]
    fn empty_on_an_old_card_is_not_missing_on_a_new_one() {
        let mut dg13 = Dg13 {
            issue: Field::Present(Date::new(2021, 5, 10).unwrap()),
            spouse: Field::Empty,
            ..Dg13::default()
        };
        assert_eq!(dg13.state(FieldId::Spouse), FieldState::Empty);
        assert_eq!(dg13.state(FieldId::OldNumber), FieldState::Absent);

        dg13.issue = Field::Present(Date::new(2024, 7, 15).unwrap());
        for field in [FieldId::Spouse, FieldId::OldNumber] {
            assert_eq!(dg13.state(field), FieldState::NotOnThisGeneration);
        }
        // What a new card should have is simply missing.
        assert_eq!(dg13.state(FieldId::Origin), FieldState::Absent);

        // Nobody says which card it is: nothing is concluded.
        dg13.issue = Field::Absent;
        assert_eq!(dg13.state(FieldId::Spouse), FieldState::Empty);
    }
}
