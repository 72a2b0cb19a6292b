'use strict';
// What a reading tells while it runs, for as many as listen. Nobody has to: of what was not fetched only the last of each
// phase and file is kept.

class News {
  #told = [];
  #ended = false;
  #error;
  #awake;
  #next = this.#bell();

  add(progress) {
    for (const one of progress) {
      const last = this.#told.at(-1);
      const same = last !== undefined && last.phase === one.phase && last.file === one.file;
      this.#told.splice(same ? -1 : this.#told.length, same ? 1 : 0, Object.freeze({ ...one }));
    }
    if (progress.length > 0) this.#ring();
  }

  /** Ends all iterations; with an error they throw it. */
  end(error) {
    this.#ended = true;
    this.#error = error;
    this.#ring();
  }

  async *listen() {
    let at = 0;
    let seen;
    for (;;) {
      const next = this.#next;
      while (at < this.#told.length) {
        if (this.#told[at] !== seen) {
          seen = this.#told[at];
          yield seen;
        } else if (at + 1 < this.#told.length) {
          at += 1;
        } else {
          break;
        }
      }
      if (this.#told.at(-1) !== seen) continue;
      if (this.#ended) {
        if (this.#error !== undefined) throw this.#error;
        return;
      }
      await next;
    }
  }

  #ring() {
    const awake = this.#awake;
    this.#next = this.#bell();
    awake();
  }

  #bell() {
    return new Promise((resolve) => {
      this.#awake = resolve;
    });
  }
}

/** A promise of the reading's document that can be iterated over for its progress. */
function run(promise, news) {
  Object.defineProperty(promise, Symbol.asyncIterator, {
    value: () => {
      // Whoever listens is told of the error too, and may never come to await the promise.
      promise.catch(() => {});
      return news.listen();
    },
  });
  return promise;
}

module.exports = { News, run };
