//! Contacts: finding, changing, merging and deleting them.

use frontdesk_store::params;
use serde_json::{Value, json};

use crate::app::{TestApp, apps};
use crate::people::{Account, Member, column, list};
use crate::shape::assert_shape;
use crate::shapes;
use crate::socket::Heard;
use crate::sql;

async fn make(app: &TestApp, owner: &Member, body: &Value) -> Value {
    owner.post(app, "/contacts", body).await["payload"]["contact"].clone()
}

async fn names(app: &TestApp, owner: &Member, rest: &str) -> Vec<Value> {
    column(&list(&owner.get(app, rest).await["payload"]), "name")
}

async fn sender(app: &TestApp, account: &Account, number: i64) -> Value {
    account.owner.conversation(app, number).await["meta"]["sender"].clone()
}

#[tokio::test]
async fn contacts_are_found_sorted_and_filtered() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        let people = [
            json!({ "name": "Åse Berg", "email": "ase@berg.example", "custom_attributes": { "plan": "gold" } }),
            json!({ "name": "Bob 100%", "phone_number": "+47 99 88" }),
            json!({ "name": "anna", "identifier": "CRM_7", "inbox_id": account.inbox }),
        ];
        for person in &people {
            make(&app, owner, person).await;
            app.pass(1_000);
        }
        for (words, found) in [
            ("%C3%A5SE", json!(["Åse Berg"])),
            ("99+88", json!(["Bob 100%"])),
            ("100%25", json!(["Bob 100%"])),
            ("crm_", json!(["anna"])),
            ("B", json!(["Bob 100%", "Åse Berg"])),
            ("_", json!(["anna"])),
            ("nobody", json!([])),
        ] {
            assert_eq!(json!(names(&app, owner, &format!("/contacts/search?q={words}")).await), found, "{words}");
        }
        assert_eq!(names(&app, owner, "/contacts").await, ["anna", "Bob 100%", "Åse Berg"]);
        assert_eq!(names(&app, owner, "/contacts?sort=created_at").await, ["Åse Berg", "Bob 100%", "anna"]);
        assert_eq!(names(&app, owner, "/contacts?sort=name").await[0], "anna");
        assert_eq!(names(&app, owner, "/contacts?sort=-email").await[0], "Åse Berg", "those without come last");
        let found = owner.get(&app, "/contacts/search?q=anna").await;
        let place = json!([{ "source_id": "text", "hmac_verified": "bool", "inbox": shapes::inbox() }]);
        assert_shape(&found, &json!({ "meta": { "count": 1, "current_page": 1 }, "payload": [shapes::contact(&place)] }));

        let filter = async |payload: Value| owner.post(&app, "/contacts/filter", &json!({ "payload": payload })).await;
        let gold = json!([{ "attribute_key": "custom_attributes.plan", "filter_operator": "equal_to", "values": ["Gold"], "query_operator": "OR" },
            { "attribute_key": "name", "filter_operator": "contains", "values": ["ANN"] }]);
        let found = filter(gold).await;
        assert_eq!(
            (column(&list(&found["payload"]), "name"), &found["meta"]["count"]),
            (vec![json!("anna"), json!("Åse Berg")], &json!(2))
        );
        let unknown = json!({ "payload": [{ "attribute_key": "city", "filter_operator": "equal_to", "values": ["Oslo"] }] });
        let answer = app.post(&owner.path("/contacts/filter")).by(owner).json(&unknown).send().await;
        answer.invalid("attribute_key");
        assert!(answer.json()["message"].as_str().is_some_and(|it| it.contains("phone_number")), "{}", answer.told());
    }
}

#[tokio::test]
async fn a_contact_is_changed_and_members_hear_of_it() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, maya) = (&account.owner, app.agent(&account, "Maya").await);
        let ann = make(&app, owner, &json!({ "name": "Ann", "email": "ann@example.com", "custom_attributes": { "a": 1 } })).await;
        let bob = make(&app, owner, &json!({ "name": "Bob", "email": "bob@example.com" })).await;
        let path = owner.path(&format!("/contacts/{}", ann["id"]));
        let mut desk = app.follow(owner).await;
        let body =
            json!({ "contact": { "name": " Anna ", "phone_number": "+47 1", "custom_attributes": { "b": [2] }, "identifier": null } });
        let changed = app.call("PUT", &path).by(&maya).json(&body).ok().await["payload"].clone();
        assert_eq!(
            json!([changed["name"], changed["email"], changed["phone_number"], changed["custom_attributes"]]),
            json!(["Anna", "ann@example.com", "+47 1", { "a": 1, "b": [2] }])
        );
        assert_eq!(desk.event("contact_updated").await["event"]["contact"]["name"], "Anna");
        let before = app.cursor(&account).await;
        app.call("PATCH", &path).by(&maya).json(&json!({ "name": "Anna" })).ok().await;
        assert_eq!(app.cursor(&account).await, before, "what is so already is no news");
        let cleared = app.call("PATCH", &path).by(&maya).json(&json!({ "phone_number": "" })).ok().await;
        assert_eq!(cleared["payload"]["phone_number"], json!(null));
        let without = json!({ "custom_attributes": { "a": null, "never": null } });
        let without = app.call("PATCH", &path).by(&maya).json(&without).ok().await;
        assert_eq!(without["payload"]["custom_attributes"], json!({ "b": [2] }), "null takes one away");
        app.call("PATCH", &path).by(&maya).json(&json!({ "email": bob["email"] })).send().await.invalid("email");
        for (field, value) in
            [("email", json!("no address")), ("name", json!(5)), ("custom_attributes", json!({ "a": "x".repeat(20_000) }))]
        {
            app.call("PATCH", &path).by(&maya).json(&json!({ field: value })).send().await.invalid(field);
        }
        assert_eq!(names(&app, owner, "/contacts/search?q=anna").await, ["Anna"], "found under the new name");
    }
}

