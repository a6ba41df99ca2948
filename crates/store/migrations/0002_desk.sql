-- What a desk needs beyond talking: labels, priority, attributes, counters that are kept and not counted, and indexes that
-- give each list its page. JSON is TEXT and always an object; words are those of frontdesk-core.

ALTER TABLE conversations ADD COLUMN priority TEXT;
-- What integrations keep with it, and what the visitor's page said when it began.
ALTER TABLE conversations ADD COLUMN custom_attributes TEXT NOT NULL DEFAULT '{}';
ALTER TABLE conversations ADD COLUMN additional_attributes TEXT NOT NULL DEFAULT '{}';

ALTER TABLE contacts ADD COLUMN custom_attributes TEXT NOT NULL DEFAULT '{}';
ALTER TABLE contacts ADD COLUMN additional_attributes TEXT NOT NULL DEFAULT '{}';
-- Name, address, telephone number and identifier in lower case, for searching.
ALTER TABLE contacts ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
UPDATE contacts SET search_text = LOWER(COALESCE(name, '') || ' ' || COALESCE(email, '') || ' ' || COALESCE(phone_number, '') || ' ' || COALESCE(identifier, ''));
CREATE INDEX contacts_newest ON contacts (account_id, id);
CREATE INDEX contacts_active ON contacts (account_id, last_activity_at);

-- The text of a deleted message is gone; its place in the conversation stays.
ALTER TABLE messages ADD COLUMN deleted_at BIGINT;

CREATE TABLE labels (
    id @ID,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    color TEXT NOT NULL,
    show_on_sidebar BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX labels_title ON labels (account_id, title);

CREATE TABLE conversation_labels (
    conversation_id BIGINT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    label_id BIGINT NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
    PRIMARY KEY (conversation_id, label_id)
);
CREATE INDEX conversation_labels_label ON conversation_labels (label_id, conversation_id);

CREATE TABLE contact_labels (
    contact_id BIGINT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    label_id BIGINT NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
    PRIMARY KEY (contact_id, label_id)
);
CREATE INDEX contact_labels_label ON contact_labels (label_id, contact_id);

-- How many conversations an inbox has of each status and owner (0 for nobody): changed with each of them, in the same
-- transaction, so that a list's numbers cost the same whether there are 500 conversations or 50,000.
CREATE TABLE conversation_counts (
    inbox_id BIGINT NOT NULL REFERENCES inboxes (id) ON DELETE CASCADE,
    status TEXT NOT NULL,
    owner_id BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (inbox_id, status, owner_id)
);
INSERT INTO conversation_counts (inbox_id, status, owner_id, n)
    SELECT inbox_id, status, COALESCE(owner_id, 0), COUNT(*) FROM conversations GROUP BY inbox_id, status, COALESCE(owner_id, 0);

-- Each list is one range of one index, in its order, with what else is asked about at its end.
DROP INDEX conversations_latest;
DROP INDEX conversations_owned;
DROP INDEX conversations_counted;
CREATE INDEX conversations_latest ON conversations (account_id, status, last_activity_at, id, owner_id);
CREATE INDEX conversations_owned ON conversations (account_id, owner_id, status, last_activity_at, id, inbox_id);
CREATE INDEX conversations_inbox ON conversations (inbox_id, status, last_activity_at, id, owner_id);
