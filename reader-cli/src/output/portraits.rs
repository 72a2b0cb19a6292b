//! Two faces side by side in a terminal: half blocks in true colour, or letters from dark to light without it.

use super::style::Style;
use crate::lang::{LIVE, Lang, PORTRAIT};
use chipid::face_engine::Rgb;

/// Columns of one picture; a cell is two pixels high, so that a portrait of 3 : 4 takes 20 rows.
const COLUMNS: u32 = 30;
const ROWS: u32 = 20;
const GAP: &str = "   ";
/// From dark to light.
const LETTERS: &[u8; 10] = b" .:-=+*#%@";

/// A part of a picture, in pixels of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
}

impl Frame {
    /// The largest part of the picture's middle that has the shape of a portrait.
    pub(crate) fn middle(picture: &Rgb) -> Self {
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        let fitting = width.min(height * 0.75);
        Self {
            x: (width - fitting) / 2.0,
            y: (height - fitting / 0.75) / 2.0,
            width: fitting,
            height: fitting / 0.75,
        }
    }

    /// Around a face: twice its box, in the shape of a portrait.
    pub(crate) fn around(x: f32, y: f32, width: f32, height: f32) -> Self {
        let tall = 1.9 * height.max(width);
        Self {
            x: x + width / 2.0 - tall * 0.375,
            y: y + height / 2.0 - tall * 0.5,
            width: tall * 0.75,
            height: tall,
        }
    }
}

/// Draws one picture beside the other, with their captions below.
pub(crate) fn side_by_side(
    chip: (&Rgb, Frame),
    live: Option<(&Rgb, Frame)>,
    style: Style,
    lang: Lang,
) -> String {
    let pictures: Vec<(&Rgb, Frame)> = [Some(chip), live].into_iter().flatten().collect();
    let mut out = String::new();
    for row in 0..ROWS {
        let cells: Vec<String> = pictures
            .iter()
            .map(|(picture, frame)| line(picture, *frame, row, style.colour))
            .collect();
        out.push_str(cells.join(GAP).trim_end());
        out.push('\n');
    }
    let captions = match pictures.len() {
        1 => lang.of(PORTRAIT).to_owned(),
        _ => format!(
            "{:width$}{GAP}{}",
            lang.of(PORTRAIT),
            lang.of(LIVE),
            width = COLUMNS as usize
        ),
    };
    out + &captions + "\n"
}

fn line(picture: &Rgb, frame: Frame, row: u32, colour: bool) -> String {
    let mut line = String::new();
    for column in 0..COLUMNS {
        let upper = mean(picture, frame, column, row * 2);
        let lower = mean(picture, frame, column, row * 2 + 1);
        if colour {
            let ([r, g, b], [lr, lg, lb]) = (upper, lower);
            line += &format!("\x1b[38;2;{r};{g};{b};48;2;{lr};{lg};{lb}m\u{2580}");
        } else {
            let light = (luminance(upper) + luminance(lower)) / 2;
            let place = light as usize * LETTERS.len() / 256;
            line.push(char::from(LETTERS.get(place).copied().unwrap_or(b' ')));
        }
    }
    if colour {
        line += "\x1b[0m";
    }
    line
}

/// The mean of the pixels under one half of a cell; black outside the picture.
fn mean(picture: &Rgb, frame: Frame, column: u32, half_row: u32) -> [u8; 3] {
    let step_x = frame.width / COLUMNS as f32;
    let step_y = frame.height / (ROWS * 2) as f32;
    let (left, top) = (
        frame.x + column as f32 * step_x,
        frame.y + half_row as f32 * step_y,
    );
    /// Points that are looked at, in each direction.
    const POINTS: u32 = 4;
    let mut sums = [0_u32; 3];
    for i in 0..POINTS * POINTS {
        let at = |start: f32, step: f32, n: u32| start + step * (n as f32 + 0.5) / POINTS as f32;
        let (x, y) = (at(left, step_x, i % POINTS), at(top, step_y, i / POINTS));
        if x < 0.0 || y < 0.0 {
            continue;
        }
        let pixel = picture.pixel(x as u32, y as u32).unwrap_or_default();
        for (sum, channel) in sums.iter_mut().zip(pixel) {
            *sum += u32::from(channel);
        }
    }
    sums.map(|sum| u8::try_from(sum / (POINTS * POINTS)).unwrap_or(u8::MAX))
}

/// ITU-R BT.601.
fn luminance([r, g, b]: [u8; 3]) -> u32 {
    (299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b)) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_and_dark_halves_are_told_apart() {
        let pixels = (0..60 * 80)
            .flat_map(|i| if i % 60 < 30 { [0; 3] } else { [255; 3] })
            .collect();
        let picture = Rgb::new(60, 80, pixels).unwrap();
        let style = Style {
            terminal: true,
            colour: false,
        };
        let drawn = side_by_side((&picture, Frame::middle(&picture)), None, style, Lang::En);
        let first = drawn.lines().next().unwrap();
        assert_eq!(first, format!("{}{}", " ".repeat(15), "@".repeat(15)));
        assert_eq!(drawn.lines().count(), 21);
    }

    #[test]
    fn a_frame_outside_the_picture_is_black() {
        let picture = Rgb::new(1, 1, vec![255; 3]).unwrap();
        let frame = Frame::around(-1000.0, 5000.0, 10.0, 10.0);
        assert_eq!(mean(&picture, frame, 0, 0), [0; 3]);
    }
}
