//! Files that travel with messages: how large and how many, what they are called, what kind they are and which of them a
//! page may show in place (BEHAVIOUR 7.5). Reading bytes and keeping files is not here.

use crate::Invalid;

/// Largest file in bytes.
pub const FILE_BYTES_MAX: u64 = 25 * 1_024 * 1_024;
/// Most files of one message.
pub const FILES_PER_MESSAGE_MAX: usize = 10;
/// Pictures of more pixels are downloads: shown in a page they would stop it.
pub const PIXELS_MAX: i64 = 100_000_000;
/// How long an upload may wait for its message, in milliseconds.
pub const WAITS_MS: i64 = crate::time::Millis::DAY;
/// How long an upload may take, in milliseconds: 25 MB over a line of 400 kbit/s, and what drips holds its room no longer.
pub const UPLOAD_MS: i64 = 10 * crate::time::Millis::MINUTE;
/// When an upload that is not complete is taken for broken off with its server, in milliseconds.
pub const UPLOADS_MS: i64 = 6 * crate::time::Millis::HOUR;
/// Bytes of one account's visitors that may wait for their messages: anybody may upload, so all of them share this.
pub const VISITORS_WAITING_BYTES_MAX: i64 = 1_024 * 1_024 * 1_024;
/// Bytes of one account's members that may wait for their messages.
pub const MEMBERS_WAITING_BYTES_MAX: i64 = 10 * 1_024 * 1_024 * 1_024;

crate::words! {
    /// What a thread makes of a file.
    pub enum FileType {
        /// A picture that every browser shows.
        Image = "image",
        /// Something to hear.
        Audio = "audio",
        /// Something to watch.
        Video = "video",
        /// Something to download.
        File = "file",
    }
    /// What became of a file since somebody began to upload it.
    pub enum FileState {
        /// Its bytes are coming.
        Uploading = "uploading",
        /// It is complete and waits for its message.
        Waiting = "waiting",
        /// It belongs to a message.
        Sent = "sent",
        /// It is being deleted.
        Doomed = "doomed",
    }
}

/// The pictures that are shown in place. SVG is not among them: it is a program.
const INLINE: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];
/// What carries no mark in its bytes and is harmless as what its name says.
const NAMED: [&str; 8] = [
    "text/plain",
    "text/csv",
    "text/tab-separated-values",
    "text/markdown",
    "text/calendar",
    "text/vcard",
    "application/json",
    "application/rtf",
];
/// What browsers would run, were they ever to open it.
const ACTIVE: [&str; 7] =
    ["text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml", "text/javascript", "application/javascript"];
/// The type of bytes of which nothing else is said.
pub const UNKNOWN_TYPE: &str = "application/octet-stream";

impl FileType {
    /// By the type that [`content_type`] decided.
    #[must_use]
    pub fn of(content_type: &str) -> FileType {
        match content_type.split('/').next() {
            Some("image") if is_shown_in_place(content_type) => FileType::Image,
            Some("audio") => FileType::Audio,
            Some("video") => FileType::Video,
            _ => FileType::File,
        }
    }
}

/// Whether a page may show it in place. Everything else is a download.
#[must_use]
pub fn is_shown_in_place(content_type: &str) -> bool {
    INLINE.contains(&content_type)
}

/// The type of a file: what its bytes say (`sniffed`), never what the uploader says. Its name (`named`) decides only among
/// texts, whose bytes say nothing. What a browser would run has no type at all.
#[must_use]
pub fn content_type(sniffed: Option<&str>, named: Option<&str>) -> String {
    let decided = match sniffed {
        Some(sniffed) => Some(sniffed).filter(|it| !ACTIVE.contains(it)),
        None => named.filter(|it| NAMED.contains(it)),
    };
    decided.unwrap_or(UNKNOWN_TYPE).to_owned()
}

/// Whether a picture of this size may be shown in place; one whose size cannot be read may not.
#[must_use]
pub fn is_picture(dimensions: Option<(i64, i64)>) -> bool {
    dimensions.is_some_and(|(width, height)| width > 0 && height > 0 && width.saturating_mul(height) <= PIXELS_MAX)
}

/// A file's name without anything that misleads: no folders, no control characters, nothing that turns the direction of
/// writing around (so that "gpj.exe" reads as it is), not hidden, not endless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName(String);

impl FileName {
    /// Longest name in bytes: every file system takes it.
    pub const BYTES_MAX: usize = 200;
    /// An ending longer than this is no ending.
    const EXTENSION_CHARS_MAX: usize = 16;

