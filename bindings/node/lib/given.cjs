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
function bytes(value, what) {
  if (!types.isUint8Array(there(value, what))) throw misuse('unknown', `${what} is no Uint8Array`);
  return types.isSharedArrayBuffer(value.buffer) ? new Uint8Array(value) : value;
}

function text(value, what) {
  if (typeof there(value, what) !== 'string') throw misuse('unknown', `${what} is no string`);
  return value;
}

/** A path, as Node's own functions take it. */
function path(value, what) {
  if (value instanceof URL) {
    if (value.protocol !== 'file:') throw misuse('unknown', `${what} is no file: URL`);
    return fileURLToPath(value);
  }
  return text(value, what);
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

function options(value) {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null) throw misuse('unknown', 'the options are no object');
  return value;
}

/** Seconds since 1970. */
function seconds(value, what) {
  if (!types.isDate(there(value, what)) || Number.isNaN(value.getTime())) throw misuse('unknown', `${what} is no valid Date`);
  return Math.floor(value.getTime() / 1000);
}

function signal(value) {
  if (value !== undefined && (typeof value?.aborted !== 'boolean' || typeof value.addEventListener !== 'function')) {
    throw misuse('unknown', 'the signal is no AbortSignal');
  }
  return value;
}

module.exports = { bytes, count, list, oneOf, options, path, seconds, signal, text, there };
