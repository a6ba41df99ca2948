//! Uploading: within limits, told by its bytes, whole or not at all.

use axum::body::{Body, Bytes};
use frontdesk_core::attachment::FILE_BYTES_MAX;
use frontdesk_store::params;
use futures_util::stream;
use serde_json::{Value, json};

use super::{PNG, stored};
use crate::app::{TestApp, apps};
use crate::people::Account;
use crate::sql;

const FORM: &str = "multipart/form-data; boundary=b";
const HEAD: &str = "--b\r\nContent-Disposition: form-data; name=\"attachment\"; filename=\"big.bin\"\r\n\r\n";

/// A form whose file has so many bytes, sent without saying how many.
fn endless(bytes: u64) -> Body {
    const CHUNK: u64 = 1_024 * 1_024;
    let file = (0..bytes.div_ceil(CHUNK))
        .map(move |n| Bytes::from(vec![0; usize::try_from(CHUNK.min(bytes - n * CHUNK)).expect("a chunk is small")]));
    let parts = std::iter::once(Bytes::from(HEAD)).chain(file).chain(std::iter::once(Bytes::from("\r\n--b--\r\n")));
    Body::from_stream(stream::iter(parts.map(Ok::<_, std::io::Error>)))
}

async fn waiting(app: &TestApp, account: &Account) -> i64 {
    let id = frontdesk_core::id::AccountId(account.id);
    let read = async move |tx: &mut frontdesk_store::Tx<'_>| {
        let (users, contacts) = (frontdesk_core::conversation::SenderKind::User, frontdesk_core::conversation::SenderKind::Contact);
        let members = frontdesk_store::attachments::waiting_bytes(tx, id, users).await?;
        Ok::<_, frontdesk_store::StoreError>(members + frontdesk_store::attachments::waiting_bytes(tx, id, contacts).await?)
    };
    app.store.read(read).await.expect("it can be read")
}

#[tokio::test]
async fn a_file_is_told_by_its_bytes_and_named_without_tricks() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let upload = async |name: &str, bytes: &[u8]| {
            app.post(&account.owner.path("/upload")).by(&account.owner).upload("file", (name, bytes)).ok().await
        };
        let picture = upload("C:\\\\photos\\\\cat.png", PNG).await;
        assert_eq!(picture["blob_id"].as_str().map(str::len), Some(43));
        let rest = |it: &Value| {
            let mut rest = it.clone();
            rest["blob_id"] = Value::Null;
            rest
        };
        let wanted = json!({
            "blob_id": null, "file_type": "image", "file_name": "cat.png", "content_type": "image/png", "file_size": PNG.len(),
            "width": 1, "height": 1, "file_url": "",
        });
        assert_eq!(rest(&picture), wanted);
        let page = upload("page.png", b"<!DOCTYPE html><script>alert(1)</script>").await;
        assert_eq!(
            (&page["file_type"], &page["content_type"], &page["width"]),
            (&json!("file"), &json!("application/octet-stream"), &Value::Null)
        );
        let drawing = upload("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>").await;
        assert_eq!((&drawing["file_type"], &drawing["content_type"]), (&json!("file"), &json!("application/octet-stream")));
        let text = upload("März.txt", b"words").await;
        assert_eq!((&text["file_name"], &text["content_type"]), (&json!("März.txt"), &json!("text/plain")));
        assert_eq!(stored(&app).len(), 4);
    }
}

#[tokio::test]
async fn a_file_may_have_25_megabytes_and_not_a_byte_more() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        let big = json!("The file is larger than 25 MB");
        for body in [endless(FILE_BYTES_MAX + 1), endless(FILE_BYTES_MAX + 3_000_000)] {
            let answer = app.post(&owner.path("/upload")).by(owner).text(FORM, body).send().await;
            assert_eq!((answer.status, &answer.json()["error"]), (413, &big), "{}", answer.told());
        }
        let answer = app.post(&visitor.path("/upload")).from(&visitor).text(FORM, endless(FILE_BYTES_MAX + 1)).send().await;
        assert_eq!((answer.status, &answer.json()["error"]), (413, &big), "{}", answer.told());
        // Said before a byte of it is read.
        for length in ["100000000", "99999999999999"] {
            let answer = app.post(&owner.path("/upload")).by(owner).header("content-length", length).text(FORM, HEAD).send().await;
            assert_eq!((answer.status, &answer.json()["error"]), (413, &big), "{}", answer.told());
        }
        assert_eq!((stored(&app).len(), waiting(&app, &account).await), (0, 0));
        let answer = app.post(&owner.path("/upload")).by(owner).text(FORM, endless(FILE_BYTES_MAX)).ok().await;
        assert_eq!(answer["file_size"], FILE_BYTES_MAX);
        assert_eq!(waiting(&app, &account).await, i64::try_from(FILE_BYTES_MAX).unwrap());
    }
}

