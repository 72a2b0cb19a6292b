'use strict';
// Faces: the models, and live images of one person.

const native = require('./native.cjs');
const { call, settled } = require('./errors.cjs');
const { bytes, count, list, oneOf, options, path } = require('./given.cjs');
const { Filled, Held, INSIDE, nativeOf, queueOf } = require('./held.cjs');

const CAPTURES = ['file', 'camera', 'station', 'external'];
/** Bytes from sample to sample in each plane of a frame without gaps, and by how much its rows are narrower than the frame. */
const FORMATS = {
  rgb: [{ step: 3, shrink: 1 }],
  bgra: [{ step: 4, shrink: 1 }],
  nv21: [{ step: 1, shrink: 1 }, { step: 2, shrink: 2 }],
  yuv420: [{ step: 1, shrink: 1 }, { step: 1, shrink: 2 }, { step: 1, shrink: 2 }],
};

class Faces extends Held {
  static async load(models) {
    const { detector, recogniser } = typeof models === 'object' && models !== null && !(models instanceof URL) ? options(models, ['detector', 'recogniser']) : {};
    if (detector === undefined && recogniser === undefined) {
      const folder = path(models, 'the folder');
      return new Faces(INSIDE, await settled(() => native.Faces.load(folder)));
    }
    const files = [bytes(detector, 'the detector'), bytes(recogniser, 'the recogniser')];
    return new Faces(INSIDE, await settled(() => native.Faces.fromBytes(...files)));
  }
}

class LiveImages extends Filled {
  constructor(capture) {
    oneOf(capture, CAPTURES, 'the capture');
    super(INSIDE, call(() => new native.LiveImages(capture)));
  }

  async addFile(picture) {
    const images = nativeOf(this, LiveImages, 'the images');
    const given = [bytes(picture, 'the picture')];
    await settled(() => queueOf(this).run(given, ([file]) => images.addFile(file)));
    call(() => images.weigh());
  }

  async addFrame(frame) {
    const images = nativeOf(this, LiveImages, 'the images');
    const { format, width, height, rotation = 0, planes } = options(frame, ['format', 'width', 'height', 'rotation', 'planes']);
    const tight = FORMATS[oneOf(format, Object.keys(FORMATS), 'the format')];
    count(width, 'the width');
    count(height, 'the height');
    oneOf(rotation, [0, 90, 180, 270], 'the rotation');
    const shaped = list(planes, 'the planes').map((plane, at) => {
      const { step, shrink } = tight[at] ?? { step: 1, shrink: 1 };
      const { bytes: samples, pixelStride = step, rowStride } = options(plane, ['bytes', 'rowStride', 'pixelStride']);
      const row = rowStride ?? Math.ceil(width / shrink) * pixelStride;
      return { samples: bytes(samples, 'a plane'), rowStride: count(row, 'a row'), pixelStride: count(pixelStride, 'a step') };
    });
    const add = (kept) =>
      images.addFrame(width, height, format, rotation, shaped.map(({ rowStride, pixelStride }, at) => ({ bytes: kept[at], rowStride, pixelStride })));
    await settled(() => queueOf(this).run(shaped.map(({ samples }) => samples), add));
    call(() => images.weigh());
  }

  digests() {
    const images = nativeOf(this, LiveImages, 'the images');
    return call(() => images.digests());
  }
}

/** Runs work over images when all that was added is there. */
const withImages = (images, work) => queueOf(images).run([], work);

module.exports = { CAPTURES, Faces, LiveImages, withImages };
