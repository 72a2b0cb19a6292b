//! How real states write data groups otherwise than the standard says, so that a card can do the same.

/// A departure of the data groups, by the row of the list of deviations (`docs/reference/deviations.md`, part F).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DataGroupDeviation {
    /// Row 94: DG11's day of birth in four bytes of BCD.
    BirthInBcd,
    /// Row 95: DG12's day of issue in four bytes of BCD.
    IssueInBcd,
    /// Row 96: DG12's time of personalisation in seven bytes of BCD.
    TimeInBcd,
    /// Row 97: DG11's other names directly, where the standard wraps them in A0.
    OtherNamesDirectly,
    /// Row 98: DG11 with an empty object and the object 5F85 that nobody documents.
    EmptyAndUnknownObjects,
    /// Row 99: fillers before and behind the name in DG11.
    FillersAroundNames,
    /// Row 100: a DG13 whose content is no TLV.
    OpaqueOptionalDetails,
    /// Row 101: the length of DG2's image record wrong by so much (New Zealand -8, United Kingdom -1).
    FaceRecordLength(i8),
    /// Row 103: five bytes before the picture in DG2.
    ImageNotAtItsPlace,
    /// Row 104: sixteen bytes 00 behind the picture in DG2.
    FillingBehindImage,
}

impl DataGroupDeviation {
    /// One of each, as far as they can stand side by side in one card.
    pub const ALL: [Self; 10] = [
        Self::BirthInBcd,
        Self::IssueInBcd,
        Self::TimeInBcd,
        Self::OtherNamesDirectly,
        Self::EmptyAndUnknownObjects,
        Self::FillersAroundNames,
        Self::OpaqueOptionalDetails,
        Self::FaceRecordLength(-8),
        Self::ImageNotAtItsPlace,
        Self::FillingBehindImage,
    ];

    /// The row of the list of deviations.
    #[must_use]
    pub const fn row(self) -> u8 {
        match self {
            Self::BirthInBcd => 94,
            Self::IssueInBcd => 95,
            Self::TimeInBcd => 96,
            Self::OtherNamesDirectly => 97,
            Self::EmptyAndUnknownObjects => 98,
            Self::FillersAroundNames => 99,
            Self::OpaqueOptionalDetails => 100,
            Self::FaceRecordLength(_) => 101,
            Self::ImageNotAtItsPlace => 103,
            Self::FillingBehindImage => 104,
        }
    }
}
