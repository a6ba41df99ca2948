-- How far messages came to the other side: delivered to a device, seen. Counts over the messages of one side, which only
-- grow; for what contacts have seen, participants.read_count is the count.

-- Of the contacts' messages: how many reached a device of a member, and were seen by one.
ALTER TABLE conversations ADD COLUMN delivered_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN seen_count BIGINT NOT NULL DEFAULT 0;
-- Of the members' public messages: how many reached a device of this contact.
ALTER TABLE participants ADD COLUMN delivered_count BIGINT NOT NULL DEFAULT 0;
-- The message's place among its side's, 1, 2, 3, ...; absent for private notes and activities.
ALTER TABLE messages ADD COLUMN side_number BIGINT;

UPDATE messages SET side_number = numbered.n FROM (
    SELECT id, ROW_NUMBER() OVER (PARTITION BY conversation_id, kind ORDER BY position) AS n
    FROM messages WHERE kind <> 'activity' AND NOT private
) AS numbered WHERE messages.id = numbered.id;
-- What came before this was counted is taken for delivered, and for seen as far as somebody read it.
UPDATE conversations SET delivered_count = incoming_count,
    seen_count = COALESCE((SELECT MAX(r.read_count) FROM conversation_reads r WHERE r.conversation_id = conversations.id), 0);
UPDATE participants SET delivered_count = (SELECT c.outgoing_count FROM conversations c WHERE c.id = participants.conversation_id)
    WHERE contact_id IS NOT NULL;

-- Nearly empty: what waits for a device of a member.
CREATE INDEX conversations_undelivered ON conversations (account_id, inbox_id) WHERE delivered_count < incoming_count;
