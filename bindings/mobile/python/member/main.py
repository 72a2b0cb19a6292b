"""The member of the conformance run."""

import os

import blocks
import case
import overhead


def main():
    cases = blocks.read(os.environ["CHIPID_CONFORMANCE_CASES"])
    if os.environ["CHIPID_CONFORMANCE_MODE"] == "overhead":
        results = [overhead.measure(cases[0])]
    else:
        port = int(os.environ["CHIPID_CONFORMANCE_PORT"])
        # Both roads to a card are walked: every other case is read by an awaited transmit.
        members = [case.Member(port, through_asyncio) for through_asyncio in (False, True)]
        results = [members[number % 2].carry_out(one) for number, one in enumerate(cases)]
    blocks.write(os.environ["CHIPID_CONFORMANCE_RESULTS"], results)


if __name__ == "__main__":
    main()
