'use strict';
// What callers give: looked at before the library sees it.

const { types } = require('node:util');
const { fileURLToPath } = require('node:url');
const { misuse } = require('./errors.cjs');

function there(value, what) {
  if (value === undefined || value === null) throw misuse('missing', `${what} is missing`);
  return value;
}

/** Bytes that nobody changes while they are read: what lies in shared memory is copied. */
function bytes(value, what, most = Infinity) {
  if (!types.isUint8Array(there(value, what))) throw misuse('unknown', `${what} is no Uint8Array`);
  if (value.length > most) throw misuse('unknown', `${what} is longer than ${most} bytes`);
  return types.isSharedArrayBuffer(value.buffer) ? new Uint8Array(value) : value;
}

/** The longest name, in UTF-16 units. */
const LONGEST_NAME = 1024;

function text(value, what, most = LONGEST_NAME) {
  if (typeof there(value, what) !== 'string') throw misuse('unknown', `${what} is no string`);
  if (value.length > most) throw misuse('unknown', `${what} is longer than ${most} characters`);
  return value;
}

/** No system takes a longer one. */
const LONGEST_PATH = 65_536;

/** A path, as Node's own functions take it. */
function path(value, what) {
  if (value instanceof URL) {
    if (value.protocol !== 'file:') throw misuse('unknown', `${what} is no file: URL`);
    return fileURLToPath(value);
  }
  return text(value, what, LONGEST_PATH);
}

/** A whole number from 0 to `most`. */
function count(value, what, most = 0xffff_ffff) {
  if (!Number.isInteger(there(value, what)) || value < 0 || value > most) {
    throw misuse('unknown', `${what} is no whole number from 0 to ${most}`);
  }
  return value;
}

function oneOf(value, known, what) {
  if (!known.includes(there(value, what))) throw misuse('unknown', `${what} is one of ${known.join(', ')}`);
  return value;
}

function list(value, what) {
  if (!Array.isArray(there(value, what))) throw misuse('unknown', `${what} is no array`);
  return value;
}

/** An object written down for the call. What is of another kind, or has another thing in it, says less than its writer believes. */
function options(value, known) {
  if (value === undefined) return {};
  if (!isPlain(value)) throw misuse('unknown', `an object is wanted here, with ${known.join(', ')}`);
  for (const key of Reflect.ownKeys(value)) {
    if (!known.includes(key)) throw misuse('unknown', `what is taken here is ${known.join(', ')}, and nothing else`);
  }
  return value;
}

function isPlain(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  // Another realm's Object.prototype is one too.
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf'));
}

/** Seconds since 1970. */
function seconds(value, what) {
  if (!types.isDate(there(value, what)) || Number.isNaN(value.getTime())) throw misuse('unknown', `${what} is no valid Date`);
  return Math.floor(value.getTime() / 1000);
}

function signal(value) {
  if (value === undefined || isSignal(value)) return value;
  throw misuse('unknown', 'the signal is no AbortSignal');
}

/** What only has the prototype throws when it is asked. */
function isSignal(value) {
  try {
    return value instanceof AbortSignal && typeof value.aborted === 'boolean' && typeof value.removeEventListener === 'function';
  } catch {
    return false;
  }
}

module.exports = { bytes, count, list, oneOf, options, path, seconds, signal, text, there };
