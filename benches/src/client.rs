//! The smallest client that keeps a connection open: what it costs is not what is measured.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use crate::Result;

/// An open connection.
pub struct Client(BufReader<TcpStream>);

/// What came back.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The head, in lower case.
    pub head: String,
    /// The body as it came over the wire.
    pub body: Vec<u8>,
    /// Head and body as they came, in bytes.
    pub bytes: usize,
}

impl Client {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens.
    pub fn open(address: SocketAddr) -> Result<Client> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Client(BufReader::new(stream)))
    }

    /// Asks for a path with more header lines, each ending in CRLF.
    ///
    /// # Errors
    /// When the connection breaks or the answer is not HTTP.
    pub fn get(&mut self, path: &str, headers: &str) -> Result<Answer> {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n"))
    }

    /// Sends a body to a path, with more header lines.
    ///
    /// # Errors
    /// When the connection breaks or the answer is not HTTP.
    pub fn post(&mut self, path: &str, headers: &str, body: &str) -> Result<Answer> {
        let length = body.len();
        self.ask(&format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        ))
    }

    fn ask(&mut self, request: &str) -> Result<Answer> {
        self.0.get_mut().write_all(request.as_bytes())?;
        let (mut head, mut bytes) = (String::new(), 0);
        loop {
            let begun = head.len();
            bytes += self.0.read_line(&mut head)?;
            if head.len() - begun <= 2 {
                break;
            }
        }
        head.make_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or("no HTTP answer")?;
        let value = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        let mut body = Vec::new();
        if let Some(length) = value("content-length") {
            body.resize(length.parse()?, 0);
            self.0.read_exact(&mut body)?;
            bytes += body.len();
        } else if value("transfer-encoding") == Some("chunked") {
            bytes += self.chunks(&mut body)?;
        }
        Ok(Answer { status, head, body, bytes })
    }

    fn chunks(&mut self, body: &mut Vec<u8>) -> Result<usize> {
        let mut bytes = 0;
        loop {
            let mut line = String::new();
            bytes += self.0.read_line(&mut line)?;
            let length = usize::from_str_radix(line.trim(), 16)?;
            let begun = body.len();
            body.resize(begun + length, 0);
            self.0.read_exact(&mut body[begun..])?;
            bytes += length + self.0.read_line(&mut String::new())?;
            if length == 0 {
                return Ok(bytes);
            }
        }
    }
}

impl Answer {
    /// The body as text; a packed one is unpacked.
    ///
    /// # Errors
    /// When it is no text.
    pub fn text(&self) -> Result<String> {
        if !self.head.contains("content-encoding: gzip") {
            return Ok(String::from_utf8(self.body.clone())?);
        }
        let mut text = String::new();
        flate2::read::MultiGzDecoder::new(self.body.as_slice()).read_to_string(&mut text)?;
        Ok(text)
    }
}
