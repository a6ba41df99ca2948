//! All that a chat needs to begin or to go on, in one answer.

use axum::Json;
use axum::extract::State;
use frontdesk_store::{StoreError, Tx, contacts, conversations};

use super::visitor::InInbox;
use super::{conversation_view, page};
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::views::{Reader, VisitorContactView, VisitorSessionView};

/// The visitor's newest conversation; nothing for a browser that has not written yet.
#[utoipa::path(get, operation_id = "showVisitorSession", path = "/widget/v1/{website_token}/session", tag = "widget", params(("website_token" = String, Path)), responses(
    (status = 200, body = VisitorSessionView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)
), security(("visitor" = [])))]
pub(crate) async fn show(State(app): State<App>, within: InInbox) -> Result<Json<VisitorSessionView>, ApiError> {
    let empty = VisitorSessionView {
        epoch: app.epoch.to_string(),
        cursor: 0,
        contact: None,
        conversation: None,
        messages: Vec::new(),
        more: false,
    };
    if within.visitor.is_none() {
        return Ok(Json(empty));
    }
    let (inbox, website_token) = (within.inbox.id, within.inbox.website_token);
    let (token_hash, epoch) = (within.token_hash, app.epoch.clone());
    let find = async move |tx: &mut Tx<'_>| {
        // Read again in this snapshot, so that the cursor belongs to what is shown.
        let visitor = contacts::find_visitor(tx, inbox, &token_hash).await?.ok_or(StoreError::Missing)?;
        let mut view = VisitorSessionView {
            epoch: epoch.to_string(),
            cursor: visitor.event_number,
            contact: Some(VisitorContactView::new(&visitor)),
            conversation: None,
            messages: Vec::new(),
            more: false,
        };
        if let Some(conversation) = conversations::latest_of_browser(tx, visitor.contact_inbox_id).await? {
            (view.messages, view.more) =
                page(tx, &conversation, Reader { contact: visitor.contact_id, website_token: &website_token }, None).await?;
            view.conversation = Some(conversation_view(tx, &conversation, visitor.contact_id).await?);
        }
        Ok::<_, StoreError>(view)
    };
    Ok(Json(app.store.read(find).await?))
}
