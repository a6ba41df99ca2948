-- What lists are turned and narrowed by: who has waited longest, what a member has not read.

-- Those that wait for nothing come after all that wait, newest activity first; as in the store's conversation_pages.
CREATE INDEX conversations_waiting ON conversations (inbox_id, status, (COALESCE(waiting_since, 4611686018427387904 - last_activity_at)), id, owner_id);
-- What one member has read, without a look at the row.
CREATE INDEX conversation_reads_of_user ON conversation_reads (user_id, conversation_id, read_count);
