//! What happened in the made-up shop before somebody looked: its team and a few conversations, told through the very
//! actions that people's doings go through.

use anyhow::Context;
use frontdesk_core::brand::BrandColor;
use frontdesk_core::conversation::Status;
use frontdesk_core::id::{AccountId, ConversationNumber};
use frontdesk_core::member::Role;
use frontdesk_core::text::{Body, ClientKey, Email, Name};
use frontdesk_core::time::Millis;
use frontdesk_core::website::WebsiteUrl;
use frontdesk_store::attributes::Attributes;
use frontdesk_store::conversations::Conversation;
use frontdesk_store::{AccountTx, Tx, inboxes, members};

use super::Mark;
use crate::actions::add_member::{self, NewMember};
use crate::actions::create_account::{self, CreatedAccount, NewAccount};
use crate::actions::send_as_contact::{self, Browser, Opening, Sent};
use crate::actions::send_as_member::{self, Draft};
use crate::actions::set_status::{self, Wanted};
use crate::actions::upload::Named;
use crate::actions::{ActingMember, Refusal};
use crate::app::App;
use crate::secret;

/// A conversation: who wrote, and then the words with the minutes since they were said.
struct Told {
    name: &'static str,
    first: (i64, &'static str),
    then: &'static [(Line, i64, &'static str)],
}

enum Line {
    Visitor,
    Maya,
    Note,
    Resolve,
}

const TOLD: &[Told] = &[
    Told {
        name: "Grace Thompson",
        first: (1_560, "Do you ship to Ireland?"),
        then: &[
            (Line::Maya, 1_552, "We do! It takes four to six days and costs €12, or nothing from €90."),
            (Line::Visitor, 1_550, "Perfect, thank you so much! 🙏"),
            (Line::Resolve, 1_549, ""),
        ],
    },
    Told {
        name: "Omar Haddad",
        first: (95, "Hi, is the Fjord bowl safe for the oven?"),
        then: &[
            (Line::Maya, 92, "Hello Omar! Yes, up to 220 °C. Just let it warm up together with the oven."),
            (Line::Note, 91, "He also asked about the large one in May, it should be back next week."),
            (Line::Visitor, 88, "Good to know. When will the large one be back?"),
        ],
    },
    Told { name: "山田 花子", first: (31, "こんにちは。日本への発送は可能ですか？"), then: &[] },
    Told {
        name: "Lukas Weber",
        first: (12, "My parcel says delivered, but there is nothing here."),
        then: &[(Line::Visitor, 11, "Order 20817, if that helps.")],
    },
];

/// Makes the shop, its team and its past.
pub(super) async fn tell(app: &App, mark: &Mark) -> anyhow::Result<()> {
    let made = found_shop(app, mark).await?;
    for (name, email) in [("Priya Raman", "priya@halden.example"), ("Tomás Rivera", "tomas@halden.example")] {
        hire(app, made.account, name, email).await?;
    }
    let find = async move |tx: &mut Tx<'_>| members::find(tx, made.account, made.user).await;
    let maya = app.store.read(find).await?.context("the shop has no owner")?;
    for told in TOLD {
        let conversation = begin(app, mark, told).await?;
        for (line, minutes, words) in told.then {
            go_on(app, &ActingMember::from(&maya), (mark, told, &conversation), (line, *minutes, words)).await?;
        }
    }
    Ok(())
}

