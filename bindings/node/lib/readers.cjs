'use strict';
// Readers of this machine, through PC/SC.

const native = require('./native.cjs');
const { misuse, settled } = require('./errors.cjs');

const Readers = Object.freeze({
  async list() {
    if (native.readers === undefined) throw misuse('unknown', 'this build of chipid has no readers');
    return JSON.parse(await settled(() => native.readers()));
  },
});

module.exports = { Readers };
