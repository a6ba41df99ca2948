//! Somebody uploads a file for a message that they will send: its place is reserved, then its bytes come, then the message
//! takes it. The bytes are not handled here.

use frontdesk_core::attachment::{FILE_BYTES_MAX, FileName, FileState, MEMBERS_WAITING_BYTES_MAX, VISITORS_WAITING_BYTES_MAX};
use frontdesk_core::attachment::{check_files, not_found};
use frontdesk_core::conversation::SenderKind;
use frontdesk_core::id::{AttachmentId, InboxId, UserId};
use frontdesk_core::time::Millis;
use frontdesk_store::AccountTx;
use frontdesk_store::attachments::{self, Attachment, NewUpload, Upload, Uploader};

use super::Refusal;

/// A file that is about to come, with the random names it gets.
#[derive(Debug, Clone)]
pub(crate) struct Coming {
    /// Who uploads.
    pub(crate) uploader: Uploader,
    /// What it is called.
    pub(crate) name: FileName,
    /// Random: its name in storage and to contacts.
    pub(crate) uuid: String,
    /// SHA-256 of the secret under which the uploader names it.
    pub(crate) blob_hash: String,
}

/// A user as somebody who uploads.
pub(crate) fn member(user: UserId) -> Uploader {
    Uploader { kind: SenderKind::User, key: user.to_string() }
}

/// A browser as somebody who uploads; it need not have written yet.
pub(crate) fn browser(inbox: InboxId, token_hash: &str) -> Uploader {
    Uploader { kind: SenderKind::Contact, key: format!("{inbox}:{token_hash}") }
}

/// Reserves a place, as long as not too many bytes wait for their messages already.
pub(crate) async fn reserve(tx: &mut AccountTx<'_, '_>, coming: &Coming, now: Millis) -> Result<AttachmentId, Refusal> {
    let account = tx.account_id();
    let waiting = attachments::waiting_bytes(tx, account, coming.uploader.kind).await?;
    let limit = match coming.uploader.kind {
        SenderKind::Contact => VISITORS_WAITING_BYTES_MAX,
        SenderKind::User => MEMBERS_WAITING_BYTES_MAX,
    };
    let reserved_bytes = i64::try_from(FILE_BYTES_MAX).unwrap_or(i64::MAX);
    if waiting.saturating_add(reserved_bytes) > limit {
        return Err(Refusal::TooManyFilesWait);
    }
    let Coming { uploader, name, uuid, blob_hash } = coming;
    let new = NewUpload { uuid, blob_hash, uploader, file_name: name.as_str(), reserved_bytes };
    Ok(attachments::reserve(tx, account, &new, now).await?)
}

/// The files that a sender names for a message.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    /// Who sends; they must have uploaded them.
    pub(crate) uploader: Uploader,
    /// SHA-256 of the secrets that they got, in their order.
    pub(crate) blob_hashes: Vec<String>,
}

impl Named {
    /// No files.
    pub(crate) fn none() -> Named {
        Named { uploader: Uploader { kind: SenderKind::User, key: String::new() }, blob_hashes: Vec::new() }
    }
}

/// Finds the files, used or not. Those of others are as unknown as those that nobody has.
pub(super) async fn find(tx: &mut AccountTx<'_, '_>, named: &Named) -> Result<Vec<Upload>, Refusal> {
    check_files(&named.blob_hashes)?;
    let account = tx.account_id();
    let mut found = Vec::with_capacity(named.blob_hashes.len());
    for hash in &named.blob_hashes {
        found.push(attachments::find_upload(tx, account, &named.uploader, hash).await?.ok_or_else(not_found)?);
    }
    Ok(found)
}

/// The files for a new message: none of them may have been sent already.
pub(super) fn unused(found: Vec<Upload>) -> Result<Vec<Attachment>, Refusal> {
    let unused = |it: Upload| if it.state == FileState::Waiting { Ok(it.file) } else { Err(not_found().into()) };
    found.into_iter().map(unused).collect()
}

/// How files are compared when a message is sent again: by name and bytes.
pub(super) fn compared<'a>(files: impl Iterator<Item = &'a Attachment>) -> Vec<(&'a str, &'a str)> {
    files.map(|it| (it.file_name.as_str(), it.sha256.as_str())).collect()
}
