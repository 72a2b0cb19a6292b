"""What check_symbols.py finds, and what it lets be."""

import unittest

import check_symbols


class Objections(unittest.TestCase):
    def test_the_virtual_card_is_found_by_symbol_and_by_text(self):
        for there in (
            b"_ZN19chipid_virtual_card4chip11VirtualCard7process17h0123456789abcdefE",
            b"_RNvCs1234_19chipid_virtual_card4made",
            b"x\0hardware/virtual-card/src/chip.rs\0y",
        ):
            self.assertEqual(len(check_symbols.objections(b"main\n", b"abc\n" + there)), 1, there)

    def test_seeded_generators_are_found(self):
        for there in (b"_ZN11rand_chacha6chacha4make17hE", b"_ZN4rand4rngs3std6StdRng17hE", b"seed_from_u64", b"fastrand6global"):
            self.assertTrue(check_symbols.objections(there), there)

    def test_the_system_s_randomness_and_plain_words_are_let_be(self):
        for there in (b"_ZN9getrandom8backends5linux", b"a virtual card\nvirtual", b"RNvMNtCs_3std4hash6random11RandomState", b"rand_core"):
            self.assertEqual(check_symbols.objections(there), [], there)

    def test_an_example_is_given_and_each_thing_is_told_once(self):
        told = check_symbols.objections(b"one\nxStdRng\n", b"yStdRng\n")
        self.assertEqual(told, ["a generator that a seed determines: xStdRng"])


if __name__ == "__main__":
    unittest.main()
