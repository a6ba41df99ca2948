-- The first schema: one text for SQLite and PostgreSQL. @ID is the engine's identity column.
-- Instants are milliseconds UTC, JSON is TEXT, words are those of frontdesk-core. Never edit a released migration.

CREATE TABLE installation (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE accounts (
    id @ID,
    name TEXT NOT NULL,
    -- The last place in the event log; locking this row orders all writes of the account.
    event_seq BIGINT NOT NULL DEFAULT 0,
    trimmed_seq BIGINT NOT NULL DEFAULT 0,
    conversation_count BIGINT NOT NULL DEFAULT 0,
    seats BIGINT,
    created_at BIGINT NOT NULL
);

CREATE TABLE users (
    id @ID,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX users_email ON users (email);

CREATE TABLE members (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    -- The membership's own name for the person; the user's name when absent.
    name TEXT,
    availability TEXT NOT NULL,
    auto_offline BOOLEAN NOT NULL,
    access BOOLEAN NOT NULL,
    answers_chats BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, user_id)
);
CREATE INDEX members_user ON members (user_id);

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE api_tokens (
    token_hash TEXT PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL
);
CREATE INDEX api_tokens_user ON api_tokens (user_id);

CREATE TABLE inboxes (
    id @ID,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    website_token TEXT NOT NULL,
    website_url TEXT NOT NULL,
    greeting TEXT NOT NULL,
    color TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX inboxes_website_token ON inboxes (website_token);
CREATE INDEX inboxes_account ON inboxes (account_id);

CREATE TABLE inbox_members (
    inbox_id BIGINT NOT NULL REFERENCES inboxes (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (inbox_id, user_id)
);
CREATE INDEX inbox_members_user ON inbox_members (user_id);

CREATE TABLE contacts (
    id @ID,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT,
    email TEXT,
    -- A visitor typed the address and nobody proved it: it identifies nobody.
    email_claimed BOOLEAN NOT NULL,
    phone_number TEXT,
    identifier TEXT,
    -- The last number in this contact's own view of the log.
    event_number BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    last_activity_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX contacts_email ON contacts (account_id, email) WHERE NOT email_claimed;
CREATE UNIQUE INDEX contacts_identifier ON contacts (account_id, identifier);

CREATE TABLE contact_inboxes (
    id @ID,
    contact_id BIGINT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    inbox_id BIGINT NOT NULL REFERENCES inboxes (id) ON DELETE CASCADE,
    source_id TEXT NOT NULL,
    -- SHA-256 of the visitor's own secret; absent for contacts made over REST.
    token_hash TEXT,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX contact_inboxes_source ON contact_inboxes (inbox_id, source_id);
CREATE UNIQUE INDEX contact_inboxes_token ON contact_inboxes (inbox_id, token_hash);
CREATE INDEX contact_inboxes_contact ON contact_inboxes (contact_id);

CREATE TABLE conversations (
    id @ID,
    -- What contacts and their addresses see; tells nothing of how many conversations there are.
    uuid TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    inbox_id BIGINT NOT NULL REFERENCES inboxes (id) ON DELETE CASCADE,
    contact_id BIGINT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    contact_inbox_id BIGINT NOT NULL REFERENCES contact_inboxes (id) ON DELETE CASCADE,
    start_key TEXT,
    status TEXT NOT NULL,
    owner_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
    message_count BIGINT NOT NULL DEFAULT 0,
    -- Messages that contacts may see; those from contacts; public ones from members.
    contact_message_count BIGINT NOT NULL DEFAULT 0,
    incoming_count BIGINT NOT NULL DEFAULT 0,
    outgoing_count BIGINT NOT NULL DEFAULT 0,
    -- The newest message that is not an activity; no foreign key, as messages point here already.
    last_message_id BIGINT,
    last_activity_at BIGINT NOT NULL,
    waiting_since BIGINT,
    first_reply_at BIGINT,
    resolved_at BIGINT,
    snoozed_until BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX conversations_uuid ON conversations (uuid);
CREATE UNIQUE INDEX conversations_number ON conversations (account_id, number);
CREATE UNIQUE INDEX conversations_start ON conversations (contact_inbox_id, start_key);
CREATE INDEX conversations_latest ON conversations (account_id, status, last_activity_at);
CREATE INDEX conversations_owned ON conversations (account_id, owner_id, status, last_activity_at);
CREATE INDEX conversations_counted ON conversations (account_id, status, owner_id, inbox_id);
CREATE INDEX conversations_contact ON conversations (contact_id);

CREATE TABLE participants (
    id @ID,
    conversation_id BIGINT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    user_id BIGINT REFERENCES users (id) ON DELETE CASCADE,
    contact_id BIGINT REFERENCES contacts (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    -- A contact's place in the members' public messages; members' places are in conversation_reads.
    read_count BIGINT NOT NULL DEFAULT 0,
    read_at BIGINT,
    joined_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX participants_user ON participants (conversation_id, user_id);
CREATE UNIQUE INDEX participants_contact ON participants (conversation_id, contact_id);
CREATE INDEX participants_of_user ON participants (user_id);
CREATE INDEX participants_of_contact ON participants (contact_id);

CREATE TABLE conversation_reads (
    conversation_id BIGINT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    read_count BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, user_id)
);

CREATE TABLE messages (
    id @ID,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    conversation_id BIGINT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    -- 1, 2, 3, ... in the conversation; and the same among what contacts may see, absent for the rest.
    position BIGINT NOT NULL,
    contact_position BIGINT,
    kind TEXT NOT NULL,
    private BOOLEAN NOT NULL,
    sender_kind TEXT,
    sender_id BIGINT,
    -- Kept with the message: it outlives the membership (BEHAVIOUR 2.6).
    sender_name TEXT NOT NULL,
    body TEXT NOT NULL,
    -- Contacts read another sentence for some activities.
    contact_body TEXT,
    echo_id TEXT,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX messages_position ON messages (conversation_id, position);
-- The sender first: a contact's repeat is looked for in all of their conversations.
CREATE UNIQUE INDEX messages_echo_id ON messages (sender_kind, sender_id, echo_id, conversation_id) WHERE echo_id IS NOT NULL;

CREATE TABLE events (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    actor_kind TEXT,
    actor_id BIGINT,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, seq)
);

-- What each contact may see of the log, numbered on its own so that no gap tells of the rest.
CREATE TABLE contact_events (
    contact_id BIGINT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (contact_id, number)
);
