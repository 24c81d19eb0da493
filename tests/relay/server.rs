//! A RabbitMQ server of the tests' own.

use std::fmt::Write as _;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A server that listens on loopback alone, with a name, ports and a folder of its own. It ends with the
/// test, however that ends.
pub(crate) struct Server {
    folder: TempDir,
    name: String,
    pub(crate) port: u16,
    pub(crate) encrypted_port: u16,
    names: u16,
    distribution: u16,
    group: Option<Child>,
}

/// Where Debian's package has the script that does not change the user; elsewhere it is in the path.
const SCRIPTS: [&str; 2] = ["/usr/lib/rabbitmq/bin/rabbitmq-server", "rabbitmq-server"];

/// Runs Erlang's register of names and then the server, which would start a register for good if there were none.
/// Ends both, with all that they started, when its standard input is closed: if the test is killed, for one.
const GUARD: &str = r#"
    epmd -address 127.0.0.1 -port "$ERL_EPMD_PORT" &
    until epmd -names >/dev/null 2>&1; do sleep 0.05; done
    "$0" &
    read -r _
    kill -s KILL 0
"#;

impl Server {
    /// The one that all tests share which do not stop it.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: OnceLock<Server> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let [port, encrypted_port, names, distribution] = free_ports();
        let name = format!("stockbook-{port}@localhost");
        let mut server = Self { folder, name, port, encrypted_port, names, distribution, group: None };
        server.configure();
        server.go_on();
        server
    }

    /// A file of the server's.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where a client that may do anything connects to.
    pub(crate) fn url(&self) -> String {
        format!("amqp://127.0.0.1:{}", self.port)
    }

    fn configure(&self) {
        let mut settings = format!("listeners.tcp.1 = 127.0.0.1:{}\n", self.port);
        writeln!(settings, "listeners.ssl.1 = 127.0.0.1:{}", self.encrypted_port).unwrap();
        for (setting, file) in [("cacertfile", "ca.pem"), ("certfile", "server.pem"), ("keyfile", "server.key")] {
            writeln!(settings, "ssl_options.{setting} = {}", self.path(file).display()).unwrap();
        }
        fs::write(self.path("rabbitmq.conf"), settings).unwrap();
        fs::write(self.path("plugins"), "[].\n").unwrap();
        certificates(self.folder.path());
    }

    /// Starts it, again if need be, with all that it had written to the disk.
    pub(crate) fn go_on(&mut self) {
        let script = SCRIPTS.into_iter().find(|script| is_there(script));
        let script = script.expect("rabbitmq-server is not installed: apt-get install rabbitmq-server");
        let log = fs::File::create(self.path("output")).unwrap();
        let mut command = Command::new("sh");
        command
            .args(["-c", GUARD, script])
            .env("HOME", self.folder.path())
            .env("ERL_EPMD_PORT", self.names.to_string())
            .env("ERL_EPMD_ADDRESS", "127.0.0.1")
            .env("RABBITMQ_NODENAME", &self.name)
            .env("RABBITMQ_DIST_PORT", self.distribution.to_string())
            .env("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 2:2 -kernel inet_dist_use_interface {127,0,0,1}")
            .env("RABBITMQ_CONF_ENV_FILE", "/dev/null")
            .env("RABBITMQ_CONFIG_FILE", self.path("rabbitmq.conf"))
            .env("RABBITMQ_ENABLED_PLUGINS_FILE", self.path("plugins"))
            .env("RABBITMQ_MNESIA_BASE", self.path("data"))
            .env("RABBITMQ_LOG_BASE", self.path("log"))
            .stdin(Stdio::piped())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .process_group(0);
        self.group = Some(command.spawn().unwrap());
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let said = || fs::read_to_string(self.path("output")).unwrap_or_default();
            assert!(started.elapsed() < Duration::from_secs(120), "RabbitMQ has not started\n{}", said());
            thread::sleep(Duration::from_millis(100));
        }
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.signal("KILL");
        if let Some(mut group) = self.group.take() {
            group.wait().unwrap();
        }
        // The next one needs its ports.
        while TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Sends a signal to all of it.
    pub(crate) fn signal(&self, signal: &str) {
        let group = self.group.as_ref().map_or(0, Child::id);
        let kill = format!("kill -s {signal} -- -{group}");
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.group.is_some() {
            self.kill();
        }
    }
}

fn is_there(program: &str) -> bool {
    Command::new("sh").args(["-c", "command -v \"$0\" >/dev/null", program]).status().unwrap().success()
}

/// Ports that nobody has now; the server has them soon.
fn free_ports() -> [u16; 4] {
    let listeners = [(); 4].map(|()| TcpListener::bind(("127.0.0.1", 0)).unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

/// Makes an authority, a certificate for localhost that it vouches for, and another authority.
fn certificates(folder: &Path) {
    const SCRIPT: &str = r#"
        set -e
        for name in ca other; do
            openssl req -x509 -newkey rsa:2048 -nodes -keyout $name.key -out $name.pem -days 2 -subj "/CN=$name" \
                -addext 'keyUsage=keyCertSign'
        done
        openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost
        printf 'subjectAltName=DNS:localhost' >names
        openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem
    "#;
    let made = Command::new("sh").args(["-c", SCRIPT]).current_dir(folder).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}