#[tokio::test]
async fn places_in_inboxes_and_conversations_are_listed() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        let (shop, _) = app.inbox(&account, "Shop").await;
        let ann = make(&app, owner, &json!({ "name": "Ann" })).await;
        let own = |rest: &str| format!("/contacts/{}{rest}", ann["id"]);
        let place = owner.post(&app, &own("/contact_inboxes"), &json!({ "inbox_id": shop.0, "source_id": "s-1" })).await;
        assert_shape(&place, &json!({ "source_id": "=s-1", "hmac_verified": "bool", "inbox": shapes::inbox() }));
        let taken = json!({ "inbox_id": shop.0, "source_id": "s-1" });
        app.post(&owner.path(&own("/contact_inboxes"))).by(owner).json(&taken).send().await.invalid("source_id");
        let nowhere = json!({ "inbox_id": 999_999 });
        app.post(&owner.path(&own("/contact_inboxes"))).by(owner).json(&nowhere).send().await.refused(404, "Inbox not found");
        assert_eq!(owner.get(&app, &own("/contactable_inboxes")).await, json!({ "payload": [place] }));
        owner.post(&app, "/conversations", &json!({ "inbox_id": shop.0, "contact_id": ann["id"] })).await;
        let found = owner.get(&app, &own("/conversations")).await;
        assert_eq!(found, json!({ "payload": [owner.conversation(&app, 1).await] }));
    }
}

#[tokio::test]
async fn merging_moves_everything_and_devices_reload() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        let (laptop, phone) = (account.visitor(), account.visitor());
        let uuid = laptop.begin(&app, "from the laptop").await;
        phone.begin(&app, "from the phone").await;
        owner.reply(&app, 1, "hello").await;
        let (base, other) = (sender(&app, &account, 1).await["id"].clone(), sender(&app, &account, 2).await["id"].clone());
        let own = |id: &Value, rest: &str| format!("/contacts/{id}{rest}");
        owner.post(&app, &own(&base, "/labels"), &json!({ "labels": ["vip"] })).await;
        owner.post(&app, &own(&other, "/labels"), &json!({ "labels": ["bug", "vip"] })).await;
        let path = owner.path(&own(&other, ""));
        app.call("PATCH", &path).by(owner).json(&json!({ "email": "ann@example.com", "custom_attributes": { "plan": "gold" } })).ok().await;
        let counts = owner.get(&app, "/conversations/meta").await;
        let (epoch, cursor) = (app.epoch(&account).await, crate::people::number(&laptop.session(&app).await["cursor"]));
        let (mut desk, mut laptop_line, mut phone_line) =
            (app.follow(owner).await, app.follow_as(&laptop).await, app.follow_as(&phone).await);
        let body = json!({ "base_contact_id": base, "mergee_contact_id": other });
        let merged = owner.post(&app, "/actions/contact_merge", &body).await;
        assert_eq!(
            json!([merged["id"], merged["email"], merged["labels"], merged["custom_attributes"]]),
            json!([base, "ann@example.com", ["bug", "vip"], { "plan": "gold" }])
        );
        assert_eq!(merged["contact_inboxes"].as_array().map(Vec::len), Some(2));
        let told = desk.event("contact_deleted").await;
        assert_eq!((&told["event"]["contact_id"], &told["event"]["merged_into"]["id"]), (&other, &base));
        for line in [&mut laptop_line, &mut phone_line] {
            assert_eq!(line.hear().await, Heard::End(Some(4004)), "what it followed is no more");
        }
        let mut back = app.connect().await;
        back.send(&crate::socket::visitor_hello(&laptop, Some(&epoch), Some(cursor))).await;
        let standing = back.expect("reload").await;
        let mut fresh = app.follow_as(&phone).await;
        assert_eq!(sender(&app, &account, 2).await["id"], base);
        assert_eq!(owner.get(&app, &own(&base, "/conversations")).await["payload"].as_array().map(Vec::len), Some(2));
        assert_eq!(owner.get(&app, "/conversations/meta").await, counts);
        app.get(&path).by(owner).send().await.refused(404, "Contact not found");
        // Both devices are one person now, with one numbered view; and a website vouches for both.
        app.sql(&sql::VERIFY, params![crate::people::number(&base)]).await;
        phone.write(&app, &uuid, "from the phone, in the laptop's").await;
        for line in [&mut back, &mut fresh] {
            let heard = line.event("message_created").await;
            assert_eq!(heard["seq"], crate::people::number(&standing["cursor"]) + 1);
            assert_eq!(heard["event"]["message"]["from"], "me");
        }
        for (field, body) in [
            ("mergee_contact_id", json!({ "base_contact_id": base, "mergee_contact_id": base })),
            ("mergee_contact_id", json!({ "base_contact_id": base })),
        ] {
            app.post(&owner.path("/actions/contact_merge")).by(owner).json(&body).send().await.invalid(field);
        }
        app.post(&owner.path("/actions/contact_merge"))
            .by(owner)
            .json(&json!({ "base_contact_id": base, "mergee_contact_id": other }))
            .send()
            .await
            .refused(404, "Contact not found");
    }
}

