//! Pages of contacts: sorted, searched, and walked through as a whole. What a contact is stands in `contacts`.

use frontdesk_core::id::{AccountId, ContactId, InboxId};
use frontdesk_core::time::Millis;

use crate::contacts::{self, Contact};
use crate::{Statement, StoreError, Tx, Value, params, row, statements};

// $2 is what the search text must be like, or nothing.
macro_rules! page {
    ($order:literal) => {
        concat!(
            "SELECT ",
            contacts::columns!(),
            " FROM contacts k WHERE k.account_id = $1 AND (CAST($2 AS TEXT) IS NULL OR k.search_text LIKE $2 ESCAPE '!') ORDER BY ",
            $order,
            " LIMIT $3 OFFSET $4"
        )
    };
}

statements! {
    /// By when they were met, heard of last, or by what is known of them; without it comes last.
    NEWEST = page!("k.id DESC");
    OLDEST = page!("k.id");
    ACTIVE = page!("k.last_activity_at DESC, k.id DESC");
    INACTIVE = page!("k.last_activity_at, k.id");
    NAME_UP = page!("k.name IS NULL, LOWER(k.name), k.id");
    NAME_DOWN = page!("k.name IS NULL, LOWER(k.name) DESC, k.id");
    EMAIL_UP = page!("k.email IS NULL, k.email, k.id");
    EMAIL_DOWN = page!("k.email IS NULL, k.email DESC, k.id");
    PHONE_UP = page!("k.phone_number IS NULL, k.phone_number, k.id");
    PHONE_DOWN = page!("k.phone_number IS NULL, k.phone_number DESC, k.id");
    /// How many a search finds.
    COUNT = "SELECT COUNT(*) AS n FROM contacts k WHERE k.account_id = $1 AND (CAST($2 AS TEXT) IS NULL OR k.search_text LIKE $2 ESCAPE '!')";
    /// The next ones below an id, to walk through all.
    BELOW = concat!("SELECT ", contacts::columns!(), " FROM contacts k WHERE k.account_id = $1 AND k.id < $2 ORDER BY k.id DESC LIMIT $3");
    /// The channels of a page of contacts.
    CHANNELS = "SELECT ci.contact_id, ci.inbox_id, ci.source_id, ci.created_at, ci.hmac_verified FROM contact_inboxes ci WHERE ci.contact_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ORDER BY ci.id";
}

/// Contacts in a page.
pub const PAGE_CONTACTS: usize = 15;

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// When they were first met, newest first.
    Newest,
    /// The same, oldest first.
    Oldest,
    /// When they last did something, latest first.
    Active,
    /// The same, longest ago first.
    Inactive,
    /// Name.
    NameUp,
    /// Name, from the end.
    NameDown,
    /// Address.
    EmailUp,
    /// Address, from the end.
    EmailDown,
    /// Telephone number.
    PhoneUp,
    /// Telephone number, from the end.
    PhoneDown,
}

impl Sort {
    fn statement(self) -> &'static Statement {
        match self {
            Sort::Newest => &NEWEST,
            Sort::Oldest => &OLDEST,
            Sort::Active => &ACTIVE,
            Sort::Inactive => &INACTIVE,
            Sort::NameUp => &NAME_UP,
            Sort::NameDown => &NAME_DOWN,
            Sort::EmailUp => &EMAIL_UP,
            Sort::EmailDown => &EMAIL_DOWN,
            Sort::PhoneUp => &PHONE_UP,
            Sort::PhoneDown => &PHONE_DOWN,
        }
    }
}

row! {
    /// A channel of one of several contacts.
    #[derive(Debug, Clone)]
    pub struct Channel {
        /// Whose.
        pub contact_id: ContactId,
        /// In which inbox.
        pub inbox_id: InboxId,
        /// The contact's key in that inbox, as the REST API names it.
        pub source_id: String,
        /// Since when.
        pub created_at: Millis,
        /// The website vouched for who this is.
        pub hmac_verified: bool,
    }
}

/// What LIKE finds wherever these words stand; `!` escapes.
fn pattern(words: &str) -> String {
    let mut like = String::from("%");
    for letter in words.trim().to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '!') {
            like.push('!');
        }
        like.push(letter);
    }
    like.push('%');
    like
}

/// A page of contacts whose name, address, telephone number or identifier holds these words; and how many do.
pub async fn page(
    tx: &mut Tx<'_>,
    account: AccountId,
    (words, sort): (Option<&str>, Sort),
    offset: i64,
) -> Result<(Vec<Contact>, i64), StoreError> {
    let like = words.map(pattern);
    let limit = i64::try_from(PAGE_CONTACTS).unwrap_or(i64::MAX);
    let found = tx.all(sort.statement(), params![account, &like, limit, offset]).await?;
    Ok((found, tx.one(&COUNT, params![account, &like]).await?))
}

/// At most `limit` contacts below an id, newest first: a step of a walk through all.
pub async fn below(tx: &mut Tx<'_>, account: AccountId, id: ContactId, limit: i64) -> Result<Vec<Contact>, StoreError> {
    tx.all(&BELOW, params![account, id, limit]).await
}

/// The channels of at most [`PAGE_CONTACTS`] contacts.
pub async fn channels(tx: &mut Tx<'_>, contacts: &[Contact]) -> Result<Vec<Channel>, StoreError> {
    let padding = std::iter::repeat(ContactId(0));
    let ids = contacts.iter().map(|it| it.id).chain(padding).take(PAGE_CONTACTS);
    tx.all(&CHANNELS, crate::Params(ids.map(Value::from).collect())).await
}
