// Waits for a card, or reads it, and is ended in the middle.

import { parentPort } from 'node:worker_threads';
import { Keys, Reading } from 'chipid';

const run = new Reading(Keys.can(Buffer.from(process.env.CHIPID_TEST_CAN))).runOnReader({ name: process.argv[2], waitMs: 60_000 });
const end = () => (parentPort ? parentPort.postMessage('begun') : process.exit(7));
setTimeout(end, 500);
for await (const { file } of run) if (file === 'DG2') end();
