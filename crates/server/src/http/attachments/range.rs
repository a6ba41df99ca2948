//! The header `Range` (RFC 9110, 14): which bytes of a file are asked for. One range only; whoever asks for several gets
//! the whole file, as the standard allows.

use std::ops::Range;

/// What a request asks for of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// All of it: no range, several, or one that is not understood.
    Whole,
    /// These bytes, within the file.
    Part(Range<u64>),
    /// Bytes that the file does not have.
    Outside,
}

/// Reads the header for a file of `length` bytes.
pub(super) fn asked(header: Option<&str>, length: u64) -> Asked {
    let Some((first, last)) = header.and_then(|it| it.trim().strip_prefix("bytes=")).and_then(|it| it.split_once('-')) else {
        return Asked::Whole;
    };
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        // More digits than a number has: beyond every file.
        is_number.then(|| text.parse::<u64>().unwrap_or(u64::MAX))
    };
    let (first, last) = (first.trim(), last.trim());
    let range = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(length),
        (Some(first), None) if last.is_empty() => first..length,
        (None, Some(tail)) if first.is_empty() => length.saturating_sub(tail)..length,
        _ => return Asked::Whole,
    };
    if range.start < range.end { Asked::Part(range) } else { Asked::Outside }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_understood_and_the_rest_is_the_whole_file() {
        for (header, wanted) in [
            ("bytes=0-0", Asked::Part(0..1)),
            ("bytes=2-4", Asked::Part(2..5)),
            ("bytes=2-", Asked::Part(2..10)),
            ("bytes=-3", Asked::Part(7..10)),
            ("bytes=-30", Asked::Part(0..10)),
            ("bytes=8-99999999999999999999999", Asked::Part(8..10)),
            ("bytes=10-", Asked::Outside),
            ("bytes=99999999999999999999999-", Asked::Outside),
            ("bytes=-0", Asked::Outside),
            ("bytes=4-2", Asked::Whole),
            ("bytes=0-1,3-4", Asked::Whole),
            ("bytes=", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=+1-2", Asked::Whole),
            ("items=0-1", Asked::Whole),
        ] {
            assert_eq!(asked(Some(header), 10), wanted, "{header}");
        }
        assert_eq!(asked(None, 10), Asked::Whole);
        assert_eq!(asked(Some("bytes=0-"), 0), Asked::Outside);
    }
}
