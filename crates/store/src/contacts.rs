//! Contacts, and the browsers and channels through which they come. Pages of them are in `contact_pages`, merging and
//! deleting in `contact_ends`.

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
    /// A new contact.
    INSERT = "INSERT INTO contacts (account_id, name, email, email_claimed, phone_number, identifier, created_at, last_activity_at, custom_attributes, additional_attributes, search_text) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10) RETURNING id";
    /// The contact whom the owner knows by this key.
    FIND_BY_IDENTIFIER = select!("WHERE k.account_id = $1 AND k.identifier = $2");
    /// The contact whose address this surely is.
    FIND_BY_EMAIL = select!("WHERE k.account_id = $1 AND k.email = $2 AND NOT k.email_claimed");
    /// Everything that is known of them.
    SAVE = "UPDATE contacts SET name = $2, email = $3, email_claimed = $4, phone_number = $5, identifier = $6, custom_attributes = $7, additional_attributes = $8, search_text = $9 WHERE id = $1";
    /// The contact of any account.
    FIND_ANY = select!("WHERE k.id = $1");
    /// A further browser or channel of a contact.
    INSERT_INBOX = "INSERT INTO contact_inboxes (contact_id, inbox_id, source_id, token_hash, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id";
    /// The visitor who holds a token.
    FIND_VISITOR = "SELECT ci.id, ci.contact_id, ci.inbox_id, c.account_id, c.name, c.email, c.event_number, ci.hmac_verified, (SELECT COUNT(*) FROM contact_inboxes o WHERE o.contact_id = c.id) AS channels FROM contact_inboxes ci JOIN contacts c ON c.id = ci.contact_id WHERE ci.inbox_id = $1 AND ci.token_hash = $2";
    /// The website vouched for who uses this browser.
    SET_VERIFIED = "UPDATE contact_inboxes SET hmac_verified = TRUE WHERE id = $1";
    /// Whose a browser or channel is.
    OWNER_OF_CHANNEL = "SELECT contact_id FROM contact_inboxes WHERE id = $1";
    /// The channels of a contact.
    LIST_INBOXES = "SELECT ci.id, ci.inbox_id, ci.source_id, ci.created_at, ci.hmac_verified FROM contact_inboxes ci WHERE ci.contact_id = $1 ORDER BY ci.id";
    /// A contact's channel in one inbox, newest first.
    FIND_INBOX = "SELECT ci.id, ci.inbox_id, ci.source_id, ci.created_at, ci.hmac_verified FROM contact_inboxes ci WHERE ci.contact_id = $1 AND ci.inbox_id = $2 ORDER BY ci.id DESC LIMIT 1";
}

row! {
    /// Someone outside the business.
    #[derive(Debug, Clone, PartialEq, Eq)]
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
        /// The website vouched for who uses this browser.
        pub hmac_verified: bool,
        /// Browsers and channels of the contact, this one among them.
        pub channels: i64,
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
        /// The website vouched for who this is.
        pub hmac_verified: bool,
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
    /// What integrations and members keep about them.
    pub custom_attributes: Option<&'a Attributes>,
    /// What is known of them beyond that.
    pub additional_attributes: Option<&'a Attributes>,
}

/// Finds a contact of this account.
pub async fn find(tx: &mut Tx<'_>, account: AccountId, id: ContactId) -> Result<Option<Contact>, StoreError> {
    tx.first(&FIND, params![account, id]).await
}

/// Finds the contact whom the owner knows by this key.
pub async fn find_by_identifier(tx: &mut Tx<'_>, account: AccountId, identifier: &str) -> Result<Option<Contact>, StoreError> {
    tx.first(&FIND_BY_IDENTIFIER, params![account, identifier]).await
}

/// Finds the contact whose address this surely is; who merely typed it does not count.
pub async fn find_by_email(tx: &mut Tx<'_>, account: AccountId, email: &str) -> Result<Option<Contact>, StoreError> {
    tx.first(&FIND_BY_EMAIL, params![account, email]).await
}

/// Makes a contact; `Duplicate` names the index when the address or identifier is taken.
pub async fn insert(tx: &mut Tx<'_>, account: AccountId, new: &NewContact<'_>, now: Millis) -> Result<ContactId, StoreError> {
    let searched = search_text([new.name, new.email, new.phone_number, new.identifier]);
    let nothing = Attributes::default();
    let custom = new.custom_attributes.unwrap_or(&nothing);
    let additional = new.additional_attributes.unwrap_or(&nothing);
    let values =
        params![account, new.name, new.email, new.email_claimed, new.phone_number, new.identifier, now, custom, additional, searched];
    tx.one(&INSERT, values).await
}

impl Contact {
    /// What a search looks through, as it is written.
    pub(crate) fn known(&self) -> [Option<&str>; 4] {
        [self.name.as_deref(), self.email.as_deref(), self.phone_number.as_deref(), self.identifier.as_deref()]
    }
}

/// What a search looks through: what is known of the contact, in lower case, each on a line of its own.
pub(crate) fn search_text(known: [Option<&str>; 4]) -> String {
    known.into_iter().flatten().map(str::to_lowercase).collect::<Vec<_>>().join("\n")
}

/// Stores all that is known of a contact; `Duplicate` names the index when the address or identifier is taken.
pub async fn save(tx: &mut Tx<'_>, it: &Contact) -> Result<(), StoreError> {
    let values = params![
        it.id,
        &it.name,
        &it.email,
        it.email_claimed,
        &it.phone_number,
        &it.identifier,
        &it.custom_attributes,
        &it.additional_attributes,
        search_text(it.known())
    ];
    tx.run(&SAVE, values).await?;
    Ok(())
}

/// A visitor gives a name or an address. Contacts whose address is known for sure are left alone.
pub async fn introduce(tx: &mut Tx<'_>, id: ContactId, name: Option<&str>, email: Option<&str>) -> Result<bool, StoreError> {
    let found: Option<Contact> = tx.first(&FIND_ANY, params![id]).await?;
    let Some(mut contact) = found.filter(|it| it.email_claimed) else { return Ok(false) };
    contact.name = name.map(str::to_owned).or(contact.name);
    contact.email = email.map(str::to_owned).or(contact.email);
    save(tx, &contact).await?;
    Ok(true)
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

/// Remembers that the website vouched for who uses this browser.
pub async fn set_verified(tx: &mut Tx<'_>, id: ContactInboxId) -> Result<(), StoreError> {
    tx.run(&SET_VERIFIED, params![id]).await?;
    Ok(())
}

/// Whose a browser or channel is now; nobody's once its contact was deleted.
pub async fn owner_of_channel(tx: &mut Tx<'_>, id: ContactInboxId) -> Result<Option<ContactId>, StoreError> {
    tx.first(&OWNER_OF_CHANNEL, params![id]).await
}

/// The inboxes through which a contact comes.
pub async fn inboxes(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<ContactInbox>, StoreError> {
    tx.all(&LIST_INBOXES, params![contact]).await
}

/// A contact's newest place in one inbox.
pub async fn find_inbox(tx: &mut Tx<'_>, contact: ContactId, inbox: InboxId) -> Result<Option<ContactInbox>, StoreError> {
    tx.first(&FIND_INBOX, params![contact, inbox]).await
}
