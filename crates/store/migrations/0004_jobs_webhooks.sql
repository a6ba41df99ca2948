-- What background jobs look for, and webhooks with their deliveries. One text for SQLite and PostgreSQL.

CREATE INDEX conversations_snoozed ON conversations (snoozed_until) WHERE status = 'snoozed';
CREATE INDEX sessions_expiry ON sessions (expires_at);
-- Trimming the log trims the contacts' views of it.
CREATE INDEX contact_events_place ON contact_events (account_id, seq);

CREATE TABLE webhooks (
    id @ID,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- Only what happens in this inbox; in all of them when absent.
    inbox_id BIGINT REFERENCES inboxes (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    -- A JSON array of event words.
    subscriptions TEXT NOT NULL,
    -- The secret is derived from the installation's key, the id and this.
    secret_version BIGINT NOT NULL DEFAULT 1,
    -- Deliveries are made of the log up to here.
    cursor_seq BIGINT NOT NULL,
    -- Which claim to send its deliveries counts, and until when: one node sends at a time, so that they stay in order.
    claim BIGINT NOT NULL DEFAULT 0,
    claimed_until BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX webhooks_url ON webhooks (account_id, url);
CREATE INDEX webhooks_inbox ON webhooks (inbox_id);

CREATE TABLE webhook_deliveries (
    id @ID,
    webhook_id BIGINT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    -- Whose words are in the payload: it goes with them.
    contact_id BIGINT REFERENCES contacts (id) ON DELETE CASCADE,
    event TEXT NOT NULL,
    seq BIGINT NOT NULL,
    payload TEXT NOT NULL,
    -- pending, delivered or failed.
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    -- When it is sent, or sent again; meaningful while pending.
    due_at BIGINT NOT NULL,
    -- The last attempt: when, how long, the target's status, why not, and the beginning of the answer.
    tried_at BIGINT,
    duration_ms BIGINT,
    status BIGINT,
    error TEXT,
    answer TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX webhook_deliveries_listed ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, due_at) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_contact ON webhook_deliveries (contact_id);
CREATE INDEX webhook_deliveries_age ON webhook_deliveries (created_at);
