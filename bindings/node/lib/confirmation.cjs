'use strict';
// Online confirmation: what a service may ask for. How it is asked is the application's.

const native = require('./native.cjs');
const { call } = require('./errors.cjs');
const { bytes, count, options } = require('./given.cjs');
const { Held, nativeOf } = require('./held.cjs');

const ANSWERED = ['confirmed', 'denied'];
const UNREACHABLE = ['no_connection', 'timed_out', 'refused', 'unreadable', 'not_authentic'];

class ConfirmationRequest extends Held {
  /** Whether a signature signs an answer under the key of the service's certificate. */
  static isSigned(answer) {
    const { certificate, data, signature } = options(answer, ['certificate', 'data', 'signature']);
    const parts = [bytes(certificate, 'the certificate'), bytes(data, 'the answer'), bytes(signature, 'the signature')];
    return native.isSignedBy(...parts);
  }

  get number() {
    return part(this, 'number');
  }

  get nonce() {
    return part(this, 'nonce');
  }

  get signer() {
    return part(this, 'signer');
  }

  get signerSha256() {
    return part(this, 'signerSha256');
  }

  get challenge() {
    return part(this, 'challenge');
  }

  get signature() {
    return part(this, 'signature');
  }

  get consent() {
    return call(() => own(this).consent()) ?? undefined;
  }

  get madeAt() {
    return new Date(call(() => own(this).madeAt()) * 1000);
  }

  file(file) {
    return call(() => own(this).file(count(file, 'the file'))) ?? undefined;
  }

  digest(file) {
    return call(() => own(this).digest(count(file, 'the file'))) ?? undefined;
  }
}

const own = (request) => nativeOf(request, ConfirmationRequest, 'the request');
const part = (request, name) => call(() => own(request).part(name)) ?? undefined;

module.exports = { ANSWERED, ConfirmationRequest, UNREACHABLE };
