//! The one colour that a business chooses, and the ink that is readable on it. The rest of the palette is the pages' own.

use crate::text::Invalid;

/// A colour as #rrggbb, so that nothing else can reach a style sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrandColor {
    text: String,
    parts: [u8; 3],
}

impl BrandColor {
    /// Reads #rrggbb, upper or lower case.
    pub fn parse(text: &str) -> Result<BrandColor, Invalid> {
        let invalid = || Invalid::new("widget_color", "must be like #1f9d4d");
        let digits = text.strip_prefix('#').filter(|it| it.len() == 6 && it.bytes().all(|b| b.is_ascii_hexdigit()));
        let number = u32::from_str_radix(digits.ok_or_else(invalid)?, 16).map_err(|_| invalid())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(BrandColor { text: text.to_owned(), parts: [red, green, blue] })
    }

    /// The colour as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// White or black, whichever is easier to read on it: contrast by the relative luminance of WCAG 2, at least 4.58.
    #[must_use]
    pub fn ink(&self) -> &'static str {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.parts.map(linear);
        let luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        // Where contrast to white and to black is equal: sqrt(1.05 * 0.05) - 0.05.
        if luminance > 0.179 { "#000" } else { "#fff" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(color: &str) -> &'static str {
        BrandColor::parse(color).unwrap().ink()
    }

    #[test]
    fn ink_is_white_on_dark_and_black_on_bright_colours() {
        assert_eq!(ink("#28483b"), "#fff");
        assert_eq!(ink("#2F5FDD"), "#fff");
        assert_eq!(ink("#ffd54a"), "#000");
        assert_eq!(ink("#ffffff"), "#000");
        assert_eq!(ink("#000000"), "#fff");
    }

    #[test]
    fn nothing_but_a_colour_passes() {
        for bad in ["", "#fff", "28483b", "#28483", "#28483bb", "#28483g", "red", "#+12345", "#28483b;}", "#é1234"] {
            assert!(BrandColor::parse(bad).is_err(), "{bad:?} passed");
        }
    }
}
