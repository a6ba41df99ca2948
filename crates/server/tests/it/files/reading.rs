//! Reading files: by whom the message is for, whole or in ranges, and never run.

use serde_json::json;

use super::PNG;
use crate::app::{TestApp, apps};
use crate::people::{Account, Visitor};
use crate::sql;

/// Where members and the visitor read a file of the member's message.
async fn sent(app: &TestApp, account: &Account, visitor: &Visitor, file: (&str, &[u8])) -> (String, String) {
    let message = account.owner.send_file(app, 1, false, file).await;
    let session = visitor.session(app).await;
    let seen = session["messages"].as_array().and_then(|it| it.last()).expect("there are messages").clone();
    let url = |it: &serde_json::Value| it["attachments"][0]["data_url"].as_str().expect("an address").to_owned();
    (url(&message), url(&seen))
}

#[tokio::test]
async fn a_file_comes_back_as_it_went_and_is_never_run() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        visitor.begin(&app, "hello").await;
        let html = b"<!DOCTYPE html><script>alert(1)</script>".repeat(100);
        for (name, bytes, content_type, in_place) in [
            ("cat \"x\".png", PNG, "image/png", true),
            ("page.png", &html, "application/octet-stream", false),
            ("drawing.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "application/octet-stream", false),
            ("notes.txt", &b"words ".repeat(1_000), "text/plain", false),
        ] {
            let (url, theirs) = sent(&app, &account, &visitor, (&name.replace('"', "%22"), bytes)).await;
            let member = || app.get(&url).by(&account.owner);
            for (answer, is_picture) in [
                (member().send().await, false),
                (member().header("sec-fetch-dest", "image").header("accept-encoding", "gzip").send().await, in_place),
                (member().header("sec-fetch-dest", "document").send().await, false),
                (app.get(&theirs).from(&visitor).send().await, false),
                (app.get(&theirs).from(&visitor).header("sec-fetch-dest", "image").send().await, in_place),
            ] {
                assert_eq!((answer.status, &answer.bytes[..]), (200, bytes), "{name}");
                assert_eq!(answer.header("content-type"), Some(content_type), "{name}");
                assert_eq!(answer.header("content-length"), Some(bytes.len().to_string().as_str()), "{name}");
                assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
                assert_eq!(answer.header("content-security-policy"), Some("sandbox; default-src 'none'"));
                assert_eq!(answer.header("cache-control"), Some("private, max-age=31536000, immutable"));
                assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"));
                assert_eq!(answer.header("content-encoding"), None);
                let disposition = answer.header("content-disposition").expect("it says how it is shown");
                assert_eq!(disposition.starts_with("inline;"), is_picture, "{name}: {disposition}");
                assert!(is_picture || disposition.starts_with("attachment;"), "{name}: {disposition}");
            }
        }
    }
}

#[tokio::test]
async fn a_file_is_read_in_ranges_and_not_twice() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        visitor.begin(&app, "hello").await;
        let (url, _) = sent(&app, &account, &visitor, ("digits.txt", b"0123456789")).await;
        let ask = async |headers: &[(&str, &str)]| {
            headers.iter().fold(app.get(&url).by(&account.owner), |call, (name, value)| call.header(name, value)).send().await
        };
        let whole = ask(&[]).await;
        let tag = whole.header("etag").expect("a file has a tag").to_owned();
        assert_eq!(whole.header("accept-ranges"), Some("bytes"));
        for (range, bytes, told) in
            [("bytes=0-3", "0123", "bytes 0-3/10"), ("bytes=7-", "789", "bytes 7-9/10"), ("bytes=-2", "89", "bytes 8-9/10")]
        {
            let part = ask(&[("range", range)]).await;
            assert_eq!((part.status, &part.bytes[..], part.header("content-range")), (206, bytes.as_bytes(), Some(told)), "{range}");
            assert_eq!(part.header("content-length"), Some(bytes.len().to_string().as_str()));
        }
        let outside = ask(&[("range", "bytes=10-")]).await;
        assert_eq!((outside.status, outside.header("content-range")), (416, Some("bytes */10")));
        assert_eq!(ask(&[("range", "bytes=0-1,4-5")]).await.bytes.len(), 10);
        assert_eq!(ask(&[("range", "bytes=0-1"), ("if-range", &tag)]).await.status, 206);
        assert_eq!(ask(&[("range", "bytes=0-1"), ("if-range", "\"other\"")]).await.status, 200);
        for known in [tag.clone(), format!("\"a\", W/{tag}")] {
            let again = ask(&[("if-none-match", &known)]).await;
            assert_eq!((again.status, again.bytes.len(), again.header("etag")), (304, 0, Some(tag.as_str())));
        }
        let head = app.call("HEAD", &url).by(&account.owner).send().await;
        assert_eq!((head.status, head.bytes.len(), head.header("content-length")), (200, 0, Some("10")));
    }
}

