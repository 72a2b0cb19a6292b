"""Carries commands to the card server, but for those that a case wants to fail."""

import socket
import struct

import chipid


class Boom(Exception):
    """What a transmit raises that is broken."""


class Carrier:
    def __init__(self, port, card, case, cancel):
        self.port, self.card, self.cancel = port, card, cancel
        self.socket = None
        self.asked = 0
        self.fails = {int(at): int(code) for at, code in case.beginning("fail.")}
        self.throws_at = number(case.first("throw_at"))
        self.cancels_after = number(case.first("cancel_after"))
        if self.cancels_after == 0:
            cancel.cancel()

    def __call__(self, command):
        self.asked += 1
        if self.asked in self.fails:
            raise chipid.TransportError(self.fails[self.asked])
        if self.asked == self.throws_at:
            raise Boom("thrown, as the case wants it")
        try:
            response = self.exchange(command)
        except OSError:
            self.close()
            raise chipid.TransportError(chipid.TransportCode.CARD_REMOVED) from None
        if self.asked == self.cancels_after:
            self.cancel.cancel()
        return response

    def exchange(self, command):
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port))
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.send(self.card.encode())
        self.send(command)
        (length,) = struct.unpack(">I", self.receive(4))
        return self.receive(length)

    def send(self, data):
        self.socket.sendall(struct.pack(">I", len(data)) + data)

    def receive(self, length):
        data = bytearray()
        while len(data) < length:
            part = self.socket.recv(length - len(data))
            if not part:
                raise ConnectionResetError
            data += part
        return bytes(data)

    def close(self):
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def number(text):
    return None if text is None else int(text)
