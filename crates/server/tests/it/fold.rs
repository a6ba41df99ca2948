//! Fold equals fetch: whoever starts with nothing, hears every event and applies it plainly, knows what a fresh fetch
//! shows, counters included. Stories come from seeds, with people who act at once and lines that break.

use std::collections::BTreeMap;

use frontdesk_core::event::Event;
use frontdesk_core::time::Millis;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::app::{TestApp, apps};
use crate::people::{Account, Member, Visitor, fresh, list, number};
use crate::random::Random;
use crate::socket::{Socket, hello, visitor_hello};

/// Rounds of a story; in each, up to four people act at once.
const ROUNDS: usize = 30;

/// What a member's dashboard knows.
#[derive(Default)]
struct Desk {
    conversations: BTreeMap<i64, Value>,
    messages: BTreeMap<i64, Vec<Value>>,
    read_counts: BTreeMap<i64, i64>,
    contacts: BTreeMap<i64, Value>,
    agents: BTreeMap<i64, Value>,
    labels: Vec<Value>,
    cursor: i64,
    /// Places of the log that were not told.
    silent: Vec<i64>,
}

impl Desk {
    fn apply(&mut self, frame: &Value) {
        let seq = number(&frame["seq"]);
        assert!(seq > self.cursor, "nothing is told twice: {frame}");
        self.silent.extend(self.cursor + 1..seq);
        self.cursor = seq;
        let event = &frame["event"];
        if let Some(conversation) = event.get("conversation") {
            let sender = &conversation["meta"]["sender"];
            self.contacts.insert(number(&sender["id"]), sender.clone());
            self.conversations.insert(number(&conversation["id"]), conversation.clone());
        }
        match event["kind"].as_str().expect("a kind") {
            "message_created" => {
                let message = &event["message"];
                let thread = self.messages.entry(number(&message["conversation_id"])).or_default();
                thread.push(message.clone());
                assert_eq!(number(&message["position"]), i64::try_from(thread.len()).expect("few"), "{message}");
            }
            "conversation_read" => {
                self.read_counts.insert(number(&event["conversation_id"]), number(&event["read_count"]));
            }
            "contact_updated" => drop(self.contacts.insert(number(&event["contact"]["id"]), event["contact"].clone())),
            "member_added" => drop(self.agents.insert(number(&event["agent"]["id"]), event["agent"].clone())),
            "conversation_unread" => {
                self.read_counts.insert(number(&event["conversation_id"]), number(&event["read_count"]));
            }
            "labels_changed" => self.relabel(event),
            "conversation_created" | "conversation_updated" => {}
            other => panic!("an unknown kind of event: {other}"),
        }
    }

    /// A title is no more, or another one stands in its place.
    fn relabel(&mut self, event: &Value) {
        self.labels = list(&event["labels"]);
        let (was, becomes) = (&event["was"], &event["becomes"]);
        for carrier in self.conversations.values_mut().chain(self.contacts.values_mut()) {
            let mut titles = list(&carrier["labels"]);
            if titles.contains(was) {
                titles.retain(|it| it != was);
                if !becomes.is_null() && !titles.contains(becomes) {
                    titles.push(becomes.clone());
                }
                titles.sort_by_key(|it| it.as_str().map(str::to_owned));
                carrier["labels"] = json!(titles);
            }
        }
    }

    fn row(&self, id: i64) -> Value {
        let mut row = self.conversations[&id].clone();
        let read_count = self.read_counts.get(&id).copied().unwrap_or(0);
        row["read_count"] = json!(read_count);
        row["unread_count"] = json!((number(&row["incoming_count"]) - read_count).max(0));
        row["meta"]["sender"] = self.contacts[&number(&row["meta"]["sender"]["id"])].clone();
        row
    }

