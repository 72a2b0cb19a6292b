'use strict';
// chipid for Node.js. What there is stands in index.d.ts.

const { Assessment } = require('./lib/assessment.cjs');
const { ConfirmationRequest } = require('./lib/confirmation.cjs');
const { Document } = require('./lib/document.cjs');
const { ErrorCode } = require('./lib/error_code.cjs');
const { ChipidError, TransportError } = require('./lib/errors.cjs');
const { Faces, LiveImages } = require('./lib/faces.cjs');
const { Keys } = require('./lib/keys.cjs');
const { version } = require('./lib/native.cjs');
const { Readers } = require('./lib/readers.cjs');
const { Reading } = require('./lib/reading.cjs');
const { Trust } = require('./lib/trust.cjs');
const { Policy, Verdict } = require('./lib/verdict.cjs');

module.exports = {
  Assessment,
  ChipidError,
  ConfirmationRequest,
  Document,
  ErrorCode,
  Faces,
  Keys,
  LiveImages,
  Policy,
  Readers,
  Reading,
  TransportError,
  Trust,
  Verdict,
  version: version(),
};
