//! Random bodies for every route that writes, from seeds: whatever comes, the answer is a success or a documented
//! refusal (checked in `call`), and the server still works afterwards.

use serde_json::{Map, Value, json};

use crate::app::{TestApp, apps};
use crate::people::PASSWORD;
use crate::random::Random;

/// Bodies per route and engine.
const BODIES: usize = 150;

const FIELDS: [&str; 20] = [
    "content",
    "private",
    "echo_id",
    "message_type",
    "message",
    "conversation",
    "contact",
    "status",
    "snoozed_until",
    "incoming_count",
    "inbox_id",
    "contact_id",
    "name",
    "email",
    "phone_number",
    "identifier",
    "key",
    "number",
    "custom_attributes",
    "session",
];

const TEXTS: [&str; 16] = [
    "hello",
    "",
    " ",
    "\0",
    "a\0b",
    "\u{feff}",
    "\u{202e}abc",
    "🙂",
    "'; DROP TABLE messages; --",
    "%00",
    "ann@example.com",
    "open",
    "snoozed",
    "outgoing",
    "-1",
    "9223372036854775808",
];

fn value(random: &mut Random, depth: u64) -> Value {
    match random.below(if depth == 0 { 7 } else { 9 }) {
        0 => Value::Null,
        1 => json!(random.below(2) == 0),
        2 => json!([0, 1, -1, 2, i64::MAX, i64::MIN, 9_007_199_254_740_993, 253_402_300_800][random.index(8)]),
        3 => json!([0.5, -1e300, 1e19][random.index(3)]),
        4 => json!(u64::MAX - random.below(2)),
        5 => json!(random.text(70)),
        6 => json!(TEXTS[random.index(TEXTS.len())]),
        7 => (0..random.below(3)).map(|_| value(random, depth - 1)).collect(),
        _ => Value::Object(object(random, depth - 1)),
    }
}

fn object(random: &mut Random, depth: u64) -> Map<String, Value> {
    let fields = random.below(8);
    (0..fields).map(|_| (FIELDS[random.index(FIELDS.len())].to_owned(), value(random, depth))).collect()
}

/// A body and its type: mostly JSON, sometimes a form, sometimes bytes cut or turned over.
fn body(random: &mut Random) -> (&'static str, Vec<u8>) {
    let json = Value::Object(object(random, 3));
    match random.below(6) {
        0 => ("application/x-www-form-urlencoded", form(random).into_bytes()),
        1 => {
            let mut bytes = json.to_string().into_bytes();
            let at = random.index(bytes.len());
            bytes[at] ^= 1 << random.below(8);
            ("application/json", bytes)
        }
        2 => {
            let mut bytes = json.to_string().into_bytes();
            bytes.truncate(random.index(bytes.len()));
            ("application/json", bytes)
        }
        _ => ("application/json", json.to_string().into_bytes()),
    }
}

fn form(random: &mut Random) -> String {
    let pair = |random: &mut Random| {
        let field = FIELDS[random.index(FIELDS.len())];
        let form = ["", "[]", "[content]", "[[", "]", "%5B%5D", "[a][b]"][random.index(7)];
        format!("{field}{form}={}", ["x", "", "%00", "%ff", "true", "3", "%F0%9F%99%82", "a%26b"][random.index(8)])
    };
    (0..random.below(6)).map(|_| pair(random)).collect::<Vec<_>>().join("&")
}

async fn storm(app: &TestApp, seed: u64) {
    let account = app.account_of("Halden", &format!("olga{seed}@halden.example"), Some(PASSWORD)).await;
    let visitor = account.visitor();
    let uuid = visitor.begin(app, "hello").await;
    let mut random = Random::new(seed);
    let members = [
        "/contacts",
        "/conversations",
        "/conversations/1/messages",
        "/conversations/1/toggle_status",
        "/conversations/1/update_last_seen",
        "/conversations/1/join",
    ];
    let visitors = ["/conversations".to_owned(), format!("/conversations/{uuid}/messages"), format!("/conversations/{uuid}/seen")];
    for _ in 0..BODIES {
        for rest in members {
            let (kind, bytes) = body(&mut random);
            let shown = String::from_utf8_lossy(&bytes).into_owned();
            let answer = app.post(&account.owner.path(rest)).by(&account.owner).text(kind, bytes).send().await;
            assert!(matches!(answer.status, 200 | 400 | 404 | 422), "seed {seed}, {shown}: {}", answer.told());
        }
        for rest in &visitors {
            let (kind, bytes) = body(&mut random);
            let shown = String::from_utf8_lossy(&bytes).into_owned();
            let answer = app.post(&visitor.path(rest)).from(&visitor).text(kind, bytes).send().await;
            assert!(matches!(answer.status, 200 | 400 | 422), "seed {seed}, {shown}: {}", answer.told());
        }
    }
    // Each log-in that gets far enough costs a password hash, so there are fewer.
    for _ in 0..20 {
        let (kind, bytes) = body(&mut random);
        let answer = app.post("/api/v1/session").text(kind, bytes).send().await;
        assert!(matches!(answer.status, 400 | 401 | 422 | 429), "seed {seed}: {}", answer.told());
    }
    account.owner.reply(app, 1, "still here").await;
    assert!(visitor.session(app).await.to_string().contains("still here"));
}

#[tokio::test]
async fn no_body_breaks_the_server() {
    for app in apps().await {
        for seed in 1..=3 {
            storm(&app, seed).await;
        }
    }
}
