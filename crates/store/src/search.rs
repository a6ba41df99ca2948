//! The index of words over messages and contacts: the one module whose statements differ between the engines, FTS5 on SQLite
//! and a GIN index over tsvector on PostgreSQL. What is a word and what a query asks for is core's; the index holds words only,
//! and those of a text that is deleted leave it with the text.

use std::fmt::Write;

use frontdesk_core::event::Seq;
use frontdesk_core::id::{AccountId, ContactId, ConversationId, InboxId, MessageId};
use frontdesk_core::search::{Query, Term, index_words};

use crate::contacts::{self, Contact};
use crate::conversations::Scope;
use crate::messages::{self, Message};
use crate::{StoreError, Tx, params, row, statements, statements_twice};

statements! {
    /// Accounts whose log is ahead of the index.
    BEHIND = "SELECT a.id, COALESCE(s.cursor_seq, 0) AS cursor_seq FROM accounts a LEFT JOIN search_cursors s ON s.account_id = a.id WHERE a.event_seq > COALESCE(s.cursor_seq, 0) ORDER BY a.id";
    /// A cursor for an account that has none.
    BEGIN = "INSERT INTO search_cursors (account_id, cursor_seq) VALUES ($1, 0) ON CONFLICT DO NOTHING";
    /// Moves the cursor, if nobody else did.
    ADVANCE = "UPDATE search_cursors SET cursor_seq = $3 WHERE account_id = $1 AND cursor_seq = $2";
    /// What was there before the index was.
    BACKLOG = "SELECT below_id FROM search_backlog WHERE noun = $1";
    /// A part of it is done, if nobody else did it.
    SHRINK = "UPDATE search_backlog SET below_id = $3 WHERE noun = $1 AND below_id = $2";
    /// Everything is indexed again.
    REBUILD_MESSAGES = "UPDATE search_backlog SET below_id = (SELECT COALESCE(MAX(id), 0) + 1 FROM messages) WHERE noun = 'messages'";
    REBUILD_CONTACTS = "UPDATE search_backlog SET below_id = (SELECT COALESCE(MAX(id), 0) + 1 FROM contacts) WHERE noun = 'contacts'";
    /// How far it is: nearly the number of texts that wait.
    LEFT = "SELECT CAST(COALESCE(SUM(below_id), 0) AS BIGINT) AS n FROM search_backlog";
    /// What of a message goes into the index.
    MESSAGE = "SELECT m.id, m.account_id, c.inbox_id, m.body, m.deleted_at IS NULL AND m.kind <> 'activity' AS is_found FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.id = $1";
    /// The same of the newest below an id.
    MESSAGES_BELOW = "SELECT m.id, m.account_id, c.inbox_id, m.body, m.deleted_at IS NULL AND m.kind <> 'activity' AS is_found FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.id < $1 ORDER BY m.id DESC LIMIT $2";
    /// What of a contact goes into the index.
    CONTACT = concat!("SELECT ", contacts::columns!(), " FROM contacts k WHERE k.id = $1");
    /// The same of the newest below an id, with what their lists are searched by.
    CONTACTS_BELOW = concat!("SELECT ", contacts::columns!(), ", k.search_text FROM contacts k WHERE k.id < $1 ORDER BY k.id DESC LIMIT $2");
    /// Their lists are searched by something else, unless the contact was saved meanwhile.
    MEND_CONTACT = "UPDATE contacts SET search_text = $3 WHERE id = $1 AND search_text = $2";
    /// The inboxes of a member who does not see all.
    INBOXES = "SELECT i.id FROM inboxes i JOIN inbox_members im ON im.inbox_id = i.id WHERE i.account_id = $1 AND im.user_id = $2 ORDER BY i.id";
    /// A found message, if the member sees its conversation.
    HIT = concat!("SELECT ", messages::columns!(), ", ", contacts::columns!(), ", c.number, c.inbox_id, c.delivered_count, c.seen_count, COALESCE((SELECT s.delivered_count FROM participants s WHERE s.conversation_id = c.id AND s.contact_id = c.contact_id), 0) AS contact_delivered_count, COALESCE((SELECT s.read_count FROM participants s WHERE s.conversation_id = c.id AND s.contact_id = c.contact_id), 0) AS contact_read_count FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN contacts k ON k.id = c.contact_id WHERE m.id = $1 AND m.deleted_at IS NULL AND c.account_id = $2 AND ($3 OR c.inbox_id IN (SELECT inbox_id FROM inbox_members WHERE user_id = $4))");
    /// The newest conversations of a contact that the member sees.
    CONVERSATIONS_OF = "SELECT c.id FROM conversations c WHERE c.contact_id = $1 AND c.account_id = $2 AND ($3 OR c.inbox_id IN (SELECT inbox_id FROM inbox_members WHERE user_id = $4)) ORDER BY c.last_activity_at DESC, c.id DESC LIMIT $5";
}

