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
    const { name = '', kind = 'any' } = options(about, ['name', 'kind']);
    const trust = nativeOf(this, Trust, 'the store');
    const given = [bytes(data, 'the anchor')];
    text(name, 'the name');
    oneOf(kind, KINDS, 'the kind');
    if (used.has(this)) throw misuse('busy', 'the store is in use, and nothing is added to it any more');
    await settled(() => queueOf(this).run(given, ([anchor]) => trust.add(anchor, name, kind)));
  }
}

/** Takes the store as it is: from now on nothing is added to it. A promise of when all that was added before is there, where it is not. */
function use(trust) {
  used.add(trust);
  return queueOf(trust).idle;
}

module.exports = { Trust, use };
