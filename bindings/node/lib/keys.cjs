'use strict';
// What opens a chip.

const native = require('./native.cjs');
const { call, settled } = require('./errors.cjs');
const { bytes, options } = require('./given.cjs');
const { Held, INSIDE } = require('./held.cjs');

/** A picture of a QR code has its own limits; whatever else opens a chip is short. */
const LONGEST = 65_536;

class Keys extends Held {
  static can(digits) {
    return made(() => native.Keys.can(bytes(digits, 'the CAN', LONGEST)));
  }

  static pin(digits) {
    return made(() => native.Keys.pin(bytes(digits, 'the PIN', LONGEST)));
  }

  static puk(digits) {
    return made(() => native.Keys.puk(bytes(digits, 'the PUK', LONGEST)));
  }

  static mrz(zone) {
    return made(() => native.Keys.mrz(bytes(zone, 'the zone', LONGEST)));
  }

  static async qr(code) {
    return new Keys(INSIDE, await settled(() => native.Keys.qr(bytes(code, 'the code'))));
  }

  static number(digits) {
    return made(() => native.Keys.number(bytes(digits, 'the number', LONGEST)));
  }

  static document(zone) {
    const { number, birth, expiry } = options(zone, ['number', 'birth', 'expiry']);
    const parts = () => [bytes(number, 'the number', LONGEST), bytes(birth, 'the birth', LONGEST), bytes(expiry, 'the expiry', LONGEST)];
    return made(() => native.Keys.document(...parts()));
  }

  static numberAndDays(given) {
    const { number, birth, issued } = options(given, ['number', 'birth', 'issued']);
    const parts = () => [bytes(number, 'the number', LONGEST), bytes(birth, 'the birth', LONGEST), bytes(issued, 'the day of issue', LONGEST)];
    return made(() => native.Keys.numberAndDays(...parts()));
  }
}

function made(make) {
  return new Keys(INSIDE, call(make));
}

module.exports = { Keys };
