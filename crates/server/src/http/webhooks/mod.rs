//! Webhooks: where an account is told of what happens. Administrators only; their deliveries are in `deliveries`.

mod deliveries;
mod form;
mod secret;

use axum::Json;
use axum::extract::State;
use frontdesk_core::id::WebhookId;
use frontdesk_core::permission::Action;
use frontdesk_core::webhook::WEBHOOKS_MAX;
use frontdesk_store::webhooks::{self, Webhook};
use frontdesk_store::{AccountTx, StoreError, Tx, inboxes};

use crate::actions::Refusal;
use crate::app::App;
use crate::http::body::Body;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::views::{OneWebhookPayload, OneWebhookView, WebhookView, WebhooksPayload, WebhooksView};
use form::{Changes, WebhookForm};
use frontdesk_core::Invalid;

pub(crate) use deliveries::{__path_deliveries, __path_delivery, __path_retry, deliveries, delivery, retry};
pub(crate) use secret::{__path_renew_secret, renew_secret};

/// The administrator who asks, and the webhook in the path.
fn named(within: &InAccount, params: &Params) -> Result<WebhookId, ApiError> {
    within.must(Action::ManageWebhooks)?;
    params.id("webhook_id", "Webhook").map(WebhookId)
}

fn one(app: &App, webhook: &Webhook) -> Json<OneWebhookView> {
    Json(OneWebhookView { payload: OneWebhookPayload { webhook: WebhookView::new(webhook, &app.key) } })
}

