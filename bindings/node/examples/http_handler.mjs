// A small service beside a bank's back-end: saved files of a document in, the verdict out. It says whether they were signed and the
// document has not expired. They may be copies: no answer of this service says who sent them, nor that a chip was there.
//
//   POST /verify  {"files": {"011D": "<base64>", "0101": "<base64>", ...}}   ->  {"answer": "...", "grounds": [...]}
//
// It listens on this machine alone: whoever is let in from outside, and over TLS, is the concern of what stands before it.
// Not to be logged, here or there: bodies, holder fields, file bytes, personal numbers (not in a path or a query either), portraits.
// What may be: the time, the answer, the codes of the grounds, the code of an error.

import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { Assessment, ChipidError, Document, Policy } from 'chipid';

/** Four megabytes: a document has less, and base64 makes a third more of it. */
const LONGEST_BODY = 4 * 1024 * 1024;
/** Verifications at a time; whoever comes then is asked to come again. */
const AT_ONCE = 4;

/** A server that judges by these anchors. */
export function service(trust, policy = Policy.builtIn('data-cleaning')) {
  let running = 0;
  // A peer that is slow to send is cut off by the second, and holds no place while it sends.
  const server = createServer({ connectionsCheckingInterval: 1000 }, async (request, response) => {
    const answer = (status, body) => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', connection: status < 400 ? 'keep-alive' : 'close' });
      response.end(JSON.stringify(body));
    };
    if (request.url !== '/verify') return answer(404, { error: 'nothing is here' });
    if (request.method !== 'POST') return answer(405, { error: 'POST is what it takes' });
    const held = [];
    const kept = (one) => held[held.push(one) - 1];
    let body;
    try {
      body = await bodyOf(request);
    } catch (error) {
      return answer(error.status ?? 400, { error: error.status ? error.message : 'the body is not what it should be' });
    }
    if (running >= AT_ONCE) return answer(503, { error: 'busy' });
    running += 1;
    try {
      const document = kept(new Document());
      fill(document, body);
      const assessment = kept(await Assessment.of(document, trust));
      const verdict = kept(policy.decide(assessment));
      const grounds = verdict.grounds.map(({ code, severity }) => ({ code, severity }));
      console.log(new Date().toISOString(), verdict.answer, grounds.map(({ code }) => code).join(' '));
      answer(200, { answer: verdict.answer, grounds });
    } catch (error) {
      // The message of chipid's error holds nobody's data; any other error's might.
      if (error instanceof ChipidError) answer(422, { code: error.code, error: error.message });
      else answer(400, { error: 'the body is not what it should be' });
    } finally {
      for (const one of held.reverse()) one.close();
      running -= 1;
    }
  });
  server.requestTimeout = 10_000;
  server.headersTimeout = 5_000;
  server.maxConnections = 64;
  return server;
}

async function bodyOf(request) {
  const parts = [];
  let length = 0;
  try {
    for await (const part of request) {
      parts.push(part);
      length += part.length;
      if (length > LONGEST_BODY) throw Object.assign(new Error('too long'), { status: 413 });
    }
    parts.push(Buffer.concat(parts));
    return JSON.parse(parts.at(-1).toString('utf8'));
  } finally {
    for (const bytes of parts) bytes.fill(0);
  }
}

function fill(document, { files }) {
  if (typeof files !== 'object' || files === null || Array.isArray(files)) throw new TypeError('files is no object');
  for (const [file, base64] of Object.entries(files)) {
    // Buffer.from takes whatever has a length, and would copy as many elements as it says.
    if (typeof base64 !== 'string') throw new TypeError('a file is no string');
    const bytes = Buffer.from(base64, 'base64');
    try {
      document.add(/^[0-9A-Fa-f]{4}([0-9A-Fa-f]{4})?$/.test(file) ? Number.parseInt(file, 16) : NaN, bytes);
    } finally {
      bytes.fill(0);
    }
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { readFile } = await import('node:fs/promises');
  const { Trust } = await import('chipid');
  const [csca] = process.argv.slice(2);
  const trust = new Trust();
  await trust.add(await readFile(csca), { name: csca, kind: 'identity_cards' });
  const server = service(trust).listen(8080, '127.0.0.1', () => console.log('http://127.0.0.1:8080/verify'));
  process.once('SIGTERM', () => server.close());
}
