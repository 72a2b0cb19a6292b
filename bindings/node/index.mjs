// The same classes as for `require`: a program that has both has one of each.

import chipid from './index.cjs';

export const {
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
  version,
} = chipid;
