'use strict';
// The library itself: one file for each system, within the package.

const { platform, arch } = process;

/** What this package holds, by the system that it is for. */
const BUILT = { 'linux-x64': 'linux-x64-gnu' };

const folder = BUILT[`${platform}-${arch}`];
if (folder === undefined) {
  throw new Error(`chipid is not built for ${platform}-${arch}; this package has ${Object.values(BUILT).join(', ')}`);
}

try {
  module.exports = require(`../prebuilds/${folder}/chipid.node`);
} catch (cause) {
  // Readers are spoken to through pcsc-lite, which is the system's; musl is another system than glibc.
  const hint = 'on Debian it needs libpcsclite1 and libgcc-s1, and glibc 2.35 or later';
  throw new Error(`the library of chipid cannot be loaded: ${hint}`, { cause });
}
