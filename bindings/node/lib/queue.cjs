'use strict';
// Work on one object, one piece after another, in the order in which it was asked for.

class Queue {
  #waiting = 0;
  #last = Promise.resolve();

  /** Runs `work` with the bytes: at once where nothing is waiting, else later and with a copy, for the caller may reuse them. `work` copies what
   * it keeps before it returns. */
  run(given, work) {
    const idle = this.#waiting === 0;
    this.#waiting += 1;
    // What is asked for at once is begun at once, and not a turn later.
    const done = idle ? begun(work, given) : this.#later(given, work);
    this.#last = done.then(this.#ended, this.#ended);
    return done;
  }

  /** When all that was asked for so far has ended, well or not. */
  get idle() {
    return this.#waiting === 0 ? undefined : this.#last;
  }

  #later(given, work) {
    const kept = given.map((bytes) => new Uint8Array(bytes));
    return this.#last.then(() => {
      try {
        return work(kept);
      } finally {
        for (const copy of kept) copy.fill(0);
      }
    });
  }

  #ended = () => {
    this.#waiting -= 1;
  };
}

async function begun(work, given) {
  return work(given);
}

module.exports = { Queue };
