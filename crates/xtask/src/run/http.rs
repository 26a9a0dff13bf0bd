//! One GET request to our own server on this machine. Only the status is read, so no client library
//! is needed.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The status that the server answers with.
pub(super) fn get(address: SocketAddr, path: &str, token: Option<&str>) -> io::Result<u16> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(request(address, path, token).as_bytes())?;

    let mut status_line = String::new();
    BufReader::new(stream).read_line(&mut status_line)?;
    status(&status_line).ok_or_else(|| io::Error::other("the answer is not HTTP"))
}

fn request(address: SocketAddr, path: &str, token: Option<&str>) -> String {
    let authorization = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{authorization}Connection: close\r\n\r\n")
}

/// The 200 of `HTTP/1.1 200 OK`.
fn status(line: &str) -> Option<u16> {
    line.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::status;

    #[test]
    fn reads_the_status() {
        for (line, expected) in [
            ("HTTP/1.1 200 OK\r\n", Some(200)),
            ("HTTP/1.0 503\r\n", Some(503)),
            ("SSH-2.0", None),
            ("", None),
        ] {
            assert_eq!(status(line), expected, "{line:?}");
        }
    }
}
