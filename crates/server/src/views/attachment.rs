//! Files of messages, as members and as contacts see them, and as whoever uploads one. Where a file may be read is a path
//! that asks who reads: no secret stands in an address.

use frontdesk_core::attachment::{FileName, FileType, extension};
use frontdesk_store::attachments::Attachment;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use utoipa::ToSchema;

/// What stays as it is in a part of a path.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A file's name as the last part of a path.
pub(crate) fn in_path(name: &str) -> String {
    utf8_percent_encode(name, IN_PATH).to_string()
}

/// What is shown of a file, whoever reads.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FileView {
    /// "image", "audio", "video" or "file". Only what is shown in place is an image.
    #[schema(value_type = String, example = "image")]
    file_type: FileType,
    file_name: String,
    /// Without its dot; empty without one.
    extension: String,
    /// By the file's bytes.
    content_type: String,
    /// In bytes.
    file_size: i64,
    /// Of images, in pixels.
    width: Option<i64>,
    height: Option<i64>,
    /// Where the file is, for those who may read it.
    data_url: String,
    /// Of images, what to show of it; empty for the rest.
    thumb_url: String,
}

impl FileView {
    fn new(it: &Attachment, data_url: String) -> FileView {
        let file_type = FileType::of(&it.content_type);
        FileView {
            file_type,
            file_name: it.file_name.clone(),
            extension: extension(&it.file_name),
            content_type: it.content_type.clone(),
            file_size: it.byte_size,
            width: it.width,
            height: it.height,
            thumb_url: if file_type == FileType::Image { data_url.clone() } else { String::new() },
            data_url,
        }
    }
}

/// A file of a message.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AttachmentView {
    id: i64,
    message_id: i64,
    account_id: i64,
    #[serde(flatten)]
    file: FileView,
}

impl AttachmentView {
    pub(crate) fn new(it: &Attachment, account_id: i64, message_id: i64) -> AttachmentView {
        let name = in_path(&it.file_name);
        let data_url = format!("/api/v1/accounts/{account_id}/attachments/{}/{name}", it.id);
        AttachmentView { id: it.id.0, message_id, account_id, file: FileView::new(it, data_url) }
    }
}

/// A file of a message as a contact sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct VisitorAttachmentView {
    /// The uuid.
    id: String,
    #[serde(flatten)]
    file: FileView,
}

impl VisitorAttachmentView {
    /// `website_token` names the inbox through which the contact reads.
    pub(crate) fn new(it: &Attachment, website_token: &str) -> VisitorAttachmentView {
        let data_url = format!("/widget/v1/{}/attachments/{}/{}", in_path(website_token), it.uuid, in_path(&it.file_name));
        VisitorAttachmentView { id: it.uuid.clone(), file: FileView::new(it, data_url) }
    }
}

/// A file that waits for its message.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UploadView {
    /// Names the file in the message that is to have it; known to whoever uploaded it only, and good for one message.
    pub(crate) blob_id: String,
    #[schema(value_type = String, example = "image")]
    file_type: FileType,
    file_name: String,
    content_type: String,
    /// In bytes.
    file_size: i64,
    /// Of images, in pixels.
    width: Option<i64>,
    height: Option<i64>,
    /// Always empty: a file can be read once its message is sent.
    file_url: String,
}

impl UploadView {
    pub(crate) fn new(
        blob_id: String,
        name: &FileName,
        (content_type, file_size): (&str, i64),
        dimensions: Option<(i64, i64)>,
    ) -> UploadView {
        let (width, height) = dimensions.unzip();
        UploadView {
            blob_id,
            file_type: FileType::of(content_type),
            file_name: name.as_str().to_owned(),
            content_type: content_type.to_owned(),
            file_size,
            width,
            height,
            file_url: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_path_is_one_part_of_it() {
        assert_eq!(in_path("a b/c?#%.png"), "a%20b%2Fc%3F%23%25.png");
        assert_eq!(in_path("März.pdf"), "M%C3%A4rz.pdf");
    }
}
