//! A visitor with one keep-alive connection: begins a conversation, then writes in it. Waiting and pacing are the
//! loads' business.

use std::net::SocketAddr;

use anyhow::Context;
use serde::Deserialize;

use crate::http::{Client, request};

/// What a visitor writes: about as long as a chat message is.
pub(crate) const BODY: &str = "Hello, I have a question about my order. It has not arrived yet, and it is meant for a birthday.";

/// One browser.
#[derive(Debug)]
pub(crate) struct Visitor {
    client: Client,
    website_token: String,
    token: String,
    path: String,
    headers: String,
}

#[derive(Deserialize)]
struct Begun {
    conversation: Conversation,
}

#[derive(Deserialize)]
struct Conversation {
    id: String,
}

impl Visitor {
    /// Connects as the `n`-th visitor and begins its conversation.
    pub(crate) async fn begin(address: SocketAddr, website_token: &str, n: usize) -> anyhow::Result<Visitor> {
        let client = Client::connect(address).await?;
        Visitor::begin_on(client, website_token, n).await
    }

    /// The same on a connection that is there already.
    pub(crate) async fn begin_on(mut client: Client, website_token: &str, n: usize) -> anyhow::Result<Visitor> {
        let token = token(n);
        let headers = format!("authorization: Bearer {token}\r\n");
        let path = format!("/widget/v1/{website_token}/conversations");
        let body = format!(r#"{{"key":"begin","echo_id":"begin","content":"{BODY}"}}"#);
        let begun = client.send(&request("POST", &path, &headers, &body)).await?.ok()?;
        let begun: Begun = serde_json::from_slice(&begun).context("the conversation's answer is not understood")?;
        let path = format!("{path}/{}/messages", begun.conversation.id);
        Ok(Visitor { client, website_token: website_token.to_owned(), token, path, headers })
    }

    /// Connects anew: the server gives up connections that are idle for long.
    pub(crate) async fn reconnect(&mut self, address: SocketAddr) -> anyhow::Result<()> {
        self.client = Client::connect(address).await?;
        Ok(())
    }

    /// Sends a message under a key of the caller; returns when the server says that it is durable.
    pub(crate) async fn send(&mut self, echo_id: &str) -> anyhow::Result<()> {
        self.write(echo_id, BODY).await
    }

    /// The same with a text of the caller, which holds nothing that JSON escapes.
    pub(crate) async fn write(&mut self, echo_id: &str, text: &str) -> anyhow::Result<()> {
        let body = format!(r#"{{"content":"{text}","echo_id":"{echo_id}"}}"#);
        let answer = self.client.send(&request("POST", &self.path, &self.headers, &body)).await?;
        answer.ok().map(drop)
    }

    /// The first frame of this visitor's socket.
    pub(crate) fn hello(&self) -> String {
        let (website_token, token) = (&self.website_token, &self.token);
        format!(r#"{{"type":"hello","v":1,"visitor":{{"website_token":"{website_token}","token":"{token}"}},"epoch":null,"cursor":0}}"#)
    }

    /// Goes on with another conversation's connection, so that few connections can begin many.
    pub(crate) fn into_client(self) -> Client {
        self.client
    }
}

/// A visitor's token has the form of 32 random bytes; for a load it only has to be its own.
fn token(n: usize) -> String {
    // The 43rd character carries four bits, so it must be one of sixteen: "A" is.
    format!("{n:0>42}A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_have_the_length_of_32_bytes_in_base64url() {
        assert_eq!(token(7).len(), 43);
        assert_ne!(token(7), token(70));
    }
}
