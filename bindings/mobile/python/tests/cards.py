"""The cards of the card server, for tests."""

import itertools
import os
import pathlib
import socket
import struct
import unittest

import chipid

PORT = int(os.environ["CHIPID_CONFORMANCE_PORT"])
FOLDER = pathlib.Path(os.environ["CHIPID_CONFORMANCE_FOLDER"])
MODELS = pathlib.Path(os.environ["CHIPID_MODELS"])
AT = 1_795_305_600
"""A moment at which every document of the cards is valid."""

_names = itertools.count()


def _listed():
    blocks = (FOLDER / "cards").read_text(encoding="utf-8").strip().split("\n\n")
    cards = (dict(line.split("=", 1) for line in block.splitlines()) for block in blocks)
    return {card["id"]: {key: value.replace("\\n", "\n") for key, value in card.items()} for card in cards}


CARDS = _listed()


class Card:
    """A card on the card server: called with a command it gives the response. Each has a fate of its own."""

    def __init__(self, name):
        self.name = f"{name}/python-{os.getpid()}-{next(_names)}"
        self.socket = None
        self.commands = 0

    def __call__(self, command):
        self.commands += 1
        try:
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", PORT))
                self._send(self.name.encode())
            self._send(command)
            (length,) = struct.unpack(">I", self._receive(4))
            return self._receive(length)
        except OSError:
            self.close()
            raise chipid.TransportError(chipid.TransportCode.CARD_REMOVED) from None

    async def awaited(self, command):
        return self(command)

    def close(self):
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        self.close()

    def _send(self, data):
        self.socket.sendall(struct.pack(">I", len(data)) + data)

    def _receive(self, length):
        data = self.socket.recv(length, socket.MSG_WAITALL) if length else b""
        if len(data) < length:
            raise ConnectionResetError
        return data


def can(name="vn"):
    return chipid.Keys.can(CARDS[name]["can"])


def reading(name="vn", **how):
    with can(name) as keys:
        return chipid.Reading(keys, **how)


def trust(name="vn", anchor=chipid.Anchor.IDENTITY_CARDS):
    store = chipid.Trust()
    store.add_file(CARDS[name]["csca"], anchor)
    return store


def saved(name="vn"):
    return chipid.Document.load(CARDS[name]["folder"])


def assessed(name="vn", **how):
    return chipid.Assessment(saved(name), trust(name), **how)


class Case(unittest.TestCase):
    """A test case that asks for codes."""

    def refused(self, code, function, *arguments, **more):
        """Sees to it that a call is refused with a code, and gives the error."""
        with self.assertRaises(chipid.ChipidError) as caught:
            function(*arguments, **more)
        self.assertEqual(caught.exception.code, code, caught.exception)
        return caught.exception


def needs_models(test):
    """A test that compares faces. Where the models were not fetched it is left out; with CHIPID_REQUIRE_MODELS it fails instead."""
    there = MODELS.is_dir() and any(MODELS.glob("*.onnx"))
    if there or os.environ.get("CHIPID_REQUIRE_MODELS"):
        return test
    return unittest.skip("the models were not fetched: scripts/fetch_models.py")(test)