statements_twice! {
    /// A text leaves the index.
    REMOVE_MESSAGE = sqlite "DELETE FROM message_search WHERE rowid = $1", postgres "DELETE FROM message_search WHERE id = $1";
    REMOVE_CONTACT = sqlite "DELETE FROM contact_search WHERE rowid = $1", postgres "DELETE FROM contact_search WHERE id = $1";
    /// A text comes into the index, unless it was deleted since it was cut into words.
    ADD_MESSAGE = sqlite "INSERT INTO message_search (rowid, words) SELECT $1, $2 WHERE EXISTS (SELECT 1 FROM messages WHERE id = $1 AND deleted_at IS NULL)", postgres "INSERT INTO message_search (id, words) SELECT $1, CAST(CAST($2 AS TEXT) AS TSVECTOR) WHERE EXISTS (SELECT 1 FROM messages WHERE id = $1 AND deleted_at IS NULL)";
    ADD_CONTACT = sqlite "INSERT INTO contact_search (rowid, words) SELECT $1, $2 WHERE EXISTS (SELECT 1 FROM contacts WHERE id = $1)", postgres "INSERT INTO contact_search (id, words) SELECT $1, CAST(CAST($2 AS TEXT) AS TSVECTOR) WHERE EXISTS (SELECT 1 FROM contacts WHERE id = $1)";
    /// The newest that match.
    MATCH_MESSAGES = sqlite "SELECT rowid AS id FROM message_search WHERE message_search MATCH $1 ORDER BY rowid DESC LIMIT $2 OFFSET $3", postgres "SELECT id FROM message_search WHERE words @@ CAST(CAST($1 AS TEXT) AS TSQUERY) ORDER BY id DESC LIMIT $2 OFFSET $3";
    MATCH_CONTACTS = sqlite "SELECT rowid AS id FROM contact_search WHERE contact_search MATCH $1 ORDER BY rowid DESC LIMIT $2 OFFSET $3", postgres "SELECT id FROM contact_search WHERE words @@ CAST(CAST($1 AS TEXT) AS TSQUERY) ORDER BY id DESC LIMIT $2 OFFSET $3";
    /// Which engine it is, in the words of its statements; and PostgreSQL shall plan each search by its words, as a rare word
    /// and a common one want different plans, and count a page that is not next to the last one for what it costs today: by
    /// default it reads on backwards too long before it asks the index.
    PREPARE = sqlite "SELECT 'sqlite' AS engine", postgres "SELECT CAST(CASE WHEN set_config('plan_cache_mode', 'force_custom_plan', TRUE) || set_config('random_page_cost', '1.1', TRUE) IS NULL THEN '' ELSE 'postgres' END AS TEXT) AS engine";
}

row! {
    /// A message for the index.
    struct IndexedMessage {
        id: MessageId,
        account_id: AccountId,
        inbox_id: InboxId,
        body: String,
        is_found: bool,
    }
}

row! {
    struct OlderContact {
        contact: Contact,
        search_text: String,
    }
}

row! {
    /// A message that was found, with whose conversation it stands in.
    #[derive(Debug, Clone)]
    pub struct Hit {
        /// The message.
        pub message: Message,
        /// The contact who began the conversation.
        pub contact: Contact,
        /// The conversation's number.
        pub number: frontdesk_core::id::ConversationNumber,
        /// Its inbox.
        pub inbox_id: InboxId,
        /// How far the contacts' messages came.
        pub delivered_count: i64,
        /// The same, seen.
        pub seen_count: i64,
        /// How far the members' came to the contact who began it.
        pub contact_delivered_count: i64,
        /// The same, seen.
        pub contact_read_count: i64,
    }
}

/// A text for the index, cut into words outside of any write.
#[derive(Clone)]
pub struct Entry {
    id: i64,
    is_message: bool,
    /// Absent for what is to leave the index.
    words: Option<Vec<String>>,
    /// What a contact's list is searched by, and what it shall be instead.
    mended: Option<(String, String)>,
}

// Not derived: people's words must not reach a log.
impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What no text's word can be, as it is no letter: it makes words that tell whose a text is.
const MARK: char = '§';

fn of_account(id: AccountId) -> String {
    format!("{MARK}a{id}")
}

