//! Conversations over REST, one file per action. What members may see is asked by looking conversations up in their scope.

mod assignments;
mod create;
mod edit;
mod filter;
mod join;
mod labels;
mod list;
mod show;
mod toggle_status;
mod toggle_typing_status;
mod transcript;
mod unread;
mod update_last_seen;

pub(crate) use assignments::{__path_assign, assign};
pub(crate) use create::{__path_create, create};
pub(crate) use edit::{__path_set_custom_attributes, __path_toggle_priority, __path_update};
pub(crate) use edit::{set_custom_attributes, toggle_priority, update};
pub(crate) use filter::{__path_filter, filter};
pub(crate) use join::{__path_join, join};
pub(crate) use labels::{__path_list_labels, __path_set_labels, SetLabels, list_labels, set_labels};
pub(crate) use list::{__path_list, __path_meta, list, meta};
pub(crate) use show::{__path_show, show};
pub(crate) use toggle_status::{__path_toggle_status, toggle_status};
pub(crate) use toggle_typing_status::{__path_toggle_typing_status, toggle_typing_status};
pub(crate) use transcript::{__path_transcript, transcript};
pub(crate) use unread::{__path_unread, unread};
pub(crate) use update_last_seen::{__path_update_last_seen, update_last_seen};

use frontdesk_core::id::{ConversationId, UserId};
use frontdesk_store::{StoreError, Tx, conversation_lists};

use crate::views::ConversationView;

/// A conversation as this member sees it, once it was found in their scope.
async fn view(tx: &mut Tx<'_>, user: UserId, id: ConversationId) -> Result<ConversationView, StoreError> {
    let listed = conversation_lists::one(tx, user, id).await?.ok_or(StoreError::Missing)?;
    Ok((&listed).into())
}
