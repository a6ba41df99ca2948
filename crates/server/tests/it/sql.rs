//! What no route can do yet, done to the rows directly: suspending a member, narrowing an inbox, trimming the log.

use frontdesk_store::statements;

statements! {
    /// The member may not open the account.
    pub(crate) SUSPEND = "UPDATE members SET access = FALSE WHERE account_id = $1 AND user_id = $2";
    /// The member chose to be invisible.
    pub(crate) HIDE = "UPDATE members SET availability = 'offline' WHERE account_id = $1 AND user_id = $2";
    /// The member no longer belongs to the inbox.
    pub(crate) LEAVE_INBOX = "DELETE FROM inbox_members WHERE inbox_id = $1 AND user_id = $2";
    /// The log no longer reaches back to this place.
    pub(crate) TRIM = "UPDATE accounts SET trimmed_seq = $2 WHERE id = $1";
    /// Something stands already where the log's next event would.
    pub(crate) BLOCK_LOG = "INSERT INTO events (account_id, seq, kind, payload, at) SELECT a.id, CAST($2 AS BIGINT), 'member_updated', '{}', 0 FROM accounts a WHERE a.id = $1";
    /// How many sessions are kept.
    pub(crate) SESSIONS = "SELECT COUNT(*) AS n FROM sessions";
    /// What waits to be sent is said to be so large.
    pub(crate) SWELL_FILES = "UPDATE attachments SET byte_size = $1 WHERE state = 'waiting'";
    /// The uuid of a file that only members see.
    pub(crate) UUID_OF_FILE = "SELECT uuid FROM attachments WHERE id = $1";
    /// A conversation is deleted with all that was said.
    pub(crate) DELETE_CONVERSATION = "DELETE FROM conversations WHERE account_id = $1 AND number = $2";
    /// The website vouched for whoever uses the browsers of a contact.
    pub(crate) VERIFY = "UPDATE contact_inboxes SET hmac_verified = TRUE WHERE contact_id = $1";
    /// Something about a contact waits to be sent to every webhook.
    pub(crate) DELIVER = "INSERT INTO webhook_deliveries (webhook_id, contact_id, event, seq, payload, state, due_at, created_at) SELECT w.id, CAST($1 AS BIGINT), 'message_created', 1, '{}', 'pending', 0, 0 FROM webhooks w";
    /// What was sent to webhooks, or will be.
    pub(crate) DELIVERIES = "SELECT COUNT(*) AS n FROM webhook_deliveries";
    /// A later release was here.
    pub(crate) MIGRATE_FURTHER = "INSERT INTO schema_migrations (number) VALUES ($1)";
}

/// Every statement can be prepared only where the product's schema is, so the list is checked here and not by the store.
#[tokio::test]
async fn these_statements_fit_both_engines() {
    use frontdesk_store::{StoreError, Tx, params};
    for app in crate::app::apps().await {
        let run = async |tx: &mut Tx<'_>| {
            for statement in ALL.iter().filter(|it| it.text.contains("$2") && it.name != TRIM.name) {
                tx.run(statement, params![0, 0]).await?;
            }
            Ok::<_, StoreError>(())
        };
        app.store.write(run).await.expect("they run");
    }
}
