"""A card on a reader of this machine: run by scripts/behind_pcscd.py."""

import asyncio
import os
import threading
import time
import unittest

import chipid

READER, CAN = os.environ["CHIPID_TEST_READER"], os.environ["CHIPID_TEST_CAN"]
EMPTY = READER.replace("00 00", "00 01")


def reading():
    with chipid.Keys.can(CAN) as keys:
        return chipid.Reading(keys)


class OnReader(unittest.TestCase):
    def test_the_readers_are_listed(self):
        found = {reader.name: reader.card for reader in chipid.readers()}
        self.assertEqual((found[READER], found[EMPTY]), (True, False))

    def test_a_card_is_read(self):
        told = []
        document = reading().run_on_reader(READER, on_progress=told.append)
        self.assertIsNotNone(document.danger_unverified_file(chipid.File.DG13))
        self.assertIs(told[-1].phase, chipid.Phase.DONE)

    def test_a_card_is_read_beside_the_event_loop(self):
        told, threads = [], set()

        def on_progress(progress):
            told.append(progress)
            threads.add(threading.current_thread())

        document = asyncio.run(reading().read_on_reader(READER, wait=10, on_progress=on_progress))
        self.assertIsNotNone(document.danger_unverified_file(chipid.File.DG13))
        self.assertIs(told[-1].phase, chipid.Phase.DONE)
        self.assertEqual(threads, {threading.main_thread()})

    def test_the_event_loop_goes_on_while_a_card_is_waited_for(self):
        beats = 0

        async def wait():
            nonlocal beats
            waiting = asyncio.ensure_future(reading().read_on_reader(EMPTY, wait=1))
            while not waiting.done():
                beats += 1
                await asyncio.sleep(0.01)
            return waiting.exception()

        self.assertEqual(asyncio.run(wait()).code, chipid.ErrorCode.TIMEOUT)
        self.assertGreater(beats, 5)

    def test_a_wait_ends_by_itself_or_is_cancelled(self):
        with self.assertRaises(chipid.ChipidError) as caught:
            reading().run_on_reader(EMPTY, wait=0.3)
        self.assertEqual(caught.exception.code, chipid.ErrorCode.TIMEOUT)

        async def several():
            tasks = [asyncio.ensure_future(reading().read_on_reader(EMPTY, wait=600)) for _ in range(40)]
            await asyncio.sleep(0.5)
            for task in tasks:
                task.cancel()
            return await asyncio.gather(*tasks, return_exceptions=True)

        began = time.monotonic()
        for ended in asyncio.run(several()):
            self.assertIsInstance(ended, asyncio.CancelledError)
        self.assertLess(time.monotonic() - began, 20)

        cancel = chipid.Cancel()
        threading.Timer(0.3, cancel.cancel).start()
        with self.assertRaises(chipid.ChipidError) as caught:
            reading().run_on_reader(EMPTY, wait=600, cancel=cancel)
        self.assertEqual(caught.exception.code, chipid.ErrorCode.CANCELLED)

    def test_a_reading_that_was_cancelled_goes_on(self):
        cancel, started = chipid.Cancel(), reading()

        def on_progress(progress):
            if progress.bytes_done > 500:
                cancel.cancel()

        with self.assertRaises(chipid.ChipidError) as caught:
            started.run_on_reader(READER, on_progress=on_progress, cancel=cancel)
        self.assertEqual(caught.exception.code, chipid.ErrorCode.CANCELLED)
        self.assertIsNotNone(started.run_on_reader(READER).danger_unverified_file(chipid.File.DG13))


if __name__ == "__main__":
    unittest.main()