fn of_inbox(id: InboxId) -> String {
    format!("{MARK}i{id}")
}

impl From<IndexedMessage> for Entry {
    fn from(it: IndexedMessage) -> Entry {
        let whose = [of_account(it.account_id), of_inbox(it.inbox_id)];
        let words = it.is_found.then(|| whose.into_iter().chain(index_words(&it.body)).collect());
        Entry { id: it.id.0, is_message: true, words, mended: None }
    }
}

impl From<Contact> for Entry {
    fn from(it: Contact) -> Entry {
        let texts = [it.name, it.email, it.phone_number, it.identifier];
        let words = texts.iter().flatten().flat_map(|text| index_words(text).collect::<Vec<_>>());
        let words = std::iter::once(of_account(it.account_id)).chain(words).collect();
        Entry { id: it.id.0, is_message: false, words: Some(words), mended: None }
    }
}

impl From<OlderContact> for Entry {
    /// Migration 2 left letters as they were that SQLite does not know to be capitals.
    fn from(it: OlderContact) -> Entry {
        let becomes = contacts::search_text(it.contact.known());
        let mended = (becomes != it.search_text).then_some((it.search_text, becomes));
        Entry { mended, ..Entry::from(it.contact) }
    }
}

/// The accounts whose log is ahead of the index, with how far each is indexed.
pub async fn behind(tx: &mut Tx<'_>) -> Result<Vec<(AccountId, Seq)>, StoreError> {
    tx.all(&BEHIND, params![]).await
}

/// Moves an account's cursor; false when somebody else did meanwhile.
pub async fn advance(tx: &mut Tx<'_>, account: AccountId, from: Seq, to: Seq) -> Result<bool, StoreError> {
    if from == Seq(0) {
        tx.run(&BEGIN, params![account]).await?;
    }
    Ok(tx.run(&ADVANCE, params![account, from, to]).await? > 0)
}

/// What the index shall hold of a message; `None` when it is gone, and has left the index with it.
pub async fn message(tx: &mut Tx<'_>, id: MessageId) -> Result<Option<Entry>, StoreError> {
    Ok(tx.first::<IndexedMessage>(&MESSAGE, params![id]).await?.map(Entry::from))
}

/// What the index shall hold of a contact; `None` when it is gone, and has left the index with it.
pub async fn contact(tx: &mut Tx<'_>, id: ContactId) -> Result<Option<Entry>, StoreError> {
    Ok(tx.first::<Contact>(&CONTACT, params![id]).await?.map(Entry::from))
}

/// What was there before the index: a part of the messages or of the contacts, newest first.
#[derive(Debug, Clone)]
pub struct Backlog {
    noun: &'static str,
    below: i64,
    /// The next ones.
    pub entries: Vec<Entry>,
}

/// At most `limit` texts that wait for the index since before it was; `None` when there are none.
pub async fn backlog(tx: &mut Tx<'_>, limit: i64) -> Result<Option<Backlog>, StoreError> {
    let below: i64 = tx.one(&BACKLOG, params!["messages"]).await?;
    if below > 0 {
        let found: Vec<IndexedMessage> = tx.all(&MESSAGES_BELOW, params![below, limit]).await?;
        return Ok(Some(Backlog { noun: "messages", below, entries: found.into_iter().map(Entry::from).collect() }));
    }
    let below: i64 = tx.one(&BACKLOG, params!["contacts"]).await?;
    if below > 0 {
        let found: Vec<OlderContact> = tx.all(&CONTACTS_BELOW, params![below, limit]).await?;
        return Ok(Some(Backlog { noun: "contacts", below, entries: found.into_iter().map(Entry::from).collect() }));
    }
    Ok(None)
}

/// Notes that a part of the backlog is being indexed in this transaction; false when somebody else did it meanwhile.
pub async fn shrink(tx: &mut Tx<'_>, done: &Backlog) -> Result<bool, StoreError> {
    let below = done.entries.last().map_or(0, |last| last.id);
    Ok(tx.run(&SHRINK, params![done.noun, done.below, below]).await? > 0)
}

/// Has everything indexed again, in the background; what is found meanwhile is what was found before.
pub async fn rebuild(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.run(&REBUILD_MESSAGES, params![]).await?;
    tx.run(&REBUILD_CONTACTS, params![]).await?;
    Ok(())
}

/// How much waits since before the index was, or was begun again: at least as many as there are texts, and 0 at the end.
pub async fn left(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    tx.one(&LEFT, params![]).await
}

/// Which engine's words the index and its questions are written in.
async fn is_sqlite(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    Ok(tx.one::<String>(&PREPARE, params![]).await? == "sqlite")
}

