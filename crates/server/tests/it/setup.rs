//! The first run: an empty installation is set up once, by somebody on the machine or by whoever has the code.

use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use crate::program::{Desk, Server, desks};

/// What a proxy adds to requests from elsewhere.
const FROM_ELSEWHERE: &str = "x-forwarded-for: 192.0.2.7\r\n";

fn form(email: &str) -> Value {
    json!({
        "account_name": "Halden", "name": "Olga", "email": email, "password": "correct horse", "website_url": "shop.halden.example",
    })
}

fn post(server: &Server, headers: &str, form: &Value) -> (u16, String, Value) {
    let (status, head, body) = server.ask("POST", "/api/setup", headers, &form.to_string());
    (status, head, serde_json::from_str(&body).expect("JSON"))
}

fn state(server: &Server, headers: &str) -> (Value, Value) {
    let it: Value = serde_json::from_str(&server.ask("GET", "/api/setup", headers, "").2).expect("JSON");
    (it["needed"].clone(), it["needs_code"].clone())
}

fn code(desk: &Desk) -> String {
    std::fs::read_to_string(desk.data().join("setup-code")).expect("there is a code").trim().to_owned()
}

#[tokio::test]
async fn somebody_on_the_machine_sets_an_empty_installation_up_without_a_code() {
    for desk in desks().await {
        let server = desk.serve(&[]);
        assert_eq!(state(&server, ""), (json!(true), json!(false)));
        for path in ["/", "/app", "/app/accounts/1/mine", "/login"] {
            let (status, head, _) = server.ask("GET", path, "", "");
            let leads_on = head.contains("location: /setup") || head.contains("location: /app");
            assert!(status == 307 && leads_on, "{path}: {head}");
        }
        let file = desk.data().join("setup-code");
        assert_eq!(std::fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o600);

        let (status, head, session) = post(&server, "", &form("Olga@Halden.example"));
        assert_eq!((status, &session["user"]["email"]), (200, &json!("olga@halden.example")), "{session}");
        assert_eq!(session["accounts"][0]["role"], "administrator");
        assert!(head.contains("set-cookie: frontdesk_session=") && head.contains("httponly"), "{head}");
        assert!(!file.exists(), "the code opens nothing any more");
        assert_eq!(state(&server, ""), (json!(false), json!(false)));
        assert_ne!(server.ask("GET", "/app", "", "").0, 307);

        let log_in = json!({ "email": "olga@halden.example", "password": "correct horse" }).to_string();
        assert_eq!(server.ask("POST", "/api/v1/session", "", &log_in).0, 200);
        let (status, _, refused) = post(&server, "", &form("mallory@halden.example"));
        assert_eq!((status, &refused["error"]), (409, &json!("This installation is set up already")));
    }
}

#[tokio::test]
async fn whoever_comes_through_a_proxy_needs_the_code_and_may_not_guess_it() {
    for desk in desks().await {
        let server = desk.serve(&[]);
        assert_eq!(state(&server, FROM_ELSEWHERE), (json!(true), json!(true)));
        let with = |code: &str| {
            let mut form = form("olga@halden.example");
            form["code"] = code.into();
            post(&server, FROM_ELSEWHERE, &form)
        };
        let (status, _, refused) = post(&server, FROM_ELSEWHERE, &form("olga@halden.example"));
        assert_eq!((status, &refused["message"]), (422, &json!("Code can't be blank")));
        let (status, _, refused) = with("abcd-efgh-jkmn-pqrs");
        assert_eq!((status, &refused["message"], &refused["attributes"]), (422, &json!("Code is wrong"), &json!(["code"])));
        let (status, _, session) = with(&code(&desk).to_uppercase());
        assert_eq!((status, &session["accounts"][0]["name"]), (200, &json!("Halden")), "{session}");
    }
}

