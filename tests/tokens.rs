//! Recomputes the contrast of the colours in `style/tokens.css`, as WCAG 2.2 defines it, from the bytes a screen gets:
//! every pair of ink and ground that a component may use, in both themes and at both levels of contrast.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a sheet that cannot be read is a failure"
)]
#![allow(clippy::float_cmp, reason = "both sides are rounded down to one digit the same way")]

use std::collections::BTreeMap;
use std::path::Path;

type Rgb = [u8; 3];
type Palette = BTreeMap<String, Rgb>;

const GROUNDS: [&str; 5] = [
    "surface",
    "surface-raised",
    "surface-sunken",
    "surface-hover",
    "accent-subtle",
];
const STATUS: [&str; 4] = ["danger", "warning", "success", "info"];
/// Ink that is read on every ground, the subtle grounds of the states too.
const INK: [&str; 3] = ["text", "text-muted", "accent"];
/// Text on a fill.
const FILLS: [(&str, &str); 3] = [
    ("accent-text", "accent"),
    ("accent-text", "accent-hover"),
    ("danger-text", "danger"),
];
/// What must be seen, not read: 3 to 1.
const SHAPES: [&str; 2] = ["border-strong", "focus"];

#[test]
fn text_and_shapes_reach_their_floor_in_both_themes() {
    for theme in [Theme::Light, Theme::Dark] {
        let palette = palette(theme, false);
        assert_floor(&palette, text_pairs(), 4.5, theme);
        assert_floor(&palette, shape_pairs(), 3.0, theme);
    }
}

#[test]
fn high_contrast_reaches_seven_to_one_for_text_and_shapes() {
    for theme in [Theme::Light, Theme::Dark] {
        let palette = palette(theme, true);
        assert_floor(&palette, text_pairs(), 7.0, theme);
        assert_floor(&palette, shape_pairs(), 7.0, theme);
    }
}

#[test]
fn high_contrast_defines_every_colour_that_is_compared() {
    let normal = declarations(&sheet(), ":root {");
    let more = declarations(&sheet(), "[data-contrast=\"more\"] {");
    for (ink, ground) in text_pairs().into_iter().chain(shape_pairs()) {
        for name in [ink, ground] {
            assert!(normal.contains_key(&name), "--{name} is missing");
            assert!(more.contains_key(&name), "--{name} has no high contrast");
        }
    }
}

/// Pins the arithmetic to known values, so that the floors above mean what they say.
#[test]
fn the_arithmetic_agrees_with_known_values() {
    assert_eq!(srgb(1.0, 0.0, 0.0), [255, 255, 255]);
    assert_eq!(srgb(0.0, 0.0, 0.0), [0, 0, 0]);
    // CSS Color 4: oklch(62.8% 0.2577 29.23) is red.
    assert_eq!(srgb(0.627_955, 0.257_683, 29.233_9), [255, 0, 0]);
    assert!((ratio([255, 255, 255], [0, 0, 0]) - 21.0).abs() < 1e-9);
    assert!((ratio([118, 118, 118], [255, 255, 255]) - 4.54).abs() < 0.01);
    // The first cells of the table in the design.
    let light = palette(Theme::Light, false);
    assert_eq!(floored(&light, "text", "surface"), 16.8);
    assert_eq!(floored(&light, "focus", "accent-subtle"), 4.1);
    assert_eq!(
        floored(&palette(Theme::Dark, false), "border-strong", "warning-subtle"),
        3.1
    );
}

/// A colour outside `tokens.css` would escape this test.
#[test]
fn no_other_sheet_names_a_colour() {
    let style = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    let mut sheets = vec![style.join("base.css"), style.join("layout.css")];
    sheets.extend(
        std::fs::read_dir(style.join("components"))
            .unwrap()
            .map(|entry| entry.unwrap().path()),
    );
    assert!(sheets.len() > 20, "the component sheets were not found");
    for sheet in sheets {
        let text = std::fs::read_to_string(&sheet).unwrap();
        for word in ["oklch(", "rgb", "hsl(", "light-dark(", "#0", "#f", "white", "black"] {
            let found = text
                .lines()
                .find(|line| line.contains(word) && !line.contains("white-space"));
            assert_eq!(found, None, "{word} in {}", sheet.display());
        }
    }
}

