//! One picture in several sizes, in grey.

use chipid_face::Rgb;
use zeroize::Zeroizing;

/// A picture in grey: one byte per pixel, rows from the top. Wiped on drop.
pub(super) struct Grey {
    width: u32,
    height: u32,
    pixels: Zeroizing<Vec<u8>>,
}

/// The longer sides in which a picture is looked at, the quickest first; those near its own are left out.
const SIDES: [u32; 5] = [1200, 2400, 800, 4000, 500];
/// A picture whose longer side is shorter is also looked at enlarged.
const SMALL: u32 = 1000;

impl Grey {
    pub(super) fn of(picture: &Rgb) -> Self {
        let mut pixels = Zeroizing::new(Vec::with_capacity(picture.pixels().len() / 3));
        pixels.extend(picture.pixels().chunks_exact(3).map(|rgb| {
            let weighed = rgb
                .iter()
                .zip([77u32, 150, 29])
                .fold(0u32, |sum, (channel, weight)| {
                    sum + u32::from(*channel) * weight
                });
            u8::try_from(weighed >> 8).unwrap_or(u8::MAX)
        }));
        Self {
            width: picture.width(),
            height: picture.height(),
            pixels,
        }
    }

    pub(super) const fn width(&self) -> u32 {
        self.width
    }

    pub(super) const fn height(&self) -> u32 {
        self.height
    }

    pub(super) fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    fn longer_side(&self) -> u32 {
        self.width.max(self.height)
    }

    /// The picture with its longer side at `side` pixels: the mean of what falls together when it shrinks, between the
    /// neighbours when it grows.
    fn at_side(&self, side: u32) -> Self {
        let longer = u64::from(self.longer_side().max(1));
        let scaled = |own: u32| {
            u32::try_from((u64::from(own) * u64::from(side) / longer).max(1)).unwrap_or(1)
        };
        let (width, height) = (scaled(self.width), scaled(self.height));
        let narrow = resampled(&self.pixels, self.width, self.height, width);
        // Columns as rows, by the same step.
        let turned = transposed(&narrow, width, self.height);
        let low = resampled(&turned, self.height, width, height);
        Self {
            width,
            height,
            pixels: transposed(&low, height, width),
        }
    }
}

/// Every row brought to `to` pixels.
fn resampled(pixels: &[u8], width: u32, height: u32, to: u32) -> Zeroizing<Vec<u8>> {
    let (from, to_len) = (width as usize, to as usize);
    let mut out = Zeroizing::new(Vec::with_capacity(to_len.saturating_mul(height as usize)));
    let step = f64::from(width) / f64::from(to.max(1));
    for row in pixels.chunks_exact(from.max(1)) {
        let at = |index: usize| f64::from(row.get(index).or(row.last()).copied().unwrap_or(0));
        for x in 0..to {
            let value = if step > 1.0 {
                let (start, end) = (f64::from(x) * step, f64::from(x + 1) * step);
                let cells = start.floor() as usize..(end.ceil() as usize).min(from);
                let mut sum = 0.0;
                for cell in cells {
                    let covered = (end.min(cell as f64 + 1.0) - start.max(cell as f64)).max(0.0);
                    sum += at(cell) * covered;
                }
                sum / step
            } else {
                let place = ((f64::from(x) + 0.5) * step - 0.5).max(0.0);
                let (left, part) = (place.floor() as usize, place.fract());
                at(left) * (1.0 - part) + at(left + 1) * part
            };
            out.push(value.round().clamp(0.0, 255.0) as u8);
        }
    }
    out
}

fn transposed(pixels: &[u8], width: u32, height: u32) -> Zeroizing<Vec<u8>> {
    let (width, height) = (width as usize, height as usize);
    let mut out = Zeroizing::new(Vec::with_capacity(pixels.len()));
    for x in 0..width {
        out.extend((0..height).map(|y| pixels.get(y * width + x).copied().unwrap_or(0)));
    }
    out
}

/// The sizes in which a picture is looked at, made one after the other.
pub(super) fn levels(grey: &Grey) -> impl Iterator<Item = Grey> + '_ {
    let own = grey.longer_side();
    let differs = move |side: &u32| own.abs_diff(*side) > own / 5;
    let as_it_is = (own <= 2400).then_some(own);
    let enlarged = (own < SMALL)
        .then(|| [own * 2, own * 3])
        .into_iter()
        .flatten();
    let reduced = SIDES
        .into_iter()
        .filter(move |side| *side < own && differs(side));
    as_it_is
        .into_iter()
        .chain(enlarged)
        .chain(reduced)
        .map(|side| grey.at_side(side))
}

/// How often the sequence of a finder pattern (1:1:3:1:1 of dark and light) begins in a row, every third row counted:
/// what the reader itself looks for first.
pub(super) fn finder_rows(grey: &Grey) -> usize {
    let mut found = 0;
    for row in grey
        .pixels
        .chunks_exact((grey.width as usize).max(1))
        .step_by(3)
    {
        let mean = row.iter().map(|p| u64::from(*p)).sum::<u64>() / (row.len() as u64).max(1);
        let mut runs = [0u32; 5];
        let mut dark = false;
        for pixel in row {
            let is_dark = u64::from(*pixel) < mean;
            if is_dark != dark {
                // A run of light after the fifth of the pattern ends it.
                found += usize::from(!is_dark && is_finder(runs));
                runs.rotate_left(1);
                runs[4] = 0;
                dark = is_dark;
            }
            runs[4] += 1;
        }
    }
    found
}

fn is_finder(runs: [u32; 5]) -> bool {
    let whole: u32 = runs.iter().sum();
    let near = |run: u32, modules: u32| {
        let (run, expected) = (run * 7, whole * modules);
        run.abs_diff(expected) * 2 <= whole.max(14) * modules
    };
    whole >= 7
        && runs
            .iter()
            .zip([1, 1, 3, 1, 1])
            .all(|(run, modules)| near(*run, modules))
}
