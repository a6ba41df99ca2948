//! Files of messages: from the moment somebody begins to upload one until its bytes are deleted. The bytes themselves
//! are kept elsewhere, under the row's uuid.

use frontdesk_core::attachment::FileState;
use frontdesk_core::conversation::SenderKind;
use frontdesk_core::id::{AccountId, AttachmentId, ContactInboxId, MessageId};
use frontdesk_core::time::Millis;
use serde::{Deserialize, Serialize};

use crate::conversations::Scope;
use crate::{Cell, FromValue, StoreError, Tx, params, row, statements};

macro_rules! columns {
    () => {
        "a.id, a.uuid, a.file_name, a.content_type, a.byte_size, a.sha256, a.width, a.height"
    };
}

statements! {
    /// A place for a file that is about to come.
    RESERVE = "INSERT INTO attachments (uuid, account_id, state, uploader_kind, uploader, blob_hash, file_name, byte_size, created_at) VALUES ($1, $2, 'uploading', $3, $4, $5, $6, $7, $8) RETURNING id";
    /// Its bytes are there.
    COMPLETE = "UPDATE attachments SET state = 'waiting', content_type = $2, byte_size = $3, sha256 = $4, width = $5, height = $6 WHERE id = $1 AND state = 'uploading'";
    /// It did not come.
    RELEASE = "DELETE FROM attachments WHERE id = $1 AND state = 'uploading'";
    /// A complete file by the secret that its uploader has.
    FIND_UPLOAD = concat!("SELECT ", columns!(), ", a.state FROM attachments a WHERE a.account_id = $1 AND a.uploader_kind = $2 AND a.uploader = $3 AND a.blob_hash = $4 AND a.state IN ('waiting', 'sent')");
    /// It belongs to a message from now on.
    ATTACH = "UPDATE attachments SET message_id = $2, state = 'sent' WHERE id = $1 AND state = 'waiting'";
    /// The files of a message are nobody's any more.
    DETACH = "UPDATE attachments SET message_id = NULL WHERE message_id = $1";
    /// And the message has none.
    FORGET = "UPDATE messages SET attachments = NULL WHERE id = $1";
    /// A file of a message that this member sees.
    FIND_FOR_MEMBER = concat!("SELECT ", columns!(), " FROM attachments a JOIN messages m ON m.id = a.message_id JOIN conversations c ON c.id = m.conversation_id WHERE a.id = $2 AND a.state = 'sent' AND c.account_id = $1 AND ($3 OR c.inbox_id IN (SELECT inbox_id FROM inbox_members WHERE user_id = $4))");
    /// A file of a message that this browser may see.
    FIND_FOR_BROWSER = concat!("SELECT ", columns!(), " FROM attachments a JOIN messages m ON m.id = a.message_id JOIN conversations c ON c.id = m.conversation_id JOIN participants p ON p.conversation_id = c.id JOIN contact_inboxes b ON b.contact_id = p.contact_id WHERE a.uuid = $1 AND a.state = 'sent' AND NOT m.private AND m.contact_position IS NOT NULL AND b.id = $2 AND p.state = 'joined' AND (c.contact_inbox_id = b.id OR b.hmac_verified)");
    /// Bytes that wait for their messages.
    WAITING_BYTES = "SELECT CAST(COALESCE(SUM(byte_size), 0) AS BIGINT) AS n FROM attachments WHERE account_id = $1 AND uploader_kind = $2 AND message_id IS NULL";
    /// What nobody will use any more: unused for too long, broken off, or left by its message.
    DOOM = "UPDATE attachments SET state = 'doomed' WHERE message_id IS NULL AND (state = 'sent' OR (state = 'waiting' AND created_at <= $1) OR (state = 'uploading' AND created_at <= $2))";
    /// What is to be deleted.
    DOOMED = "SELECT id, uuid FROM attachments WHERE message_id IS NULL AND state = 'doomed' ORDER BY id LIMIT $1";
    /// Its bytes are gone.
    DELETE = "DELETE FROM attachments WHERE id = $1 AND state = 'doomed'";
    /// Whether a stored file has a row.
    IS_KNOWN = "SELECT COUNT(*) AS n FROM attachments WHERE uuid = $1";
}

row! {
    /// A complete file.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Attachment {
        /// Its id, seen by members only.
        pub id: AttachmentId,
        /// Its name in storage; what contacts see.
        pub uuid: String,
        /// What it is called, cleaned.
        pub file_name: String,
        /// What its bytes are.
        pub content_type: String,
        /// How many there are.
        pub byte_size: i64,
        /// SHA-256 of them.
        pub sha256: String,
        /// Of a picture, in pixels, as it is meant to be seen.
        pub width: Option<i64>,
        /// The same.
        pub height: Option<i64>,
    }
}

/// The files of a message, as the message itself keeps them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attached(pub Vec<Attachment>);

impl FromValue for Attached {
    fn from_cell(cell: Cell<'_>) -> Option<Attached> {
        match cell {
            Cell::Null => Some(Attached::default()),
            Cell::Text(json) => serde_json::from_str(json).ok().map(Attached),
            _ => None,
        }
    }
}

impl Attached {
    /// As it is stored; nothing without files.
    pub(crate) fn stored(files: &[Attachment]) -> Result<Option<String>, StoreError> {
        if files.is_empty() {
            return Ok(None);
        }
        serde_json::to_string(files).map(Some).map_err(|_| StoreError::broken("a message's files cannot be written as JSON"))
    }
}

