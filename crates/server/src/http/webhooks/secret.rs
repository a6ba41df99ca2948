//! Another secret for a webhook, when the old one got into wrong hands.

use axum::Json;
use axum::extract::State;
use frontdesk_store::{AccountTx, StoreError, webhooks};

use super::{named, one};
use crate::actions::Refusal;
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::views::OneWebhookView;

/// Another secret. What is sent from now on is signed with it, what waits for another try included; a receiver that checks
/// with the old one refuses that until it knows the new one, and is told again for a day.
#[utoipa::path(post, operation_id = "renewWebhookSecret", path = "/api/v1/accounts/{account_id}/webhooks/{webhook_id}/renew_secret", tag = "webhooks", params(
    ("account_id" = i64, Path), ("webhook_id" = i64, Path)
), responses((status = 200, body = OneWebhookView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView)))]
pub(crate) async fn renew_secret(State(app): State<App>, within: InAccount, params: Params) -> Result<Json<OneWebhookView>, ApiError> {
    let (id, account, now) = (named(&within, &params)?, within.member.account_id, app.now());
    let renew = async move |tx: &mut AccountTx<'_, '_>| {
        if !webhooks::renew_secret(tx, account, id, now).await? {
            return Err(Refusal::NotFound("Webhook"));
        }
        Ok::<_, Refusal>(webhooks::find(tx, id).await?.ok_or(StoreError::Missing)?)
    };
    Ok(one(&app, &app.store.write_in(account, renew).await?))
}
