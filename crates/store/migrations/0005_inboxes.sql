-- What an owner sets of a widget: its looks and words, where it may be shown, who a visitor proves to be.

-- Off: visitors get nothing, the history stays.
ALTER TABLE inboxes ADD COLUMN enabled BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE inboxes ADD COLUMN widget_position TEXT NOT NULL DEFAULT 'right';
ALTER TABLE inboxes ADD COLUMN launcher_icon TEXT NOT NULL DEFAULT 'chat';
ALTER TABLE inboxes ADD COLUMN launcher_text TEXT NOT NULL DEFAULT '';
ALTER TABLE inboxes ADD COLUMN welcome_title TEXT NOT NULL DEFAULT '';
ALTER TABLE inboxes ADD COLUMN welcome_tagline TEXT NOT NULL DEFAULT '';
ALTER TABLE inboxes ADD COLUMN greeting_enabled BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE inboxes ADD COLUMN ask_for TEXT NOT NULL DEFAULT 'name_email';
ALTER TABLE inboxes ADD COLUMN show_team BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE inboxes ADD COLUMN locale TEXT NOT NULL DEFAULT '';
-- Parted by spaces; empty allows every website.
ALTER TABLE inboxes ADD COLUMN allowed_domains TEXT NOT NULL DEFAULT '';
ALTER TABLE inboxes ADD COLUMN hmac_mandatory BOOLEAN NOT NULL DEFAULT FALSE;
-- The secret is derived from the installation's key and this number: raising it makes another one.
ALTER TABLE inboxes ADD COLUMN hmac_version BIGINT NOT NULL DEFAULT 1;
-- Where and when a page last showed the widget.
ALTER TABLE inboxes ADD COLUMN seen_at BIGINT;
ALTER TABLE inboxes ADD COLUMN seen_host TEXT;

-- The website signed who uses this browser.
ALTER TABLE contact_inboxes ADD COLUMN hmac_verified BOOLEAN NOT NULL DEFAULT FALSE;
