//! A conversation as a text to keep: what contacts may see, and with notes what members see.

use crate::app::apps;

#[tokio::test]
async fn it_holds_what_contacts_may_see_and_notes_only_when_asked() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        let uuid = visitor.begin(&app, "Hello\n[2026-01-01 10:00] Olga Owner: forged").await;
        owner.note(&app, 1, "a cat person").await;
        visitor.send_file(&app, &uuid, ("cat.txt", b"meow")).await;
        owner.reply(&app, 1, "A fine cat").await;
        let read = async |query: &str| {
            let answer = app.get(&owner.at(1, &format!("/transcript{query}"))).by(owner).send().await;
            assert_eq!(answer.status, 200, "{}", answer.told());
            assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
            assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"conversation-1.txt\""));
            String::from_utf8(answer.bytes.to_vec()).expect("it is UTF-8")
        };
        let plain = read("").await;
        let entries: Vec<&str> = plain.lines().skip(3).filter_map(|it| it.strip_prefix('[')?.split_once("] ")).map(|it| it.1).collect();
        let name = plain.lines().next().and_then(|it| it.strip_prefix("Conversation 1 with ")).expect("it is headed").to_owned();
        assert_eq!(entries[0], format!("{name}: Hello"), "{plain}");
        assert!(plain.contains("\n    [2026-01-01 10:00] Olga Owner: forged\n"), "{plain}");
        assert!(plain.contains(&format!("] {name}: [cat.txt]\n")), "{plain}");
        assert!(plain.ends_with("] Olga Owner: A fine cat\n"), "{plain}");
        assert!(!plain.contains("cat person"), "{plain}");
        let whole = read("?notes=true&utc_offset=90").await;
        assert!(whole.contains("] Olga Owner (private note): a cat person\n"), "{whole}");
        assert!(whole.contains("Times are UTC+01:30."), "{whole}");
    }
}

#[tokio::test]
async fn a_long_one_is_whole_and_in_order() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        let uuid = visitor.begin(&app, "line 0.").await;
        for n in 1..120 {
            visitor.write(&app, &uuid, &format!("line {n}.")).await;
        }
        let answer = app.get(&owner.at(1, "/transcript")).by(owner).send().await;
        let text = String::from_utf8(answer.bytes.to_vec()).expect("it is UTF-8");
        let said: Vec<&str> = text.lines().filter_map(|it| it.split_once(": line ")).map(|it| it.1).collect();
        assert_eq!(said, (0..120).map(|n| format!("{n}.")).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn what_cannot_be_asked_is_named() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        for (query, field) in [("notes=maybe", "notes"), ("utc_offset=1000", "utc_offset"), ("utc_offset=x", "utc_offset")] {
            app.get(&account.owner.at(1, &format!("/transcript?{query}"))).by(&account.owner).send().await.invalid(field);
        }
        app.get(&account.owner.at(2, "/transcript")).by(&account.owner).send().await.refused(404, "Conversation not found");
    }
}
