"""Reading cards, blocking and awaited."""

import asyncio
import unittest

import cards
import chipid


class Reading(cards.Case):
    def test_a_card_is_read_and_accepted(self):
        told = []
        with cards.can() as keys, chipid.Reading(keys) as reading, cards.Card("vn") as card:
            with reading.run(card, on_progress=told.append) as document, cards.trust() as trust:
                with chipid.Assessment(document, trust) as assessment, chipid.Policy.built_in("data-cleaning") as policy:
                    with policy.decide(assessment) as verdict:
                        self.assertIs(verdict.answer, chipid.Answer.ACCEPT)
                        self.assertEqual(verdict.checks["access"], chipid.Check(chipid.CheckStatus.PASSED, None))
        self.assertEqual(told[0].phase, chipid.Phase.ACCESS)
        self.assertEqual(told[-1].phase, chipid.Phase.DONE)
        self.assertIn(chipid.File.DG13, {progress.file for progress in told})
        self.assertEqual(told[-1].bytes_done, told[-1].bytes_known)

    def test_an_awaited_reading_reads_the_same(self):
        told = []

        async def read():
            return await cards.reading().read(cards.Card("vn").awaited, on_progress=told.append)

        document = asyncio.run(read())
        blocking = cards.reading().run(cards.Card("vn"))
        for file in (chipid.File.DG1, chipid.File.DG13, chipid.File.EF_SOD):
            self.assertEqual(document.danger_unverified_file(file), blocking.danger_unverified_file(file))
        self.assertEqual(told[-1].phase, chipid.Phase.DONE)

    def test_keys_of_every_kind_open(self):
        given = cards.CARDS["vn"]
        kinds = [
            chipid.Keys.mrz(given["mrz"]),
            chipid.Keys.qr(given["qr"].encode()),
            chipid.Keys.number(bytearray(given["number"].encode())),
            chipid.Keys.document(*given["document"].split(",")),
            chipid.Keys.number_and_days(*_days(given["number_and_days"])),
        ]
        for keys in kinds:
            with keys, cards.Card("vn") as card:
                document = chipid.Reading(keys, only=[1]).run(card)
                self.assertIsNotNone(document.danger_unverified_file(chipid.File.DG1))

    def test_only_some_groups_are_read(self):
        document = cards.reading(only=[1, 2]).run(cards.Card("vn"))
        self.assertIsNone(document.danger_unverified_file(chipid.File.DG13))
        self.assertIsNotNone(document.danger_unverified_file(chipid.File.DG2))

    def test_a_challenge_of_the_caller_s_is_answered(self):
        challenge = bytes(range(8))
        document = cards.reading(challenge=challenge).run(cards.Card("vn"))
        request = chipid.Assessment(document, cards.trust()).confirmation_request()
        self.assertEqual(request.active_authentication.challenge, challenge)

    def test_limits_are_kept_to(self):
        def longest(limits):
            card, lengths = cards.Card("vn"), []

            def transmit(command):
                response = card(command)
                lengths.append(len(response))
                return response

            cards.reading(limits=limits).run(transmit)
            return max(lengths)

        self.assertLessEqual(longest((300, 512)), 512)
        self.assertGreater(longest((0, 0)), 512)

    def test_a_torn_reading_goes_on(self):
        with cards.reading("vn-lost") as reading, cards.Card("vn-lost") as card:
            self.refused(chipid.ErrorCode.CARD_REMOVED, reading.run, card)
            before = card.commands
            document = reading.run(card)
        whole = cards.Card("vn")
        cards.reading().run(whole)
        self.assertIsNotNone(document.danger_unverified_file(chipid.File.DG13))
        self.assertLess(card.commands - before, whole.commands)

    def test_an_awaited_torn_reading_goes_on(self):
        async def read():
            with cards.reading("vn-lost") as reading, cards.Card("vn-lost") as card:
                with self.assertRaises(chipid.ChipidError) as caught:
                    await reading.read(card.awaited)
                self.assertEqual(caught.exception.code, 1001)
                self.assertIsInstance(caught.exception.__cause__, chipid.TransportError)
                return await reading.read(card.awaited)

        self.assertIsNotNone(asyncio.run(read()).danger_unverified_file(chipid.File.DG13))

    def test_a_reading_does_not_go_on_on_another_card(self):
        with cards.reading("vn-swapped") as reading, cards.Card("vn-swapped") as card:
            self.refused(chipid.ErrorCode.CARD_REMOVED, reading.run, card)
            self.refused(2007, reading.run, card)

    def test_a_wrong_key_is_told(self):
        with chipid.Keys.can("999999") as keys, cards.Card("vn") as card:
            error = self.refused(chipid.ErrorCode.WRONG_KEY, chipid.Reading(keys).run, card)
        self.assertNotIn("999999", repr(error) + str(error))

    def test_a_reader_that_is_not_there(self):
        for name in ("no such reader", ""):
            with self.assertRaises(chipid.ChipidError) as caught:
                cards.reading().run_on_reader(name)
            self.assertIn(caught.exception.code, range(1001, 1017))
        try:
            self.assertIsInstance(chipid.readers(), list)
        except chipid.ChipidError as error:
            self.assertIn(error.code, (chipid.ErrorCode.SERVICE_UNAVAILABLE, chipid.ErrorCode.ACCESS_DENIED))


def _days(text):
    number, birth, issued = text.split(",")
    return number, int(birth), int(issued)


if __name__ == "__main__":
    unittest.main()
