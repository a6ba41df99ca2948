-- Files that travel with messages. The row is there before the file and longer than it: no file is ever without one.

CREATE TABLE attachments (
    id @ID,
    -- Names the file in storage, and to contacts.
    uuid TEXT NOT NULL,
    -- Absent once the account or the message is gone; the row stays until the file is deleted.
    account_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    message_id BIGINT REFERENCES messages (id) ON DELETE SET NULL,
    state TEXT NOT NULL,
    -- Who may use it: a user's id, or an inbox and the hash of a browser's secret.
    uploader_kind TEXT NOT NULL,
    uploader TEXT NOT NULL,
    -- SHA-256 of the secret under which the uploader names it.
    blob_hash TEXT NOT NULL,
    file_name TEXT NOT NULL,
    -- What is reserved while it is being uploaded, then what it has.
    byte_size BIGINT NOT NULL,
    -- Known when it is complete.
    content_type TEXT,
    sha256 TEXT,
    width BIGINT,
    height BIGINT,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX attachments_uuid ON attachments (uuid);
CREATE UNIQUE INDEX attachments_blob ON attachments (blob_hash);
CREATE INDEX attachments_message ON attachments (message_id);
-- What waits for its message or for its end: few rows at any time.
CREATE INDEX attachments_loose ON attachments (account_id, uploader_kind) WHERE message_id IS NULL;

-- The message's own list of its files as JSON, written once with it: reading a thread costs no statement more.
ALTER TABLE messages ADD COLUMN attachments TEXT;
