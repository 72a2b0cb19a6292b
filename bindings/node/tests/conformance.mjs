// The member of the conformance run for Node: every case through the public surface, results as text.

import { readFile, writeFile } from 'node:fs/promises';
import { Block, parsed, written } from './support/blocks.mjs';
import { carriedOut } from './support/cases.mjs';
import { measured } from './support/overhead.mjs';

const { CHIPID_CONFORMANCE_CASES: cases, CHIPID_CONFORMANCE_RESULTS: results, CHIPID_CONFORMANCE_MODE: mode } = process.env;
const blocks = parsed(await readFile(cases, 'utf8')).map((pairs) => new Block(pairs));
const found = [];
for (const block of blocks) {
  const lines = mode === 'overhead' ? await measured(block) : await carriedOut(block, Number(process.env.CHIPID_CONFORMANCE_PORT));
  const id = block.one('id');
  found.push(id === undefined ? lines : [['id', id], ...lines]);
}
await writeFile(results, written(found));
