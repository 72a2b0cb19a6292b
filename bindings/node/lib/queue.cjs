'use strict';
// Work on one object, one piece after another, in the order in which it was asked for.

class Queue {
  #waiting = 0;
  #last = Promise.resolve();

  /** Runs `work` with the bytes: at once where nothing is waiting, else later and with a copy, for the caller may reuse them. */
  run(given, work) {
    const idle = this.#waiting === 0;
    this.#waiting += 1;
    const kept = idle ? given : given.map((bytes) => new Uint8Array(bytes));
    // What is asked for at once is begun at once, and not a turn later.
    const done = idle ? begun(work, kept) : this.#last.then(() => work(kept));
    this.#last = done.then(this.#ended, this.#ended);
    return done;
  }

  /** When all that was asked for so far has ended, well or not. */
  get idle() {
    return this.#waiting === 0 ? undefined : this.#last;
  }

  #ended = () => {
    this.#waiting -= 1;
  };
}

async function begun(work, given) {
  return work(given);
}

module.exports = { Queue };
