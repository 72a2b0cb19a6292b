'use strict';
// A document as it was read, believed by nobody yet.

const native = require('./native.cjs');
const { call, settled } = require('./errors.cjs');
const { bytes, count, options, path } = require('./given.cjs');
const { Held, INSIDE, nativeOf } = require('./held.cjs');

class Document extends Held {
  constructor(token, made) {
    if (token === undefined) super(INSIDE, call(() => native.Document.empty()));
    else super(token, made);
  }

  static async load(folder) {
    const from = path(folder, 'the folder');
    return new Document(INSIDE, await settled(() => native.Document.load(from)));
  }

  add(file, data) {
    const document = nativeOf(this, Document, 'the document');
    call(() => document.add(count(file, 'the file'), bytes(data, 'its bytes')));
    return this;
  }

  addActiveAuthentication(evidence) {
    const document = nativeOf(this, Document, 'the document');
    const { challenge, signature } = options(evidence, ['challenge', 'signature']);
    const parts = [bytes(challenge, 'the challenge'), bytes(signature, 'the signature')];
    call(() => document.addActiveAuthentication(...parts));
    return this;
  }

  activeAuthentication() {
    const document = nativeOf(this, Document, 'the document');
    const [challenge, signature] = call(() => document.activeAuthentication());
    return challenge === undefined ? undefined : { challenge, signature };
  }

  challengedWith(challenge) {
    const document = nativeOf(this, Document, 'the document');
    call(() => document.challengedWith(bytes(challenge, 'the challenge')));
    return this;
  }

  unverifiedFile(file) {
    const document = nativeOf(this, Document, 'the document');
    return call(() => document.unverifiedFile(count(file, 'the file'))) ?? undefined;
  }

  async save(folder) {
    const document = nativeOf(this, Document, 'the document');
    const into = path(folder, 'the folder');
    await settled(() => document.save(into));
  }
}

module.exports = { Document };
