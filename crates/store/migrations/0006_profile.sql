-- What a person sets for themselves.

-- The picture's name under /pictures/, which nobody guesses.
ALTER TABLE users ADD COLUMN picture TEXT;
-- Markdown; put under what they write.
ALTER TABLE users ADD COLUMN signature TEXT NOT NULL DEFAULT '';
-- How their dashboard behaves, as a JSON object that is theirs to fill.
ALTER TABLE users ADD COLUMN ui_settings TEXT NOT NULL DEFAULT '{}';
