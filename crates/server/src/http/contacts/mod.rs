//! Contacts over REST, one file per action.

mod conversations;
mod create;
mod delete;
mod filter;
mod inboxes;
mod labels;
mod list;
mod merge;
mod update;

pub(crate) use conversations::{__path_conversations, conversations};
pub(crate) use create::{__path_create, create};
pub(crate) use delete::{__path_delete, delete};
pub(crate) use filter::{__path_filter, filter};
pub(crate) use inboxes::{__path_add_inbox, __path_contactable_inboxes, add_inbox, contactable_inboxes};
pub(crate) use labels::{__path_list_labels, __path_set_labels, list_labels, set_labels};
pub(crate) use list::{__path_list, __path_search, __path_show, list, search, show};
pub(crate) use merge::{__path_merge, merge};
pub(crate) use update::{__path_replace, __path_update, replace, update};

use frontdesk_core::id::{AccountId, ContactId, UserId};
use frontdesk_store::contacts::Contact;
use frontdesk_store::{StoreError, Tx, contact_pages};

use super::error::ApiError;
use super::extract::Params;
use crate::views::{ContactInboxRefView, ContactView};

/// Highest page: beyond it the offset is no use to anybody.
pub(crate) const PAGE_MAX: i64 = 1_000_000;

fn contact_id(params: &Params) -> Result<ContactId, ApiError> {
    params.id("contact_id", "Contact").map(ContactId)
}

/// These contacts with the inboxes through which they come; at most a page of them.
async fn with_inboxes(tx: &mut Tx<'_>, account: AccountId, contacts: &[Contact], base_url: &str) -> Result<Vec<ContactView>, StoreError> {
    let channels = contact_pages::channels(tx, contacts).await?;
    // Every inbox of the account: a contact is the account's, wherever it came through.
    let inboxes = frontdesk_store::inboxes::list(tx, account, true, UserId(0)).await?;
    let view = |contact: &Contact| {
        let own = channels.iter().filter(|it| it.contact_id == contact.id);
        let places = own.filter_map(|it| {
            let inbox = inboxes.iter().find(|inbox| inbox.id == it.inbox_id)?;
            Some(ContactInboxRefView::new((&it.source_id, it.hmac_verified), inbox, base_url))
        });
        ContactView::new(contact, places.collect())
    };
    Ok(contacts.iter().map(view).collect())
}

/// One contact with the inboxes through which it comes.
async fn view(tx: &mut Tx<'_>, contact: &Contact, base_url: &str) -> Result<ContactView, StoreError> {
    let views = with_inboxes(tx, contact.account_id, std::slice::from_ref(contact), base_url).await?;
    views.into_iter().next().ok_or(StoreError::Missing)
}