#[tokio::test]
async fn a_guesser_is_told_to_wait() {
    let desk = Desk::new(frontdesk_store::testing::Place::sqlite());
    let server = desk.serve(&[]);
    let mut form = form("olga@halden.example");
    form["code"] = "abcd-efgh-jkmn-pqrs".into();
    let statuses: Vec<u16> = (0..12).map(|_| post(&server, FROM_ELSEWHERE, &form).0).collect();
    assert_eq!((statuses[0], statuses[11]), (422, 429), "{statuses:?}");
    form["code"] = code(&desk).into();
    assert_eq!(post(&server, FROM_ELSEWHERE, &form).0, 429, "also with the right code: it was not even looked at");
}

#[tokio::test]
async fn behind_a_public_base_url_the_code_is_always_needed() {
    let desk = Desk::new(frontdesk_store::testing::Place::sqlite());
    let server = desk.serve(&["--base-url", "https://chat.halden.example"]);
    assert_eq!(state(&server, ""), (json!(true), json!(true)));
}

#[tokio::test]
async fn another_websites_page_sets_nothing_up() {
    let desk = Desk::new(frontdesk_store::testing::Place::sqlite());
    let server = desk.serve(&[]);
    let (status, _, refused) = post(&server, "origin: https://evil.example\r\n", &form("mallory@evil.example"));
    assert_eq!((status, &refused["error"]), (403, &json!("Access denied")));
    assert_eq!(state(&server, "").0, json!(true));
}

#[tokio::test]
async fn what_is_typed_wrongly_is_named_and_nothing_is_made() {
    let desk = Desk::new(frontdesk_store::testing::Place::sqlite());
    let server = desk.serve(&[]);
    for (field, value) in [
        ("account_name", json!(" ")),
        ("name", json!("")),
        ("email", json!("no address")),
        ("email", Value::Null),
        ("password", json!("short")),
        ("password", Value::Null),
        ("website_url", json!("javascript://x y")),
        ("website_url", json!(7)),
    ] {
        let mut form = form("olga@halden.example");
        form[field] = value.clone();
        let (status, _, refused) = post(&server, "", &form);
        assert_eq!((status, &refused["attributes"]), (422, &json!([field])), "{field} {value}: {refused}");
    }
    assert_eq!(state(&server, "").0, json!(true));
}

#[tokio::test]
async fn of_many_who_set_up_at_once_one_does() {
    for desk in desks().await {
        // On PostgreSQL also through two nodes.
        let servers =
            if desk.at()[0] == "--database" { vec![desk.serve(&[]), desk.serve(&["--data", "second"])] } else { vec![desk.serve(&[])] };
        let servers = &servers;
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let post = |n: usize| scope.spawn(move || post(&servers[n % servers.len()], "", &form(&format!("olga{n}@halden.example"))).0);
            let all: Vec<_> = (0..6).map(post).collect();
            all.into_iter().map(|it| it.join().expect("it answers")).collect()
        });
        assert_eq!(statuses.iter().filter(|it| **it == 200).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|it| **it == 409).count(), 5, "{statuses:?}");
        let next = desk.json(&["account", "create", "--name", "N", "--owner-name", "N", "--owner-email", "n@next.example", "--json"]);
        // Ids may have gaps on PostgreSQL, but whoever was refused left no user behind.
        let member = desk.json(&["member", "add", "--account", "1", "--name", "Maya", "--email", "olga9@halden.example", "--json"]);
        assert!(next["account_id"].is_i64() && member["user_id"].is_i64());
        let log_ins = (0..6).filter(|n| {
            let log_in = json!({ "email": format!("olga{n}@halden.example"), "password": "correct horse" }).to_string();
            servers[0].ask("POST", "/api/v1/session", "", &log_in).0 == 200
        });
        assert_eq!(log_ins.count(), 1);
    }
}

#[tokio::test]
async fn an_account_from_the_command_line_ends_the_setting_up() {
    for desk in desks().await {
        let server = desk.serve(&[]);
        desk.account();
        assert_eq!(state(&server, FROM_ELSEWHERE), (json!(false), json!(false)));
        assert_eq!(post(&server, "", &form("mallory@halden.example")).0, 409);
        assert!(!desk.data().join("setup-code").exists());
    }
}
