//! What SQLite itself does on the same disk, with full durability and nobody else: the measure for durable messages.
//! Two kinds: one insert into a bare table, and the statements that a message needs in the server's own schema. The
//! texts of the latter are kept alike by hand, as this program links nothing of the server.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use rusqlite::config::DbConfig;
use rusqlite::{CachedStatement, Connection, Params, params};

use crate::stats::rate;
use crate::visitor::BODY;

/// The server's settings of its writing connection.
const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                        PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -8192;";

/// Conversations that the messages go to in turn, as many as there are clients in the largest load.
const CONVERSATIONS: i64 = 64;

/// Rows per second into a bare table, in commits of `group` rows each.
pub(crate) fn raw(directory: &Path, group: u32, during: Duration) -> anyhow::Result<f64> {
    let connection = open(&directory.join("raw.db"))?;
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, conversation_id BIGINT, body TEXT, created_at BIGINT)",
    )?;
    let mut insert = connection.prepare("INSERT INTO messages (conversation_id, body, created_at) VALUES (?1, ?2, ?3)")?;
    commits(&connection, group, during, |n| {
        insert.execute(params![n % CONVERSATIONS, BODY, 1_700_000_000_000_i64 + n])?;
        Ok(())
    })
}

/// Messages per second by the same statements as a message through the server, in commits of `group` messages each.
/// `database` is one that the server made for this alone.
pub(crate) fn same_statements(database: &Path, group: u32, during: Duration) -> anyhow::Result<f64> {
    let connection = open(database)?;
    // Another round goes on where the last one ended.
    let begun = connection.query_row("SELECT COUNT(*) FROM conversations", [], |row| row.get::<_, i64>(0))?;
    if begun == 0 {
        connection.execute_batch(CONVERSATIONS_IN)?;
    }
    let sent = connection.query_row("SELECT COUNT(*) FROM messages", [], |row| row.get::<_, i64>(0))?;
    commits(&connection, group, during, |n| message(&connection, n % CONVERSATIONS + 1, sent + n))
}

fn open(file: &Path) -> anyhow::Result<Connection> {
    let connection = Connection::open(file).with_context(|| format!("{} cannot be opened", file.display()))?;
    connection.execute_batch(SETTINGS)?;
    connection.set_prepared_statement_cache_capacity(64);
    // As the server does: statements are prepared once.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

fn commits(connection: &Connection, group: u32, during: Duration, mut one: impl FnMut(i64) -> anyhow::Result<()>) -> anyhow::Result<f64> {
    let (begun, mut n) = (Instant::now(), 0);
    while begun.elapsed() < during {
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        for _ in 0..group {
            one(n)?;
            n += 1;
        }
        connection.prepare_cached("COMMIT")?.execute([])?;
    }
    Ok(rate(usize::try_from(n)?, begun.elapsed()))
}

/// A contact with a browser and a conversation, for each of 64.
const CONVERSATIONS_IN: &str = "
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 64)
    INSERT INTO contacts (id, account_id, email_claimed, created_at, last_activity_at) SELECT i, 1, TRUE, 0, 0 FROM n;
    INSERT INTO contact_inboxes (id, contact_id, inbox_id, source_id, created_at) SELECT id, id, 1, 's' || id, 0 FROM contacts;
    INSERT INTO conversations (id, uuid, account_id, number, inbox_id, contact_id, contact_inbox_id, status, last_activity_at, created_at, updated_at)
        SELECT id, 'u' || id, 1, id, 1, id, id, 'open', 0, 0, 0 FROM contacts;
    INSERT INTO participants (conversation_id, contact_id, state, joined_at) SELECT id, id, 'joined', 0 FROM contacts;";

/// One message of a visitor into its conversation, with its event and everything that is read to decide and to answer.
fn message(connection: &Connection, conversation: i64, n: i64) -> anyhow::Result<()> {
    let echo_id = format!("{n}-{}", std::process::id());
    let prepare = |text| connection.prepare_cached(text);
    let now = 1_700_000_000_000_i64 + n;
    let seq: i64 = first(prepare("UPDATE accounts SET event_seq = event_seq + 1 WHERE id = ?1 RETURNING event_seq")?, [1])?;
    let position: i64 = first(
        prepare(
            "SELECT c.message_count + 1 FROM conversations c JOIN participants p ON p.conversation_id = c.id \
             JOIN contact_inboxes b ON b.contact_id = p.contact_id \
             WHERE c.uuid = ?1 AND b.id = ?2 AND p.state = 'joined' AND (c.contact_inbox_id = b.id OR b.hmac_verified)",
        )?,
        params![format!("u{conversation}"), conversation],
    )?;
    prepare("SELECT id, body, attachments FROM messages WHERE conversation_id = ?1 AND sender_kind = 'contact' AND sender_id = ?2 AND echo_id = ?3")?
        .exists(params![conversation, conversation, echo_id])?;
    let id: i64 = first(
        prepare(
            "INSERT INTO messages (account_id, conversation_id, position, contact_position, kind, private, sender_kind, sender_id, \
             sender_name, body, echo_id, attachments, created_at) \
             VALUES (1, ?1, ?2, ?2, 'incoming', FALSE, 'contact', ?1, 'Visitor', ?3, ?4, NULL, ?5) \
             RETURNING id",
        )?,
        params![conversation, position, BODY, echo_id, now],
    )?;
    prepare(
        "UPDATE conversations SET message_count = ?2, contact_message_count = ?2, incoming_count = ?2, last_message_id = ?3, \
         last_activity_at = ?4, updated_at = ?4, waiting_since = ?4 WHERE id = ?1",
    )?
    .execute(params![conversation, position, id, now])?;
    let payload = format!(r#"{{"kind":"message_created","inbox":1,"conversation":{conversation},"message":{id},"for_contacts":true}}"#);
    prepare("INSERT INTO events (account_id, seq, kind, payload, actor_kind, actor_id, at) VALUES (1, ?1, 'message_created', ?2, 'contact', ?3, ?4)")?
        .execute(params![seq, payload, conversation, now])?;
    prepare(
        "UPDATE contacts SET event_number = event_number + 1, \
         last_activity_at = CASE WHEN id = ?1 THEN ?2 ELSE last_activity_at END \
         WHERE id IN (SELECT contact_id FROM participants WHERE conversation_id = ?1 AND state = 'joined')",
    )?
    .execute(params![conversation, now])?;
    prepare(
        "INSERT INTO contact_events (contact_id, number, account_id, seq) SELECT c.id, c.event_number, 1, ?2 FROM participants p \
         JOIN contacts c ON c.id = p.contact_id WHERE p.conversation_id = ?1 AND p.state = 'joined'",
    )?
    .execute([conversation, seq])?;
    prepare("SELECT user_id FROM participants WHERE conversation_id = ?1 AND user_id IS NOT NULL AND state = 'joined'")?
        .exists([conversation])?;
    prepare("SELECT read_count FROM participants WHERE conversation_id = ?1 AND contact_id = ?1")?.exists([conversation])?;
    Ok(())
}

/// The number that a statement gives, run to its end.
fn first(mut statement: CachedStatement<'_>, values: impl Params) -> anyhow::Result<i64> {
    Ok(statement.query_row(values, |row| row.get(0))?)
}
