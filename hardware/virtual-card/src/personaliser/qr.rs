//! The text of the QR code on a Vietnamese card. Nothing signs it, and it is on no chip.
//!
//! The first seven fields are those of several public readers. Of the card of 2024 Circular 16/2024/TT-BCA says what
//! follows (a cancelled number, and for children under 14 their parents' names); its order is not published, and the
//! one here is a guess, as is the number of ten fields.

use super::holder::Holder;
use super::profile::VietnameseForm;
use chipid_emrtd::time::Date;

impl Holder {
    /// The text of the QR code on the card of this generation; `None` for a holder without number and details.
    #[must_use]
    pub fn qr_text(&self, form: VietnameseForm) -> Option<String> {
        let details = self.details.as_ref()?;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let birth = match &self.birth_written {
            Some(birth) => birth.qr.clone(),
            None => compact(self.birth),
        };
        let mut fields = vec![
            self.personal_number.clone()?,
            text(&details.old_number),
            details.name.clone(),
            birth,
            if self.sex == 'F' { "Nữ" } else { "Nam" }.into(),
            text(&details.residence),
            compact(self.issued),
        ];
        if form == VietnameseForm::Card2024 {
            let parent = |name: &Option<String>| text(&name.clone().filter(|_| self.is_child()));
            fields.push(text(&details.cancelled_number));
            fields.push(parent(&details.father));
            fields.push(parent(&details.mother));
        }
        Some(fields.join("|"))
    }

    /// Under 14 on the day of issue.
    fn is_child(&self) -> bool {
        let day = |date: Date| (date.year(), date.month(), date.day());
        let (year, month, at) = day(self.birth);
        day(self.issued) < (year.saturating_add(14), month, at)
    }
}

fn compact(date: Date) -> String {
    format!("{:02}{:02}{:04}", date.day(), date.month(), date.year())
}

#[cfg(test)]
mod tests {
    use super::super::profile::Profile;

    #[test]
    fn both_generations() {
        let qr = |name| Profile::builtin(name).unwrap().qr_text().unwrap();
        assert_eq!(
            qr("vn-2021"),
            "001090000017|012345678|Lê Thử Nghiệm|15031990|Nam|Số 1 Phố Mẫu, Hà Nội|10052021"
        );
        assert_eq!(
            qr("vn-2024"),
            "001195000028||Trần Thị Mẫu|20081995|Nữ|Số 2 Phố Mẫu, Hà Nội|15072024|||"
        );
        assert_eq!(Profile::builtin("passport-p256").unwrap().qr_text(), None);
    }
}
