//! What stands in headers: ids of requests, HEAD, and what other websites may do. Cookies are in `login`.

use crate::app::apps;

#[tokio::test]
async fn head_is_get_without_a_body() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        for path in ["/health".to_owned(), "/api".into(), account.owner.path("/conversations"), account.owner.at(1, "/messages")] {
            let get = app.get(&path).by(&account.owner).send().await;
            let head = app.call("HEAD", &path).by(&account.owner).send().await;
            assert_eq!((get.status, head.status, head.bytes.len()), (200, 200, 0), "{path}");
            assert_eq!(head.header("content-type"), get.header("content-type"));
        }
        let answer = app.call("HEAD", &account.owner.path("/conversations")).send().await;
        assert_eq!((answer.status, answer.bytes.len()), (401, 0));
    }
}

#[tokio::test]
async fn a_request_keeps_the_id_that_it_came_with() {
    for app in apps().await {
        let answer = app.get("/health").header("x-request-id", "mine-1").send().await;
        assert_eq!(answer.header("x-request-id"), Some("mine-1"));
        let (one, other) = (app.get("/health").send().await, app.get("/health").send().await);
        assert_ne!(one.header("x-request-id"), other.header("x-request-id"));
    }
}

#[tokio::test]
async fn other_websites_may_call_with_tokens_but_never_with_cookies() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        let asked = app.call("OPTIONS", &account.visitor().path("/conversations")).header("origin", "https://shop.example");
        let asked = asked.header("access-control-request-method", "POST").send().await;
        assert_eq!((asked.status, asked.header("access-control-allow-origin")), (204, Some("*")));
        for header in ["authorization", "content-type", "api_access_token"] {
            assert!(asked.header("access-control-allow-headers").unwrap_or_default().contains(header), "{header}");
        }
        for answer in
            [asked, app.get(&account.owner.path("/agents")).by(&account.owner).header("origin", "https://shop.example").send().await]
        {
            assert!(answer.header("access-control-allow-credentials").is_none());
        }
    }
}
