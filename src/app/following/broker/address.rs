//! The address of a broker, and the login for it.

use std::fmt;
use std::fs;
use std::path::Path;

use lapin::uri::AMQPUri;

use super::error::BrokerError;
use crate::domain::ValueError;

/// A broker's address, as a URL names it: `amqp://user@host:port/vhost`, or `amqps`.
pub struct BrokerAddress {
    uri: AMQPUri,
}

impl BrokerAddress {
    /// Parses a URL. One with a password is refused, because every user of the machine can read command
    /// lines; the error does not repeat it. Without a path, or with an empty one, the virtual host is `/`.
    ///
    /// # Errors
    /// If it is not such a URL, or contains a password.
    pub fn parse(url: &str) -> Result<Self, ValueError> {
        if has_password(url) {
            let rule = "holds a password, which others could read in the list of processes";
            let hint = "give it in STOCKBOOK_AMQP_PASSWORD, or in a file with --credentials";
            return Err(ValueError::new("URL", "invalid_url", "…", rule).with_hint(hint));
        }
        let wrong = |cause: &str| {
            let rule = format!("is not like amqp://user@host:5672/vhost: {cause}");
            ValueError::new("URL", "invalid_url", url, rule)
        };
        let mut uri: AMQPUri = url.parse().map_err(|cause: String| wrong(&cause))?;
        // Without a host, the client would connect to its own machine.
        match host(url) {
            "" => return Err(wrong("it has no host")),
            address if address.contains(':') => address.clone_into(&mut uri.authority.host),
            _ => {}
        }
        if uri.vhost.is_empty() {
            "/".clone_into(&mut uri.vhost);
        }
        Ok(Self { uri })
    }

    /// Sets the login, if given.
    #[must_use]
    pub fn with_login(mut self, login: Login) -> Self {
        let known = &mut self.uri.authority.userinfo;
        login.user.into_iter().for_each(|user| known.username = user);
        login.password.into_iter().for_each(|password| known.password = password);
        self
    }

    pub(super) fn uri(&self) -> AMQPUri {
        self.uri.clone()
    }
}

/// The address without its user.
impl fmt::Display for BrokerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let AMQPUri { scheme, authority, vhost, .. } = &self.uri;
        let (host, port) = (&authority.host, authority.port);
        let host = if host.contains(':') { format!("[{host}]") } else { host.clone() };
        write!(f, "{scheme}://{host}:{port}/{}", vhost.trim_start_matches('/'))
    }
}

/// A user's name and password, each if given.
#[derive(Default)]
pub struct Login {
    /// The name.
    pub user: Option<String>,
    /// The password.
    pub password: Option<String>,
}

impl Login {
    /// Reads the first line of a file, `user:password`.
    ///
    /// # Errors
    /// If the file cannot be read, or has no such line.
    pub fn read(path: &Path) -> Result<Self, BrokerError> {
        let text = fs::read_to_string(path).map_err(|cause| BrokerError::NoFile { path: path.to_owned(), cause })?;
        let line = text.lines().next().unwrap_or_default();
        let (user, password) = line.split_once(':').ok_or_else(|| BrokerError::NoLogin(path.to_owned()))?;
        Ok(Self { user: Some(user.to_owned()), password: Some(password.to_owned()) })
    }
}

/// Whether the user in a URL has a password.
fn has_password(url: &str) -> bool {
    authority(url).rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
}

/// The host in a URL: a name, or an address, in brackets for IPv6.
fn host(url: &str) -> &str {
    let authority = authority(url);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    match host.strip_prefix('[') {
        Some(address) => address.split_once(']').map_or("", |(address, _)| address),
        None => host.split_once(':').map_or(host, |(host, _)| host),
    }
}

/// The part between the scheme and the path.
fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_once(['/', '?', '#']).map_or(rest, |(authority, _)| authority)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_a_broker_and_shows_no_user() {
        for (url, shown) in [
            ("amqp://localhost", "amqp://localhost:5672/"),
            ("amqp://localhost/", "amqp://localhost:5672/"),
            ("amqp://me@[::1]:1234/%2f", "amqp://[::1]:1234/"),
            ("amqps://broker.example.org/books?heartbeat=10", "amqps://broker.example.org:5671/books"),
        ] {
            assert_eq!(BrokerAddress::parse(url).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for url in [
            "",
            "localhost",
            "http://localhost",
            "amqp://",
            "amqp://:5672",
            "amqp://[]/",
            "amqp://host:port",
            "amqp://host?heartbeat=x",
        ] {
            assert!(BrokerAddress::parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_password_is_refused_and_not_repeated() {
        for url in ["amqp://me:secret@host/", "amqps://me:se@cret@host", "amqp://:secret@host?x=/"] {
            let refusal = BrokerAddress::parse(url).err().unwrap().to_string();
            assert!(refusal.contains("holds a password") && !refusal.contains("cret"), "{refusal}");
        }
        assert!(!has_password("amqp://host:5672/a:b@c"));
    }

    #[test]
    fn who_is_let_in_is_the_guest_unless_it_is_told() {
        let user = |login| {
            let userinfo = BrokerAddress::parse("amqp://me@host").unwrap().with_login(login).uri().authority.userinfo;
            (userinfo.username, userinfo.password)
        };
        let text = |text: &str| text.to_owned();
        assert_eq!(user(Login { user: None, password: Some(text("p:w")) }), (text("me"), text("p:w")));
        assert_eq!(user(Login { user: Some(text("you")), password: Some(text("pw")) }), (text("you"), text("pw")));
        let nobody = BrokerAddress::parse("amqp://host").unwrap().uri().authority.userinfo;
        assert_eq!((nobody.username, nobody.password), (text("guest"), text("guest")));
    }

    #[test]
    fn a_file_has_user_and_password_in_its_first_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("login");
        fs::write(&path, "me:p:w\nmore\n").unwrap();
        let login = Login::read(&path).unwrap();
        assert_eq!((login.user.as_deref(), login.password.as_deref()), (Some("me"), Some("p:w")));
        fs::write(&path, "secret\n").unwrap();
        let refusal = Login::read(&path).err().unwrap();
        assert!(!refusal.to_string().contains("secret"));
        assert!(Login::read(&folder.path().join("none")).is_err());
    }
}
