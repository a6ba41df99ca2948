-- A label's conversations as ranges of one index, like an inbox's. What lists ask about stands beside the label, copied by the
-- database itself, so that no statement can forget it.

ALTER TABLE conversation_labels ADD COLUMN status TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation_labels ADD COLUMN inbox_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversation_labels ADD COLUMN owner_id BIGINT;
ALTER TABLE conversation_labels ADD COLUMN last_activity_at BIGINT NOT NULL DEFAULT 0;
UPDATE conversation_labels SET status = c.status, inbox_id = c.inbox_id, owner_id = c.owner_id, last_activity_at = c.last_activity_at
    FROM conversations c WHERE c.id = conversation_labels.conversation_id;
DROP INDEX conversation_labels_label;
CREATE INDEX conversation_labels_listed ON conversation_labels (label_id, status, last_activity_at, conversation_id, inbox_id, owner_id);

-- @sqlite
CREATE TRIGGER conversation_labels_copied AFTER INSERT ON conversation_labels BEGIN
    UPDATE conversation_labels SET status = c.status, inbox_id = c.inbox_id, owner_id = c.owner_id, last_activity_at = c.last_activity_at
        FROM conversations c WHERE c.id = new.conversation_id
        AND conversation_labels.conversation_id = new.conversation_id AND conversation_labels.label_id = new.label_id;
END;
CREATE TRIGGER conversations_copied AFTER UPDATE OF status, inbox_id, owner_id, last_activity_at ON conversations BEGIN
    UPDATE conversation_labels SET status = new.status, inbox_id = new.inbox_id, owner_id = new.owner_id, last_activity_at = new.last_activity_at
        WHERE conversation_id = new.id;
END;

-- @postgres
CREATE FUNCTION conversation_labels_copied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT c.status, c.inbox_id, c.owner_id, c.last_activity_at INTO NEW.status, NEW.inbox_id, NEW.owner_id, NEW.last_activity_at
        FROM conversations c WHERE c.id = NEW.conversation_id;
    RETURN NEW;
END $$;
CREATE TRIGGER conversation_labels_copied BEFORE INSERT ON conversation_labels
    FOR EACH ROW EXECUTE FUNCTION conversation_labels_copied();
CREATE FUNCTION conversations_copied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE conversation_labels SET status = NEW.status, inbox_id = NEW.inbox_id, owner_id = NEW.owner_id, last_activity_at = NEW.last_activity_at
        WHERE conversation_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER conversations_copied AFTER UPDATE OF status, inbox_id, owner_id, last_activity_at ON conversations
    FOR EACH ROW EXECUTE FUNCTION conversations_copied();
