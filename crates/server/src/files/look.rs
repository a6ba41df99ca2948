//! What a file is, by its first bytes: its type, and how large a picture is when it is shown the right way up.
//! Which types are trusted is decided in core.

use frontdesk_core::attachment::{UNKNOWN_TYPE, content_type, is_picture, is_shown_in_place};

/// What the first bytes tell.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) content_type: String,
    /// Of a picture, width and height in pixels.
    pub(super) dimensions: Option<(i64, i64)>,
}

impl Default for Look {
    fn default() -> Look {
        Look { content_type: UNKNOWN_TYPE.to_owned(), dimensions: None }
    }
}

/// Looks at a file's beginning; `named` is the type that its name tells.
pub(super) fn at(beginning: &[u8], named: Option<&str>) -> Look {
    let content_type = content_type(infer::get(beginning).map(|it| it.mime_type()), named);
    if !is_shown_in_place(&content_type) {
        return Look { content_type, dimensions: None };
    }
    match dimensions(beginning).filter(|it| is_picture(Some(*it))) {
        None => Look::default(),
        dimensions => Look { content_type, dimensions },
    }
}

fn dimensions(beginning: &[u8]) -> Option<(i64, i64)> {
    let found = imagesize::blob_size(beginning).ok()?;
    let (width, height) = (i64::try_from(found.width).ok()?, i64::try_from(found.height).ok()?);
    Some(if lies_on_its_side(beginning) { (height, width) } else { (width, height) })
}

/// Whether a photograph says (Exif) that it is to be turned by a quarter, as telephones do.
fn lies_on_its_side(jpeg: &[u8]) -> bool {
    orientation(jpeg).is_some_and(|it| (5..=8).contains(&it))
}

/// The Exif orientation of a JPEG, 1 to 8.
fn orientation(jpeg: &[u8]) -> Option<u16> {
    /// Segments before the picture that are looked at.
    const SEGMENTS_MAX: usize = 64;
    let mut rest = jpeg.strip_prefix(&[0xff, 0xd8])?;
    for _ in 0..SEGMENTS_MAX {
        let [0xff, marker, high, low, ..] = *rest else { return None };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = rest.get(4..2 + length)?;
        match segment.strip_prefix(b"Exif\0\0") {
            Some(tiff) if marker == 0xe1 => return tiff_orientation(tiff),
            _ => rest = rest.get(2 + length..)?,
        }
    }
    None
}

fn tiff_orientation(tiff: &[u8]) -> Option<u16> {
    const ORIENTATION: u16 = 0x0112;
    let is_little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes = tiff.get(at..at + 4)?.try_into().ok()?;
        Some(if is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    let entry = |n: u16| directory.checked_add(2 + 12 * usize::from(n));
    (0..short(directory)?).filter_map(entry).find(|at| short(*at) == Some(ORIENTATION)).and_then(|at| short(at + 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The beginning of a PNG of this size.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 6, 0, 0, 0]);
        bytes
    }

    /// The beginning of a JPEG, with its orientation when one is given.
    fn jpeg(width: u16, height: u16, orientation: Option<u8>) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8];
        if let Some(orientation) = orientation {
            let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
            exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
            bytes.extend([0xff, 0xe1]);
            bytes.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
            bytes.extend(exif);
        }
        bytes.extend([0xff, 0xc0, 0, 17, 8]);
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes.extend([3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xd9]);
        bytes
    }

    #[test]
    fn a_picture_is_told_with_its_size_and_the_right_way_up() {
        let looked = |bytes: &[u8]| {
            let look = at(bytes, None);
            (look.content_type, look.dimensions)
        };
        assert_eq!(looked(&png(640, 480)), ("image/png".into(), Some((640, 480))));
        assert_eq!(looked(&jpeg(40, 30, None)), ("image/jpeg".into(), Some((40, 30))));
        assert_eq!(looked(&jpeg(40, 30, Some(1))), ("image/jpeg".into(), Some((40, 30))));
        assert_eq!(looked(&jpeg(40, 30, Some(6))), ("image/jpeg".into(), Some((30, 40))));
        assert_eq!(looked(b"GIF89a\x05\0\x06\0\0\0\0,"), ("image/gif".into(), Some((5, 6))));
    }

    #[test]
    fn what_only_calls_itself_a_picture_is_none() {
        for (bytes, named) in [
            (b"<!DOCTYPE html><script>alert(1)</script>".to_vec(), "image/png"),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>".to_vec(), "image/svg+xml"),
            (b"<?xml version=\"1.0\"?><svg/>".to_vec(), "image/png"),
            (b"\x89PNG\r\n\x1a\n".to_vec(), "image/png"),
            (png(60_000, 60_000), "image/png"),
        ] {
            assert_eq!(at(&bytes, Some(named)), Look::default(), "{named}");
        }
        assert_eq!(at(b"a,b\n1,2\n", Some("text/csv")).content_type, "text/csv");
        assert_eq!(at(b"%PDF-1.7\n", Some("text/plain")).content_type, "application/pdf");
    }

    #[test]
    fn no_beginning_of_a_photograph_is_read_beyond_its_end() {
        let whole = jpeg(40, 30, Some(6));
        for end in 0..whole.len() {
            at(&whole[..end], None);
        }
        let mut far = whole.clone();
        // The directory's place, beyond everything.
        far[16..20].copy_from_slice(&[0xff; 4]);
        assert_eq!(orientation(&far), None);
    }
}