#[tokio::test]
async fn deleting_a_contact_deletes_what_they_wrote() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor, another) = (&account.owner, account.visitor(), account.visitor());
        let uuid = visitor.begin(&app, "a secret of mine").await;
        another.begin(&app, "hello").await;
        owner.reply(&app, 1, "I will keep it").await;
        let id = sender(&app, &account, 1).await["id"].clone();
        let (mut desk, mut chat) = (app.follow(owner).await, app.follow_as(&visitor).await);
        app.call("DELETE", &owner.path(&format!("/contacts/{id}"))).by(owner).send().await.ok_empty();
        let told = desk.event("contact_deleted").await;
        assert_eq!((&told["event"]["contact_id"], &told["event"]["merged_into"]), (&id, &json!(null)));
        assert_eq!(chat.hear().await, Heard::End(Some(4501)));
        app.get(&owner.at(1, "")).by(owner).send().await.refused(404, "Conversation not found");
        let listed = owner.get(&app, "/conversations?status=all").await;
        assert_eq!(listed["data"]["meta"], json!({ "mine_count": 0, "assigned_count": 0, "unassigned_count": 1, "all_count": 1 }));
        assert_eq!(visitor.session(&app).await["contact"], json!(null), "the browser is unknown again");
        let path = visitor.path(&format!("/conversations/{uuid}/messages"));
        app.get(&path).from(&visitor).send().await.refused(401, "Invalid Access Token");
        visitor.begin(&app, "as a stranger").await;
        assert_ne!(sender(&app, &account, 3).await["id"], id);
        let mut late = app.connect().await;
        let (epoch, cursors) = (app.epoch(&account).await, json!({ account.id.to_string(): 0 }));
        late.send(&crate::socket::hello(owner, Some(&epoch), &cursors)).await;
        late.expect("resumed").await;
        assert!(!json!(late.until_check().await).to_string().contains("a secret of mine"), "the log holds no text");
    }
}

#[tokio::test]
async fn conversations_are_filtered_by_conditions() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, maya) = (&account.owner, app.agent(&account, "Maya").await);
        for _ in 0..3 {
            account.visitor().begin(&app, "hello").await;
            app.pass(1_000);
        }
        owner.post(&app, "/conversations/1/assignments", &json!({ "assignee_id": maya.id })).await;
        owner.post(&app, "/conversations/2/labels", &json!({ "labels": ["vip"] })).await;
        owner.set_status(&app, 3, "resolved").await;
        let filter = async |payload: Value| owner.post(&app, "/conversations/filter", &json!({ "payload": payload })).await["data"].clone();
        let condition =
            |key: &str, operator: &str, values: Value| json!({ "attribute_key": key, "filter_operator": operator, "values": values });
        for (conditions, ids) in [
            (json!([condition("status", "equal_to", json!(["open"]))]), json!([1, 2])),
            (json!([condition("assignee_id", "equal_to", json!([maya.id]))]), json!([1])),
            (json!([condition("labels", "is_present", json!(null))]), json!([2])),
            (json!([condition("status", "not_equal_to", json!(["open", "pending"]))]), json!([3])),
            (
                json!([condition("display_id", "is_greater_than", json!("1")), condition("labels", "not_equal_to", json!(["vip"]))]),
                json!([3]),
            ),
        ] {
            let found = filter(conditions.clone()).await;
            let mut shown = column(&list(&found["payload"]), "id");
            shown.sort_by_key(Value::as_i64);
            assert_eq!((json!(shown), &found["meta"]["all_count"]), (ids.clone(), &json!(ids.as_array().map(Vec::len))), "{conditions}");
        }
        let one = filter(json!([condition("assignee_id", "is_present", json!([]))])).await;
        assert_shape(&one["payload"], &json!([shapes::conversation()]));
        for (field, bad) in [
            ("attribute_key", condition("team_id", "equal_to", json!([1]))),
            ("filter_operator", condition("status", "resembles", json!(["open"]))),
            ("values", condition("status", "equal_to", json!([]))),
        ] {
            let body = json!({ "payload": [bad] });
            app.post(&owner.path("/conversations/filter")).by(owner).json(&body).send().await.invalid(field);
        }
        app.post(&owner.path("/conversations/filter")).by(owner).json(&json!({ "payload": [] })).send().await.invalid("payload");
    }
}
