//! The end of files: never sent, or left by their message.

use frontdesk_core::attachment::WAITS_MS;
use frontdesk_store::params;

use super::{PNG, stored};
use crate::app::apps;
use crate::sql;

#[tokio::test]
async fn an_upload_that_is_never_sent_goes_after_a_day() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "hello").await;
        let blob = account.owner.upload(&app, ("never.txt", b"sent")).await;
        visitor.upload(&app, ("never.txt", b"either")).await;
        visitor.send_file(&app, &uuid, ("cat.png", PNG)).await;
        app.pass(WAITS_MS - 1);
        app.run_jobs().await;
        assert_eq!(stored(&app).len(), 3);
        app.pass(1);
        app.run_jobs().await;
        assert_eq!(stored(&app).len(), 1, "what was sent stays");
        let message = serde_json::json!({ "attachments": [blob] });
        app.post(&account.owner.at(1, "/messages")).by(&account.owner).json(&message).send().await.no_attachment();
        let url = account.owner.messages(&app, 1).await[1]["attachments"][0]["data_url"].as_str().unwrap_or_default().to_owned();
        assert_eq!(&app.get(&url).by(&account.owner).send().await.bytes[..], PNG);
    }
}

#[tokio::test]
async fn a_file_goes_with_its_conversation() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (gone, stays) = (account.visitor(), account.visitor());
        for visitor in [&gone, &stays] {
            let uuid = visitor.begin(&app, "hello").await;
            visitor.send_file(&app, &uuid, ("cat.png", PNG)).await;
        }
        let url = account.owner.messages(&app, 1).await[1]["attachments"][0]["data_url"].as_str().unwrap_or_default().to_owned();
        app.sql(&sql::DELETE_CONVERSATION, params![account.id, 1]).await;
        app.get(&url).by(&account.owner).send().await.refused(404, "Attachment not found");
        app.run_jobs().await;
        assert_eq!(stored(&app).len(), 1);
    }
}

#[tokio::test]
async fn files_that_no_row_knows_go_unless_they_are_most_of_all() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "hello").await;
        for _ in 0..2 {
            visitor.send_file(&app, &uuid, ("cat.png", PNG)).await;
        }
        let folder = app.directory.0.join("files/attachments/ff");
        std::fs::create_dir_all(&folder).expect("there is room");
        let unknown = |n: usize| std::fs::write(folder.join(format!("ff{n}")), b"?").expect("there is room");
        unknown(1);
        // The disk's own clock says how old a file is.
        app.clock.set(frontdesk::Clock::system().now().plus(10 * WAITS_MS));
        app.run_jobs().await;
        assert_eq!(stored(&app).len(), 2);
        (0..3).for_each(unknown);
        app.run_jobs().await;
        assert_eq!(stored(&app).len(), 5, "with another database all would be unknown");
    }
}