/// Puts texts into the index, in place of what it held of them.
pub async fn index(tx: &mut Tx<'_>, entries: &[Entry]) -> Result<(), StoreError> {
    let sqlite = is_sqlite(tx).await?;
    for entry in entries {
        let (remove, add) = if entry.is_message { (&REMOVE_MESSAGE, &ADD_MESSAGE) } else { (&REMOVE_CONTACT, &ADD_CONTACT) };
        tx.run(remove, params![entry.id]).await?;
        if let Some(words) = &entry.words {
            let text = if sqlite { words.join(" ") } else { tsvector(words) };
            tx.run(add, params![entry.id, text]).await?;
        }
        if let Some((was, becomes)) = &entry.mended {
            tx.run(&MEND_CONTACT, params![entry.id, was, becomes]).await?;
        }
    }
    Ok(())
}

/// Words as PostgreSQL reads a tsvector: each with its place.
fn tsvector(words: &[String]) -> String {
    let mut text = String::new();
    for (place, word) in words.iter().enumerate() {
        // Writing to a String cannot fail.
        let _infallible = write!(text, "'{word}':{} ", place + 1);
    }
    text
}

/// Whose texts are searched, as words of the index; empty when the member sees none.
async fn whose(tx: &mut Tx<'_>, scope: Scope) -> Result<Vec<String>, StoreError> {
    if scope.sees_all {
        return Ok(vec![of_account(scope.account)]);
    }
    let inboxes: Vec<InboxId> = tx.all(&INBOXES, params![scope.account, scope.user]).await?;
    Ok(inboxes.into_iter().map(of_inbox).collect())
}

/// A question as FTS5 reads it. Words are letters and digits, so nothing in them ends the quotation marks.
fn fts5(whose: &[String], query: &Query) -> String {
    let quoted: Vec<String> = whose.iter().map(|it| format!("\"{it}\"")).collect();
    let term = |it: &Term| format!(" AND \"{}\"{}", it.words.join(" "), if it.is_prefix { " *" } else { "" });
    let terms: String = query.terms.iter().map(term).collect();
    format!("({}){terms}", quoted.join(" OR "))
}

/// A question as PostgreSQL reads a tsquery.
fn tsquery(whose: &[String], query: &Query) -> String {
    let quoted: Vec<String> = whose.iter().map(|it| format!("'{it}'")).collect();
    let term = |it: &Term| {
        let words: Vec<String> = it.words.iter().map(|word| format!("'{word}'")).collect();
        format!(" & ({}{})", words.join(" <-> "), if it.is_prefix { ":*" } else { "" })
    };
    let terms: String = query.terms.iter().map(term).collect();
    format!("({}){terms}", quoted.join(" | "))
}

/// A page of the messages that match and that the member sees, newest first.
pub async fn messages(tx: &mut Tx<'_>, scope: Scope, query: &Query, (limit, offset): (i64, i64)) -> Result<Vec<Hit>, StoreError> {
    let sqlite = is_sqlite(tx).await?;
    let whose = whose(tx, scope).await?;
    if whose.is_empty() {
        return Ok(Vec::new());
    }
    let question = if sqlite { fts5(&whose, query) } else { tsquery(&whose, query) };
    let ids: Vec<MessageId> = tx.all(&MATCH_MESSAGES, params![question, limit, offset]).await?;
    let mut hits = Vec::with_capacity(ids.len());
    for id in ids {
        hits.extend(tx.first::<Hit>(&HIT, params![id, scope.account, scope.sees_all, scope.user]).await?);
    }
    Ok(hits)
}

/// A page of the contacts that match, newest first.
pub async fn contacts(tx: &mut Tx<'_>, scope: Scope, query: &Query, (limit, offset): (i64, i64)) -> Result<Vec<Contact>, StoreError> {
    let sqlite = is_sqlite(tx).await?;
    let whose = [of_account(scope.account)];
    let question = if sqlite { fts5(&whose, query) } else { tsquery(&whose, query) };
    let ids: Vec<ContactId> = tx.all(&MATCH_CONTACTS, params![question, limit, offset]).await?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(contacts::find(tx, scope.account, id).await?);
    }
    Ok(found)
}

/// The newest conversations of a contact that the member sees.
pub async fn conversations_of(tx: &mut Tx<'_>, scope: Scope, contact: ContactId, limit: i64) -> Result<Vec<ConversationId>, StoreError> {
    tx.all(&CONVERSATIONS_OF, params![contact, scope.account, scope.sees_all, scope.user, limit]).await
}
