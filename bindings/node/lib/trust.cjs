'use strict';
// Whom to believe.

const native = require('./native.cjs');
const { call, misuse, settled } = require('./errors.cjs');
const { bytes, oneOf, options, text } = require('./given.cjs');
const { Filled, INSIDE, nativeOf, queueOf } = require('./held.cjs');

const KINDS = ['any', 'identity_cards', 'list_root'];
const used = new WeakSet();

class Trust extends Filled {
  constructor() {
    super(INSIDE, call(() => new native.Trust()));
  }

  async add(data, about) {
    const trust = nativeOf(this, Trust, 'the store');
    const queue = queueOf(this);
    let done;
    try {
      const { name = '', kind = 'any' } = options(about, ['name', 'kind']);
      const given = [bytes(data, 'the anchor')];
      text(name, 'the name');
      oneOf(kind, KINDS, 'the kind');
      if (used.has(this)) throw misuse('busy', 'the store is in use, and nothing is added to it any more');
      done = call(() => queue.run(given, ([anchor]) => trust.add(anchor, name, kind)));
    } catch (error) {
      if (!used.has(this)) await spoilt(queue, trust);
      throw error;
    }
    await settled(() => done);
  }
}

/**
 * Has the library know of what was refused here, before it was asked, in its turn: else the store would go on without what was to be added. A
 * kind that is none is refused, and a store that refused something is of no more use.
 */
async function spoilt(queue, trust) {
  try {
    await queue.run([], () => trust.add(new Uint8Array(0), '', 'none'));
  } catch {
    // It has refused it, or was closed.
  }
}

/** Takes the store as it is: from now on nothing is added to it. A promise of when all that was added before is there, where it is not. */
function use(trust) {
  used.add(trust);
  return queueOf(trust).idle;
}

module.exports = { Trust, use };