#[tokio::test]
async fn a_form_without_a_whole_file_leaves_nothing() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let path = account.owner.path("/upload");
        let send = async |body: Body| app.post(&path).by(&account.owner).text(FORM, body).send().await;
        send(Body::from(crate::call::form(&[("attachment", "words")], &[]))).await.invalid("attachment");
        send(Body::from(crate::call::form(&[], &[("attachment", "empty.txt", b"")]))).await.invalid("attachment");
        assert_eq!(send(Body::from(format!("{HEAD}half a fi"))).await.status, 400);
        let chunks = [Ok(Bytes::from(HEAD)), Ok(Bytes::from(vec![0; 2_000_000])), Err(std::io::Error::other("the line broke"))];
        assert_eq!(send(Body::from_stream(stream::iter(chunks))).await.status, 400);
        assert_eq!((stored(&app).len(), waiting(&app, &account).await), (0, 0));
    }
}

#[tokio::test]
async fn a_sender_who_goes_away_leaves_nothing_for_long() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (path, owner) = (account.owner.path("/upload"), &account.owner);
        let (began, mut begins) = tokio::sync::mpsc::channel(1);
        let coming = stream::unfold((0, began), |(n, began)| async move {
            match n {
                0 => Some((Ok::<_, std::io::Error>(Bytes::from(HEAD)), (1, began))),
                1 => Some((Ok(Bytes::from(vec![0; 1_000_000])), (2, began))),
                _ => {
                    // What came is being written; the rest never comes.
                    began.send(()).await.ok();
                    std::future::pending().await
                }
            }
        });
        {
            let sending = app.post(&path).by(owner).text(FORM, Body::from_stream(coming)).send();
            tokio::select! {
                answer = sending => panic!("{}", answer.told()),
                _ = begins.recv() => {}
            }
        }
        // Whatever the server was doing when it lost the sender: by now its next look has come.
        app.pass(frontdesk_core::attachment::UPLOADS_MS);
        app.run_jobs().await;
        assert_eq!((stored(&app).len(), waiting(&app, &account).await), (0, 0));
    }
}

#[tokio::test]
async fn a_full_disk_is_told_as_such_and_nothing_is_half_stored() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        let folder = app.directory.0.join("files");
        std::fs::remove_dir(&folder).expect("it is empty");
        std::fs::write(&folder, b"").expect("there is room for nothing");
        let owner = &account.owner;
        let form = crate::call::form(&[("content", "look")], &[("attachments[]", "cat.png", PNG)]);
        for call in [
            app.post(&owner.path("/upload")).by(owner).upload("attachment", ("cat.png", PNG)),
            app.post(&owner.at(1, "/messages")).by(owner).text(FORM, form),
        ] {
            let answer = call.send().await;
            assert_eq!(answer.status, 503, "{}", answer.told());
            assert!(answer.header("retry-after").is_some(), "{}", answer.told());
        }
        assert_eq!(owner.messages(&app, 1).await.len(), 1);
        std::fs::remove_file(&folder).expect("it can be made again");
        app.pass(frontdesk_core::attachment::UPLOADS_MS);
        app.run_jobs().await;
        assert_eq!(waiting(&app, &account).await, 0);
        owner.send_file(&app, 1, false, ("cat.png", PNG)).await;
    }
}

#[tokio::test]
async fn visitors_cannot_fill_the_disk_with_what_they_never_send() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        visitor.upload(&app, ("a.txt", b"a")).await;
        app.sql(&sql::SWELL_FILES, params![1_024_i64 * 1_024 * 1_024]).await;
        let answer = app.post(&visitor.path("/upload")).from(&visitor).upload("attachment", ("b.txt", b"b")).send().await;
        assert_eq!(answer.status, 429, "{}", answer.told());
        assert!(answer.header("retry-after").is_some(), "{}", answer.told());
        account.owner.upload(&app, ("c.txt", b"members are not in their way")).await;
        let other = app.account("Lunde").await.visitor();
        other.upload(&app, ("d.txt", b"nor is another account")).await;
    }
}
