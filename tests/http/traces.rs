//! Traces go to a collector where one is configured, and name nobody.

use fiado_tests::Opening;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// A request that the collector was sent: its first line, its headers, and its body as far as it is text.
struct Sent {
    head: String,
    body: String,
}

/// A collector on a free port, and what it is sent.
fn collector() -> (String, Receiver<Sent>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (tell, told) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let tell = tell.clone();
            thread::spawn(move || take(stream.unwrap(), &tell));
        }
    });
    (address, told)
}

/// Takes requests until the sender goes.
fn take(stream: TcpStream, tell: &Sender<Sent>) {
    let mut reader = BufReader::new(stream);
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head).unwrap_or(0) == 0 {
                return;
            }
        }
        let headers = head.to_ascii_lowercase();
        let length = headers.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        let mut body = vec![0; length.parse().unwrap()];
        reader.read_exact(&mut body).unwrap();
        tell.send(Sent { head: headers, body: String::from_utf8_lossy(&body).into_owned() }).unwrap();
        reader.get_mut().write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").unwrap();
    }
}

#[test]
fn requests_and_batches_are_traced_without_a_name() {
    let (address, told) = collector();
    let opening = Opening::at("2025-11-24T10:00:00Z").log("info");
    let mut shop = opening.file("fiado.toml", format!("otlp_endpoint = '{address}'")).open();
    let company = shop.company_with_line("maria.perez", "100.00");
    company.buys("order_de_maria", "10.00").must_be(200);
    assert!(shop.is_stopped().success());
    let sent: Vec<Sent> = told.try_iter().collect();
    assert!(!sent.is_empty(), "what is left is sent before the server has stopped");
    let all: String = sent.iter().map(|sent| sent.body.as_str()).collect();
    for sent in &sent {
        assert!(sent.head.starts_with("post /v1/traces http/1.1"), "{}", sent.head);
        assert!(sent.head.contains("content-type: application/x-protobuf"), "{}", sent.head);
    }
    let shown =
        ["POST /api/v1/customers/{customer_id}/credit/use", "http.response.status_code", "batch", "fiado"];
    for shown in shown {
        assert!(all.contains(shown), "{shown}:\n{all}");
    }
    for private in ["maria", "order_de", "org_default", "user_seller"] {
        assert!(!all.contains(private), "{private}:\n{all}");
    }
    let log = shop.server().log();
    assert!(!log.contains("otel.name"), "spans are no part of the log:\n{log}");
}

#[test]
fn a_collector_that_is_not_there_keeps_nobody_waiting() {
    let opening = Opening::on_the_machines_clock().log("warn");
    // The port of a listener that has gone.
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut shop = opening.file("fiado.toml", format!("otlp_endpoint = 'http://{gone}'")).open();
    shop.company_with_line("cust_1", "100.00").buys("order_1", "1.00").must_be(200);
    assert!(shop.is_stopped().success());
    let log = shop.server().log();
    assert!(log.contains("the collector takes no traces"), "{log}");
}
