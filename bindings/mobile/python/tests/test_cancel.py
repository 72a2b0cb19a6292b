"""Stopping a reading, and a process that ends during one."""

import asyncio
import os
import pathlib
import subprocess
import sys
import threading
import time
import unittest
from unittest import mock

import cards
import chipid


class Cancel(cards.Case):
    def test_a_task_that_hangs_is_cancelled_and_the_reading_goes_on_later(self):
        card = cards.Card("vn")

        async def hangs_at_the_twelfth(command):
            if card.commands == 12:
                card.close()
                await asyncio.sleep(3600)
            return card(command)

        async def read():
            reading = cards.reading()
            with self.assertRaises(asyncio.TimeoutError):
                await asyncio.wait_for(reading.read(hangs_at_the_twelfth), timeout=0.5)
            self.assertEqual(card.commands, 12)
            return await reading.read(card.awaited)

        self.assertIsNotNone(asyncio.run(read()).danger_unverified_file(chipid.File.DG13))

    def test_a_task_is_cancelled_at_any_moment(self):
        async def once(after):
            reading, card = cards.reading(), cards.Card("vn")
            task = asyncio.ensure_future(reading.read(card.awaited))
            for _ in range(after):
                await asyncio.sleep(0)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task
            card.close()
            return await reading.read(card.awaited)

        async def often():
            for after in (0, 1, 2, 3, 5, 8, 13, 21):
                self.assertIsNotNone((await once(after)).danger_unverified_file(chipid.File.DG1))

        asyncio.run(often())

    def test_a_cancellation_within_transmit_is_not_the_reading_s_own(self):
        async def transmit(_):
            inner = asyncio.ensure_future(asyncio.sleep(3600))
            asyncio.get_running_loop().call_soon(inner.cancel)
            await inner

        async def read():
            with cards.reading() as reading, cards.Card("vn") as card:
                with self.assertRaises(chipid.ChipidError) as caught:
                    await reading.read(transmit)
                self.assertEqual(caught.exception.code, chipid.ErrorCode.CANCELLED)
                self.assertIsInstance(caught.exception.__cause__, asyncio.CancelledError)
                return await reading.read(card.awaited)

        self.assertIsNotNone(asyncio.run(read()).danger_unverified_file(chipid.File.DG1))

    def test_as_many_tasks_as_like_wait_at_once(self):
        async def read():
            card = cards.Card("vn")
            return await cards.reading(only=[1]).read(lambda command: asyncio.to_thread(card, command))

        async def all_of_them():
            return await asyncio.gather(*(read() for _ in range(40)))

        documents = asyncio.run(all_of_them())
        self.assertEqual(len({document.danger_unverified_file(chipid.File.DG1) for document in documents}), 1)

    @unittest.skipUnless(hasattr(os, "fork"), "there is no fork here")
    def test_a_forked_process_reads_too(self):
        async def read():
            return await cards.reading(only=[1]).read(cards.Card("vn").awaited)

        asyncio.run(read())
        child = os.fork()
        if not child:
            try:
                asyncio.run(asyncio.wait_for(read(), timeout=20))
                os._exit(7)
            finally:
                os._exit(1)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 7)

    def test_another_thread_cancels_a_blocking_reading(self):
        cancel, card = chipid.Cancel(), cards.Card("vn")

        def transmit(command):
            if card.commands == 5:
                threading.Thread(target=cancel.cancel).start()
                while not cancel.cancelled:
                    time.sleep(0.001)
            return card(command)

        with cards.reading() as reading:
            self.refused(chipid.ErrorCode.CANCELLED, reading.run, transmit, cancel=cancel)
            self.assertEqual(card.commands, 6)
            card.close()
            self.assertIsNotNone(reading.run(card))
            self.refused(chipid.ErrorCode.CANCELLED, reading.run, card, cancel=cancel)

    def test_an_interrupt_ends_a_reading_and_leaves_it_whole(self):
        card = cards.Card("vn")

        def transmit(command):
            if card.commands == 7:
                raise KeyboardInterrupt
            return card(command)

        with cards.reading() as reading:
            with self.assertRaises(KeyboardInterrupt):
                reading.run(transmit)
            card.close()
            card.commands = 8
            self.assertIsNotNone(reading.run(card))

    def test_a_process_may_end_during_a_reading(self):
        for how in ("thread", "task", "within"):
            ended = subprocess.run(
                [sys.executable, str(pathlib.Path(__file__).with_name("ends.py")), how],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                timeout=60,
                env=dict(os.environ),
            )
            self.assertEqual((ended.returncode, ended.stdout.strip(), ended.stderr), (7, "reading", ""), how)


class CancelBefore311(Cancel):
    """The same where a task does not say that it was cancelled: each wait is a task of its own then."""

    def setUp(self):
        told = mock.patch.object(chipid.reading, "_TASKS_TELL", False)
        told.start()
        self.addCleanup(told.stop)


if __name__ == "__main__":
    unittest.main()
