-- Ranges of indexes for what is a member's and what is nobody's, and contacts that are searched by what they are called.

-- Nobody's conversations are found like somebody's, as those of 0: PostgreSQL does not read NULLs in an index's order. And of
-- one inbox, too, a member's or nobody's are one range instead of what is left of all.
DROP INDEX conversations_owned;
CREATE INDEX conversations_owned ON conversations (account_id, (COALESCE(owner_id, 0)), status, last_activity_at, id);
CREATE INDEX conversations_inbox_owned ON conversations (inbox_id, (COALESCE(owner_id, 0)), status, last_activity_at, id);

-- Contacts are walked through once more: migration 2 could not make the text that they are searched by as it is made since,
-- where SQLite knows no capitals beyond ASCII.
UPDATE search_backlog SET below_id = (SELECT COALESCE(MAX(id), 0) + 1 FROM contacts) WHERE noun = 'contacts';
