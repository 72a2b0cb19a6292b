"""What opens a chip."""

from __future__ import annotations

import datetime

from ._generated import chipid_mobile as ffi
from ._native import Native, Secret, call, secret


class Keys(Native[ffi.Keys]):
    """Keys to try, never more than five, with what came along (QR code, zone, number), which is compared with the signed data.

    Give bytes where you can overwrite them afterwards: Python does not wipe text, and what is made of a bytearray for the call is not
    wiped either. What Rust holds is wiped on closing.
    """

    __slots__ = ()

    @classmethod
    def can(cls, digits: Secret) -> Keys:
        """The card access number: six digits. Those of a Vietnamese card are the last six of its number."""
        return cls(call(ffi.Keys.can, secret(digits)))

    @classmethod
    def pin(cls, digits: Secret) -> Keys:
        """The holder's PIN, four to twelve digits. A few wrong ones block it."""
        return cls(call(ffi.Keys.pin, secret(digits)))

    @classmethod
    def puk(cls, digits: Secret) -> Keys:
        """The number that unblocks the PIN, eight to twelve digits."""
        return cls(call(ffi.Keys.puk, secret(digits)))

    @classmethod
    def mrz(cls, zone: Secret) -> Keys:
        """The text of a machine readable zone. What a camera confused is put right where check digits prove it."""
        return cls(call(ffi.Keys.mrz, secret(zone)))

    @classmethod
    def qr(cls, code: Secret) -> Keys:
        """The QR code of a Vietnamese card: its text in any encoding, or a picture of it (JPEG, PNG)."""
        return cls(call(ffi.Keys.qr, secret(code)))

    @classmethod
    def number(cls, digits: Secret) -> Keys:
        """The personal number of a Vietnamese card, twelve digits. It opens chips that have PACE."""
        return cls(call(ffi.Keys.number, secret(digits)))

    @classmethod
    def document(cls, number: Secret, birth: Secret, expiry: Secret) -> Keys:
        """Document number, birth and last day of validity as the zone has them, the days as `YYMMDD`."""
        return cls(call(ffi.Keys.document, secret(number), secret(birth), secret(expiry)))

    @classmethod
    def number_and_days(cls, digits: Secret, birth: datetime.date | int, issued: datetime.date | int) -> Keys:
        """The personal number with the days of birth and issue, also as `YYYYMMDD` in a number: for chips without PACE, whose day of expiry
        is reckoned from them."""
        return cls(call(ffi.Keys.number_and_days, secret(digits), day_of(birth), day_of(issued)))


def day_of(day: datetime.date | int) -> int:
    """A day as `YYYYMMDD` in a number."""
    if isinstance(day, datetime.date):
        return day.year * 10_000 + day.month * 100 + day.day
    if isinstance(day, int):
        return day
    raise TypeError(f"a date is wanted, not {type(day).__name__}")
