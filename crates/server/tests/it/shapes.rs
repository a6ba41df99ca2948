//! The shapes of the nouns, after Chatwoot's description and API.md, with Frontdesk's own additions.

use serde_json::{Value, json};

/// A member, as an agent.
pub(crate) fn agent() -> Value {
    json!({
        "id": "int", "account_id": "int", "name": "text", "available_name": "text", "email": "text",
        "role": "=agent|=administrator", "availability": "=available|=busy|=offline",
        "availability_status": "=online|=busy|=offline", "auto_offline": "bool", "confirmed": "bool",
        "thumbnail": "text", "avatar_url": "text|null",
    })
}

/// A website widget.
pub(crate) fn inbox() -> Value {
    json!({
        "id": "int", "account_id": "int", "channel_id": "int", "name": "text", "channel_type": "=Channel::WebWidget",
        "website_url": "text", "website_token": "text", "welcome_title": "text", "welcome_tagline": "text",
        "widget_color": "text", "widget_position": "=right|=left", "launcher_icon": "=chat|=question|=wave",
        "launcher_text": "text", "ask_for": "=name_email|=name|=nothing", "show_team": "bool", "locale": "text",
        "direction": "=ltr|=rtl", "enabled": "bool", "web_widget_script": "text", "hosted_url": "text", "avatar_url": "text",
        "enable_auto_assignment": "bool", "greeting_enabled": "bool", "greeting_message": "text",
        "working_hours_enabled": "bool", "allowed_domains": ["text", "or none"], "hmac_mandatory": "bool",
        "hmac_token?": "text", "seen_at": "int|null", "seen_host": "text|null",
    })
}

/// A contact at the head of a conversation.
pub(crate) fn sender() -> Value {
    json!({
        "id": "int", "name": "text", "email": "text|null", "phone_number": "text|null", "identifier": "text|null",
        "thumbnail": "text", "type": "=contact", "availability_status": "=offline", "blocked": false,
        "email_claimed": "bool", "additional_attributes": "object", "custom_attributes": "object", "labels": ["text", "or none"],
        "last_activity_at": "int", "created_at": "int",
    })
}

/// A contact with its inboxes.
pub(crate) fn contact(contact_inboxes: &Value) -> Value {
    let mut shape = sender();
    shape["contact_inboxes"] = contact_inboxes.clone();
    shape
}

/// What a visitor's page said when a conversation began.
pub(crate) fn page() -> Value {
    json!({
        "browser?": "text", "platform?": "text", "page_url?": "text", "page_title?": "text", "referrer?": "text",
        "language?": "text", "initiated_at?": "text",
    })
}

/// A label.
pub(crate) fn label() -> Value {
    json!({ "id": "int", "title": "text", "description": "text", "color": "text", "show_on_sidebar": "bool" })
}

/// What everybody sees of a file.
fn file() -> Value {
    json!({
        "file_type": "=image|=audio|=video|=file", "file_name": "text", "extension": "text", "content_type": "text",
        "file_size": "int", "width": "int|null", "height": "int|null", "data_url": "text", "thumb_url": "text",
    })
}

/// A file of a message.
pub(crate) fn attachment() -> Value {
    let mut shape = file();
    for field in ["id", "message_id", "account_id"] {
        shape[field] = json!("int");
    }
    shape
}

/// A file of a message as a contact sees it.
pub(crate) fn visitor_attachment() -> Value {
    let mut shape = file();
    shape["id"] = json!("text");
    shape
}

/// A message of somebody.
pub(crate) fn message() -> Value {
    json!({
        "id": "int", "account_id": "int", "inbox_id": "int", "conversation_id": "int", "message_type": "int",
        "content": "text", "content_type": "=text", "private": "bool", "status": "=sent|=delivered|=read", "created_at": "int",
        "created_at_ms": "int", "position": "int", "echo_id": "text|null", "content_attributes": { "deleted?": true },
        "attachments": [attachment(), "or none"], "sender_type": "=Contact|=User|null", "sender_id": "int|null",
        "sender?": { "id": "int", "name": "text", "type": "=contact|=user", "thumbnail": "text", "email?": "text" },
    })
}

/// A conversation as everybody in the account sees it.
pub(crate) fn conversation_live() -> Value {
    json!({
        "id": "int", "uuid": "text", "account_id": "int", "inbox_id": "int",
        "status": "=open|=resolved|=pending|=snoozed", "created_at": "int", "updated_at": "int", "timestamp": "int",
        "last_activity_at": "int", "first_reply_created_at": "int", "waiting_since": "int",
        "contact_last_seen_at": "int", "snoozed_until": "int|null",
        "agents": [{ "id": "int", "name": "text" }, "or none"], "incoming_count": "int", "outgoing_count": "int", "contact_delivered_count": "int", "contact_read_count": "int", "delivered_count": "int", "seen_count": "int", "can_reply": "bool", "muted": "bool", "priority": "=low|=medium|=high|=urgent|null", "labels": ["text", "or none"],
        "additional_attributes": page(), "custom_attributes": "object", "messages": [message()],
        "last_non_activity_message": message(),
        "meta": { "sender": sender(), "assignee?": agent(), "channel": "=Channel::WebWidget", "hmac_verified": "bool" },
    })
}

/// A conversation as one member sees it.
pub(crate) fn conversation() -> Value {
    let mut shape = conversation_live();
    for field in ["unread_count", "read_count", "agent_last_seen_at", "assignee_last_seen_at"] {
        shape[field] = json!("int");
    }
    shape
}

/// A conversation as a contact sees it.
pub(crate) fn visitor_conversation(agents: &Value) -> Value {
    json!({ "id": "text", "status": "=open|=resolved", "agents": agents, "unread_count": "int", "incoming_count": "int", "delivered_count": "int", "seen_count": "int", "created_at_ms": "int" })
}

/// A message as a contact sees it.
pub(crate) fn visitor_message() -> Value {
    json!({
        "number": "int", "conversation_id": "text", "from": "=me|=agent|=contact|=event", "name": "text|null", "avatar_url": "text",
        "content": "text", "deleted": "bool", "echo_id": "text|null", "attachments": [visitor_attachment(), "or none"], "created_at_ms": "int",
    })
}
