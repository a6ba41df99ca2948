//! Files of messages over REST: uploading one before its message, and reading one. Visitors' routes are in `widget`.

mod download;
mod range;
mod show;
mod upload;

pub(super) use download::{Found, answer};
pub(crate) use show::{__path_show, show};
pub(crate) use upload::{__path_upload, upload};