    /// Makes a good name of any.
    #[must_use]
    pub fn clean(given: &str) -> FileName {
        let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
        let visible: String = last.chars().filter(|it| !misleads(*it)).collect();
        let plain = visible.trim().trim_start_matches('.').trim();
        if plain.is_empty() {
            return FileName("file".to_owned());
        }
        if plain.len() <= Self::BYTES_MAX {
            return FileName(plain.to_owned());
        }
        let ending = ending(plain).map_or(String::new(), |it| format!(".{it}"));
        let mut end = Self::BYTES_MAX - ending.len();
        while !plain.is_char_boundary(end) {
            end -= 1;
        }
        FileName(format!("{}{ending}", &plain[..end]))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The ending of a cleaned file's name in small letters, without its dot; empty without one.
#[must_use]
pub fn extension(file_name: &str) -> String {
    ending(file_name).unwrap_or_default().to_lowercase()
}

fn ending(name: &str) -> Option<&str> {
    let (before, ending) = name.rsplit_once('.')?;
    let is_ending = !ending.is_empty() && ending.chars().count() <= FileName::EXTENSION_CHARS_MAX;
    (is_ending && !before.is_empty() && ending.chars().all(char::is_alphanumeric)).then_some(ending)
}

fn misleads(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Refuses more files than a message may have, and one file twice.
pub fn check_files<T: PartialEq>(files: &[T]) -> Result<(), Invalid> {
    if files.len() > FILES_PER_MESSAGE_MAX {
        return Err(Invalid::new("attachments", format_args!("are too many (maximum is {FILES_PER_MESSAGE_MAX} files)")));
    }
    let twice = files.iter().enumerate().any(|(n, it)| files[..n].contains(it));
    if twice { Err(Invalid::new("attachments", "must not repeat a file")) } else { Ok(()) }
}

/// The refusal of a file that is not there for whoever names it: unknown, somebody else's, already sent, or swept.
#[must_use]
pub fn not_found() -> Invalid {
    Invalid { field: "attachments", message: "Attachment not found".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_decide_the_type_and_the_name_only_among_texts() {
        for (sniffed, named, decided) in [
            (Some("image/png"), Some("text/html"), "image/png"),
            (Some("text/html"), Some("image/png"), UNKNOWN_TYPE),
            (Some("text/xml"), Some("image/svg+xml"), UNKNOWN_TYPE),
            (None, Some("text/csv"), "text/csv"),
            (None, Some("image/png"), UNKNOWN_TYPE),
            (None, Some("text/html"), UNKNOWN_TYPE),
            (None, Some("image/svg+xml"), UNKNOWN_TYPE),
            (None, None, UNKNOWN_TYPE),
        ] {
            assert_eq!(content_type(sniffed, named), decided, "{sniffed:?} {named:?}");
        }
    }

    #[test]
    fn only_what_every_browser_shows_is_an_image() {
        for (content_type, file_type, in_place) in [
            ("image/png", FileType::Image, true),
            ("image/jpeg", FileType::Image, true),
            ("image/gif", FileType::Image, true),
            ("image/webp", FileType::Image, true),
            ("image/svg+xml", FileType::File, false),
            ("image/heic", FileType::File, false),
            ("audio/mpeg", FileType::Audio, false),
            ("video/mp4", FileType::Video, false),
            ("application/pdf", FileType::File, false),
            ("text/html", FileType::File, false),
            ("", FileType::File, false),
        ] {
            assert_eq!((FileType::of(content_type), is_shown_in_place(content_type)), (file_type, in_place), "{content_type}");
        }
    }

    #[test]
    fn a_picture_has_a_size_that_a_page_can_bear() {
        assert!(is_picture(Some((4_000, 3_000))) && is_picture(Some((1, 1))));
        for bad in [None, Some((0, 5)), Some((50_000, 50_000)), Some((i64::MAX, i64::MAX))] {
            assert!(!is_picture(bad), "{bad:?}");
        }
    }

    #[test]
    fn a_name_has_no_folders_and_hides_nothing() {
        for (given, clean) in [
            ("report.pdf", "report.pdf"),
            ("  Übersicht März.xlsx ", "Übersicht März.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ann\\cat.png", "cat.png"),
            ("..", "file"),
            ("", "file"),
            ("folder/", "file"),
            (".htaccess", "htaccess"),
            ("a\r\nb\0.txt", "ab.txt"),
            ("cat\u{202e}gpj.exe", "catgpj.exe"),
            ("\u{200b}\u{feff}", "file"),
        ] {
            assert_eq!(FileName::clean(given).as_str(), clean, "{given:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = FileName::clean(&format!("{}.pdf", "é".repeat(500)));
        assert!(name.as_str().len() <= FileName::BYTES_MAX && name.as_str().ends_with("é.pdf"), "{name:?}");
        let endless = FileName::clean(&format!("a.{}", "x".repeat(500)));
        assert_eq!(endless.as_str().len(), FileName::BYTES_MAX);
    }

    #[test]
    fn an_ending_is_short_and_has_something_before_it() {
        for (name, ending) in [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", ""), ("a.", ""), ("a.b c", ""), ("Dr. Who", "")] {
            assert_eq!(extension(name), ending, "{name}");
        }
    }

    #[test]
    fn a_message_has_ten_files_at_most_and_each_of_them_once() {
        assert!(check_files(&(0..10).collect::<Vec<_>>()).is_ok());
        assert_eq!(check_files(&(0..11).collect::<Vec<_>>()).unwrap_err().field, "attachments");
        assert!(check_files(&[1, 2, 1]).is_err());
    }
}
