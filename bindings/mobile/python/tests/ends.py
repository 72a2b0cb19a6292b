"""A process that ends during a reading: 7 is how it wants to end."""

import asyncio
import sys
import threading
import time

import cards

card = cards.Card("vn")


def transmit(command):
    if card.commands == 9:
        print("reading", flush=True)
        if sys.argv[1] == "within":
            sys.exit(7)
        time.sleep(3600)
    return card(command)


async def task():
    async def awaited(command):
        if card.commands == 9:
            print("reading", flush=True)
            sys.exit(7)
        return card(command)

    await cards.reading().read(awaited)


if sys.argv[1] == "task":
    asyncio.run(task())
elif sys.argv[1] == "within":
    cards.reading().run(transmit)
else:
    threading.Thread(target=cards.reading().run, args=(transmit,), daemon=True).start()
    while card.commands < 9:
        time.sleep(0.01)
    time.sleep(0.1)
    sys.exit(7)
