//! A conversation as a text to keep: written page by page while it is sent, however long it is. How it looks is in core.

use std::io;

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use frontdesk_core::contact::name_for_members;
use frontdesk_core::conversation::transcript::{self, Entry, UtcOffset};
use frontdesk_core::id::ConversationId;
use frontdesk_store::messages::{self, Message};
use frontdesk_store::{StoreError, Tx, contacts, conversations};
use futures_util::stream;

use crate::actions::Refusal;
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::http::query::Query;

/// Messages that are read at once; a message may have 150,000 characters.
const PAGE_MESSAGES: i64 = 50;

/// What is still to be written.
struct Rest {
    app: App,
    head: Option<String>,
    conversation: ConversationId,
    notes: bool,
    offset: UtcOffset,
    /// What stands up to here is written.
    place: i64,
    /// The newest message when it was asked for: what comes later is for another time.
    end: i64,
}

/// The conversation as a text, oldest message first. Without `notes` it holds what contacts may see and nothing else, so that
/// it can be sent on.
#[utoipa::path(get, operation_id = "downloadTranscript", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/transcript", tag = "conversations", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path),
    ("notes" = Option<bool>, Query, description = "true: with private notes and what only members read; false (default): without"),
    ("utc_offset" = Option<i64>, Query, description = "Minutes that the times are ahead of UTC, -840 to 840; 0 by default")
), responses((status = 200, content_type = "text/plain", body = String), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)))]
pub(crate) async fn transcript(State(app): State<App>, within: InAccount, params: Params, query: Query) -> Result<Response, ApiError> {
    let (scope, number) = (within.acting().scope(), params.conversation()?);
    let notes = query.word("notes", |word| word.parse::<bool>().ok())?.unwrap_or(false);
    let offset = query.word("utc_offset", UtcOffset::parse)?.unwrap_or_default();
    let find = async move |tx: &mut Tx<'_>| {
        let found = conversations::find_for(tx, scope, number).await?.ok_or(Refusal::NotFound("Conversation"))?;
        let contact = contacts::find(tx, found.account_id, found.contact_id).await?.ok_or(StoreError::Missing)?;
        Ok::<_, Refusal>((found, name_for_members(contact.name.as_deref(), contact.email.as_deref(), contact.id)))
    };
    let (found, name) = app.store.read(find).await?;
    let head = Some(transcript::head(number.0, &name, offset));
    let rest = Rest { app, head, conversation: found.id, notes, offset, place: 0, end: found.message_count };
    let pages = stream::try_unfold(rest, Rest::next);
    let name = format!("attachment; filename=\"conversation-{number}.txt\"");
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(pages)).into_response())
}

impl Rest {
    /// The head, then page after page; `None` after the last. A failure breaks the answer off, which every client takes for incomplete.
    async fn next(mut self) -> io::Result<Option<(String, Rest)>> {
        if let Some(head) = self.head.take() {
            return Ok(Some((head, self)));
        }
        let (conversation, from) = (self.conversation, (self.place, self.notes));
        let read = async move |tx: &mut Tx<'_>| messages::after_place(tx, conversation, from, PAGE_MESSAGES).await;
        let page: Vec<Message> = self.app.store.read(read).await.map_err(|error: StoreError| {
            tracing::error!(%error, "a transcript breaks off");
            io::Error::other(error)
        })?;
        let mut text = String::new();
        for it in page.iter().filter(|it| it.position <= self.end) {
            self.write(&mut text, it);
        }
        self.place = page.last().map_or(self.end, |it| it.position);
        Ok((!text.is_empty()).then_some((text, self)))
    }

    fn write(&self, to: &mut String, it: &Message) {
        let told = it.contact_body.as_deref().filter(|_| !self.notes);
        let entry = Entry {
            at: it.created_at,
            who: it.sender_kind.map(|_| it.sender_name.as_str()),
            private: it.private,
            deleted: it.deleted_at.is_some(),
            text: told.unwrap_or(&it.body),
        };
        transcript::add(to, entry, it.attachments.0.iter().map(|file| file.file_name.as_str()), self.offset);
    }
}
