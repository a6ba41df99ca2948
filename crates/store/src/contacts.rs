//! Contacts, and the browsers and channels through which they come. Merging and deleting are not here yet.

use frontdesk_core::id::{AccountId, ContactId, ContactInboxId, InboxId};
use frontdesk_core::time::Millis;

use crate::attributes::{Attributes, Titles};
use crate::{StoreError, Tx, params, row, statements};

macro_rules! columns {
    () => {
        "k.id, k.account_id, k.name, k.email, k.email_claimed, k.phone_number, k.identifier, k.event_number, k.created_at, k.last_activity_at, k.custom_attributes, k.additional_attributes, (SELECT string_agg(kll.title, ' ') FROM contact_labels kl JOIN labels kll ON kll.id = kl.label_id WHERE kl.contact_id = k.id) AS contact_label_titles"
    };
}
pub(crate) use columns;

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM contacts k ", $rest)
    };
}

statements! {
    /// One contact of an account.
    FIND = select!("WHERE k.account_id = $1 AND k.id = $2");
    /// A page of contacts, newest first.
    LIST = select!("WHERE k.account_id = $1 ORDER BY k.id DESC LIMIT $2 OFFSET $3");
    /// How many there are.
    COUNT = "SELECT COUNT(*) AS n FROM contacts WHERE account_id = $1";
    /// A new contact.
    INSERT = "INSERT INTO contacts (account_id, name, email, email_claimed, phone_number, identifier, created_at, last_activity_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7) RETURNING id";
    /// A visitor said who they are; nothing said is kept as it was.
    INTRODUCE = "UPDATE contacts SET name = COALESCE(CAST($2 AS TEXT), name), email = COALESCE(CAST($3 AS TEXT), email) WHERE id = $1 AND email_claimed";
    /// A further browser or channel of a contact.
    INSERT_INBOX = "INSERT INTO contact_inboxes (contact_id, inbox_id, source_id, token_hash, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id";
    /// The visitor who holds a token.
    FIND_VISITOR = "SELECT ci.id, ci.contact_id, ci.inbox_id, c.account_id, c.name, c.email, c.event_number FROM contact_inboxes ci JOIN contacts c ON c.id = ci.contact_id WHERE ci.inbox_id = $1 AND ci.token_hash = $2";
    /// The channels of a contact.
    LIST_INBOXES = "SELECT ci.id, ci.inbox_id, ci.source_id, ci.created_at FROM contact_inboxes ci WHERE ci.contact_id = $1 ORDER BY ci.id";
    /// A contact's channel in one inbox, newest first.
    FIND_INBOX = "SELECT ci.id, ci.inbox_id, ci.source_id, ci.created_at FROM contact_inboxes ci WHERE ci.contact_id = $1 AND ci.inbox_id = $2 ORDER BY ci.id DESC LIMIT 1";
}

row! {
    /// Someone outside the business.
    #[derive(Debug, Clone)]
    pub struct Contact {
        /// Its id.
        pub id: ContactId,
        /// The account that knows them.
        pub account_id: AccountId,
        /// What they are called, if known.
        pub name: Option<String>,
        /// Their address, if known.
        pub email: Option<String>,
        /// The address was typed by a visitor and proved by nobody.
        pub email_claimed: bool,
        /// Their telephone number, if known.
        pub phone_number: Option<String>,
        /// The owner's own key for them, if given.
        pub identifier: Option<String>,
        /// The newest number in this contact's view of the log.
        pub event_number: i64,
        /// When they were first met.
        pub created_at: Millis,
        /// When they last did something.
        pub last_activity_at: Millis,
        /// What integrations and members keep about them.
        pub custom_attributes: Attributes,
        /// What is known of them beyond that.
        pub additional_attributes: Attributes,
        /// The titles of their labels.
        pub labels: Titles,
    }
}

