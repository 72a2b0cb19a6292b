'use strict';
// Reading a chip: this loop carries each command, the library says which and takes the answer.

const { types } = require('node:util');
const native = require('./native.cjs');
const { Document } = require('./document.cjs');
const { Ending } = require('./ending.cjs');
const { ChipidError, TRANSPORT, call, misuse, translated } = require('./errors.cjs');
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
/** What ends the run of a reading, while one runs. */
const running = new WeakMap();
/** When the step that a run left behind in the pool has come back, well or not. */
const leaving = new WeakMap();
const limitsOf = new WeakMap();

class Reading extends Held {
  constructor(keys, about) {
    const { only, challenge, limits } = options(about, ['only', 'challenge', 'limits']);
    const given = nativeOf(keys, Keys, 'the keys');
    const reading = call(() => new native.Reading(given));
    super(INSIDE, reading);
    const { command = 0, response = 0 } = options(limits, ['command', 'response']);
    limitsOf.set(this, [count(command, 'the longest command'), count(response, 'the longest response')]);
    call(() => reading.setLimits(...limitsOf.get(this)));
    if (only !== undefined) {
      const groups = Uint8Array.from(list(only, 'the data groups').map((group) => count(group, 'a data group', 255)));
      call(() => reading.only(groups));
    }
    if (challenge !== undefined) call(() => reading.challenge(bytes(challenge, 'the challenge')));
  }

  run(transmit, about) {
    return begin(this, () => {
      if (typeof transmit !== 'function') throw misuse('missing', 'there is no function that carries an APDU');
      const work = (reading, ending, news) => {
        call(() => reading.setLimits(...limitsOf.get(this)));
        return drive(reading, transmit, ending, news);
      };
      return { signal: options(about, ['signal']).signal, work };
    });
  }

  runOnReader(about) {
    return begin(this, () => {
      const { name = '', waitMs = 0, signal } = options(about, ['name', 'waitMs', 'signal']);
      const wanted = [text(name, 'the name'), count(waitMs, 'the time to wait')];
      const work = async (reading, ending, news) => {
        const card = await connected(...wanted, ending);
        try {
          call(() => reading.setLimits(card.commandLimit() ?? 0, card.responseLimit() ?? 0));
          return await drive(reading, (command) => card.transmit(command).catch(ofReader), ending, news);
        } finally {
          card.close();
        }
      };
      return { signal, work };
    });
  }

  close() {
    super.close();
    running.get(this)?.now(misuse('foreign', 'the reading was closed'));
  }
}

/** Runs a reading that nobody runs, and sees to it that its listeners are told of its end. */
function begin(reading, given) {
  const news = new News();
  const whole = async () => {
    const held = nativeOf(reading, Reading, 'the reading');
    const { signal, work } = given();
    signalOf(signal);
    if (running.has(reading)) throw misuse('busy', 'the reading is in use by another call');
    const ending = new Ending(signal);
    running.set(reading, ending);
    try {
      await ending.wait(() => leaving.get(held));
      const document = await work(held, ending, news);
      news.end();
      return document;
    } finally {
      ending.over();
      running.delete(reading);
      held.weigh();
    }
  };
  const promise = whole().catch((error) => {
    news.end(error);
    throw error;
  });
  return run(promise, news);
}

async function drive(reading, transmit, ending, news) {
  let wanted = await inPool(reading, ending, () => reading.begin());
  let turned = performance.now();
  for (;;) {
    news.add(wanted.progress);
    if (wanted.document) return new Document(INSIDE, wanted.document);
    let response = NOTHING;
    let why = { code: 0 };
    try {
      response = responseOf(await ending.wait(() => transmit(wanted.command)));
    } catch (error) {
      if (ending.why !== undefined) {
        rest(reading);
        throw ending.why;
      }
      why = { code: codeOf(error), error: causeOf(error) };
    }
    // That there is no response is told here, and waits for no thread of the pool. A transmit that answers at once never lets the loop turn: every few milliseconds a step does.
    const quick = why.code !== 0 || (!wanted.heavy && performance.now() - turned < TURN_MS);
    if (quick) {
      try {
        wanted = reading.next(response, why.code);
      } catch (error) {
        throw translated(error, why);
      }
    } else {
      wanted = await inPool(reading, ending, () => reading.nextInPool(response));
      turned = performance.now();
    }
  }
}

/** A step in libuv's pool, which may be full. Where the run is ended before, the step is left behind, and what it comes to is nobody's. */
async function inPool(reading, ending, step) {
  let taken;
  try {
    return await ending.wait(() => (taken = step()));
  } catch (error) {
    if (ending.why === undefined) throw translated(error);
    reading.giveUp();
    if (taken === undefined) rest(reading);
    else leaving.set(reading, taken.then(({ document }) => document?.close(), () => {}).then(() => rest(reading)));
    throw ending.why;
  }
}

/** Gives up the command that is under way, so that the next run goes on from there. What was closed rests already. */
function rest(reading) {
  try {
    reading.stop();
    reading.weigh();
  } catch {
    // The next run says what there is to say.
  }
}

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

function codeOf(error) {
  // An error of the card's reader says what it is, and so does one of chipid's from the caller's transmit. Nothing else is believed.
  if ((error instanceof OfReader || error instanceof ChipidError) && KINDS.has(error.code)) return error.code;
  return error instanceof Malformed ? TRANSPORT.response_malformed : TRANSPORT.transport_failed;
}

/** What the caller threw, and not what is made here. */
const causeOf = (error) => (error instanceof OfReader ? undefined : error);

/** A card on a reader; one that comes after nobody waits any more is let go. */
async function connected(name, waitMs, ending) {
  if (native.connect === undefined) throw misuse('unknown', 'this build of chipid has no readers');
  const cancel = new native.Cancel();
  let coming;
  try {
    return await ending.wait(() => (coming = native.connect(name, waitMs, cancel)));
  } catch (error) {
    if (ending.why === undefined) throw translated(error);
    cancel.cancel();
    coming?.then((card) => card.close(), () => {});
    throw ending.why;
  }
}

module.exports = { Reading };
