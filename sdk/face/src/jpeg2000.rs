//! JPEG 2000 (ISO/IEC 15444-1): the JP2 file (Annex I) and the bare codestream (Annex A), by `hayro-jpeg2000`.
//!
//! The decoder sizes its memory by what the header announces, and a failed allocation aborts the process. So the
//! markers that set those sizes are read here first, and announcements that no portrait needs are refused.

use crate::decode::{Format, check_size};
use crate::{error::FaceError, rgb::Rgb};
use hayro_jpeg2000::{ColorSpace, DecodeSettings, DecoderContext, Image};
use std::panic::{AssertUnwindSafe, catch_unwind};
use zeroize::Zeroizing;

/// Grey, grey and alpha, RGB, RGB and alpha.
const MAX_COMPONENTS: u16 = 4;
/// Encoders make one tile of a portrait; some cut tiles of 128 × 128.
const MAX_TILES: u64 = 1024;
/// Encoders write 1 to some 20 quality layers.
const MAX_LAYERS: u16 = 256;
/// Precincts of a component over all its resolution levels: 64 × 64 on the largest portrait makes some 1,300.
const MAX_PRECINCTS: u64 = 16_384;
/// log2 of the smallest code-block side: the standard allows 2, encoders use 4 to 6.
const MIN_CODE_BLOCK_EXPONENT: u8 = 3;
/// Tile-part headers that are looked at: as many as there can be tiles, four times over.
const MAX_TILE_PARTS: usize = 4096;

const SOT: u16 = 0xFF90;
const SOD: u16 = 0xFF93;
const EOC: u16 = 0xFFD9;
const SIZ: u16 = 0xFF51;
const COD: u16 = 0xFF52;
const COC: u16 = 0xFF53;

pub(crate) fn decode(bytes: &[u8], format: Format, limit: u32) -> Result<Rgb, FaceError> {
    let damaged = FaceError::ImageDamaged { format };
    let codestream = match format {
        Format::Jp2 => boxed_codestream(bytes).ok_or_else(|| damaged.clone())?,
        _ => bytes,
    };
    Announced {
        format,
        limit,
        width: 0,
        height: 0,
        components: 0,
    }
    .check(codestream)?;
    catch_unwind(AssertUnwindSafe(|| {
        let image = Image::new(bytes, &DecodeSettings::default()).map_err(|_| damaged.clone())?;
        if matches!(image.color_space(), ColorSpace::CMYK) {
            return Err(FaceError::ImageUnsupported { format });
        }
        pixels(&image).ok_or_else(|| damaged.clone())
    }))
    .unwrap_or_else(|_| Err(damaged.clone()))
}

fn pixels(image: &Image<'_>) -> Option<Rgb> {
    let (width, height) = (image.width(), image.height());
    let mut context = DecoderContext::default();
    let decoded = image.decode(&mut context).ok()?;
    let channels = decoded.components().len();
    let alpha = usize::from(image.has_alpha());
    let samples = Zeroizing::new(decoded.data_u8());
    let grey = matches!(image.color_space(), ColorSpace::Gray) || channels.checked_sub(alpha)? == 1;
    let mut rgb = Vec::with_capacity(samples.len().checked_div(channels)?.checked_mul(3)?);
    for sample in samples.chunks_exact(channels) {
        match (grey, sample) {
            (true, [value, ..]) => rgb.extend_from_slice(&[*value; 3]),
            (false, [red, green, blue, ..]) => rgb.extend_from_slice(&[*red, *green, *blue]),
            _ => return None,
        }
    }
    Rgb::new(width, height, rgb).ok()
}

/// The content of the one box `jp2c` of a JP2 file (15444-1, I.5.4). Two of them are refused: which one is the portrait?
fn boxed_codestream(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes;
    let mut found = None;
    while let Some((length, after_length)) = rest.split_first_chunk::<4>() {
        // Padding behind the last box.
        let Some((kind, after_kind)) = after_length.split_first_chunk::<4>() else {
            break;
        };
        let (content, next) = match u32::from_be_bytes(*length) {
            0 => (after_kind, &[][..]),
            1 => {
                let (long, after) = after_kind.split_first_chunk::<8>()?;
                let size = usize::try_from(u64::from_be_bytes(*long))
                    .ok()?
                    .checked_sub(16)?;
                after.split_at(size.min(after.len()))
            }
            short => {
                let size = usize::try_from(short).ok()?.checked_sub(8)?;
                after_kind.split_at(size.min(after_kind.len()))
            }
        };
        if kind == b"jp2c" && found.replace(content).is_some() {
            return None;
        }
        if *length == [0; 4] && *kind == [0; 4] {
            break;
        }
        rest = next;
    }
    found
}

/// What the codestream announces of itself, held against the caps above.
struct Announced {
    format: Format,
    limit: u32,
    width: u32,
    height: u32,
    components: u16,
}

impl Announced {
    fn check(&mut self, codestream: &[u8]) -> Result<(), FaceError> {
        let mut at = 2; // behind SOC
        for _ in 0..=MAX_TILE_PARTS {
            match self.header(codestream, at)? {
                // Padding behind the last tile-part ends the walk as EOC does.
                Some(next) if u16_at(codestream, next) == Some(SOT) => at = next,
                _ => return Ok(()),
            }
        }
        Err(self.unsupported())
    }

