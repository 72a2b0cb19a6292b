"""Why something could not be done. What is wrong with a document is never an error: see the verdict's grounds."""

from __future__ import annotations

from enum import IntEnum


class ChipidError(Exception):
    """The one exception of chipid. Nothing of the holder stands in it. The name that an anchor was added under does: the caller's own, or
    that of its file, without a folder."""

    def __init__(
        self,
        code: int,
        message: str,
        *,
        file: str | None = None,
        offset: int | None = None,
        status_word: int | None = None,
        tries_left: int | None = None,
    ) -> None:
        super().__init__(f"{int(code)}: {message}")
        self.code = int(code)
        """The permanent code, one of `ErrorCode`."""
        self.message = message
        """A sentence in English for a developer."""
        self.file = file
        """The file that it is about, as `DG1`."""
        self.offset = offset
        """The offset of the trouble in the file, in bytes."""
        self.status_word = status_word
        """The chip's answer."""
        self.tries_left = tries_left
        """How many tries the chip says are left."""

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuilt, (self.code, self.message, self.file, self.offset, self.status_word, self.tries_left))


def _rebuilt(
    code: int, message: str, file: str | None, offset: int | None, status_word: int | None, tries_left: int | None
) -> ChipidError:
    return ChipidError(code, message, file=file, offset=offset, status_word=status_word, tries_left=tries_left)


class TransportCode(IntEnum):
    """How carrying an APDU can fail."""

    CARD_REMOVED = 1001
    READER_REMOVED = 1002
    NO_READER = 1003
    NO_CARD = 1004
    SERVICE_UNAVAILABLE = 1005
    ACCESS_DENIED = 1006
    SHARING_VIOLATION = 1007
    CARD_RESET = 1008
    CARD_MUTE = 1009
    TIMEOUT = 1010
    CANCELLED = 1011
    APDU_TOO_LONG = 1012
    RESPONSE_MALFORMED = 1013
    REPLAY_DIVERGED = 1014
    EXCHANGE_PENDING = 1015
    TRANSPORT_FAILED = 1016


class TransportError(Exception):
    """What a `transmit` raises to say why there is no response. The reading then ends with a `ChipidError` of that code."""

    def __init__(self, code: int = TransportCode.TRANSPORT_FAILED) -> None:
        super().__init__(f"transport error {int(code)}")
        self.code = int(code)
        """One of `TransportCode`; whatever else is taken for `TRANSPORT_FAILED`."""
