"""Reading a chip."""

from __future__ import annotations

import asyncio
import concurrent.futures
import inspect
import socket
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Callable

from ._generated import chipid_mobile as ffi
from ._native import Buffer, Native, call, native_of, octets
from ._threads import ended, on_own_thread, reckoned
from .document import Document
from .error_code import ErrorCode, TransportCode
from .errors import ChipidError, TransportError
from .files import File
from .keys import Keys
from .readers import Cancel

class Phase(Enum):
    """What a reading is at."""

    ACCESS = ffi.Phase.ACCESS
    """Opening the chip."""
    FILE = ffi.Phase.FILE
    """Reading a file."""
    CHIP_AUTHENTICATION = ffi.Phase.CHIP_AUTHENTICATION
    ACTIVE_AUTHENTICATION = ffi.Phase.ACTIVE_AUTHENTICATION
    DONE = ffi.Phase.DONE
    OTHER = ffi.Phase.OTHER
    """Something that this version has no name for."""


@dataclass(frozen=True)
class Progress:
    """What a reading has done."""

    phase: Phase
    """What it is at."""
    file: File | None
    """The file that is read, where it is about one."""
    bytes_done: int
    """Bytes of files read so far."""
    bytes_known: int
    """Bytes of all files whose length is known so far."""


Transmit = Callable[[bytes], Buffer]
AsyncTransmit = Callable[[bytes], Awaitable[Buffer]]
OnProgress = Callable[[Progress], object]


class Reading(Native[ffi.Reading]):
    """One reading of one card. After an error it goes on where it stopped, on the same card, when it is read or run again.

    `transmit` takes a command APDU and gives the response, with its two bytes of status. It raises `TransportError` to say why there is
    none; a `ChipidError` of transport keeps its code, a `TimeoutError` ends the reading with 1010, the cancellation of something that it
    waited for with 1011, whatever else with 1016, and each is the error's cause. What is no bytes ends it with 1013. One reading runs
    once at a time: a second one meanwhile, from another thread or from within `transmit`, is refused (8001, 8903) and the first goes on.
    """

    __slots__ = ()

    def __init__(
        self,
        keys: Keys,
        *,
        only: Iterable[int] | None = None,
        challenge: Buffer | None = None,
        limits: tuple[int, int] | None = None,
    ) -> None:
        """`only` reads only these data groups (and EF.COM, EF.SOD, DG14, DG15), by their numbers from 1 to 16. `challenge` is eight bytes
        for Active Authentication, where a server chose them. `limits` is what the way to the card is known to carry: the bytes of a
        whole command and of a whole response, 0 where that is not known. With commands of less than 46 bytes or responses of less than 52
        no chip can be read: 8905."""
        super().__init__(call(ffi.Reading, native_of(keys, Keys)))
        if only is not None:
            call(lambda: self._ffi.only(bytes(only)))
        if challenge is not None:
            call(self._ffi.challenge, octets(challenge))
        if limits is not None:
            if not isinstance(limits, (tuple, list)) or len(limits) != 2:
                raise TypeError("limits are two numbers: the bytes of a whole command, and of a whole response")
            call(self._ffi.set_limits, *limits)

    def run(self, transmit: Transmit, *, on_progress: OnProgress | None = None, cancel: Cancel | None = None) -> Document:
        """Reads the document, blocking: `transmit` and `on_progress` are called on this thread."""
        run = _Run(self._ffi)
        try:
            step = run.begin()
            cause: BaseException | None = None
            while step.command is not None:
                _tell(step, on_progress)
                answer: bytes | int
                if cancel is not None and cancel.cancelled:
                    answer = TransportCode.CANCELLED
                else:
                    try:
                        answer, cause = _response(transmit(step.command)), None
                    except (Exception, asyncio.CancelledError) as error:
                        # Nothing cancels what blocks: it was something that `transmit` waited for.
                        answer, cause = _code(error), error
                step = run.next(answer, cause)
        except BaseException:
            run.stop()
            raise
        return _ended_with(step, on_progress)

    async def read(self, transmit: AsyncTransmit, *, on_progress: OnProgress | None = None) -> Document:
        """Reads the document. `transmit` and `on_progress` are called on the event loop, and what chipid reckons is reckoned on another
        thread. Cancelling the task ends the reading, where it waits for `transmit` too; it can be read again from there."""
        run = _Run(self._ffi)
        try:
            step = await reckoned(run.begin)
            cause: BaseException | None = None
            while step.command is not None:
                _tell(step, on_progress)
                answer: bytes | int
                waiting = _Waiting()
                try:
                    answer, cause = _response(await waiting.on(transmit(step.command))), None
                except asyncio.CancelledError as error:
                    if waiting.was_cancelled():
                        raise
                    answer, cause = _code(error), error
                except Exception as error:
                    answer, cause = _code(error), error
                step = await reckoned(run.next, answer, cause)
        except BaseException:
            run.stop()
            raise
        return _ended_with(step, on_progress)

    def run_on_reader(
        self,
        name: str = "",
        *,
        wait: float = 0,
        on_progress: OnProgress | None = None,
        cancel: Cancel | None = None,
    ) -> Document:
        """Waits `wait` seconds for a card on the reader of that name, or of the only one with it in its name (empty: on any contactless
        reader), and reads it, blocking. What the reader carries is asked of it."""
        cancel = Cancel() if cancel is None else cancel
        card = call(lambda: ffi.ReaderCard.connect(name, round(wait * 1000), native_of(cancel, Cancel)))
        try:
            limits = card.limits()
            call(self._ffi.set_limits, limits.command, limits.response)
            return self.run(_carrier(card), on_progress=on_progress, cancel=cancel)
        finally:
            call(card.close)

    async def read_on_reader(self, name: str = "", *, wait: float = 0, on_progress: OnProgress | None = None) -> Document:
        """The same without blocking the event loop: `on_progress` is called on it. Cancelling the task ends the wait at once, and the
        reading before its next APDU."""
        loop = asyncio.get_running_loop()
        cancel = Cancel()

        def tell(progress: Progress) -> None:
            if on_progress is not None:
                loop.call_soon_threadsafe(on_progress, progress)

        def run() -> Document:
            return self.run_on_reader(name, wait=wait, on_progress=tell, cancel=cancel)

        return await on_own_thread(run, on_cancel=cancel.cancel)


