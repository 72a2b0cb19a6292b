'use strict';
// What ends a run before its time: the caller's signal, or that the reading is closed. Whatever the run waits for then is awaited no longer.

const { TRANSPORT, ChipidError } = require('./errors.cjs');

class Ending {
  #signal;
  #why;
  #tell;

  constructor(signal) {
    this.#signal = signal;
    if (signal?.aborted) this.#aborted();
    else signal?.addEventListener('abort', this.#aborted, { once: true });
  }

  /** Why the run has ended; undefined while it goes on. */
  get why() {
    return this.#why;
  }

  /** Ends the run. What ended it first counts. */
  now(why) {
    if (this.#why !== undefined) return;
    this.#why = why;
    this.#tell?.(why);
  }

  /** What `begin` gives, or a promise of it; or, as soon as the run is ended, why. Then nothing is begun any more. */
  wait(begin) {
    return new Promise((resolve, reject) => {
      if (this.#why !== undefined) {
        reject(this.#why);
        return;
      }
      this.#tell = reject;
      (async () => begin())().then(resolve, reject);
    });
  }

  /** The run is over: the signal is listened to no longer. */
  over() {
    this.#signal?.removeEventListener('abort', this.#aborted);
  }

  #aborted = () => {
    this.now(new ChipidError('cancelled', { code: TRANSPORT.cancelled }, { cause: this.#signal.reason }));
  };
}

module.exports = { Ending };
