"""Readers of this machine, through PC/SC."""

from __future__ import annotations

from dataclasses import dataclass

from ._generated import chipid_mobile as ffi
from ._native import Native, call


@dataclass(frozen=True)
class Reader:
    """A reader of this machine."""

    name: str
    """Its name as PC/SC gives it."""
    card: bool
    """Whether a card lies on it."""


def readers() -> list[Reader]:
    """The readers of this machine."""
    return [Reader(reader.name, reader.card) for reader in call(ffi.readers)]


class Cancel(Native[ffi.Cancel]):
    """Stops, from another thread and once and for all, the blocking readings that were given it: they end with 1011, a wait for a card at
    once, a reading before its next APDU. A `transmit` of one's own that blocks has to be ended by whoever wrote it."""

    __slots__ = ("_cancelled",)

    def __init__(self) -> None:
        super().__init__(call(ffi.Cancel))
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled

    def cancel(self) -> None:
        """Stops what runs under it. Returns when a wait for a card has ended, after two seconds at most."""
        native = self._ffi
        self._cancelled = True
        call(native.cancel)
