//! Messages with files: each file goes with one message of its uploader, once.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{PNG, stored};
use crate::app::apps;
use crate::call::form;
use crate::people::{column, list};
use crate::shape::assert_shape;
use crate::shapes;

const FORM: &str = "multipart/form-data; boundary=b";

#[tokio::test]
async fn a_message_may_be_a_file_alone_and_everybody_hears_of_it() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        // A browser that has not written yet may upload.
        let blob = visitor.upload(&app, ("cat.png", PNG)).await;
        let opening = json!({ "key": "k", "echo_id": "e", "attachments": [blob] });
        let begun = app.post(&visitor.path("/conversations")).from(&visitor).json(&opening).ok().await;
        assert_shape(&begun["message"], &shapes::visitor_message());
        assert_eq!((&begun["message"]["content"], begun["message"]["attachments"].as_array().map(Vec::len)), (&json!(""), Some(1)));
        assert_eq!(app.post(&visitor.path("/conversations")).from(&visitor).json(&opening).ok().await["message"], begun["message"]);

        let shown = account.owner.conversation(&app, 1).await;
        let file = &shown["last_non_activity_message"]["attachments"][0];
        assert_shape(file, &shapes::attachment());
        let url = format!("/api/v1/accounts/{}/attachments/{}/cat.png", account.id, file["id"]);
        assert_eq!((&file["data_url"], &file["thumb_url"], &file["extension"]), (&json!(url), &json!(url), &json!("png")));
        assert_eq!(&account.owner.messages(&app, 1).await[0]["attachments"][0], file);

        let mut member = app.follow(&account.owner).await;
        let mut contact = app.follow_as(&visitor).await;
        let uuid = begun["conversation"]["id"].as_str().unwrap_or_default().to_owned();
        visitor.send_file(&app, &uuid, ("notes.txt", b"words")).await;
        let told = member.events(1).await;
        assert_eq!(told[0]["event"]["message"]["attachments"][0]["file_name"], "notes.txt");
        let told = contact.events(1).await;
        let name = &told[0]["event"]["message"]["attachments"][0];
        assert_eq!(name["file_type"], "file");
        assert!(name["data_url"].as_str().is_some_and(|it| it.starts_with(&visitor.path("/attachments/"))), "{name}");
    }
}

#[tokio::test]
async fn a_client_library_sends_files_in_the_message_itself() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        let path = account.owner.at(1, "/messages");
        let send = async |body: Vec<u8>| app.post(&path).by(&account.owner).text(FORM, body).send().await;
        let both: [(&str, &str, &[u8]); 2] = [("attachments[]", "cat.png", PNG), ("attachments[]", "b.txt", b"words")];
        let sent = send(form(&[("content", "look"), ("echo_id", "k")], &both)).await.ok();
        assert_eq!(column(&list(&sent["attachments"]), "file_name"), ["cat.png", "b.txt"]);
        // Sent again, with the files anew: the same message; with another file: not.
        assert_eq!(send(form(&[("content", "look"), ("echo_id", "k")], &both)).await.ok(), sent);
        send(form(&[("content", "look"), ("echo_id", "k")], &both[..1])).await.invalid("echo_id");
        send(form(&[("content", "look"), ("echo_id", "k")], &[both[1], both[0]])).await.invalid("echo_id");
        let nested = send(form(&[("message[content]", "")], &[("message[attachments][]", "c.txt", b"c")])).await.ok();
        assert_eq!((&nested["content"], nested["attachments"].as_array().map(Vec::len)), (&json!(""), Some(1)));
        let many: Vec<(&str, &str, &[u8])> = (0..11).map(|_| ("attachments[]", "x.txt", b"x".as_slice())).collect();
        send(form(&[], &many)).await.invalid("attachments");
        assert_eq!(send(form(&[], &many[..10])).await.ok()["attachments"].as_array().map(Vec::len), Some(10));
        // A visitor's page uploads first.
        let visitor = account.visitor();
        let body = form(&[("key", "k"), ("echo_id", "e")], &both);
        app.post(&visitor.path("/conversations")).from(&visitor).text(FORM, body).send().await.invalid("attachments");
    }
}

#[tokio::test]
async fn a_blob_is_its_uploaders_and_good_for_one_message() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let agent = app.agent(&account, "Maya").await;
        let stranger = app.account("Lunde").await;
        let (visitor, other) = (account.visitor(), account.visitor());
        let uuid = visitor.begin(&app, "hello").await;
        other.begin(&app, "hello").await;
        let mine = account.owner.upload(&app, ("a.txt", b"a")).await;
        for (path, by, blob) in [
            (account.owner.at(1, "/messages"), &account.owner, visitor.upload(&app, ("b.txt", b"b")).await),
            (account.owner.at(1, "/messages"), &account.owner, json!("A".repeat(43))),
            (account.owner.at(1, "/messages"), &account.owner, json!("\0")),
            (agent.at(1, "/messages"), &agent, mine.clone()),
            (account.owner.at(1, "/messages"), &account.owner, stranger.owner.upload(&app, ("c.txt", b"c")).await),
        ] {
            app.post(&path).by(by).json(&json!({ "content": "x", "attachments": [blob] })).send().await.no_attachment();
        }
        let path = visitor.path(&format!("/conversations/{uuid}/messages"));
        for blob in [&mine, &other.upload(&app, ("d.txt", b"d")).await] {
            let sent = json!({ "content": "x", "echo_id": "e", "attachments": [blob] });
            app.post(&path).from(&visitor).json(&sent).send().await.no_attachment();
        }

        let path = account.owner.at(1, "/messages");
        let send = async |body: Value| app.post(&path).by(&account.owner).json(&body).send().await;
        send(json!({ "attachments": [mine, mine] })).await.invalid("attachments");
        send(json!({ "attachments": vec![&mine; 11] })).await.invalid("attachments");
        let first = send(json!({ "attachments": [mine], "echo_id": "k" })).await.ok();
        assert_eq!(send(json!({ "attachments": [mine], "echo_id": "k" })).await.ok(), first);
        send(json!({ "attachments": [], "content": "x", "echo_id": "k" })).await.invalid("echo_id");
        send(json!({ "attachments": [mine] })).await.no_attachment();
        send(json!({ "attachments": [], "content": "" })).await.invalid("content");
        for wrong in [json!(5), json!([5]), json!({ "a": 1 }), json!([["x"]])] {
            send(json!({ "content": "x", "attachments": wrong })).await.invalid("attachments");
        }
    }
}

#[tokio::test]
async fn of_many_messages_that_take_one_file_at_once_one_gets_it() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        let blob = account.owner.upload(&app, ("a.txt", b"a")).await;
        let path = account.owner.at(1, "/messages");
        let send = |n: usize| {
            let body = json!({ "content": n.to_string(), "echo_id": format!("k{n}"), "attachments": [blob] });
            app.post(&path).by(&account.owner).json(&body).send()
        };
        let answers = join_all((0..16).map(send)).await;
        assert_eq!(answers.iter().filter(|it| it.status == 200).count(), 1);
        assert!(answers.iter().all(|it| it.status == 200 || it.status == 422));
        let messages = account.owner.messages(&app, 1).await;
        assert_eq!(messages.iter().filter(|it| it["attachments"].as_array().is_some_and(|it| !it.is_empty())).count(), 1);
        assert_eq!(stored(&app).len(), 1);
    }
}
