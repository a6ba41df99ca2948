//! Logging in and out: cookies, guessing, expiry (BEHAVIOUR 8, DESIGN 7).

use frontdesk_core::time::Millis;
use serde_json::json;

use crate::app::{apps, apps_at};
use crate::people::PASSWORD;

const WRONG: &str = "Invalid login credentials. Please try again.";
const SIGN_IN: &str = "You need to sign in or sign up before continuing.";

#[tokio::test]
async fn a_wrong_address_and_a_wrong_password_get_the_same_answer() {
    for app in apps().await {
        let account = app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let without = app.agent(&account, "Nopassword").await;
        for (email, password) in [
            ("olga@halden.example", "wrong password"),
            ("nobody@halden.example", PASSWORD),
            ("no address", PASSWORD),
            (without.email.as_str(), PASSWORD),
            ("olga@halden.example", &"x".repeat(100_000)),
            ("olga@halden.example\0", PASSWORD),
        ] {
            app.try_log_in(email, password).await.refused(401, WRONG);
        }
        app.try_log_in("", PASSWORD).await.invalid("email");
        app.try_log_in("olga@halden.example", "").await.invalid("password");
        let answer = app.post("/api/v1/session").json(&json!({ "email": 3, "password": PASSWORD })).send().await;
        answer.invalid("email");
    }
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    for app in apps().await {
        app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let answer = app.try_log_in("olga@halden.example", PASSWORD).await;
        let set = answer.header("set-cookie").expect("a cookie").to_owned();
        let parts: Vec<&str> = set.split("; ").collect();
        assert!(parts[0].starts_with("frontdesk_session=") && parts[0].len() > 40, "{set}");
        for flag in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
            assert!(parts.contains(&flag), "{flag} in {set}");
        }
        assert!(!parts.contains(&"Secure"), "over http a Secure cookie would never come back");
        assert!(!String::from_utf8_lossy(&answer.bytes).contains(&parts[0][18..]), "the secret is in the cookie only");
    }
    for app in apps_at("https://chat.example.com/").await {
        app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let body = json!({ "email": "olga@halden.example", "password": PASSWORD });
        let answer = app.post("/api/v1/session").header("origin", "https://chat.example.com").json(&body).send().await;
        answer.ok();
        let set = answer.header("set-cookie").expect("a cookie");
        assert!(set.starts_with("__Host-frontdesk_session=") && set.contains("; Secure"), "{set}");
        let cookie = set.split(';').next().expect("a value");
        app.get("/api/v1/session").header("cookie", cookie).ok().await;
        // A neighbouring host can set a cookie without the prefix; it counts for nothing, wherever it stands.
        let plain = cookie.trim_start_matches("__Host-");
        app.get("/api/v1/session").header("cookie", plain).send().await.refused(401, SIGN_IN);
        app.get("/api/v1/session").header("cookie", &format!("frontdesk_session=theirs; {cookie}")).ok().await;
    }
}

#[tokio::test]
async fn another_site_logs_nobody_in() {
    for app in apps().await {
        app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let body = json!({ "email": "olga@halden.example", "password": PASSWORD });
        let answer = app.post("/api/v1/session").header("origin", "http://evil.example").json(&body).send().await;
        answer.refused(403, "Access denied");
        assert!(answer.header("set-cookie").is_none());
    }
}

#[tokio::test]
async fn guessing_is_slowed_down_and_says_for_how_long() {
    for app in apps().await {
        app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        app.account_of("Lunde", "lars@lunde.example", Some(PASSWORD)).await;
        for _ in 0..10 {
            app.try_log_in("olga@halden.example", "wrong password").await.refused(401, WRONG);
        }
        // Also with the right one now: otherwise the answer would tell which guess was right.
        for password in ["wrong password", PASSWORD] {
            let slowed = app.try_log_in("Olga@Halden.example", password).await;
            assert_eq!(slowed.status, 429, "{}", slowed.told());
            let seconds: u64 = slowed.header("retry-after").expect("it says for how long").parse().expect("in seconds");
            assert!((1..=31).contains(&seconds), "{seconds}");
        }
        app.try_log_in("lars@lunde.example", PASSWORD).await.ok();
    }
}

#[tokio::test]
async fn logging_out_ends_this_session_and_no_other() {
    for app in apps().await {
        let account = app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let (here, there) = (app.log_in(&account.owner).await, app.log_in(&account.owner).await);
        assert_ne!(here.cookie, there.cookie);
        let answer = app.call("DELETE", "/api/v1/session").logged_in(&here).json(&json!({})).send().await;
        answer.ok_empty();
        let set = answer.header("set-cookie").expect("the cookie is taken away");
        assert!(set.starts_with("frontdesk_session=;") && set.contains("Max-Age=0"), "{set}");
        app.get("/api/v1/session").logged_in(&here).send().await.refused(401, SIGN_IN);
        app.get("/api/v1/session").logged_in(&there).ok().await;
    }
}

#[tokio::test]
async fn a_session_ends_after_thirty_days() {
    for app in apps().await {
        let account = app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let login = app.log_in(&account.owner).await;
        app.pass(30 * Millis::DAY - 1);
        app.get("/api/v1/session").logged_in(&login).ok().await;
        app.pass(1);
        app.get("/api/v1/session").logged_in(&login).send().await.refused(401, SIGN_IN);
    }
}

#[tokio::test]
async fn forged_and_mangled_credentials_open_nothing() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let token = &account.owner.token;
        let forged = [token.to_uppercase(), format!("{token}="), token[..42].to_owned(), "x".repeat(10_000), "' OR 1=1 --".to_owned()];
        for forged in &forged {
            app.get("/api/v1/profile").header("api_access_token", forged).send().await.refused(401, "Invalid Access Token");
            let cookie = format!("frontdesk_session={forged}; other=1");
            app.get("/api/v1/profile").header("cookie", &cookie).send().await.refused(401, SIGN_IN);
        }
        for header in ["api_access_token", "api-access-token", "Api-Access-Token"] {
            app.get("/api/v1/profile").header(header, token).ok().await;
        }
        for bearer in [format!("Bearer {token}"), format!("bearer  {token} ")] {
            app.get("/api/v1/profile").header("authorization", &bearer).ok().await;
        }
        for nothing in ["Bearer", "Bearer ", "Basic b2xnYTpvbGdh", ""] {
            app.get("/api/v1/profile").header("authorization", nothing).send().await.refused(401, SIGN_IN);
        }
    }
}