    /// A thread with how far each message came, as the conversation's counts tell.
    fn thread(&self, id: i64) -> Vec<Value> {
        let (conversation, mut numbers) = (&self.conversations[&id], [0, 0]);
        let counts = [("delivered_count", "seen_count"), ("contact_delivered_count", "contact_read_count")];
        let mut thread = self.messages[&id].clone();
        for message in thread.iter_mut().filter(|it| it["message_type"] != 2 && it["private"] == false) {
            let side = usize::from(message["message_type"] == 1);
            numbers[side] += 1;
            let reached = |count: &str| numbers[side] <= number(&conversation[count]);
            let (delivered, seen) = counts[side];
            message["status"] = json!(if reached(seen) {
                "read"
            } else if reached(delivered) {
                "delivered"
            } else {
                "sent"
            });
        }
        thread
    }

    /// Whether no mark can move any more without somebody writing or reading: all came to the team's devices, and to those of
    /// this contact.
    fn is_settled(&self, visitors: &BTreeMap<String, Value>) -> bool {
        self.conversations.values().all(|it| {
            let is_visitors = it["uuid"].as_str().is_some_and(|uuid| visitors.contains_key(uuid));
            it["delivered_count"] == it["incoming_count"] && (!is_visitors || it["contact_delivered_count"] == it["outgoing_count"])
        })
    }

    /// The list that a member sees, with its counters.
    fn list(&self, me: i64, status: &str, ownership: &str) -> (Value, Vec<Value>) {
        let rows: Vec<Value> = self.conversations.keys().map(|id| self.row(*id)).collect();
        let of_status: Vec<&Value> = rows.iter().filter(|it| status == "all" || it["status"] == status).collect();
        let owner = |it: &Value| it["meta"].get("assignee").map(|it| number(&it["id"]));
        let belongs = |it: &Value, ownership: &str| match ownership {
            "me" => owner(it) == Some(me),
            "assigned" => owner(it).is_some(),
            "unassigned" => owner(it).is_none(),
            _ => true,
        };
        let count = |ownership: &str| of_status.iter().filter(|it| belongs(it, ownership)).count();
        let meta = json!({
            "mine_count": count("me"), "assigned_count": count("assigned"), "unassigned_count": count("unassigned"), "all_count": count("all"),
        });
        (meta, of_status.into_iter().filter(|it| belongs(it, ownership)).cloned().collect())
    }

    async fn compare(&self, app: &TestApp, member: &Member) {
        for status in ["open", "resolved", "snoozed", "pending", "all"] {
            for ownership in ["me", "assigned", "unassigned", "all"] {
                let (meta, rows) = self.list(member.id, status, ownership);
                let (fetched_meta, mut fetched) = fetch(app, member, &format!("status={status}&assignee_type={ownership}")).await;
                assert_eq!(meta, fetched_meta, "{status} {ownership}");
                assert!(
                    fetched.is_sorted_by(|a, b| number(&a["last_activity_at"]) >= number(&b["last_activity_at"])),
                    "{status} {ownership}"
                );
                fetched.sort_by_key(|it| number(&it["id"]));
                for row in fetched.iter_mut().filter_map(Value::as_object_mut) {
                    // What a member reads is told to that member only.
                    assert!(row.remove("agent_last_seen_at").is_some() && row.remove("assignee_last_seen_at").is_some());
                }
                for (known, shown) in rows.iter().zip(&fetched) {
                    assert_eq!(known, shown, "{status} {ownership}");
                }
                assert_eq!(rows.len(), fetched.len(), "{status} {ownership}");
            }
        }
        for id in self.messages.keys() {
            let (thread, fetched) = (self.thread(*id), member.messages(app, *id).await);
            assert_eq!(thread[thread.len() - fetched.len()..], fetched);
        }
        assert_eq!(self.labels, list(&member.get(app, "/labels").await["payload"]));
        assert_eq!(self.agents.values().cloned().collect::<Vec<_>>(), list(&member.get(app, "/agents").await));
        for (id, contact) in &self.contacts {
            let mut fetched = member.get(app, &format!("/contacts/{id}")).await["payload"].clone();
            fetched.as_object_mut().expect("an object").remove("contact_inboxes");
            assert_eq!(*contact, fetched);
        }
    }
}

