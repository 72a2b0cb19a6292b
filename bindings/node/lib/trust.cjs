'use strict';
// Whom to believe.

const native = require('./native.cjs');
const { call, settled } = require('./errors.cjs');
const { bytes, oneOf, options, text } = require('./given.cjs');
const { Held, INSIDE, nativeOf } = require('./held.cjs');
const { Queue } = require('./queue.cjs');

const KINDS = ['any', 'identity_cards', 'list_root'];
const queues = new WeakMap();

class Trust extends Held {
  constructor() {
    super(INSIDE, call(() => new native.Trust()));
    queues.set(this, new Queue());
  }

  async add(data, about) {
    const { name = '', kind = 'any' } = options(about, ['name', 'kind']);
    const trust = nativeOf(this, Trust, 'the store');
    const given = [bytes(data, 'the anchor')];
    text(name, 'the name');
    oneOf(kind, KINDS, 'the kind');
    await settled(() => queues.get(this).run(given, ([anchor]) => trust.add(anchor, name, kind)));
  }
}

/** When all that was added so far is there. */
const filled = (trust) => queues.get(trust)?.idle;

module.exports = { Trust, filled };
