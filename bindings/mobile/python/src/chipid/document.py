"""A document as it was read, believed by nobody yet."""

from __future__ import annotations

import os

from ._generated import chipid_mobile as ffi
from ._native import Buffer, Native, Path, call, octets
from .confirmation import ActiveAuthentication


class Document(Native[ffi.Document]):
    """A document's files, unverified: an `Assessment` says what they are worth."""

    __slots__ = ()

    def __init__(self) -> None:
        """A document without files, to be filled with `add`."""
        super().__init__(call(ffi.Document))

    @classmethod
    def load(cls, folder: Path) -> Document:
        """A document from a folder that `save` or the program wrote."""
        return cls._of(call(ffi.Document.load, os.fspath(folder)))

    @classmethod
    def _of(cls, native: ffi.Document) -> Document:
        document = cls.__new__(cls)
        Native.__init__(document, native)
        return document

    def add(self, file: int, data: Buffer) -> None:
        """Adds a saved file by its number (`File`), or puts it in the place of an earlier one. Only to a document that was made empty: what
        a chip or a folder gave is not added to (8902)."""
        call(self._ffi.add, int(file), octets(data))

    def add_active_authentication(self, evidence: ActiveAuthentication) -> None:
        """Adds what Active Authentication gave when the files were read. Only to a document that was made empty (8902)."""
        call(self._ffi.add_active_authentication, octets(evidence.challenge), octets(evidence.signature))

    @property
    def active_authentication(self) -> ActiveAuthentication | None:
        """What Active Authentication gave, for keeping it. `None` where it was not done."""
        given = call(self._ffi.active_authentication)
        return None if given is None else ActiveAuthentication(given.challenge, given.signature)

    def challenged_with(self, challenge: Buffer) -> None:
        """Says which challenge of eight bytes the caller itself chose for the Active Authentication whose answer was saved with the
        document. Without it such an answer may be of any day, and is doubted."""
        call(self._ffi.challenged_with, octets(challenge))

    def danger_unverified_file(self, file: int) -> bytes | None:
        """A raw file, believed by nobody: for keeping it. `None` where the document has none of that number."""
        return call(self._ffi.danger_unverified_file, int(file))

    def save(self, folder: Path) -> None:
        """Saves the raw files, readable by their owner alone, in a folder that is made, or holds no document yet."""
        call(self._ffi.save, os.fspath(folder))
