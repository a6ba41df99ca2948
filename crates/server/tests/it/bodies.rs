//! Bodies as clients really send them: flat, nested under their noun, as forms (API.md).

use serde_json::{Value, json};

use crate::app::apps;

fn multipart(fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    fields.iter().map(part).collect::<String>() + "--b--\r\n"
}

#[tokio::test]
async fn a_message_may_come_in_any_form() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        let path = account.owner.at(1, "/messages");
        let (json_type, form_type, multipart_type) =
            ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b");
        let forms = [
            (json_type, r#"{"content":"a b","private":false,"echo_id":"N"}"#.to_owned()),
            (json_type, r#"{"message":{"content":"a b","private":false},"echo_id":"N"}"#.to_owned()),
            (
                json_type,
                r#"{"content":"a b","private":"false","echo_id":"N","content_type":"text","extra":{"x":[1]},"template_params":null}"#
                    .to_owned(),
            ),
            (form_type, "content=a+b&private=false&echo_id=N".to_owned()),
            (form_type, "message%5Bcontent%5D=a%20b&message[private]=0&echo_id=N".to_owned()),
            (multipart_type, multipart(&[("content", "a b"), ("private", "false"), ("echo_id", "N"), ("message_type", "outgoing")])),
            (multipart_type, multipart(&[("message[content]", "a b"), ("message[echo_id]", "N"), ("message[private]", "")])),
        ];
        for (n, (kind, body)) in forms.iter().enumerate() {
            let key = format!("key{n}");
            let sent = app.post(&path).by(&account.owner).text(kind, body.replace('N', &key)).ok().await;
            assert_eq!((&sent["content"], &sent["private"], &sent["echo_id"]), (&json!("a b"), &json!(false), &json!(key)), "{body}");
        }
        for (kind, body) in
            [(form_type, "content=x&private=true".to_owned()), (multipart_type, multipart(&[("content", "x"), ("private", "1")]))]
        {
            assert_eq!(app.post(&path).by(&account.owner).text(kind, body).ok().await["private"], true);
        }
    }
}

#[tokio::test]
async fn a_contact_and_a_conversation_may_be_nested_under_their_noun() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        let id = |it: &Value| it["payload"]["contact"]["id"].clone();
        let ann = id(&owner.post(&app, "/contacts", &json!({ "contact": { "name": "Ann" } })).await);
        let form = format!("inbox_id={}&contact_id={ann}&message[content]=hello", account.inbox);
        let begun = app.post(&owner.path("/conversations")).by(owner).text("application/x-www-form-urlencoded", form).ok().await;
        assert_eq!((&begun["messages"][0]["content"], &begun["meta"]["sender"]["name"]), (&json!("hello"), &json!("Ann")));
        let nested = json!({ "conversation": { "inbox_id": account.inbox.to_string(), "contact_id": ann } });
        assert_eq!(owner.post(&app, "/conversations", &nested).await["id"], 2);
    }
}

#[tokio::test]
async fn a_form_that_makes_no_sense_is_refused() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        let path = account.owner.at(1, "/messages");
        let ask = async |kind: &str, body: &str| app.post(&path).by(&account.owner).text(kind, body.to_owned()).send().await;
        for (kind, body) in [
            ("multipart/form-data", "content=x"),
            ("multipart/form-data; boundary=b", "no part"),
            ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\nbroken off"),
        ] {
            assert_eq!(ask(kind, body).await.status, 400, "{kind} {body}");
        }
        ask("application/x-www-form-urlencoded", "content=a%00b").await.invalid("content");
        ask("application/x-www-form-urlencoded", "content=x&private=perhaps").await.invalid("private");
        ask("application/x-www-form-urlencoded", "content[]=x").await.invalid("content");
        ask("application/x-www-form-urlencoded", "content[a][b]=x").await.invalid("content");
        let file =
            "--b\r\nContent-Disposition: form-data; name=\"avatar\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nPNG\r\n--b--\r\n";
        // Told, not dropped: a message must not lose what came with it.
        ask("multipart/form-data; boundary=b", file).await.invalid("avatar");
    }
}

#[tokio::test]
async fn reading_with_a_content_type_and_deleting_with_a_body_is_normal() {
    for app in apps().await {
        let account = app.account("Halden").await;
        app.get(&account.owner.path("/agents")).by(&account.owner).text("application/json", "").ok().await;
        app.call("DELETE", "/api/v1/session").by(&account.owner).json(&json!({})).send().await.ok_empty();
        account.visitor().begin(&app, "hello").await;
        app.post(&account.owner.at(1, "/update_last_seen")).by(&account.owner).text("application/json", "").ok().await;
        app.post(&account.owner.at(1, "/join")).by(&account.owner).ok().await;
    }
}
