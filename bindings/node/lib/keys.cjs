'use strict';
// What opens a chip.

const native = require('./native.cjs');
const { call, settled } = require('./errors.cjs');
const { bytes, options } = require('./given.cjs');
const { Held, INSIDE } = require('./held.cjs');

class Keys extends Held {
  static can(digits) {
    return made(() => native.Keys.can(bytes(digits, 'the CAN')));
  }

  static pin(digits) {
    return made(() => native.Keys.pin(bytes(digits, 'the PIN')));
  }

  static puk(digits) {
    return made(() => native.Keys.puk(bytes(digits, 'the PUK')));
  }

  static mrz(zone) {
    return made(() => native.Keys.mrz(bytes(zone, 'the zone')));
  }

  static async qr(code) {
    return new Keys(INSIDE, await settled(() => native.Keys.qr(bytes(code, 'the code'))));
  }

  static number(digits) {
    return made(() => native.Keys.number(bytes(digits, 'the number')));
  }

  static document(zone) {
    const { number, birth, expiry } = options(zone);
    const parts = () => [bytes(number, 'the number'), bytes(birth, 'the birth'), bytes(expiry, 'the expiry')];
    return made(() => native.Keys.document(...parts()));
  }

  static numberAndDays(given) {
    const { number, birth, issued } = options(given);
    const parts = () => [bytes(number, 'the number'), bytes(birth, 'the birth'), bytes(issued, 'the day of issue')];
    return made(() => native.Keys.numberAndDays(...parts()));
  }
}

function made(make) {
  return new Keys(INSIDE, call(make));
}

module.exports = { Keys };