row! {
    /// A browser that proved itself with its token.
    #[derive(Debug, Clone)]
    pub struct Visitor {
        /// This browser in this inbox.
        pub contact_inbox_id: ContactInboxId,
        /// The contact it belongs to.
        pub contact_id: ContactId,
        /// The inbox.
        pub inbox_id: InboxId,
        /// The account.
        pub account_id: AccountId,
        /// What they are called, if known.
        pub name: Option<String>,
        /// The address they typed, if any.
        pub email: Option<String>,
        /// The newest number in this contact's view of the log.
        pub event_number: i64,
    }
}

row! {
    /// A contact in one inbox.
    #[derive(Debug, Clone)]
    pub struct ContactInbox {
        /// Its id.
        pub id: ContactInboxId,
        /// The inbox.
        pub inbox_id: InboxId,
        /// The contact's key in that inbox, as the REST API names it.
        pub source_id: String,
        /// Since when.
        pub created_at: Millis,
    }
}

/// What is known of a new contact.
#[derive(Debug, Default)]
pub struct NewContact<'a> {
    /// What they are called.
    pub name: Option<&'a str>,
    /// Their address.
    pub email: Option<&'a str>,
    /// Whether the address is only what a visitor typed.
    pub email_claimed: bool,
    /// Their telephone number.
    pub phone_number: Option<&'a str>,
    /// The owner's own key for them.
    pub identifier: Option<&'a str>,
}

/// Finds a contact of this account.
pub async fn find(tx: &mut Tx<'_>, account: AccountId, id: ContactId) -> Result<Option<Contact>, StoreError> {
    tx.first(&FIND, params![account, id]).await
}

/// A page of contacts, newest first.
pub async fn list(tx: &mut Tx<'_>, account: AccountId, limit: i64, offset: i64) -> Result<Vec<Contact>, StoreError> {
    tx.all(&LIST, params![account, limit, offset]).await
}

/// How many contacts an account has.
pub async fn count(tx: &mut Tx<'_>, account: AccountId) -> Result<i64, StoreError> {
    tx.one(&COUNT, params![account]).await
}

/// Makes a contact; `Duplicate` names the index when the address or identifier is taken.
pub async fn insert(tx: &mut Tx<'_>, account: AccountId, new: &NewContact<'_>, now: Millis) -> Result<ContactId, StoreError> {
    let values = params![account, new.name, new.email, new.email_claimed, new.phone_number, new.identifier, now];
    tx.one(&INSERT, values).await
}

/// A visitor gives a name or an address. Contacts whose address is known for sure are left alone.
pub async fn introduce(tx: &mut Tx<'_>, id: ContactId, name: Option<&str>, email: Option<&str>) -> Result<bool, StoreError> {
    Ok(tx.run(&INTRODUCE, params![id, name, email]).await? > 0)
}

/// Gives a contact a place in an inbox; `token_hash` for a visitor's browser.
pub async fn insert_inbox(
    tx: &mut Tx<'_>,
    contact: ContactId,
    inbox: InboxId,
    source_id: &str,
    token_hash: Option<&str>,
    now: Millis,
) -> Result<ContactInboxId, StoreError> {
    tx.one(&INSERT_INBOX, params![contact, inbox, source_id, token_hash, now]).await
}

/// Finds the visitor who holds a token in this inbox.
pub async fn find_visitor(tx: &mut Tx<'_>, inbox: InboxId, token_hash: &str) -> Result<Option<Visitor>, StoreError> {
    tx.first(&FIND_VISITOR, params![inbox, token_hash]).await
}

/// The inboxes through which a contact comes.
pub async fn inboxes(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<ContactInbox>, StoreError> {
    tx.all(&LIST_INBOXES, params![contact]).await
}

/// A contact's newest place in one inbox.
pub async fn find_inbox(tx: &mut Tx<'_>, contact: ContactId, inbox: InboxId) -> Result<Option<ContactInbox>, StoreError> {
    tx.first(&FIND_INBOX, params![contact, inbox]).await
}