async fn fetch(app: &TestApp, member: &Member, query: &str) -> (Value, Vec<Value>) {
    let mut all = Vec::new();
    for page in 1.. {
        let listed = member.get(app, &format!("/conversations?{query}&page={page}")).await;
        let rows = list(&listed["data"]["payload"]);
        let is_last = rows.len() < 25;
        all.extend(rows);
        if is_last {
            return (listed["data"]["meta"].clone(), all);
        }
    }
    unreachable!("pages end")
}

/// What a visitor's browser knows.
#[derive(Default)]
struct Chat {
    conversations: BTreeMap<String, Value>,
    messages: BTreeMap<String, Vec<Value>>,
    cursor: i64,
}

impl Chat {
    fn apply(&mut self, frame: &Value) {
        assert_eq!(number(&frame["seq"]), self.cursor + 1, "{frame}");
        self.cursor += 1;
        let (conversation, message) = (&frame["event"]["conversation"], &frame["event"]["message"]);
        let uuid = conversation["id"].as_str().expect("a uuid");
        self.conversations.insert(uuid.to_owned(), conversation.clone());
        if !message.is_null() {
            let thread = self.messages.entry(uuid.to_owned()).or_default();
            thread.push(message.clone());
            assert_eq!(number(&message["number"]), i64::try_from(thread.len()).expect("few"), "{message}");
        }
    }

    async fn compare(&self, app: &TestApp, visitor: &Visitor) {
        let session = visitor.session(app).await;
        assert_eq!(number(&session["cursor"]), self.cursor);
        let uuid = session["conversation"]["id"].as_str().expect("a uuid");
        assert_eq!(session["conversation"], self.conversations[uuid]);
        let fetched = list(&session["messages"]);
        let thread = &self.messages[uuid];
        assert_eq!(thread[thread.len() - fetched.len()..], fetched);
        assert!(!json!(self.messages).to_string().contains("note"), "no note ever came here");
    }
}

/// The stage: an account with its people.
struct Stage<'a> {
    app: &'a TestApp,
    account: Account,
    members: Vec<Member>,
    visitors: Vec<Visitor>,
    epoch: String,
}

