//! Connections that are encrypted, to whoever they are meant for.

use crate::harness::Desk;
use crate::queue::{bind, drain};
use crate::server::Server;

#[test]
fn an_untrusted_broker_receives_nothing() {
    let (server, desk) = (Server::shared(), Desk::with_stocks());
    bind(&server.url(), "secret", "#");
    let relay = |host: &str, authority: Option<&str>| {
        let url = format!("amqps://{host}:{}", server.encrypted_port);
        let mut args = vec!["relay".to_owned(), "--to".to_owned(), url, "--exchange".to_owned(), "secret".to_owned()];
        args.extend(authority.map(|file| format!("--ca={}", server.path(file).display())));
        args
    };
    // Nobody vouches for the server; somebody else does; its certificate has another name.
    for args in [relay("localhost", None), relay("localhost", Some("other.pem")), relay("127.0.0.1", Some("ca.pem"))] {
        let refusal = desk.refused(1, args);
        assert!(refusal.contains("certificate"), "{refusal}");
    }
    assert!(drain(&server.url(), "secret", "#").is_empty());
    desk.ok(relay("localhost", Some("ca.pem")));
    assert_eq!(drain(&server.url(), "secret", "#").len(), 4);
}
