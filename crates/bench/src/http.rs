//! As much of HTTP/1.1 as the load needs: one keep-alive connection, a request at a time, bodies by length or in chunks.
//! Nothing is decompressed: what travels is what is counted.

use std::net::SocketAddr;

use anyhow::{Context, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Most that an answer may hold; pages and scripts of ours are far below.
const ANSWER_BYTES_MAX: usize = 4 * 1_024 * 1_024;

/// A connection to the server.
#[derive(Debug)]
pub(crate) struct Client {
    stream: TcpStream,
    /// What was received and not yet used.
    buffer: Vec<u8>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) is_gzip: bool,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body of an answer that must be a 200.
    pub(crate) fn ok(self) -> anyhow::Result<Vec<u8>> {
        ensure!(self.status == 200, "the server answered {}: {}", self.status, String::from_utf8_lossy(&self.body));
        Ok(self.body)
    }
}

/// A request's text.
pub(crate) fn request(method: &str, path: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("{method} {path} HTTP/1.1\r\nhost: bench\r\n{headers}content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
}

impl Client {
    /// Connects.
    pub(crate) async fn connect(address: SocketAddr) -> anyhow::Result<Client> {
        let stream = TcpStream::connect(address).await.context("the server takes no connection")?;
        stream.set_nodelay(true)?;
        Ok(Client { stream, buffer: Vec::new() })
    }

    /// Gets a path, packed if the server packs it.
    pub(crate) async fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        self.send(&request("GET", path, "accept-encoding: gzip\r\n", "")).await
    }

    /// Sends a request and reads its answer.
    pub(crate) async fn send(&mut self, request: &str) -> anyhow::Result<Answer> {
        self.stream.write_all(request.as_bytes()).await?;
        let head_end = self.read_to(b"\r\n\r\n").await?;
        let head = Head::parse(std::str::from_utf8(&self.buffer[..head_end]).context("the answer's head is no text")?)?;
        self.buffer.drain(..head_end);
        let body = match head.length {
            Some(length) => self.read_sized(length).await?,
            None if head.is_chunked => self.read_chunks().await?,
            None => Vec::new(),
        };
        Ok(Answer { status: head.status, is_gzip: head.is_gzip, body })
    }

    async fn read_sized(&mut self, length: usize) -> anyhow::Result<Vec<u8>> {
        while self.buffer.len() < length {
            self.read_more().await?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    async fn read_chunks(&mut self) -> anyhow::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line_end = self.read_to(b"\r\n").await?;
            let line = std::str::from_utf8(&self.buffer[..line_end - 2]).context("a chunk's size is no text")?;
            let size = usize::from_str_radix(line.split(';').next().unwrap_or_default(), 16).context("a chunk's size is no number")?;
            self.buffer.drain(..line_end);
            let mut chunk = self.read_sized(size + 2).await?;
            chunk.truncate(size);
            body.append(&mut chunk);
            if size == 0 {
                return Ok(body);
            }
        }
    }

    /// Reads until `mark` is in the buffer and says where it ends.
    async fn read_to(&mut self, mark: &[u8]) -> anyhow::Result<usize> {
        loop {
            if let Some(at) = self.buffer.windows(mark.len()).position(|it| it == mark) {
                return Ok(at + mark.len());
            }
            self.read_more().await?;
        }
    }

    async fn read_more(&mut self) -> anyhow::Result<()> {
        ensure!(self.buffer.len() < ANSWER_BYTES_MAX, "the answer is too large");
        let n = self.stream.read_buf(&mut self.buffer).await?;
        ensure!(n > 0, "the server closed the connection");
        Ok(())
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Head {
    status: u16,
    length: Option<usize>,
    is_chunked: bool,
    is_gzip: bool,
}

impl Head {
    fn parse(text: &str) -> anyhow::Result<Head> {
        let mut lines = text.split("\r\n");
        let status = lines.next().and_then(|it| it.split(' ').nth(1)).context("the answer has no status")?;
        let mut head = Head { status: status.parse().context("the status is no number")?, length: None, is_chunked: false, is_gzip: false };
        for (name, value) in lines.filter_map(|it| it.split_once(':')) {
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => head.length = Some(value.parse().context("the length is no number")?),
                "transfer-encoding" if value.eq_ignore_ascii_case("chunked") => head.is_chunked = true,
                "transfer-encoding" => bail!("the transfer encoding {value} is unknown"),
                "content-encoding" => head.is_gzip = value.eq_ignore_ascii_case("gzip"),
                _ => {}
            }
        }
        ensure!(head.length.is_none_or(|it| it <= ANSWER_BYTES_MAX), "the answer is too large");
        Ok(head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    /// What the client reads when a server sends these pieces, each after a request of its own.
    async fn read(answers: &'static [&'static str]) -> Vec<anyhow::Result<Answer>> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 4_096];
            for answer in answers {
                assert!(stream.read(&mut asked).await.unwrap() > 0);
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        let mut client = Client::connect(address).await.unwrap();
        let mut got = Vec::new();
        for _ in answers {
            got.push(client.get("/").await);
        }
        server.await.unwrap();
        got
    }

    #[tokio::test]
    async fn one_connection_carries_answers_by_length_and_in_chunks() {
        let got = read(&[
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
            "HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\ncontent-encoding: gzip\r\n\r\n2\r\nab\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
            "HTTP/1.1 304 Not Modified\r\n\r\n",
        ])
        .await;
        let got: Vec<_> = got.into_iter().map(|it| it.unwrap()).map(|it| (it.status, it.is_gzip, it.body)).collect();
        assert_eq!(got, [(200, false, b"abc".to_vec()), (404, true, b"ab0123456789".to_vec()), (304, false, Vec::new())]);
    }

    #[tokio::test]
    async fn an_answer_that_breaks_off_is_an_error() {
        let got = read(&["HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"]).await;
        assert!(got[0].is_err());
    }

    #[test]
    fn a_body_of_any_other_status_is_not_taken_for_the_thing_asked_for() {
        assert!(Answer { status: 503, is_gzip: false, body: Vec::new() }.ok().is_err());
    }
}
