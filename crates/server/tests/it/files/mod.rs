//! Files of messages, from their upload to their end (BEHAVIOUR 7.5).

mod coming;
mod leaving;
mod reading;
mod sending;

use std::path::PathBuf;

use crate::app::TestApp;

/// A whole picture of one pixel.
pub(crate) const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f,
    0x15, 0xc4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T', 0x78, 0xda, 0x63, 0xfc, 0xcf, 0xc0, 0x50, 0x0f, 0, 0x04, 0x85, 0x01, 0x80, 0x84,
    0xa9, 0x8c, 0x21, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// Everything that lies in the installation's folder of files, begun ones included.
pub(crate) fn stored(app: &TestApp) -> Vec<PathBuf> {
    let (mut folders, mut files) = (vec![app.directory.0.join("files")], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the folder can be read").map(|it| it.expect("it can be listed")) {
            let is_folder = entry.file_type().expect("it is something").is_dir();
            if is_folder { folders.push(entry.path()) } else { files.push(entry.path()) }
        }
    }
    files
}