/// The account's webhooks, oldest first.
#[utoipa::path(get, operation_id = "listWebhooks", path = "/api/v1/accounts/{account_id}/webhooks", tag = "webhooks", params(("account_id" = i64, Path)), responses(
    (status = 200, body = WebhooksView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn list(State(app): State<App>, within: InAccount) -> Result<Json<WebhooksView>, ApiError> {
    within.must(Action::ManageWebhooks)?;
    let account = within.member.account_id;
    let found = app.store.read(async move |tx: &mut Tx<'_>| webhooks::list(tx, account).await).await?;
    Ok(Json(WebhooksView { payload: WebhooksPayload { webhooks: found.iter().map(|it| WebhookView::new(it, &app.key)).collect() } }))
}

/// One webhook.
#[utoipa::path(get, operation_id = "showWebhook", path = "/api/v1/accounts/{account_id}/webhooks/{webhook_id}", tag = "webhooks", params(
    ("account_id" = i64, Path), ("webhook_id" = i64, Path)
), responses((status = 200, body = OneWebhookView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView)))]
pub(crate) async fn show(State(app): State<App>, within: InAccount, params: Params) -> Result<Json<OneWebhookView>, ApiError> {
    let (id, account) = (named(&within, &params)?, within.member.account_id);
    let found = app.store.read(async move |tx: &mut Tx<'_>| webhooks::find_in(tx, account, id).await).await?;
    Ok(one(&app, &found.ok_or_else(|| ApiError::noun_not_found("Webhook"))?))
}

/// A new webhook: it is told of what happens from now on.
#[utoipa::path(post, operation_id = "createWebhook", path = "/api/v1/accounts/{account_id}/webhooks", tag = "webhooks", params(("account_id" = i64, Path)),
request_body = WebhookForm, responses(
    (status = 200, body = OneWebhookView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn create(
    State(app): State<App>,
    within: InAccount,
    Body(form): Body<WebhookForm>,
) -> Result<Json<OneWebhookView>, ApiError> {
    within.must(Action::ManageWebhooks)?;
    let (account, now) = (within.member.account_id, app.now());
    let changes = form.check(app.client.allows_private())?;
    let make = async move |tx: &mut AccountTx<'_, '_>| {
        if webhooks::count(tx, account).await? >= WEBHOOKS_MAX {
            return Err(Refusal::from(Invalid::new("webhook", format_args!("cannot be added: an account has at most {WEBHOOKS_MAX}"))));
        }
        let wanted = changes.clone().over(None)?;
        check_inbox(tx, &wanted).await?;
        let id = webhooks::insert(tx, &wanted, now).await?;
        Ok(webhooks::find(tx, id).await?.ok_or(StoreError::Missing)?)
    };
    Ok(one(&app, &app.store.write_in(account, make).await?))
}

/// Another address, name, inbox, or other events. What is not sent stays as it is.
#[utoipa::path(patch, operation_id = "updateWebhook", path = "/api/v1/accounts/{account_id}/webhooks/{webhook_id}", tag = "webhooks", params(
    ("account_id" = i64, Path), ("webhook_id" = i64, Path)
), request_body = WebhookForm, responses(
    (status = 200, body = OneWebhookView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn update(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<WebhookForm>,
) -> Result<Json<OneWebhookView>, ApiError> {
    let (id, account, now) = (named(&within, &params)?, within.member.account_id, app.now());
    let changes = form.check(app.client.allows_private())?;
    let change = async move |tx: &mut AccountTx<'_, '_>| {
        let found = webhooks::find_in(tx, account, id).await?.ok_or(Refusal::NotFound("Webhook"))?;
        let wanted = changes.clone().over(Some(&found))?;
        check_inbox(tx, &wanted).await?;
        webhooks::update(tx, account, id, &wanted, now).await?;
        Ok::<_, Refusal>(webhooks::find(tx, id).await?.ok_or(StoreError::Missing)?)
    };
    Ok(one(&app, &app.store.write_in(account, change).await?))
}

/// The same as PATCH, for clients that say PUT.
#[utoipa::path(put, operation_id = "replaceWebhook", path = "/api/v1/accounts/{account_id}/webhooks/{webhook_id}", tag = "webhooks", params(
    ("account_id" = i64, Path), ("webhook_id" = i64, Path)
), request_body = WebhookForm, responses(
    (status = 200, body = OneWebhookView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn replace(
    app: State<App>,
    within: InAccount,
    params: Params,
    form: Body<WebhookForm>,
) -> Result<Json<OneWebhookView>, ApiError> {
    update(app, within, params, form).await
}

/// No longer told of anything; its deliveries go too.
#[utoipa::path(delete, operation_id = "deleteWebhook", path = "/api/v1/accounts/{account_id}/webhooks/{webhook_id}", tag = "webhooks", params(
    ("account_id" = i64, Path), ("webhook_id" = i64, Path)
), responses((status = 200), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView)))]
pub(crate) async fn delete(State(app): State<App>, within: InAccount, params: Params) -> Result<(), ApiError> {
    let (id, account) = (named(&within, &params)?, within.member.account_id);
    let deleted = app.store.write_in(account, async move |tx: &mut AccountTx<'_, '_>| webhooks::delete(tx, account, id).await).await?;
    if deleted { Ok(()) } else { Err(ApiError::noun_not_found("Webhook")) }
}

async fn check_inbox(tx: &mut AccountTx<'_, '_>, wanted: &webhooks::Wanted) -> Result<(), Refusal> {
    let account = tx.account_id();
    match wanted.inbox {
        Some(id) if inboxes::find(tx, account, id).await?.is_none() => Err(Invalid::new("inbox_id", "is none of this account").into()),
        _ => Ok(()),
    }
}

impl Changes {
    /// The whole webhook: what is sent, over what is there.
    fn over(self, found: Option<&Webhook>) -> Result<webhooks::Wanted, Refusal> {
        let kept_url = found.map(|it| it.url.clone());
        let all = || frontdesk_core::webhook::subscriptions(None).and_then(|it| form::words(&it));
        Ok(webhooks::Wanted {
            inbox: self.inbox.unwrap_or(found.and_then(|it| it.inbox_id)),
            name: self.name.or(found.map(|it| it.name.clone())).unwrap_or_default(),
            url: self.url.or(kept_url).ok_or_else(|| Invalid::new("url", "can't be blank"))?,
            subscriptions: match (self.subscriptions, found) {
                (Some(named), _) => named,
                (None, Some(found)) => found.subscriptions.clone(),
                (None, None) => all()?,
            },
        })
    }
}
