//! Labels of an account, and which conversations and contacts carry them. What a title may be is decided in core.

use frontdesk_core::id::{AccountId, ContactId, ConversationId, LabelId};
use frontdesk_core::time::Millis;

use crate::attributes::Titles;
use crate::{Statement, StoreError, Tx, params, row, statements};

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, account_id, title, description, color, show_on_sidebar, created_at FROM labels ", $rest)
    };
}

statements! {
    /// One label of an account.
    FIND = select!("WHERE account_id = $1 AND id = $2");
    /// The label with a title.
    FIND_BY_TITLE = select!("WHERE account_id = $1 AND title = $2");
    /// An account's labels; core bounds how many there may be.
    LIST = select!("WHERE account_id = $1 ORDER BY id");
    /// How many there are.
    COUNT = "SELECT COUNT(*) AS n FROM labels WHERE account_id = $1";
    /// A new label.
    INSERT = "INSERT INTO labels (account_id, title, description, color, show_on_sidebar, created_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";
    /// Another title, description, colour or place.
    UPDATE = "UPDATE labels SET title = $3, description = $4, color = $5, show_on_sidebar = $6 WHERE account_id = $1 AND id = $2";
    /// Deletes a label from everything that carries it.
    DELETE = "DELETE FROM labels WHERE account_id = $1 AND id = $2";
    /// The labels of a conversation.
    OF_CONVERSATION = "SELECT (SELECT string_agg(l.title, ' ') FROM conversation_labels cl JOIN labels l ON l.id = cl.label_id WHERE cl.conversation_id = $1) AS titles";
    CLEAR_CONVERSATION = "DELETE FROM conversation_labels WHERE conversation_id = $1";
    ADD_TO_CONVERSATION = "INSERT INTO conversation_labels (conversation_id, label_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    /// The labels of a contact.
    OF_CONTACT = "SELECT (SELECT string_agg(l.title, ' ') FROM contact_labels cl JOIN labels l ON l.id = cl.label_id WHERE cl.contact_id = $1) AS titles";
    CLEAR_CONTACT = "DELETE FROM contact_labels WHERE contact_id = $1";
    ADD_TO_CONTACT = "INSERT INTO contact_labels (contact_id, label_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
}

row! {
    /// A label as stored.
    #[derive(Debug, Clone)]
    pub struct Label {
        /// Its id.
        pub id: LabelId,
        /// The account.
        pub account_id: AccountId,
        /// One lower-case word.
        pub title: String,
        /// What it is for; may be empty.
        pub description: String,
        /// #rrggbb
        pub color: String,
        /// Whether the dashboard lists it beside the inboxes.
        pub show_on_sidebar: bool,
        /// When it was made.
        pub created_at: Millis,
    }
}

/// What a label is made of.
#[derive(Debug, Clone)]
pub struct NewLabel<'a> {
    /// One lower-case word.
    pub title: &'a str,
    /// What it is for; may be empty.
    pub description: &'a str,
    /// #rrggbb
    pub color: &'a str,
    /// Whether the dashboard lists it beside the inboxes.
    pub show_on_sidebar: bool,
}

/// What can carry labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// A conversation.
    Conversation(ConversationId),
    /// A contact.
    Contact(ContactId),
}

impl Carrier {
    fn id(self) -> i64 {
        match self {
            Carrier::Conversation(id) => id.0,
            Carrier::Contact(id) => id.0,
        }
    }

    fn pick(self, of_conversation: &'static Statement, of_contact: &'static Statement) -> &'static Statement {
        match self {
            Carrier::Conversation(_) => of_conversation,
            Carrier::Contact(_) => of_contact,
        }
    }
}

/// Finds a label of this account.
pub async fn find(tx: &mut Tx<'_>, account: AccountId, id: LabelId) -> Result<Option<Label>, StoreError> {
    tx.first(&FIND, params![account, id]).await
}

/// Finds the label with a title.
pub async fn find_by_title(tx: &mut Tx<'_>, account: AccountId, title: &str) -> Result<Option<Label>, StoreError> {
    tx.first(&FIND_BY_TITLE, params![account, title]).await
}

/// An account's labels, oldest first.
pub async fn list(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Label>, StoreError> {
    tx.all(&LIST, params![account]).await
}

/// How many labels an account has.
pub async fn count(tx: &mut Tx<'_>, account: AccountId) -> Result<i64, StoreError> {
    tx.one(&COUNT, params![account]).await
}

/// Makes a label; the account must be locked, and nobody may have the title.
pub async fn insert(tx: &mut Tx<'_>, account: AccountId, new: &NewLabel<'_>, now: Millis) -> Result<LabelId, StoreError> {
    let values = params![account, new.title, new.description, new.color, new.show_on_sidebar, now];
    tx.one(&INSERT, values).await
}

/// Changes a label; nobody else may have the title.
pub async fn update(tx: &mut Tx<'_>, account: AccountId, id: LabelId, it: &NewLabel<'_>) -> Result<(), StoreError> {
    tx.run(&UPDATE, params![account, id, it.title, it.description, it.color, it.show_on_sidebar]).await?;
    Ok(())
}

/// Deletes a label, from everything that carries it.
pub async fn delete(tx: &mut Tx<'_>, account: AccountId, id: LabelId) -> Result<(), StoreError> {
    tx.run(&DELETE, params![account, id]).await?;
    Ok(())
}

/// The titles that something carries, sorted.
pub async fn of(tx: &mut Tx<'_>, carrier: Carrier) -> Result<Vec<String>, StoreError> {
    let Titles(titles) = tx.one(carrier.pick(&OF_CONVERSATION, &OF_CONTACT), params![carrier.id()]).await?;
    Ok(titles)
}

/// Replaces what something carries by these labels.
pub async fn set(tx: &mut Tx<'_>, carrier: Carrier, labels: &[LabelId]) -> Result<(), StoreError> {
    tx.run(carrier.pick(&CLEAR_CONVERSATION, &CLEAR_CONTACT), params![carrier.id()]).await?;
    for label in labels {
        tx.run(carrier.pick(&ADD_TO_CONVERSATION, &ADD_TO_CONTACT), params![carrier.id(), *label]).await?;
    }
    Ok(())
}
