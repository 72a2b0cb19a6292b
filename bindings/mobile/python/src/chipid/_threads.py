"""Work beside the event loop. What was begun there cannot be stopped there, so that whoever is cancelled waits for its end: nothing goes on
behind the caller's back."""

from __future__ import annotations

import asyncio
import functools
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, TypeVar

T = TypeVar("T")


async def reckoned(function: Callable[..., T], *arguments: Any) -> T:
    """Runs what takes milliseconds and waits for nobody."""
    loop = asyncio.get_running_loop()
    return await _done(loop.run_in_executor(_reckoners(), functools.partial(function, *arguments)))


async def on_own_thread(function: Callable[[], T], on_cancel: Callable[[], object] | None = None) -> T:
    """Runs what may wait: on a thread of its own, for a pool whose threads all wait for cards would leave nobody to cancel them. `on_cancel`
    hastens its end."""
    return await _done(_started(function), on_cancel)


async def _done(running: asyncio.Future[T], on_cancel: Callable[[], object] | None = None) -> T:
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        if on_cancel is not None:
            await ended(_started(on_cancel))
        await ended(running)
        raise


async def ended(running: asyncio.Future[Any]) -> None:
    """Waits until it has ended, however it ended and however often that is cancelled."""
    while not running.done():
        try:
            await asyncio.wait([running])
        except asyncio.CancelledError:
            continue
    # Nobody asks any more: without this the loop would say that an error was never looked at.
    if not running.cancelled():
        running.exception()


def _started(function: Callable[[], T]) -> asyncio.Future[T]:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def work() -> None:
        try:
            settle: Callable[[], None] = functools.partial(_settle, future, function(), None)
        except BaseException as error:
            settle = functools.partial(_settle, future, None, error)
        try:
            loop.call_soon_threadsafe(settle)
        except RuntimeError:
            pass  # The loop is closed, and nobody waits.

    # A process that ends does not wait for a card.
    threading.Thread(target=work, name="chipid", daemon=True).start()
    return future


def _settle(future: asyncio.Future[T], result: Any, error: BaseException | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)


_pool: tuple[int, ThreadPoolExecutor] | None = None


def _reckoners() -> ThreadPoolExecutor:
    """As many threads as processors, made when they are first wanted, and anew in a process that was forked: threads stay behind there."""
    global _pool
    if _pool is None or _pool[0] != os.getpid():
        _pool = (os.getpid(), ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="chipid"))
    return _pool[1]
