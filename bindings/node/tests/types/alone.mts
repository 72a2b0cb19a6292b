// With the browser's types for what Node's are not there for.

import { Keys, Reading, type Transmit } from 'chipid';

export const read = (transmit: Transmit, can: Uint8Array, signal: AbortSignal) => new Reading(Keys.can(can)).run(transmit, { signal });
