'use strict';
// What stands behind an object of chipid, out of reach of inspection: a value of the library, until it is closed.

const { inspect } = require('node:util');
const { misuse } = require('./errors.cjs');
const { Queue } = require('./queue.cjs');

const INSIDE = Symbol('chipid');
const natives = new WeakMap();
const closed = new WeakSet();
const queues = new WeakMap();

class Held {
  constructor(token, native) {
    if (token !== INSIDE) throw misuse('unknown', `${new.target.name} is not made with new`);
    natives.set(this, native);
  }

  close() {
    closed.add(this);
    natives.get(this)?.close();
  }

  toJSON() {
    return {};
  }

  [inspect.custom]() {
    return `${this.constructor.name} {}`;
  }
}

/** Older releases of Node 20 have no name for it of their own. */
Held.prototype[Symbol.dispose ?? Symbol.for('nodejs.dispose')] = function dispose() {
  this.close();
};

/** The library's value behind an argument. */
function nativeOf(value, kind, what) {
  if (value === undefined || value === null) throw misuse('missing', `${what} is missing`);
  const native = value instanceof kind ? natives.get(value) : undefined;
  if (native === undefined) throw misuse('foreign', `${what} is no ${kind.name}`);
  if (closed.has(value)) throw misuse('foreign', `${what} was closed`);
  return native;
}

/** Something to which pieces are added one after another: it is closed at once, and wiped when what was asked of it before is done. */
class Filled extends Held {
  constructor(token, native) {
    super(token, native);
    queues.set(this, new Queue());
  }

  close() {
    const idle = queues.get(this)?.idle;
    if (idle === undefined) {
      super.close();
    } else if (!closed.has(this)) {
      closed.add(this);
      idle.then(() => super.close());
    }
  }
}

/** What is added to it, in its order. */
const queueOf = (filled) => queues.get(filled);

module.exports = { Filled, INSIDE, Held, nativeOf, queueOf };
