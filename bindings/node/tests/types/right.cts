// The same from CommonJS.

import chipid = require('chipid');
import type { Keys } from 'chipid';

const keys: Keys = chipid.Keys.can(new Uint8Array(6));
const answer: chipid.Answer = chipid.Policy.builtIn('demo').name === 'demo' ? 'accept' : 'undecided';
console.log(new chipid.Reading(keys) instanceof chipid.Reading, answer, chipid.ErrorCode.BUSY);