fn text_pairs() -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for ink in INK {
        for ground in GROUNDS
            .iter()
            .map(ToString::to_string)
            .chain(STATUS.iter().map(|state| format!("{state}-subtle")))
        {
            pairs.push((ink.to_owned(), ground));
        }
    }
    for state in STATUS {
        pairs.extend(GROUNDS.iter().map(|ground| (state.to_owned(), (*ground).to_owned())));
        pairs.push((state.to_owned(), format!("{state}-subtle")));
    }
    pairs.extend(FILLS.iter().map(|(ink, fill)| ((*ink).to_owned(), (*fill).to_owned())));
    pairs
}

fn shape_pairs() -> Vec<(String, String)> {
    let states = STATUS.iter().map(|state| format!("{state}-subtle"));
    let grounds: Vec<_> = GROUNDS.iter().map(ToString::to_string).chain(states).collect();
    SHAPES
        .iter()
        .flat_map(|shape| grounds.iter().map(|ground| ((*shape).to_owned(), ground.clone())))
        .collect()
}

fn assert_floor(palette: &Palette, pairs: Vec<(String, String)>, floor: f64, theme: Theme) {
    let low: Vec<_> = pairs
        .into_iter()
        .map(|(ink, ground)| (ratio(palette[&ink], palette[&ground]), ink, ground))
        .filter(|(ratio, ..)| *ratio < floor)
        .collect();
    assert!(low.is_empty(), "below {floor} in {theme:?}: {low:?}");
}

fn floored(palette: &Palette, ink: &str, ground: &str) -> f64 {
    (ratio(palette[ink], palette[ground]) * 10.0).floor() / 10.0
}

#[derive(Clone, Copy, Debug)]
enum Theme {
    Light,
    Dark,
}

fn sheet() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("style/tokens.css")).unwrap()
}

/// The colours of a theme; those of high contrast lie over the normal ones, as in the browser.
fn palette(theme: Theme, more: bool) -> Palette {
    let mut all = declarations(&sheet(), ":root {");
    if more {
        all.extend(declarations(&sheet(), "[data-contrast=\"more\"] {"));
    }
    all.into_iter()
        .filter_map(|(name, value)| Some((name, colour(&value, theme)?)))
        .collect()
}

/// The custom properties of the first block that opens with `opening`.
fn declarations(sheet: &str, opening: &str) -> BTreeMap<String, String> {
    let start = sheet.find(opening).unwrap_or_else(|| panic!("{opening} not found")) + opening.len();
    let block = &sheet[start..start + sheet[start..].find('}').unwrap()];
    block
        .split(';')
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

/// The opaque colour of `light-dark(oklch(…), oklch(…))` in a theme; `None` for anything else.
fn colour(value: &str, theme: Theme) -> Option<Rgb> {
    let both = value.strip_prefix("light-dark(oklch(")?;
    let (light, rest) = both.split_once(')')?;
    let dark = rest.split_once("oklch(")?.1.split_once(')')?.0;
    let numbers: Vec<f64> = match theme {
        Theme::Light => light,
        Theme::Dark => dark,
    }
    .split_whitespace()
    .map(str::parse)
    .collect::<Result<_, _>>()
    .ok()?;
    match numbers[..] {
        [lightness, chroma, hue] => Some(srgb(lightness, chroma, hue)),
        _ => None,
    }
}

/// From OKLCH to the bytes of sRGB, clipped (CSS Color 4, section 10).
#[expect(clippy::many_single_char_names, reason = "the names of the colour spaces' axes")]
fn srgb(lightness: f64, chroma: f64, hue: f64) -> Rgb {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
    .map(|linear| {
        let encoded = if linear <= 0.003_130_8 {
            12.92 * linear
        } else {
            1.055 * linear.powf(1.0 / 2.4) - 0.055
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to the byte"
        )]
        let byte = (encoded.clamp(0.0, 1.0) * 255.0).round() as u8;
        byte
    })
}

/// WCAG 2.2, contrast ratio.
fn ratio(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// WCAG 2.2, relative luminance.
fn luminance(colour: Rgb) -> f64 {
    let [r, g, b] = colour.map(|byte| {
        let part = f64::from(byte) / 255.0;
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}
