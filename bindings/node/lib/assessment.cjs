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
const { Trust, use } = require('./trust.cjs');

const RESULTS = ['passed', 'failed', 'uncertain'];
const MATCHES = ['match', 'mismatch', 'uncertain'];
/** Nobody's name, number or day is longer. */
const LONGEST_TYPED = 65_536;
const verdicts = new WeakMap();

class Assessment extends Held {
  static async of(document, trust, about) {
    const { at } = options(about, ['at']);
    const time = at === undefined ? undefined : seconds(at, 'the time');
    const [read, anchors] = [nativeOf(document, Document, 'the document'), nativeOf(trust, Trust, 'the trust store')];
    // What is done to either from now on is not in it.
    const verification = call(() => native.Verification.of(read, anchors, time));
    await use(trust);
    return new Assessment(INSIDE, await settled(() => verification.run()));
  }

  compareKeys(keys) {
    const given = nativeOf(keys, Keys, 'the keys');
    call(() => own(this).compareKeys(given));
    return this;
  }

  compareTyped(typed) {
    const { name, number, birth } = options(typed, ['name', 'number', 'birth']);
    // Nothing compared would read as nothing amiss.
    if (name === undefined && number === undefined && birth === undefined) throw misuse('missing', 'what was typed is missing');
    const given = (value, what) => (value === undefined ? undefined : bytes(value, what, LONGEST_TYPED));
    const parts = [given(name, 'the name'), given(number, 'the number'), given(birth, 'the birth')];
    call(() => own(this).compareTyped(...parts));
    return this;
  }

  async compareFace(faces, images) {
    const assessment = own(this);
    const comparer = nativeOf(faces, Faces, 'the models');
    const live = nativeOf(images, LiveImages, 'the images');
    // It belongs to the comparison from now on, also where images are waited for that are being added.
    const comparison = call(() => native.Comparison.of(assessment, comparer));
    await settled(() => withImages(images, () => comparison.run(live)));
  }

  addLiveness(liveness) {
    const { result, vendor, version, basis, capture, at, images } = options(liveness, ['result', 'vendor', 'version', 'basis', 'capture', 'at', 'images']);
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

  addVendorComparison(comparison) {
    const known = ['result', 'vendor', 'version', 'certificate', 'capture', 'at', 'portrait', 'images'];
    const { result, vendor, version, certificate, capture, at, portrait, images } = options(comparison, known);
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
    call(() => own(this).addVendorComparison(given));
    return this;
  }

  confirmationRequest(about) {
    const { nonce, consent } = options(about, ['nonce', 'consent']);
    const kept = nonce === undefined ? undefined : bytes(nonce, 'the nonce');
    const named = consent === undefined ? undefined : text(consent, 'the consent');
    return new ConfirmationRequest(INSIDE, call(() => native.ConfirmationRequest.of(own(this), kept, named)));
  }

  addConfirmation(request, answer) {
    const asked = nativeOf(request, ConfirmationRequest, 'the request');
    const known = ['outcome', 'service', 'transaction', 'number', 'signerSha256', 'nonce', 'answeredAt'];
    const { outcome, service, transaction, number, signerSha256, nonce, answeredAt } = options(answer, known);
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
    const { made, failedBefore = 0, sessionSeconds = 0 } = options(attempts, ['made', 'failedBefore', 'sessionSeconds']);
    const given = [made, failedBefore].map((number) => count(number, 'the number of attempts'));
    given.push(count(sessionSeconds, 'the age of the session'));
    call(() => own(this).setAttempts(...given));
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
