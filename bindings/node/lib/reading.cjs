'use strict';
// Reading a chip: this loop carries each command, the library says which and takes the answer.

const { types } = require('node:util');
const native = require('./native.cjs');
const { Document } = require('./document.cjs');
const { ChipidError, TRANSPORT, call, misuse, settled, translated } = require('./errors.cjs');
const { bytes, count, list, options, signal: signalOf, text } = require('./given.cjs');
const { Held, INSIDE, nativeOf } = require('./held.cjs');
const { Keys } = require('./keys.cjs');
const { News, run } = require('./progress.cjs');

const NOTHING = new Uint8Array(0);
/** The longest response APDU (ISO/IEC 7816-4, 5.1). */
const LONGEST = 65_538;
/** For how long steps may follow one another on the event loop. */
const TURN_MS = 4;
const KINDS = new Set(Object.values(TRANSPORT));
const running = new WeakSet();
const limitsOf = new WeakMap();

class Reading extends Held {
  constructor(keys, about) {
    const { only, challenge, limits } = options(about, ['only', 'challenge', 'limits']);
    const given = nativeOf(keys, Keys, 'the keys');
    const reading = call(() => new native.Reading(given));
    super(INSIDE, reading);
    const { command, response } = options(limits, ['command', 'response']);
    const known = (length, what) => (length === undefined ? undefined : count(length, what) || undefined);
    limitsOf.set(this, [known(command, 'the longest command'), known(response, 'the longest response')]);
    if (only !== undefined) {
      const groups = Uint8Array.from(list(only, 'the data groups').map((group) => count(group, 'a data group', 255)));
      call(() => reading.only(groups));
    }
    if (challenge !== undefined) call(() => reading.challenge(bytes(challenge, 'the challenge')));
  }

  run(transmit, about) {
    return begin(this, async (reading, news) => {
      if (typeof transmit !== 'function') throw misuse('missing', 'there is no function that carries an APDU');
      const signal = signalOf(options(about, ['signal']).signal);
      call(() => reading.setLimits(...limitsOf.get(this)));
      return drive(reading, transmit, signal, news);
    });
  }

  runOnReader(about) {
    return begin(this, async (reading, news) => {
      const { name = '', waitMs = 0, signal } = options(about, ['name', 'waitMs', 'signal']);
      const card = await connected(text(name, 'the name'), count(waitMs, 'the time to wait'), signalOf(signal));
      try {
        call(() => reading.setLimits(card.commandLimit() ?? undefined, card.responseLimit() ?? undefined));
        return await drive(reading, (command) => card.transmit(command).catch(ofReader), signal, news);
      } finally {
        card.close();
      }
    });
  }
}

/** Runs a reading that nobody runs, and sees to it that its listeners are told of its end. */
function begin(reading, work) {
  const news = new News();
  const whole = async () => {
    const held = nativeOf(reading, Reading, 'the reading');
    if (running.has(reading)) throw misuse('busy', 'the reading is in use by another call');
    running.add(reading);
    try {
      const document = await work(held, news);
      news.end();
      return document;
    } finally {
      running.delete(reading);
    }
  };
  const promise = whole().catch((error) => {
    news.end(error);
    throw error;
  });
  return run(promise, news);
}

async function drive(reading, transmit, signal, news) {
  let wanted = await settled(() => reading.begin());
  let turned = performance.now();
  for (;;) {
    news.add(wanted.progress);
    if (wanted.document) return new Document(INSIDE, wanted.document);
    let response = NOTHING;
    let why = { code: 0 };
    try {
      response = responseOf(await carried(transmit, wanted.command, signal));
    } catch (error) {
      why = { code: codeOf(error, signal), error: causeOf(error, signal) };
    }
    try {
      // That there is no response is told here, and waits for no thread of the pool. A transmit that answers at once never lets the loop turn: every few milliseconds a step does.
      const quick = why.code !== 0 || (!wanted.heavy && performance.now() - turned < TURN_MS);
      if (quick) {
        wanted = reading.next(response, why.code);
      } else {
        wanted = await reading.nextInPool(response, 0);
        turned = performance.now();
      }
    } catch (error) {
      throw translated(error, why);
    }
  }
}

/** A command on its way, awaited no longer than until the signal aborts. */
function carried(transmit, command, signal) {
  if (signal === undefined) return transmit(command);
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Aborted());
    if (signal.aborted) {
      stop();
      return;
    }
    signal.addEventListener('abort', stop, { once: true });
    const settle = (end) => (value) => {
      signal.removeEventListener('abort', stop);
      end(value);
    };
    (async () => transmit(command))().then(settle(resolve), settle(reject));
  });
}

class Aborted extends Error {}

function ofReader(error) {
  throw new OfReader(translated(error).code);
}

function responseOf(value) {
  if (!types.isUint8Array(value)) throw new Malformed('what transmit gave is no Uint8Array');
  if (value.length > LONGEST) throw new Malformed('what transmit gave is longer than any response APDU');
  return bytes(value, 'the response');
}

class Malformed extends TypeError {}

/** An error of the library's own reader. */
class OfReader extends Error {
  constructor(code) {
    super('the reader says so');
    this.code = code;
  }
}

function codeOf(error, signal) {
  if (error instanceof Aborted || signal?.aborted) return TRANSPORT.cancelled;
  // An error of the card's reader says what it is, and so does one of chipid's from the caller's transmit. Nothing else is believed.
  if ((error instanceof OfReader || error instanceof ChipidError) && KINDS.has(error.code)) return error.code;
  return error instanceof Malformed ? TRANSPORT.response_malformed : TRANSPORT.transport_failed;
}

/** What the caller threw, and not what is made here. */
function causeOf(error, signal) {
  if (error instanceof Aborted || signal?.aborted) return signal.reason;
  return error instanceof OfReader ? undefined : error;
}

/** A card on a reader; one that comes after nobody waits any more is let go. */
function connected(name, waitMs, signal) {
  if (native.connect === undefined) throw misuse('unknown', 'this build of chipid has no readers');
  const cancel = new native.Cancel();
  return new Promise((resolve, reject) => {
    let waiting = true;
    const stop = () => {
      waiting = false;
      cancel.cancel();
      reject(new ChipidError('cancelled', { code: TRANSPORT.cancelled }, { cause: signal.reason }));
    };
    if (signal?.aborted) {
      stop();
      return;
    }
    signal?.addEventListener('abort', stop, { once: true });
    native.connect(name, waitMs, cancel).then(
      (card) => {
        signal?.removeEventListener('abort', stop);
        if (waiting) resolve(card);
        else card.close();
      },
      (error) => {
        signal?.removeEventListener('abort', stop);
        reject(translated(error));
      },
    );
  });
}

module.exports = { Reading };