async fn found_shop(app: &App, mark: &Mark) -> anyhow::Result<CreatedAccount> {
    let password = mark.password.clone();
    let new = NewAccount {
        name: Name::parse("name", "Halden")?,
        owner_name: Name::parse("owner_name", "Maya Okafor")?,
        owner_email: Email::parse(&mark.email)?,
        password_hash: Some(app.compute(move || secret::hash_password(&password)).await??),
        seats: None,
        token_hash: secret::hash_token(&secret::new_token()?),
        website_token: mark.website_token.clone(),
        website_url: WebsiteUrl::default(),
        color: BrandColor::parse("#28483b")?,
    };
    let now = ago(app, 3_000);
    Ok(app.store.write(async move |tx: &mut Tx<'_>| create_account::create(tx, &new, now).await).await?)
}

async fn hire(app: &App, account: AccountId, name: &str, email: &str) -> anyhow::Result<()> {
    let new = NewMember {
        name: Name::parse("name", name)?,
        email: Email::parse(email)?,
        role: Role::Agent,
        password_hash: None,
        token_hash: secret::hash_token(&secret::new_token()?),
    };
    let now = ago(app, 2_990);
    app.store.write_in(account, async move |tx: &mut AccountTx<'_, '_>| add_member::add(tx, &new, now).await).await?;
    Ok(())
}

fn ago(app: &App, minutes: i64) -> Millis {
    app.now().plus(-minutes * Millis::MINUTE)
}

fn sent(words: &str, key: &str) -> anyhow::Result<Sent> {
    Ok(Sent { body: Body::parse(words)?, echo_id: ClientKey::parse("echo_id", key)?, files: Named::none() })
}

/// Each made-up visitor's browser is named after the visitor; nobody holds its secret.
fn token_hash(mark: &Mark, told: &Told) -> String {
    secret::hash_token(&format!("{}{}", mark.password, told.name))
}

/// Where a made-up visitor writes from.
fn page(at: Millis) -> Attributes {
    let said = [
        ("browser", "Firefox".to_owned()),
        ("platform", "macOS".to_owned()),
        ("page_url", "https://halden.example/bowls/fjord".to_owned()),
        ("page_title", "Fjord bowl".to_owned()),
        ("language", "en".to_owned()),
        ("initiated_at", at.as_rfc3339()),
    ];
    Attributes::new(&said.into_iter().map(|(name, it)| (name.to_owned(), it.into())).collect())
}

async fn begin(app: &App, mark: &Mark, told: &Told) -> anyhow::Result<Conversation> {
    let opening = Opening {
        key: ClientKey::parse("key", "begin")?,
        sent: sent(told.first.1, "first")?,
        name: Some(Name::parse("name", told.name)?),
        email: None,
        page: page(ago(app, told.first.0)),
    };
    let browser = Browser { token_hash: token_hash(mark, told), source_id: secret::new_uuid()?, uuid: secret::new_uuid()? };
    let (website_token, now) = (mark.website_token.clone(), ago(app, told.first.0));
    let inbox = app.store.read(async move |tx: &mut Tx<'_>| inboxes::find_by_token(tx, &website_token).await).await?;
    let inbox = inbox.context("the shop has no inbox")?;
    let account = inbox.account_id;
    let begin = async move |tx: &mut AccountTx<'_, '_>| send_as_contact::begin(tx, &inbox, &browser, &opening, now).await;
    Ok(app.store.write_in(account, begin).await?.1)
}

async fn go_on(
    app: &App,
    maya: &ActingMember,
    (mark, told, conversation): (&Mark, &Told, &Conversation),
    (line, minutes, words): (&Line, i64, &str),
) -> anyhow::Result<()> {
    let (now, number, maya) = (ago(app, minutes), conversation.number, maya.clone());
    match line {
        Line::Visitor => {
            let (hash, inbox, uuid) = (token_hash(mark, told), conversation.inbox_id, conversation.uuid.clone());
            let said = sent(words, &format!("after {minutes}"))?;
            let fresh = secret::new_uuid()?;
            let write = async move |tx: &mut AccountTx<'_, '_>| {
                let visitor = frontdesk_store::contacts::find_visitor(tx, inbox, &hash).await?.ok_or(Refusal::NotFound("Visitor"))?;
                send_as_contact::send(tx, (&visitor, &uuid), (&said, &fresh), now).await
            };
            app.store.write_in(conversation.account_id, write).await?;
        }
        Line::Maya | Line::Note => reply(app, maya, number, (words, matches!(line, Line::Note)), now).await?,
        Line::Resolve => {
            let wanted = Wanted { status: Some(Status::Resolved), snoozed_until: None };
            let resolve = async move |tx: &mut AccountTx<'_, '_>| set_status::change(tx, &maya, number, wanted, now).await;
            app.store.write_in(conversation.account_id, resolve).await?;
        }
    }
    Ok(())
}

async fn reply(
    app: &App,
    maya: ActingMember,
    number: ConversationNumber,
    (words, private): (&str, bool),
    now: Millis,
) -> anyhow::Result<()> {
    let draft = Draft { body: Body::parse(words)?, private, echo_id: None, files: Named::none() };
    let account = maya.account;
    let send = async move |tx: &mut AccountTx<'_, '_>| send_as_member::send(tx, &maya, number, &draft, now).await;
    app.store.write_in(account, send).await?;
    Ok(())
}