    /// Walks one header (the main one, or a tile-part's) from `at`; gives where the next tile-part begins.
    fn header(&mut self, codestream: &[u8], mut at: usize) -> Result<Option<usize>, FaceError> {
        let mut next_tile_part = None;
        loop {
            let Some(marker) = u16_at(codestream, at) else {
                // The data may be cut: what was announced until here stands, and the decoder makes what it can of it.
                return if self.components == 0 {
                    Err(self.damaged())
                } else {
                    Ok(None)
                };
            };
            match marker {
                SOD => return Ok(next_tile_part),
                EOC => return Ok(None),
                0xFF30..=0xFF3F => {
                    at = at.checked_add(2).ok_or_else(|| self.damaged())?;
                    continue;
                }
                SOT if next_tile_part.is_some() => return Err(self.damaged()),
                SOT => {
                    let length =
                        u32_at(codestream, at.saturating_add(6)).ok_or_else(|| self.damaged())?;
                    // Length 0: up to the end of the codestream.
                    let length = if length == 0 {
                        codestream.len()
                    } else {
                        length as usize
                    };
                    if length < 14 {
                        return Err(self.damaged());
                    }
                    next_tile_part = Some(at.saturating_add(length));
                }
                _ => {}
            }
            let length = usize::from(
                u16_at(codestream, at.saturating_add(2)).ok_or_else(|| self.damaged())?,
            );
            let body = at
                .checked_add(4)
                .zip(
                    at.checked_add(2)
                        .and_then(|start| start.checked_add(length)),
                )
                .and_then(|(start, end)| codestream.get(start..end))
                .ok_or_else(|| self.damaged())?;
            match marker {
                SIZ => self.size(body)?,
                COD => self.coding_style(body)?,
                COC => self.component_coding_style(body)?,
                _ if marker < 0xFF00 => return Err(self.damaged()),
                _ => {}
            }
            at = at.saturating_add(2).saturating_add(length);
        }
    }

    /// SIZ (A.5.1): the reference grid counts, offsets and all, because memory may be sized by it.
    fn size(&mut self, body: &[u8]) -> Result<(), FaceError> {
        let side = |at| u32_at(body, at).ok_or_else(|| self.damaged());
        let (width, height) = (side(2)?, side(6)?);
        let (left, top) = (side(10)?, side(14)?);
        let (tile_width, tile_height) = (side(18)?, side(22)?);
        let components = u16_at(body, 34).ok_or_else(|| self.damaged())?;
        check_size(self.format, width, height, self.limit)?;
        if left >= width || top >= height || tile_width == 0 || tile_height == 0 || components == 0
        {
            return Err(self.damaged());
        }
        let tiles = u64::from(width.div_ceil(tile_width)) * u64::from(height.div_ceil(tile_height));
        if tiles > MAX_TILES || components > MAX_COMPONENTS {
            return Err(self.unsupported());
        }
        (self.width, self.height, self.components) = (width, height, components);
        Ok(())
    }

    /// COD (A.6.1): Scod, progression, layers, transform, then as in COC.
    fn coding_style(&self, body: &[u8]) -> Result<(), FaceError> {
        let style = *body.first().ok_or_else(|| self.damaged())?;
        let layers = u16_at(body, 2).ok_or_else(|| self.damaged())?;
        if layers > MAX_LAYERS {
            return Err(self.unsupported());
        }
        self.sizes(style, body.get(5..))
    }

    /// COC (A.6.2): the component's number (one byte here, with at most four components), Scoc, sizes.
    fn component_coding_style(&self, body: &[u8]) -> Result<(), FaceError> {
        let style = *body.get(1).ok_or_else(|| self.damaged())?;
        self.sizes(style, body.get(2..))
    }

    /// Levels, code-block exponents, style, filter, then one byte per level of precinct exponents if the style says so.
    fn sizes(&self, style: u8, parameters: Option<&[u8]>) -> Result<(), FaceError> {
        let Some([levels, width, height, _, _, precincts @ ..]) = parameters else {
            return Err(self.damaged());
        };
        let code_block =
            |exponent: u8| (exponent & 15).saturating_add(2) >= MIN_CODE_BLOCK_EXPONENT;
        if *levels > 32 || !code_block(*width) || !code_block(*height) {
            return Err(self.unsupported());
        }
        if style & 1 == 1 {
            let count: u64 = precincts
                .iter()
                .take(usize::from(*levels) + 1)
                .zip((0..=*levels).rev())
                .map(|(exponents, shrunk)| {
                    let along = |side: u32, exponent: u8| {
                        (u64::from(side).div_ceil(1 << shrunk)).div_ceil(1 << exponent)
                    };
                    along(self.width, exponents & 15) * along(self.height, exponents >> 4)
                })
                .sum();
            if count > MAX_PRECINCTS {
                return Err(self.unsupported());
            }
        }
        Ok(())
    }

    fn damaged(&self) -> FaceError {
        FaceError::ImageDamaged {
            format: self.format,
        }
    }

    fn unsupported(&self) -> FaceError {
        FaceError::ImageUnsupported {
            format: self.format,
        }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes
        .get(at..)?
        .first_chunk()
        .copied()
        .map(u16::from_be_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..)?
        .first_chunk()
        .copied()
        .map(u32::from_be_bytes)
}
