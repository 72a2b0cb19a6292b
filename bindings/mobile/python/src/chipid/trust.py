"""Whom to believe."""

from __future__ import annotations

import contextlib
import pathlib
from collections.abc import Iterator
from enum import Enum

from ._generated import chipid_mobile as ffi
from ._native import Buffer, Native, Path, call, octets
from .errors import ChipidError


class Anchor(Enum):
    """What an anchor is taken for."""

    ANY = ffi.Anchor.ANY
    """A CSCA certificate, a master list or a revocation list, DER or PEM."""
    IDENTITY_CARDS = ffi.Anchor.IDENTITY_CARDS
    """A CSCA certificate that is trusted for identity cards alone, as Vietnamese cards ask for."""
    LIST_ROOT = ffi.Anchor.LIST_ROOT
    """A certificate that may vouch for the signers of master lists, and for nothing else."""


class Trust(Native[ffi.Trust]):
    """Trust anchors. It is filled first, and used then, by as many threads as like: after its first use nothing can be added (8903)."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(call(ffi.Trust))

    def add(self, data: Buffer, name: str, anchor: Anchor = Anchor.ANY) -> None:
        """Adds an anchor or a list. `name` says where it is from: it stands in
        reports and in messages of errors. After an error the store is of no more use. What only
        shows when all is together (a list whose signer nobody vouches for) is an error of the first assessment."""
        with self._whole_or_spoilt():
            call(self._ffi.add, octets(data), name, Anchor(anchor).value)

    def add_file(self, path: Path, anchor: Anchor = Anchor.ANY) -> None:
        """Adds what a file holds, under the file's own name: the folders that it lies in may name a person."""
        with self._whole_or_spoilt():
            file = pathlib.Path(path)
            self.add(file.read_bytes(), file.name, anchor)

    @contextlib.contextmanager
    def _whole_or_spoilt(self) -> Iterator[None]:
        """Has the library know of what failed here, before it was asked: else the store would go on without what was to be added. No bytes are no
        anchor, and a store that refused something is of no more use; one that was used already stays as it is."""
        try:
            yield
        except BaseException:
            with contextlib.suppress(ChipidError):
                call(self._ffi.add, b"", "", Anchor.ANY.value)
            raise
