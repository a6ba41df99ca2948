//! Deletes the files that nobody will read any more: uploads that were never sent, files whose message is gone, what a crash
//! left. What counts as that is decided in core and asked of the database; no file is judged by itself.

use frontdesk_core::attachment::{UPLOADS_MS, WAITS_MS};
use frontdesk_store::{StoreError, Tx, attachments, users};
use futures_util::TryStreamExt;

use super::{Pass, REST};
use crate::app::App;
use crate::files::Shelf;

/// Files deleted between two looks at the database.
const BATCH: i64 = 100;
/// Unknown files deleted in a day; the next day goes on.
const UNKNOWN_MAX: usize = 10_000;
/// So many unknown files may always be deleted.
const UNKNOWN_FEW: usize = 2;

/// Deletes what waited too long, broke off, or was left by its message. A row goes after its file: a stop between the two
/// leaves a row that is swept again.
pub(super) async fn unused(app: &App) -> Result<Pass, StoreError> {
    let now = app.now();
    let doom = async move |tx: &mut Tx<'_>| attachments::doom(tx, now.plus(-WAITS_MS), now.plus(-UPLOADS_MS)).await;
    app.store.write(doom).await?;
    let doomed = app.store.read(async |tx: &mut Tx<'_>| attachments::doomed(tx, BATCH).await).await?;
    for (id, uuid) in &doomed {
        app.files.delete((Shelf::Attachments, uuid)).await.map_err(|error| cannot("deleted", &error))?;
        let id = *id;
        app.store.write(async move |tx: &mut Tx<'_>| attachments::delete(tx, id).await).await?;
    }
    Ok(if i64::try_from(doomed.len()).is_ok_and(|it| it == BATCH) { Pass::More } else { REST })
}

/// Deletes stored files that no row knows, as after the restore of an older database. Young ones are left alone; and all are
/// when most are unknown: somebody probably started the server with another database.
pub(super) async fn unknown(app: &App) -> Result<Pass, StoreError> {
    for shelf in [Shelf::Attachments, Shelf::Pictures] {
        sweep(app, shelf).await?;
    }
    Ok(REST)
}

async fn sweep(app: &App, shelf: Shelf) -> Result<(), StoreError> {
    let mut names = app.files.names(shelf, app.now().plus(-WAITS_MS).0);
    let (mut known, mut unknown) = (0_usize, Vec::new());
    while let Some(name) = names.try_next().await.map_err(|error| cannot("listed", &error))? {
        let asked = name.clone();
        let is_known = async move |tx: &mut Tx<'_>| match shelf {
            Shelf::Attachments => attachments::is_known(tx, &asked).await,
            Shelf::Pictures => users::has_picture(tx, &asked).await,
        };
        if app.store.read(is_known).await? {
            known += 1;
        } else if unknown.len() < UNKNOWN_MAX {
            unknown.push(name);
        }
    }
    // One or two that a crash left are no sign of a wrong database.
    if unknown.len() > known.max(UNKNOWN_FEW) {
        tracing::warn!(
            unknown = unknown.len(),
            known,
            "most stored files belong to nothing in this database, so none is deleted: is it the right one?"
        );
        return Ok(());
    }
    for name in unknown {
        tracing::info!(name, "a stored file belongs to nothing and is deleted");
        app.files.delete((shelf, &name)).await.map_err(|error| cannot("deleted", &error))?;
    }
    Ok(())
}

fn cannot(what: &str, error: &object_store::Error) -> StoreError {
    StoreError::broken(format!("stored files cannot be {what}: {error}"))
}
