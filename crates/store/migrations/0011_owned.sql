-- A member's and nobody's conversations as ranges of indexes, in the account and in each inbox.

-- Nobody's conversations are found like somebody's, as those of 0: PostgreSQL does not read NULLs in an index's order. And of
-- one inbox, too, a member's or nobody's are one range instead of what is left of all.
DROP INDEX conversations_owned;
CREATE INDEX conversations_owned ON conversations (account_id, (COALESCE(owner_id, 0)), status, last_activity_at, id);
CREATE INDEX conversations_inbox_owned ON conversations (inbox_id, (COALESCE(owner_id, 0)), status, last_activity_at, id);