/// Something that somebody does.
#[derive(Debug, Clone)]
enum Act {
    Begin(usize, bool),
    Write(usize),
    Seen(usize, i64),
    Reply(usize, i64),
    Note(usize, i64),
    Join(usize, i64),
    Status(usize, i64, &'static str),
    Read(usize, i64, Option<i64>),
    Contact(usize),
    Assign(usize, i64, Option<usize>),
    Label(usize, i64, u64),
    Relabel(u64, bool),
    Priority(usize, i64, &'static str),
    Unread(usize, i64),
}

impl<'a> Stage<'a> {
    async fn new(app: &'a TestApp) -> Stage<'a> {
        let account = app.account("Halden").await;
        let members = vec![account.owner.clone(), app.agent(&account, "Maya").await, app.administrator(&account, "Noor").await];
        let visitors = vec![account.visitor(), account.visitor(), account.visitor()];
        let epoch = app.epoch(&account).await;
        let stage = Stage { app, account, members, visitors, epoch };
        for visitor in &stage.visitors {
            visitor.begin(app, "hello").await;
        }
        stage
    }

    fn choose(&self, random: &mut Random, conversations: u64) -> Act {
        let member = random.index(self.members.len());
        let visitor = random.index(self.visitors.len());
        let at = i64::try_from(1 + random.below(conversations)).expect("few");
        let far = i64::try_from(random.below(8)).expect("few");
        let label = random.below(4);
        match random.below(24) {
            0 => Act::Begin(visitor, random.below(2) == 0),
            1..=4 => Act::Write(visitor),
            5 => Act::Seen(visitor, far),
            6..=8 => Act::Reply(member, at),
            9 => Act::Note(member, at),
            10 => Act::Join(member, at),
            11..=12 => Act::Status(member, at, ["open", "resolved", "resolved", "snoozed", "pending"][random.index(5)]),
            13..=14 => Act::Read(member, at, (far > 0).then_some(far)),
            15..=17 => Act::Assign(member, at, (far < 6).then(|| random.index(self.members.len()))),
            18..=19 => Act::Label(member, at, label),
            20 => Act::Relabel(label, far < 4),
            21 => Act::Priority(member, at, ["low", "high", "none"][random.index(3)]),
            22 => Act::Unread(member, at),
            _ => Act::Contact(member),
        }
    }

    async fn perform(&self, act: &Act) {
        let app = self.app;
        match act {
            Act::Begin(visitor, introduces) => {
                let visitor = &self.visitors[*visitor];
                let key = fresh();
                let mut opening = json!({ "key": format!("k{key}"), "echo_id": format!("e{key}"), "content": "another matter" });
                if *introduces {
                    (opening["name"], opening["email"]) = (json!(format!("Ann {key}")), json!(format!("ann{key}@example.com")));
                }
                app.post(&visitor.path("/conversations")).from(visitor).json(&opening).ok().await;
            }
            Act::Write(visitor) => {
                let visitor = &self.visitors[*visitor];
                visitor.write(app, &self.latest(visitor).await, "a question").await;
            }
            Act::Seen(visitor, up_to) => {
                let visitor = &self.visitors[*visitor];
                visitor.seen(app, &self.latest(visitor).await, *up_to).await;
            }
            Act::Reply(member, at) => drop(self.members[*member].reply(app, *at, "an answer").await),
            Act::Note(member, at) => drop(self.members[*member].note(app, *at, "a note").await),
            Act::Join(member, at) => drop(self.members[*member].post(app, &format!("/conversations/{at}/join"), &json!({})).await),
            Act::Status(member, at, status) => drop(self.members[*member].set_status(app, *at, status).await),
            Act::Read(member, at, up_to) => {
                let path = format!("/conversations/{at}/update_last_seen");
                self.members[*member].post(app, &path, &json!({ "incoming_count": up_to })).await;
            }
            Act::Assign(member, at, to) => {
                let body = json!({ "assignee_id": to.map(|it| self.members[it].id) });
                self.members[*member].post(app, &format!("/conversations/{at}/assignments"), &body).await;
            }
            Act::Label(member, at, label) => {
                let member = &self.members[*member];
                let body = json!({ "labels": [format!("l{label}"), "vip"] });
                member.post(app, &format!("/conversations/{at}/labels"), &body).await;
                let contact = member.conversation(app, *at).await["meta"]["sender"]["id"].clone();
                member.post(app, &format!("/contacts/{contact}/labels"), &json!({ "labels": [format!("l{label}")] })).await;
            }
            Act::Relabel(label, renames) => self.relabel(*label, *renames).await,
            Act::Priority(member, at, priority) => {
                let path = self.members[*member].at(*at, "/toggle_priority");
                app.post(&path).by(&self.members[*member]).json(&json!({ "priority": priority })).send().await.ok_empty();
            }
            Act::Unread(member, at) => drop(self.members[*member].post(app, &format!("/conversations/{at}/unread"), &json!({})).await),
            Act::Contact(member) => {
                let member = &self.members[*member];
                let contact = member.post(app, "/contacts", &json!({ "name": "Somebody", "inbox_id": self.account.inbox })).await;
                let id = &contact["payload"]["contact"]["id"];
                let begun = json!({ "inbox_id": self.account.inbox, "contact_id": id, "message": { "content": "we write first" } });
                member.post(app, "/conversations", &begun).await;
            }
        }
    }

    async fn relabel(&self, label: u64, renames: bool) {
        let owner = &self.account.owner;
        let labels = list(&owner.get(self.app, "/labels").await["payload"]);
        let Some(found) = labels.iter().find(|it| it["title"] == format!("l{label}")) else { return };
        let path = owner.path(&format!("/labels/{}", found["id"]));
        let call = if renames {
            self.app.call("PATCH", &path).by(owner).json(&json!({ "title": format!("z{}", fresh()) }))
        } else {
            self.app.call("DELETE", &path).by(owner)
        };
        // Somebody may have deleted it at the same time.
        assert!(matches!(call.send().await.status, 200 | 404));
    }

    async fn latest(&self, visitor: &Visitor) -> String {
        visitor.session(self.app).await["conversation"]["id"].as_str().expect("a uuid").to_owned()
    }

    async fn line(&self, member: &Member, cursor: i64) -> Socket {
        let mut socket = self.app.connect().await;
        socket.send(&hello(member, Some(&self.epoch), &json!({ self.account.id.to_string(): cursor }))).await;
        assert_eq!(socket.expect("resumed").await["cursor"], cursor);
        socket
    }

    async fn chat_line(&self, visitor: &Visitor, cursor: i64) -> Socket {
        let mut socket = self.app.connect().await;
        socket.send(&visitor_hello(visitor, Some(&self.epoch), Some(cursor))).await;
        assert_eq!(socket.expect("resumed").await["cursor"], cursor);
        socket
    }

    /// Hears all that a member may hear up to a place.
    async fn listen(&self, desk: &mut Desk, socket: &mut Socket, end: i64) {
        while desk.cursor < end {
            desk.apply(&socket.expect("event").await);
        }
    }

    /// Hears all that a visitor may hear so far.
    async fn listen_as(&self, visitor: &Visitor, chat: &mut Chat, socket: &mut Socket) {
        let end = number(&visitor.session(self.app).await["cursor"]);
        while chat.cursor < end {
            chat.apply(&socket.expect("event").await);
        }
    }

    /// Only what other members read may be left out.
    async fn check_silence(&self, desk: &Desk, me: i64) {
        for placed in self.app.log(&self.account).await {
            let is_anothers =
                matches!(placed.event, Event::ConversationRead { user, .. } | Event::ConversationUnread { user, .. } if user.0 != me);
            assert_eq!(desk.silent.contains(&placed.place), is_anothers, "{placed:?}");
        }
    }
}

async fn story(app: &TestApp, seed: u64) {
    println!("seed {seed}");
    let mut random = Random::new(seed);
    let stage = Stage::new(app).await;
    let (me, visitor) = (&stage.members[1], &stage.visitors[0]);
    let (mut desk, mut chat) = (Desk::default(), Chat::default());
    desk.agents.insert(stage.account.owner.id, list(&me.get(app, "/agents").await)[0].clone());
    let (mut line, mut chat_line) = (stage.line(me, 0).await, stage.chat_line(visitor, 0).await);
    for _ in 0..ROUNDS {
        let conversations = number(&me.get(app, "/conversations?status=all").await["data"]["meta"]["all_count"]);
        let acts: Vec<Act> = (0..=random.below(4)).map(|_| stage.choose(&mut random, conversations.unsigned_abs())).collect();
        join_all(acts.iter().map(|act| stage.perform(act))).await;
        app.pass(i64::try_from(random.below(3)).expect("small") * Millis::DAY + 777);
        if random.below(4) == 0 {
            line = stage.line(me, desk.cursor).await;
            chat_line = stage.chat_line(visitor, chat.cursor).await;
        }
        if random.below(3) == 0 {
            stage.account.owner.note(app, 1, "a note, for everybody's cursor").await;
            stage.listen(&mut desk, &mut line, app.cursor(&stage.account).await).await;
            line.send(&json!({ "type": "received", "account": stage.account.id, "place": desk.cursor })).await;
        }
    }
    stage.account.owner.reply(app, 1, "the end").await;
    stage.listen(&mut desk, &mut line, app.cursor(&stage.account).await).await;
    stage.listen_as(visitor, &mut chat, &mut chat_line).await;
    // Both devices have everything, and say so: what is not marked yet will be.
    line.send(&json!({ "type": "received", "account": stage.account.id, "place": desk.cursor })).await;
    chat_line.send(&json!({ "type": "received", "place": chat.cursor })).await;
    while !desk.is_settled(&chat.conversations) {
        desk.apply(&line.expect("event").await);
    }
    stage.listen_as(visitor, &mut chat, &mut chat_line).await;
    stage.check_silence(&desk, me.id).await;
    desk.compare(app, me).await;
    chat.compare(app, visitor).await;
}

#[tokio::test]
async fn who_hears_everything_knows_what_a_fetch_shows() {
    for app in apps().await {
        for seed in 1..=6 {
            story(&app, seed).await;
        }
    }
}
