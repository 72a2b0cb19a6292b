'use strict';
// What a document is worth: its signatures, the chip's proofs, the face, and what the caller adds.

const native = require('./native.cjs');
const { ANSWERED, ConfirmationRequest, UNREACHABLE } = require('./confirmation.cjs');
const { Document } = require('./document.cjs');
const { call, misuse, settled } = require('./errors.cjs');
const { CAPTURES, Faces, LiveImages, withImages } = require('./faces.cjs');
const { bytes, count, list, oneOf, options, seconds, text } = require('./given.cjs');
const { Held, INSIDE, nativeOf } = require('./held.cjs');
const { Keys } = require('./keys.cjs');
const { Trust, filled } = require('./trust.cjs');

const RESULTS = ['passed', 'failed', 'uncertain'];
const MATCHES = ['match', 'mismatch', 'uncertain'];
const comparing = new WeakSet();
const verdicts = new WeakMap();

class Assessment extends Held {
  static async of(document, trust, about) {
    const { at } = options(about);
    const time = at === undefined ? undefined : seconds(at, 'the time');
    const [read, anchors] = [nativeOf(document, Document, 'the document'), nativeOf(trust, Trust, 'the trust store')];
    await filled(trust);
    return new Assessment(INSIDE, await settled(() => native.Assessment.of(read, anchors, time)));
  }

  compareKeys(keys) {
    const given = nativeOf(keys, Keys, 'the keys');
    call(() => own(this).compareKeys(given));
    return this;
  }

  compareTyped(typed) {
    const { name, number, birth } = options(typed);
    const given = (value, what) => (value === undefined ? undefined : bytes(value, what));
    call(() => own(this).compareTyped(given(name, 'the name'), given(number, 'the number'), given(birth, 'the birth')));
    return this;
  }

  async compareFace(faces, images) {
    const assessment = own(this);
    const comparer = nativeOf(faces, Faces, 'the models');
    const live = nativeOf(images, LiveImages, 'the images');
    if (comparing.has(this)) throw misuse('busy', 'the assessment is in use by another call');
    comparing.add(this);
    try {
      await settled(() => withImages(images, () => assessment.compareFace(comparer, live)));
    } finally {
      comparing.delete(this);
    }
  }

  addLiveness(liveness) {
    const { result, vendor, version, basis, capture, at, images } = options(liveness);
    const given = {
      result: oneOf(result, RESULTS, 'the result'),
      vendor: text(vendor, 'the vendor'),
      version: text(version, 'the version'),
      basis: text(basis, 'the basis'),
      capture: oneOf(capture, CAPTURES, 'the capture'),
      at: seconds(at, 'the time of the check'),
      images: list(images, 'the images').map((digest) => bytes(digest, 'a digest')),
    };
    call(() => own(this).addLiveness(given));
    return this;
  }

  addFaceEngine(comparison) {
    const { result, vendor, version, certificate, capture, at, portrait, images } = options(comparison);
    const given = {
      result: oneOf(result, MATCHES, 'the result'),
      vendor: text(vendor, 'the vendor'),
      version: text(version, 'the version'),
      certificate: text(certificate, 'the certificate'),
      capture: oneOf(capture, CAPTURES, 'the capture'),
      at: seconds(at, 'the time of the comparison'),
      portrait: bytes(portrait, 'the digest of the portrait'),
      images: list(images, 'the images').map((digest) => bytes(digest, 'a digest')),
    };
    call(() => own(this).addFaceEngine(given));
    return this;
  }

  confirmationRequest(about) {
    const { nonce, consent } = options(about);
    const kept = nonce === undefined ? undefined : bytes(nonce, 'the nonce');
    const named = consent === undefined ? undefined : text(consent, 'the consent');
    return new ConfirmationRequest(INSIDE, call(() => native.ConfirmationRequest.of(own(this), kept, named)));
  }

  addConfirmation(request, answer) {
    const asked = nativeOf(request, ConfirmationRequest, 'the request');
    const { outcome, service, transaction, number, signerSha256, nonce, answeredAt } = options(answer);
    const given = { outcome: oneOf(outcome, [...ANSWERED, ...UNREACHABLE], 'the outcome') };
    if (ANSWERED.includes(outcome)) {
      given.service = text(service, 'the service');
      if (transaction !== undefined) given.transaction = text(transaction, 'the transaction');
      given.number = bytes(number, 'the number');
      given.signerSha256 = bytes(signerSha256, 'the digest of the signer');
      given.nonce = bytes(nonce, 'the nonce');
      given.answeredAt = seconds(answeredAt, 'the time of the answer');
    }
    call(() => own(this).addConfirmation(asked, given));
    return this;
  }

  portraitDigest() {
    return call(() => own(this).portraitDigest()) ?? undefined;
  }

  setAttempts(attempts) {
    const { made, failedBefore = 0, sessionSeconds = 0 } = options(attempts);
    const given = [made, failedBefore].map((number) => count(number, 'the number of attempts'));
    call(() => own(this).setAttempts(...given, count(sessionSeconds, 'the age of the session')));
    return this;
  }

  portrait() {
    return call(() => own(this).portrait()) ?? undefined;
  }
}

const own = (assessment) => nativeOf(assessment, Assessment, 'the assessment');

/** Keeps a verdict for as long as its assessment lives: whether a change is refused does not hang on a collection of garbage. */
function decided(assessment, verdict) {
  const open = verdicts.get(assessment) ?? new Set();
  verdicts.set(assessment, open.add(verdict));
  return () => open.delete(verdict);
}

module.exports = { Assessment, decided };
