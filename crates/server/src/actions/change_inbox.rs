//! Making, changing and removing inboxes. Which settings there are is in the store's row; which values they may have is
//! checked where they come in.

use frontdesk_core::Invalid;
use frontdesk_core::conversation::SenderKind;
use frontdesk_core::event::Event;
use frontdesk_core::id::InboxId;
use frontdesk_core::inbox::{AskFor, LauncherIcon, WidgetPosition, seen_again};
use frontdesk_core::time::Millis;
use frontdesk_store::inboxes::{self, Inbox, NewInbox};
use frontdesk_store::{AccountTx, StoreError, events};

use super::create_account::{COLOR, GREETING};
use super::{ActingMember, Refusal};

/// Most inboxes of one account, switched off ones included.
const INBOXES_MAX: i64 = 200;

/// Settings that passed the rules; what is absent stays as it is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Change {
    pub(crate) name: Option<String>,
    pub(crate) website_url: Option<String>,
    pub(crate) greeting: Option<String>,
    pub(crate) greeting_enabled: Option<bool>,
    pub(crate) color: Option<String>,
    pub(crate) enabled: Option<bool>,
    pub(crate) widget_position: Option<WidgetPosition>,
    pub(crate) launcher_icon: Option<LauncherIcon>,
    pub(crate) launcher_text: Option<String>,
    pub(crate) welcome_title: Option<String>,
    pub(crate) welcome_tagline: Option<String>,
    pub(crate) ask_for: Option<AskFor>,
    pub(crate) show_team: Option<bool>,
    pub(crate) locale: Option<String>,
    pub(crate) allowed_domains: Option<String>,
    pub(crate) hmac_mandatory: Option<bool>,
}

impl Change {
    /// The inbox with these settings.
    pub(crate) fn of(&self, before: &Inbox) -> Inbox {
        let text = |new: &Option<String>, old: &String| new.as_ref().unwrap_or(old).clone();
        Inbox {
            name: text(&self.name, &before.name),
            website_url: text(&self.website_url, &before.website_url),
            greeting: text(&self.greeting, &before.greeting),
            greeting_enabled: self.greeting_enabled.unwrap_or(before.greeting_enabled),
            color: text(&self.color, &before.color),
            enabled: self.enabled.unwrap_or(before.enabled),
            widget_position: self.widget_position.unwrap_or(before.widget_position),
            launcher_icon: self.launcher_icon.unwrap_or(before.launcher_icon),
            launcher_text: text(&self.launcher_text, &before.launcher_text),
            welcome_title: text(&self.welcome_title, &before.welcome_title),
            welcome_tagline: text(&self.welcome_tagline, &before.welcome_tagline),
            ask_for: self.ask_for.unwrap_or(before.ask_for),
            show_team: self.show_team.unwrap_or(before.show_team),
            locale: text(&self.locale, &before.locale),
            allowed_domains: text(&self.allowed_domains, &before.allowed_domains),
            hmac_mandatory: self.hmac_mandatory.unwrap_or(before.hmac_mandatory),
            ..before.clone()
        }
    }
}

async fn found(tx: &mut AccountTx<'_, '_>, id: InboxId) -> Result<Inbox, Refusal> {
    let account = tx.account_id();
    inboxes::find(tx, account, id).await?.ok_or(Refusal::NotFound("Inbox"))
}

/// Makes an inbox with all members in it.
pub(crate) async fn create(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    (name, website_token): (&str, &str),
    change: &Change,
    now: Millis,
) -> Result<Inbox, Refusal> {
    let account = tx.account_id();
    if inboxes::count(tx, account).await? >= INBOXES_MAX {
        return Err(Invalid::new("inbox", format_args!("is one too many (maximum is {INBOXES_MAX})")).into());
    }
    let new = NewInbox { name, website_token, website_url: "", greeting: GREETING, color: COLOR };
    let id = inboxes::insert(tx, account, &new, now).await?;
    let inbox = change.of(&found(tx, id).await?);
    inboxes::update(tx, &inbox).await?;
    let actor = Some((SenderKind::User, member.user.0));
    // First, so that those who are connected see the inbox before they are told anything of it.
    events::append(tx, &Event::InboxMembersChanged { inbox: id }, actor, now).await?;
    events::append(tx, &Event::InboxUpdated { inbox: id }, actor, now).await?;
    Ok(inbox)
}

/// Changes settings; what is so already stays so, without an event.
pub(crate) async fn update(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    id: InboxId,
    change: &Change,
    now: Millis,
) -> Result<Inbox, Refusal> {
    let before = found(tx, id).await?;
    store(tx, member, &before, change.of(&before), now).await
}

async fn store(tx: &mut AccountTx<'_, '_>, member: &ActingMember, before: &Inbox, after: Inbox, now: Millis) -> Result<Inbox, Refusal> {
    if after != *before {
        inboxes::update(tx, &after).await?;
        events::append(tx, &Event::InboxUpdated { inbox: after.id }, Some((SenderKind::User, member.user.0)), now).await?;
    }
    Ok(after)
}

/// Another secret signs identities from now on; signatures made with the one before count no more.
pub(crate) async fn renew_secret(tx: &mut AccountTx<'_, '_>, member: &ActingMember, id: InboxId, now: Millis) -> Result<Inbox, Refusal> {
    let before = found(tx, id).await?;
    let after = Inbox { hmac_version: before.hmac_version + 1, ..before.clone() };
    store(tx, member, &before, after, now).await
}

/// Removes an inbox that nobody ever wrote through. One with conversations is switched off instead: visitors get nothing,
/// the history stays (docs/decisions/0007).
pub(crate) async fn delete(tx: &mut AccountTx<'_, '_>, member: &ActingMember, id: InboxId, now: Millis) -> Result<(), Refusal> {
    if inboxes::has_conversations(tx, id).await? {
        let off = Change { enabled: Some(false), ..Change::default() };
        return update(tx, member, id, &off, now).await.map(drop);
    }
    found(tx, id).await?;
    inboxes::delete(tx, id).await?;
    events::append(tx, &Event::InboxDeleted { inbox: id }, Some((SenderKind::User, member.user.0)), now).await?;
    Ok(())
}

/// A page on `host` showed the widget: noted where that is news.
pub(crate) async fn note_seen(tx: &mut AccountTx<'_, '_>, id: InboxId, host: &str, now: Millis) -> Result<(), StoreError> {
    let account = tx.account_id();
    let Some(inbox) = inboxes::find(tx, account, id).await? else { return Ok(()) };
    if seen_again(inbox.seen_at.zip(inbox.seen_host.as_deref()), host, now) {
        inboxes::set_seen(tx, id, host, now).await?;
        events::append(tx, &Event::InboxUpdated { inbox: id }, None, now).await?;
    }
    Ok(())
}
