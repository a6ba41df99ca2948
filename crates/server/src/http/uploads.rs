//! A file comes: a place is reserved for it, its bytes go to storage as they come, and its uploader gets a secret that names
//! it. Whatever breaks off gives its place back.

use std::time::Duration;

use axum::extract::Request;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use frontdesk_core::attachment::{FILE_BYTES_MAX, FileName, UPLOAD_MS};
use frontdesk_core::id::{AccountId, AttachmentId};
use frontdesk_store::attachments::{self, Measured, Uploader};
use frontdesk_store::inboxes::Inbox;
use frontdesk_store::{AccountTx, StoreError, Tx};

use super::error::ApiError;
use super::extract::InAccount;
use super::multipart::{allow_files, broken_part, parts};
use crate::actions::upload::{self, Coming, Named};
use crate::app::App;
use crate::files::{Kept, NotKept, Shelf};
use crate::secret;
use crate::views::UploadView;

/// How long a file may take in all.
const UPLOAD_MAX: Duration = Duration::from_millis(UPLOAD_MS.unsigned_abs());

/// Whose a file will be.
#[derive(Debug, Clone)]
pub(super) struct Owner {
    pub(super) account: AccountId,
    pub(super) uploader: Uploader,
}

impl Owner {
    /// A member.
    pub(super) fn member(within: &InAccount) -> Owner {
        Owner { account: within.member.account_id, uploader: upload::member(within.member.user_id) }
    }

    /// A visitor's browser.
    pub(super) fn browser(inbox: &Inbox, token_hash: &str) -> Owner {
        Owner { account: inbox.account_id, uploader: upload::browser(inbox.id, token_hash) }
    }

    /// The files that they name for a message.
    pub(super) fn names(self, blob_ids: &[String]) -> Named {
        Named { uploader: self.uploader, blob_hashes: blob_ids.iter().map(|it| secret::hash_token(it)).collect() }
    }
}

/// The one file of a form, under whatever name. Dropped when it takes too long, it gives its place back.
pub(super) async fn receive(app: &App, owner: &Owner, request: Request) -> Result<UploadView, ApiError> {
    let received = tokio::time::timeout(UPLOAD_MAX, receive_part(app, owner, request)).await;
    received.map_err(|_| ApiError::too_slow())?
}

async fn receive_part(app: &App, owner: &Owner, mut request: Request) -> Result<UploadView, ApiError> {
    allow_files(&mut request, 1)?;
    let mut parts = parts(request).await?;
    while let Some(part) = parts.next_field().await.map_err(|error| broken_part(&error))? {
        if part.file_name().is_some() {
            return keep_part(app, owner, part).await;
        }
    }
    Err(ApiError::missing("attachment"))
}

/// Stores the file of a part.
pub(super) async fn keep_part(app: &App, owner: &Owner, part: Field<'_>) -> Result<UploadView, ApiError> {
    let name = FileName::clean(part.file_name().unwrap_or_default());
    let named = mime_guess::from_path(name.as_str()).first_raw();
    let token = secret::new_token()?;
    let coming =
        Coming { uploader: owner.uploader.clone(), name: name.clone(), uuid: secret::new_uuid()?, blob_hash: secret::hash_token(&token) };
    let uuid = coming.uuid.clone();
    let now = app.now();
    let reserve = async move |tx: &mut AccountTx<'_, '_>| upload::reserve(tx, &coming, now).await;
    let id = app.store.write_in(owner.account, reserve).await?;
    let mut place = Place { app, taken: Some((id, uuid.clone())) };
    let kept = app.files.keep((Shelf::Attachments, &uuid), part, (FILE_BYTES_MAX, named)).await;
    let kept = match kept {
        Ok(kept) => kept,
        Err(error) => {
            place.give_back().await;
            return Err(refusal(error));
        }
    };
    let Kept { content_type, byte_size, sha256, dimensions } = kept;
    let view = UploadView::new(token, &name, (&content_type, byte_size), dimensions);
    let complete = async move |tx: &mut Tx<'_>| {
        let measured = Measured { content_type: &content_type, byte_size, sha256: &sha256, dimensions };
        // The place is gone when the upload took longer than any may.
        if attachments::complete(tx, id, &measured).await? { Ok(()) } else { Err(StoreError::Busy) }
    };
    app.store.write(complete).await?;
    place.taken = None;
    Ok(view)
}

fn refusal(error: NotKept<MultipartError>) -> ApiError {
    match error {
        NotKept::TooLarge => ApiError::file_too_large(),
        NotKept::Broken(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => ApiError::file_too_large(),
        NotKept::Empty => ApiError::invalid("attachment", "Attachment must not be empty"),
        NotKept::Broken(error) => broken_part(&error),
        NotKept::Storage(error) => ApiError::storage(&error),
    }
}

/// A reserved place: given back, with what came of the file, unless it was taken in the end. Also when the request is
/// dropped because its sender went away.
struct Place<'a> {
    app: &'a App,
    taken: Option<(AttachmentId, String)>,
}

impl Place<'_> {
    async fn give_back(&mut self) {
        if let Some((id, uuid)) = self.taken.take() {
            release(self.app, id, &uuid).await;
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let Some((id, uuid)) = self.taken.take() else { return };
        let app = self.app.clone();
        tokio::spawn(async move { release(&app, id, &uuid).await });
    }
}

/// Removes what came of a file, then its row. What cannot be removed now is swept later.
async fn release(app: &App, id: AttachmentId, uuid: &str) {
    if let Err(error) = app.files.delete((Shelf::Attachments, uuid)).await {
        tracing::warn!(%error, "a broken upload cannot be removed yet");
        return;
    }
    if let Err(error) = app.store.write(async move |tx: &mut Tx<'_>| attachments::release(tx, id).await).await {
        tracing::warn!(%error, "the place of a broken upload stays for now");
    }
}
