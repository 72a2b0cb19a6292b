'use strict';
// One error for all of chipid, with its permanent code. Nothing of the holder stands in it.

const { ErrorCode, TRANSPORT } = require('./error_code.cjs');

/** Misuse of the interface, and its codes. */
const MISUSE = Object.freeze({
  missing: ErrorCode.NULL_ARGUMENT,
  foreign: ErrorCode.FOREIGN_HANDLE,
  busy: ErrorCode.BUSY,
  unknown: ErrorCode.UNKNOWN_VALUE,
});

class ChipidError extends Error {
  constructor(message, facts, options) {
    super(message, options);
    this.code = facts.code;
    for (const fact of ['file', 'offset', 'statusWord', 'triesLeft']) {
      if (facts[fact] !== undefined && facts[fact] !== null) this[fact] = facts[fact];
    }
  }
}
Object.defineProperty(ChipidError.prototype, 'name', { value: 'ChipidError', writable: true, configurable: true });

class TransportError extends ChipidError {
  constructor(kind, options) {
    if (typeof kind !== 'string' || !Object.hasOwn(TRANSPORT, kind)) {
      throw misuse('unknown', `a transport error is one of ${Object.keys(TRANSPORT).join(', ')}`);
    }
    super(`the transport says ${kind}`, { code: TRANSPORT[kind] }, options);
    this.kind = kind;
  }
}
Object.defineProperty(TransportError.prototype, 'name', { value: 'TransportError', writable: true, configurable: true });

function misuse(kind, message) {
  return new ChipidError(message, { code: MISUSE[kind] });
}

/** The library's error, which is told as JSON; with a cause where it is known. */
function translated(error, cause) {
  if (error instanceof ChipidError) return error;
  let told;
  try {
    told = JSON.parse(error.message);
  } catch {
    told = null;
  }
  if (!Number.isInteger(told?.code)) {
    return new ChipidError('the value stands for nothing here', { code: MISUSE.unknown }, { cause: error });
  }
  return new ChipidError(told.message, told, cause?.code === told.code ? { cause: cause.error } : undefined);
}

/** Runs a call of the library. */
function call(work) {
  try {
    return work();
  } catch (error) {
    throw translated(error);
  }
}

/** Awaits a call of the library. */
async function settled(work) {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
}

module.exports = { ChipidError, TransportError, TRANSPORT, misuse, translated, call, settled };
