//! Connections to PostgreSQL: the pool, its limits and each session's settings.
//! The schema is brought up to date elsewhere.

use std::time::Duration;

use deadpool_postgres::{Client, Hook, HookError, Manager, ManagerConfig, Pool, PoolError, RecyclingMethod, Runtime};
use tokio_postgres::{Config, NoTls};

use super::errors::translate;
use crate::StoreError;

/// How long to wait for a new connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a server may leave data unacknowledged, as when its machine is gone without a farewell.
const SILENCE_MAX: Duration = Duration::from_secs(30);

/// A statement that takes longer is cut, and so is a session that forgets its transaction: both hold locks.
const SESSION: &str = "SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'";

/// Reads a connection URL. The answer to a bad one does not repeat it: it may hold a password.
pub(super) fn parse(url: &str) -> Result<Config, StoreError> {
    let mut config: Config = url.parse().map_err(|_| StoreError::broken("the database URL cannot be read"))?;
    config.connect_timeout(CONNECT_TIMEOUT).tcp_user_timeout(SILENCE_MAX).keepalives_idle(SILENCE_MAX);
    if config.get_application_name().is_none() {
        config.application_name("frontdesk");
    }
    Ok(config)
}

/// A pool that connects when it is first needed.
pub(super) fn pool(config: Config, connections_max: usize) -> Result<Pool, StoreError> {
    let manager = Manager::from_config(config, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
    let settings = Hook::async_fn(|client, _| Box::pin(async move { client.batch_execute(SESSION).await.map_err(HookError::Backend) }));
    let pool = Pool::builder(manager)
        .max_size(connections_max)
        .create_timeout(Some(CONNECT_TIMEOUT))
        .wait_timeout(Some(CONNECT_TIMEOUT))
        .runtime(Runtime::Tokio1)
        .post_create(settings)
        .build();
    pool.map_err(|error| StoreError::broken(format!("cannot make a pool of connections: {error}")))
}

/// A connection of the pool, new where none is idle.
pub(super) async fn connection(pool: &Pool) -> Result<Client, StoreError> {
    pool.get().await.map_err(|error| match error {
        PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)) => translate("connect", &error).error,
        PoolError::Timeout(_) | PoolError::Closed => StoreError::Busy,
        PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_) => {
            StoreError::broken(format!("the pool of connections is set up wrongly: {error}"))
        }
    })
}