/// Who uploads: only they may use what they uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uploader {
    /// A member, or a browser of a contact-to-be.
    pub kind: SenderKind,
    /// Which of them: a user's id, or an inbox with the hash of the browser's secret.
    pub key: String,
}

/// A file that is about to come.
#[derive(Debug)]
pub struct NewUpload<'a> {
    /// Its name in storage.
    pub uuid: &'a str,
    /// SHA-256 of the secret that the uploader gets.
    pub blob_hash: &'a str,
    /// Who uploads.
    pub uploader: &'a Uploader,
    /// What it is called, cleaned.
    pub file_name: &'a str,
    /// How many bytes it may have.
    pub reserved_bytes: i64,
}

/// What was found out about a file while it came.
#[derive(Debug)]
pub struct Measured<'a> {
    /// What its bytes are.
    pub content_type: &'a str,
    /// How many there are.
    pub byte_size: i64,
    /// SHA-256 of them.
    pub sha256: &'a str,
    /// Of a picture, width and height in pixels.
    pub dimensions: Option<(i64, i64)>,
}

row! {
    /// A complete file as its uploader finds it.
    #[derive(Debug, Clone)]
    pub struct Upload {
        /// The file.
        pub file: Attachment,
        /// Whether a message has it already.
        pub state: FileState,
    }
}

/// Reserves a place for a file. Until [`complete`] nobody finds it.
pub async fn reserve(tx: &mut Tx<'_>, account: AccountId, new: &NewUpload<'_>, now: Millis) -> Result<AttachmentId, StoreError> {
    let Uploader { kind, key } = new.uploader;
    tx.one(&RESERVE, params![new.uuid, account, kind.as_str(), key, new.blob_hash, new.file_name, new.reserved_bytes, now]).await
}

/// The file's bytes are stored; false when the place is gone.
pub async fn complete(tx: &mut Tx<'_>, id: AttachmentId, it: &Measured<'_>) -> Result<bool, StoreError> {
    let (width, height) = it.dimensions.unzip();
    Ok(tx.run(&COMPLETE, params![id, it.content_type, it.byte_size, it.sha256, width, height]).await? > 0)
}

/// Gives the place of a file back that did not come.
pub async fn release(tx: &mut Tx<'_>, id: AttachmentId) -> Result<(), StoreError> {
    tx.run(&RELEASE, params![id]).await?;
    Ok(())
}

/// Finds a complete file of this uploader, used or not.
pub async fn find_upload(tx: &mut Tx<'_>, account: AccountId, by: &Uploader, blob_hash: &str) -> Result<Option<Upload>, StoreError> {
    tx.first(&FIND_UPLOAD, params![account, by.kind.as_str(), &by.key, blob_hash]).await
}

/// Gives a file to a message; false when another message has it. The account must be locked.
pub(crate) async fn attach(tx: &mut Tx<'_>, id: AttachmentId, message: MessageId) -> Result<bool, StoreError> {
    Ok(tx.run(&ATTACH, params![id, message]).await? > 0)
}

/// Takes its files from a message: nobody finds them from now on, and their bytes are deleted soon.
pub async fn detach(tx: &mut Tx<'_>, message: MessageId) -> Result<(), StoreError> {
    tx.run(&DETACH, params![message]).await?;
    tx.run(&FORGET, params![message]).await?;
    Ok(())
}

/// Finds a file of a message that this member sees.
pub async fn find_for(tx: &mut Tx<'_>, scope: Scope, id: AttachmentId) -> Result<Option<Attachment>, StoreError> {
    tx.first(&FIND_FOR_MEMBER, params![scope.account, id, scope.sees_all, scope.user]).await
}

/// Finds a file of a message in a conversation that this browser may read: never one of a private note.
pub async fn find_for_browser(tx: &mut Tx<'_>, browser: ContactInboxId, uuid: &str) -> Result<Option<Attachment>, StoreError> {
    // PostgreSQL refuses to compare with a NUL, which no uuid has.
    if uuid.contains('\0') {
        return Ok(None);
    }
    tx.first(&FIND_FOR_BROWSER, params![uuid, browser]).await
}

/// Bytes of an account that wait for their messages, of its members or of its visitors.
pub async fn waiting_bytes(tx: &mut Tx<'_>, account: AccountId, kind: SenderKind) -> Result<i64, StoreError> {
    tx.one(&WAITING_BYTES, params![account, kind.as_str()]).await
}

/// Chooses what is to be deleted: what waited since `waited_since` or came since `came_since`, and what its message left.
/// From now on nobody can use it.
pub async fn doom(tx: &mut Tx<'_>, waited_since: Millis, came_since: Millis) -> Result<u64, StoreError> {
    tx.run(&DOOM, params![waited_since, came_since]).await
}

/// At most `limit` files that are to be deleted, with their names in storage.
pub async fn doomed(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<(AttachmentId, String)>, StoreError> {
    tx.all(&DOOMED, params![limit]).await
}

/// Forgets a file whose bytes are deleted.
pub async fn delete(tx: &mut Tx<'_>, id: AttachmentId) -> Result<(), StoreError> {
    tx.run(&DELETE, params![id]).await?;
    Ok(())
}

/// Whether a stored file belongs to anything.
pub async fn is_known(tx: &mut Tx<'_>, uuid: &str) -> Result<bool, StoreError> {
    let n: i64 = tx.one(&IS_KNOWN, params![uuid]).await?;
    Ok(n > 0)
}
