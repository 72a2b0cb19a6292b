"""What no library should be done to."""

import asyncio
import concurrent.futures
import copy
import pathlib
import pickle
import threading
import unittest

import cards
import chipid

CLOSED = chipid.ErrorCode.FOREIGN_HANDLE


class Boom(Exception):
    pass


class Misuse(cards.Case):
    def test_nothing_and_other_things_are_no_arguments(self):
        keys, document, trust = cards.can(), cards.saved(), cards.trust()
        assessment = chipid.Assessment(document, trust)
        for wrong in (
            lambda: chipid.Keys.can(None),
            lambda: chipid.Keys.can(17),
            lambda: chipid.Keys.number_and_days("001090000017", "1990", 20210510),
            lambda: chipid.Reading(None),
            lambda: chipid.Reading(trust),
            lambda: chipid.Assessment(document, keys),
            lambda: chipid.Assessment(None, trust),
            lambda: chipid.Trust().add("text", "name"),
            lambda: chipid.Trust().add(b"", None),
            lambda: chipid.Document.load(None),
            lambda: chipid.Document().add(chipid.File.DG1, None),
            lambda: chipid.LiveImages(chipid.Capture.FILE).add_file(None),
            lambda: assessment.compare_face(None, chipid.LiveImages(chipid.Capture.FILE)),
            lambda: chipid.Policy.built_in(None),
            lambda: chipid.Policy.built_in("demo").decide(document),
            lambda: chipid.Policy.from_toml(None),
            lambda: chipid.Assessment(document, trust, at=True),
            lambda: chipid.Assessment(document, trust, at=1.5),
            lambda: cards.reading(limits=(1, 2, 3)),
            lambda: cards.reading(limits=(1,)),
            lambda: cards.reading(limits=1),
        ):
            with self.assertRaises(TypeError):
                wrong()
        for wrong in (lambda: chipid.LiveImages("file"), lambda: chipid.Trust().add(b"", "name", "any")):
            with self.assertRaises(ValueError):
                wrong()
        with self.assertRaises(ValueError):
            chipid.Assessment(document, trust, at=__import__("datetime").datetime(2026, 11, 22))

    def test_values_that_stand_for_nothing(self):
        unknown = chipid.ErrorCode.UNKNOWN_VALUE
        self.refused(unknown, chipid.Keys.number_and_days, "001090000017", 19901332, 20210510)
        self.refused(unknown, chipid.Keys.number_and_days, "001090000017", -1, 1 << 40)
        for groups in ([17], [0], [300], [-1]):
            self.refused(unknown, cards.reading, only=groups)
        self.refused(unknown, cards.reading, challenge=b"seven b")
        self.refused(unknown, cards.reading, limits=(-1, 0))
        self.refused(unknown, chipid.Document().add, 0x0111, b"")
        for wait in (-1, float("inf"), 1 << 40):
            self.refused(unknown, cards.reading().run_on_reader, wait=wait)
        self.refused(unknown, cards.saved().danger_unverified_file, 1 << 40)
        self.refused(unknown, chipid.LiveImages(chipid.Capture.FILE).add_rgb, 1, 1, bytes(3), rotation=45)
        self.refused(unknown, chipid.LiveImages(chipid.Capture.FILE).add_rgb, -1, 1, bytes(3))
        self.refused(chipid.ErrorCode.NOT_TEXT, chipid.Keys.can, b"\xff\xfe\xfd")
        self.refused(chipid.ErrorCode.NOT_TEXT, chipid.Keys.can, "\udcff")
        verdict = chipid.Policy.built_in("demo").decide(cards.assessed())
        self.refused(unknown, verdict.json, "no_such_field")
        self.refused(unknown, verdict.holder, "Name")

    def test_what_is_closed_is_closed(self):
        keys, reading, document, trust = cards.can(), cards.reading(), cards.saved(), cards.trust()
        assessment, images = chipid.Assessment(document, trust), chipid.LiveImages(chipid.Capture.FILE)
        policy = chipid.Policy.built_in("demo")
        verdict, request, cancel = policy.decide(assessment), assessment.confirmation_request(), chipid.Cancel()
        for thing in (keys, reading, document, trust, assessment, images, policy, verdict, request, cancel):
            thing.close()
            thing.close()
            self.assertTrue(thing.closed)
            self.assertEqual(repr(thing), f"<chipid.{type(thing).__name__} closed>")
            with self.assertRaises(chipid.ChipidError) as caught:
                thing.__enter__()
            self.assertEqual(caught.exception.code, CLOSED)
        for call in (
            lambda: chipid.Reading(keys),
            lambda: reading.run(cards.Card("vn")),
            lambda: asyncio.run(reading.read(cards.Card("vn").awaited)),
            lambda: document.danger_unverified_file(chipid.File.DG1),
            lambda: chipid.Assessment(document, cards.trust()),
            lambda: chipid.Assessment(cards.saved(), trust),
            lambda: assessment.portrait,
            lambda: images.digests,
            lambda: chipid.Policy.built_in("demo").decide(assessment),
            lambda: policy.decide(cards.assessed()),
            lambda: verdict.grounds,
            lambda: verdict.json(),
            lambda: request.nonce,
            lambda: cancel.cancel(),
            lambda: reading.run_on_reader(cancel=cancel),
        ):
            self.refused(CLOSED, call)
        self.assertIs(verdict.answer, chipid.Answer.UNDECIDED)

    def test_what_was_never_made_is_closed(self):
        for kind in (chipid.Reading, chipid.Document, chipid.Verdict):
            with self.assertRaises(chipid.ChipidError):
                kind.__new__(kind).__enter__()

    def test_nothing_is_copied_or_pickled(self):
        for thing in (cards.can(), cards.saved(), cards.assessed()):
            for how in (copy.copy, copy.deepcopy, pickle.dumps):
                with self.assertRaises(TypeError):
                    how(thing)
        error = self.refused(chipid.ErrorCode.CAN_MALFORMED, chipid.Keys.can, "1")
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual((again.code, again.message, str(again)), (error.code, error.message, str(error)))

    def test_a_transmit_that_raises_is_the_cause(self):
        def transmit(_):
            raise Boom

        async def awaited(_):
            raise Boom

        for run in (lambda: cards.reading().run(transmit), lambda: asyncio.run(cards.reading().read(awaited))):
            error = self.refused(chipid.ErrorCode.TRANSPORT_FAILED, run)
            self.assertIsInstance(error.__cause__, Boom)

    def test_a_transmit_that_knows_why_says_so(self):
        for code, expected in ((1010, 1010), (1009, 1009), (1, 1016), (-5, 1016), (1 << 40, 1016)):

            def transmit(_, code=code):
                raise chipid.TransportError(code)

            self.refused(expected, cards.reading().run, transmit)

    def test_what_a_transmit_raises_has_its_code(self):
        for raised, expected in (
            (chipid.ChipidError(1009, "mute"), 1009),
            (chipid.ChipidError(2002, "no transport"), 1016),
            (TimeoutError(), 1010),
            (asyncio.TimeoutError(), 1010),
            (concurrent.futures.TimeoutError(), 1010),
            (concurrent.futures.CancelledError(), 1011),
            (asyncio.CancelledError(), 1011),
        ):

            def transmit(_, raised=raised):
                raise raised

            async def awaited(_, raised=raised):
                raise raised

            for run in (lambda: cards.reading().run(transmit), lambda: asyncio.run(cards.reading().read(awaited))):  # noqa: B023
                self.assertIs(self.refused(expected, run).__cause__, raised)

    def test_a_transmit_that_gives_nonsense(self):
        for nonsense in (None, "9000", 0x9000, [0x90, 0x00], object(), b"", b"\x90", b"\x6a\x82" * 40_000):

            async def awaited(_, nonsense=nonsense):
                return nonsense

            for run in (
                lambda: cards.reading().run(lambda _: nonsense),  # noqa: B023
                lambda: asyncio.run(cards.reading().read(awaited)),  # noqa: B023
            ):
                with self.assertRaises(chipid.ChipidError) as caught:
                    run()
                if not isinstance(nonsense, bytes) or len(nonsense) < 2:
                    self.assertEqual(caught.exception.code, chipid.ErrorCode.RESPONSE_MALFORMED)
        # A function that is not awaited, given to be awaited.
        error = self.refused(chipid.ErrorCode.RESPONSE_MALFORMED, lambda: asyncio.run(cards.reading().read(cards.Card("vn"))))
        self.assertIsInstance(error.__cause__, TypeError)

    def test_a_transmit_that_reads_with_the_same_reading(self):
        card, codes = cards.Card("vn"), []

        def transmit(command):
            with self.assertRaises(chipid.ChipidError) as caught:
                reading.run(card)
            codes.append(caught.exception.code)
            return card(command)

        reading = cards.reading(only=[1])
        self.assertIsNotNone(reading.run(transmit))
        self.assertEqual(set(codes), {chipid.ErrorCode.ALREADY_STARTED})

    def test_a_transmit_that_closes_its_reading(self):
        card = cards.Card("vn")

        def transmit(command):
            reading.close()
            return card(command)

        reading = cards.reading(only=[1])
        self.assertIsNotNone(reading.run(transmit))
        self.assertTrue(reading.closed)

    def test_a_second_reading_at_once_is_refused_and_the_first_goes_on(self):
        card, begun, go_on, codes = cards.Card("vn"), threading.Event(), threading.Event(), []

        def transmit(command):
            if card.commands == 6:
                begun.set()
                go_on.wait(30)
            return card(command)

        reading, done = cards.reading(), []
        thread = threading.Thread(target=lambda: done.append(reading.run(transmit)))
        thread.start()
        begun.wait(30)
        for _ in range(50):
            try:
                reading.run(cards.Card("vn"))
            except chipid.ChipidError as error:
                codes.append(error.code)
        go_on.set()
        thread.join(60)
        self.assertEqual(len(done), 1)
        self.assertEqual(codes, [chipid.ErrorCode.ALREADY_STARTED] * 50)

    def test_a_swarm_beside_a_reading_does_not_disturb_it(self):
        reading, card, over, codes = cards.reading(), cards.Card("vn"), threading.Event(), set()
        begun = threading.Event()

        def swarm():
            begun.wait(30)
            while not over.is_set():
                try:
                    reading.run(lambda _: b"\x90\x00")
                except chipid.ChipidError as error:
                    codes.add(error.code)

        def transmit(command):
            begun.set()
            return card(command)

        threads = [threading.Thread(target=swarm) for _ in range(3)]
        for thread in threads:
            thread.start()
        try:
            document = reading.run(transmit)
        finally:
            over.set()
        for thread in threads:
            thread.join(60)
        self.assertIsNotNone(document.danger_unverified_file(chipid.File.DG13))
        self.assertLessEqual({chipid.ErrorCode.ALREADY_STARTED}, codes)

    def test_progress_that_raises_ends_the_reading(self):
        def on_progress(_):
            raise Boom

        card = cards.Card("vn")
        with cards.reading() as reading:
            with self.assertRaises(Boom):
                reading.run(card, on_progress=on_progress)
            card.close()
            self.assertIsNotNone(reading.run(card))

    def test_a_store_takes_nothing_after_its_first_use_or_an_error(self):
        trust = cards.trust()
        chipid.Assessment(cards.saved(), trust)
        self.refused(chipid.ErrorCode.BUSY, trust.add_file, cards.CARDS["vn"]["csca"])
        broken = chipid.Trust()
        self.refused(chipid.ErrorCode.ANCHOR_UNRECOGNISED, broken.add, b"nonsense", "nonsense")
        with self.assertRaises(chipid.ChipidError):
            chipid.Assessment(cards.saved(), broken)

    def test_a_store_is_of_no_more_use_whatever_was_not_added(self):
        csca = pathlib.Path(cards.CARDS["vn"]["csca"])
        for add in (
            lambda store: store.add_file(csca.with_name("no-such.crl")),
            lambda store: store.add_file(csca.parent),
            lambda store: store.add_file(None),
            lambda store: store.add_file(csca, "any"),
            lambda store: store.add(None, "null"),
            lambda store: store.add("text", "text"),
            lambda store: store.add(csca.read_bytes(), None),
            lambda store: store.add(csca.read_bytes(), "half a character \ud800"),
            lambda store: store.add(csca.read_bytes(), "no such anchor", "any"),
            lambda store: store.add(b"no certificate", "nonsense"),
        ):
            store = cards.trust()
            with self.assertRaises((OSError, TypeError, ValueError, chipid.ChipidError)):
                add(store)
            self.refused(chipid.ErrorCode.FOREIGN_HANDLE, chipid.Assessment, cards.saved(), store)
            self.refused(chipid.ErrorCode.FOREIGN_HANDLE, store.add_file, csca)
        used = cards.trust()
        for _ in range(2):
            assessment = chipid.Assessment(cards.saved(), used)
            self.assertIs(chipid.Policy.built_in("data-cleaning").decide(assessment).answer, chipid.Answer.ACCEPT)
            with self.assertRaises(FileNotFoundError):
                used.add_file(csca.with_name("no-such.crl"))

    def test_an_assessment_is_not_changed_under_a_verdict(self):
        assessment = cards.assessed()
        with chipid.Policy.built_in("demo").decide(assessment):
            self.refused(chipid.ErrorCode.BUSY, assessment.compare_typed, name="Nobody")
            self.refused(chipid.ErrorCode.BUSY, assessment.set_attempts, made=1)
        assessment.compare_typed(name="Nobody")

    def test_many_threads_judge_one_document(self):
        document, trust, policy, answers = cards.saved(), cards.trust(), chipid.Policy.built_in("data-cleaning"), []

        def judge():
            for _ in range(20):
                answers.append(policy.decide(chipid.Assessment(document, trust)).answer)

        threads = [threading.Thread(target=judge) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(answers, [chipid.Answer.ACCEPT] * 80)


if __name__ == "__main__":
    unittest.main()
