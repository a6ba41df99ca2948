//! Contacts as members see them. What contacts see of each other is in `visitor`.

use frontdesk_core::contact::name_for_members;
use frontdesk_store::contacts::Contact;
use frontdesk_store::inboxes::Inbox;
use serde::Serialize;
use utoipa::ToSchema;

use super::InboxView;
use super::attributes::{Fields, fields};

/// The contact at the head of a conversation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SenderView {
    id: i64,
    name: String,
    email: Option<String>,
    phone_number: Option<String>,
    identifier: Option<String>,
    thumbnail: String,
    #[serde(rename = "type")]
    kind: &'static str,
    availability_status: &'static str,
    blocked: bool,
    /// The address was typed by a visitor and proved by nobody.
    email_claimed: bool,
    #[schema(value_type = BTreeMap<String, Value>)]
    additional_attributes: Fields,
    #[schema(value_type = BTreeMap<String, Value>)]
    custom_attributes: Fields,
    /// Titles, sorted.
    labels: Vec<String>,
    /// Unix seconds.
    last_activity_at: i64,
    /// Unix seconds.
    created_at: i64,
}

impl From<&Contact> for SenderView {
    fn from(it: &Contact) -> SenderView {
        SenderView {
            id: it.id.0,
            name: name_for_members(it.name.as_deref(), it.email.as_deref(), it.id),
            email: it.email.clone(),
            phone_number: it.phone_number.clone(),
            identifier: it.identifier.clone(),
            thumbnail: String::new(),
            kind: "contact",
            availability_status: "offline",
            blocked: false,
            email_claimed: it.email.is_some() && it.email_claimed,
            additional_attributes: fields(&it.additional_attributes),
            custom_attributes: fields(&it.custom_attributes),
            labels: it.labels.0.clone(),
            last_activity_at: it.last_activity_at.as_seconds(),
            created_at: it.created_at.as_seconds(),
        }
    }
}

/// The inbox of a contact's place in it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ContactInboxRefView {
    source_id: String,
    /// The website vouched for who this is, with a signature.
    hmac_verified: bool,
    inbox: InboxView,
}

impl ContactInboxRefView {
    /// `source_id` is the contact's key in the inbox.
    pub(crate) fn new((source_id, hmac_verified): (&str, bool), inbox: &Inbox, base_url: &str) -> ContactInboxRefView {
        ContactInboxRefView { source_id: source_id.to_owned(), hmac_verified, inbox: InboxView::new(inbox, base_url) }
    }
}

/// Inboxes through which a contact can be written to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContactableInboxesView {
    pub(crate) payload: Vec<ContactInboxRefView>,
}

/// A contact's place in the inbox that was asked for at its creation; both absent when none was.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ContactInboxView {
    pub(crate) inbox: Option<InboxView>,
    pub(crate) source_id: Option<String>,
}

/// A contact with the inboxes through which it comes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ContactView {
    #[serde(flatten)]
    contact: SenderView,
    contact_inboxes: Vec<ContactInboxRefView>,
}

impl ContactView {
    pub(crate) fn new(it: &Contact, contact_inboxes: Vec<ContactInboxRefView>) -> ContactView {
        ContactView { contact: it.into(), contact_inboxes }
    }
}

/// How many contacts there are, and which page this is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContactsMeta {
    pub(crate) count: i64,
    pub(crate) current_page: i64,
}

/// A page of contacts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContactsView {
    pub(crate) meta: ContactsMeta,
    pub(crate) payload: Vec<ContactView>,
}

/// A contact and its place in the inbox that was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CreatedContactPayload {
    pub(crate) contact: ContactView,
    pub(crate) contact_inbox: ContactInboxView,
}

/// The answer to creating a contact.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CreatedContactView {
    pub(crate) payload: CreatedContactPayload,
}
