'use strict';
// What stands behind an object of chipid, out of reach of inspection: a value of the library, until it is closed.

const { inspect } = require('node:util');
const { misuse } = require('./errors.cjs');

const INSIDE = Symbol('chipid');
const natives = new WeakMap();

class Held {
  constructor(token, native) {
    if (token !== INSIDE) throw misuse('unknown', `${new.target.name} is not made with new`);
    natives.set(this, native);
  }

  close() {
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
  return native;
}

module.exports = { INSIDE, Held, nativeOf };
