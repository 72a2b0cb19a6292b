"""Files by number."""

from __future__ import annotations

from enum import IntEnum

from ._generated import chipid_mobile as ffi
from ._native import call


class File(IntEnum):
    """The files of a document, by the number that Doc 9303-10 gives them."""

    DG1 = 0x0101
    DG2 = 0x0102
    DG3 = 0x0103
    DG4 = 0x0104
    DG5 = 0x0105
    DG6 = 0x0106
    DG7 = 0x0107
    DG8 = 0x0108
    DG9 = 0x0109
    DG10 = 0x010A
    DG11 = 0x010B
    DG12 = 0x010C
    DG13 = 0x010D
    DG14 = 0x010E
    DG15 = 0x010F
    DG16 = 0x0110
    EF_COM = 0x011E
    EF_SOD = 0x011D
    EF_CARD_ACCESS = 0x011C
    EF_CARD_SECURITY = 0x3F00_011D
    """In the master file; its two bytes alone are those of EF.SOD."""
    EF_ATR = 0x2F01
    EF_DIR = 0x2F00


def file_name(file: int) -> str | None:
    """The short name of a file by its number, as reports have it: `DG1`, `EF_SOD`. `None` for a number that stands for none."""
    return call(ffi.file_name, int(file))