_TASKS_TELL = hasattr(asyncio.Task, "cancelling")
"""Whether a task says that it was itself cancelled: from Python 3.11 on."""


class _Waiting:
    """The wait for one response. A cancellation that comes out of it is the reading's own, or that of something within `transmit`."""

    def __init__(self) -> None:
        self._own = False

    def was_cancelled(self) -> bool:
        """Whether it was the reading's own task that was cancelled."""
        if _TASKS_TELL:
            return bool(getattr(asyncio.current_task(), "cancelling")())
        return self._own

    async def on(self, given: object) -> object:
        if not inspect.isawaitable(given):
            raise _Garbage(f"transmit gave {type(given).__name__}, and nothing to wait for")
        if _TASKS_TELL:
            return await given
        # Beside this task: what this one hears of then is its own cancellation alone.
        inner = asyncio.ensure_future(given)
        try:
            await asyncio.wait([inner])
        except asyncio.CancelledError:
            self._own = True
            inner.cancel()
            await ended(inner)
            raise
        return inner.result()


class _Garbage(TypeError):
    """A transmit gave what is no response at all."""


def _response(given: object) -> bytes:
    if not isinstance(given, (bytes, bytearray, memoryview)):
        raise _Garbage(f"transmit gave {type(given).__name__}, not bytes")
    return octets(given)


# Aliases of one another or of `TimeoutError` in newer Pythons, and not in 3.9.
_TIMEOUTS = (TimeoutError, asyncio.TimeoutError, concurrent.futures.TimeoutError, socket.timeout)
_CANCELLATIONS = (asyncio.CancelledError, concurrent.futures.CancelledError)


def _code(error: BaseException) -> int:
    if isinstance(error, TransportError):
        return error.code if 0 <= error.code <= 0xFFFF else TransportCode.TRANSPORT_FAILED
    if isinstance(error, ChipidError) and 1000 <= error.code < 2000:
        return error.code
    if isinstance(error, _TIMEOUTS):
        return TransportCode.TIMEOUT
    if isinstance(error, _CANCELLATIONS):
        return TransportCode.CANCELLED
    return TransportCode.RESPONSE_MALFORMED if isinstance(error, _Garbage) else TransportCode.TRANSPORT_FAILED


class _Run:
    """One run of a reading, from its beginning to its end. What another run does to the same reading is none of its business."""

    def __init__(self, native: ffi.Reading) -> None:
        self._native = native
        self._waits = False

    def begin(self) -> ffi.Step:
        return self._took(call(self._native.begin))

    def next(self, answer: bytes | int, cause: BaseException | None) -> ffi.Step:
        """Hands over the response, or by its code why there is none. What chipid then raises has the callback's error as its cause."""
        self._waits = False
        try:
            if isinstance(answer, bytes):
                return self._took(call(self._native.next, answer))
            return self._took(call(self._native.fail, int(answer)))
        except ChipidError as error:
            raise error from cause

    def stop(self) -> None:
        """Has the reading rest where it waits for a response, so that it can be begun again."""
        if self._waits:
            self._waits = False
            call(self._native.stop)

    def _took(self, step: ffi.Step) -> ffi.Step:
        self._waits = step.command is not None
        return step


def _ended_with(step: ffi.Step, on_progress: OnProgress | None) -> Document:
    _tell(step, on_progress)
    if step.document is None:
        raise ChipidError(ErrorCode.PANIC, "chipid has a fault and stopped")
    return Document._of(step.document)


def _tell(step: ffi.Step, on_progress: OnProgress | None) -> None:
    if on_progress is None:
        return
    for done in step.progress:
        file = File(done.file) if done.file else None
        on_progress(Progress(Phase(done.phase), file, done.bytes_done, done.bytes_known))


def _carrier(card: ffi.ReaderCard) -> Transmit:
    def transmit(command: bytes) -> bytes:
        try:
            return call(card.transmit, command)
        except ChipidError as error:
            raise TransportError(error.code) from error

    return transmit