#[tokio::test]
async fn only_whom_the_message_is_for_reads_its_files() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (agent, elsewhere) = (app.agent(&account, "Maya").await, app.agent(&account, "Ben").await);
        let suspended = app.agent(&account, "Sue").await;
        let stranger = app.account("Lunde").await;
        app.sql(&sql::SUSPEND, frontdesk_store::params![account.id, suspended.id]).await;
        app.sql(&sql::LEAVE_INBOX, frontdesk_store::params![account.inbox, elsewhere.id]).await;
        let (visitor, other) = (account.visitor(), account.visitor());
        visitor.begin(&app, "hello").await;
        other.begin(&app, "hello").await;
        let outside = stranger.visitor();
        outside.begin(&app, "hello").await;

        let (url, theirs) = sent(&app, &account, &visitor, ("a.txt", b"a")).await;
        let note = account.owner.send_file(&app, 1, true, ("secret.txt", b"secret")).await;
        let note_url = note["attachments"][0]["data_url"].as_str().expect("an address").to_owned();
        for url in [&url, &note_url] {
            for reader in [&account.owner, &agent] {
                assert_eq!(app.get(url).by(reader).send().await.status, 200, "{url} by {}", reader.name);
            }
            app.get(url).by(&elsewhere).send().await.refused(404, "Attachment not found");
            for reader in [&suspended, &stranger.owner] {
                app.get(url).by(reader).send().await.refused(404, "Resource could not be found");
            }
            assert_eq!(app.get(url).send().await.status, 401);
            assert_eq!(app.get(url).from(&visitor).send().await.status, 401);
            // By the path of an account that the asker is in.
            let moved = url.replace(&format!("/accounts/{}/", account.id), &format!("/accounts/{}/", stranger.id));
            app.get(&moved).by(&stranger.owner).send().await.refused(404, "Attachment not found");
        }
        assert_eq!(app.get(&theirs).from(&visitor).send().await.status, 200);
        app.get(&theirs).from(&other).send().await.refused(404, "Attachment not found");
        let moved = theirs.replace(&visitor.website_token, &outside.website_token);
        app.get(&moved).from(&outside).send().await.refused(404, "Attachment not found");
        assert_eq!(app.get(&theirs).send().await.status, 401);

        // A note's file has a uuid too, and no contact reads it even by that.
        let uuid = app.first_text(&sql::UUID_OF_FILE, frontdesk_store::params![note["attachments"][0]["id"].as_i64()]).await;
        app.get(&visitor.path(&format!("/attachments/{uuid}/secret.txt"))).from(&visitor).send().await.refused(404, "Attachment not found");
        // Nor is a file read before its message is sent.
        let path = account.owner.path("/attachments/999999/a.txt");
        app.get(&path).by(&account.owner).send().await.refused(404, "Attachment not found");
        app.get(&account.owner.path("/attachments/x/a.txt")).by(&account.owner).send().await.refused(404, "Attachment not found");
        assert!(!visitor.session(&app).await.to_string().contains("secret"), "{}", json!(note));
    }
}
