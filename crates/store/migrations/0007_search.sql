-- The index of words. Full text is what the two engines truly do differently: the lines after "-- @sqlite" are SQLite's, those
-- after "-- @postgres" PostgreSQL's, those after "-- @both" both's. What is a word is decided in core, so neither engine cuts
-- text or folds letters: it gets words.

-- Up to where each account's log is indexed.
CREATE TABLE search_cursors (
    account_id BIGINT PRIMARY KEY NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    cursor_seq BIGINT NOT NULL
);
-- What was there before the index was: rows below these ids still wait for it. Setting them anew indexes everything again.
CREATE TABLE search_backlog (
    noun TEXT PRIMARY KEY NOT NULL,
    below_id BIGINT NOT NULL
);
INSERT INTO search_cursors (account_id, cursor_seq) SELECT id, event_seq FROM accounts;
INSERT INTO search_backlog (noun, below_id) SELECT 'messages', COALESCE(MAX(id), 0) + 1 FROM messages;
INSERT INTO search_backlog (noun, below_id) SELECT 'contacts', COALESCE(MAX(id), 0) + 1 FROM contacts;

-- @sqlite
-- The words stand beside their index, so that what is deleted can be cut out of it: without them FTS5 only strikes a text out,
-- and its words stay in the file until some later merge.
CREATE VIRTUAL TABLE message_search USING fts5(words, tokenize='ascii', prefix='2 3 4 5');
CREATE VIRTUAL TABLE contact_search USING fts5(words, tokenize='ascii', prefix='2 3 4 5');
INSERT INTO message_search (message_search, rank) VALUES ('secure-delete', 1);
INSERT INTO contact_search (contact_search, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER messages_unsearched AFTER DELETE ON messages BEGIN
    DELETE FROM message_search WHERE rowid = old.id;
END;
CREATE TRIGGER contacts_unsearched AFTER DELETE ON contacts BEGIN
    DELETE FROM contact_search WHERE rowid = old.id;
END;

-- @postgres
CREATE TABLE message_search (
    id BIGINT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    words TSVECTOR NOT NULL
);
CREATE INDEX message_search_words ON message_search USING GIN (words);
CREATE TABLE contact_search (
    id BIGINT PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
    words TSVECTOR NOT NULL
);
CREATE INDEX contact_search_words ON contact_search USING GIN (words);
