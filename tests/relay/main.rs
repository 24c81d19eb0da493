//! Events on a real RabbitMQ: `apt-get install rabbitmq-server`, then `cargo test --features amqp --test relay`.
//!
//! The tests start servers of their own, on free ports of the loopback interface and under names of their own
//! ([`server`]); one that the system runs is left alone. Long tests are left out unless requested: `cargo
//! test --release --features amqp --test relay -- --ignored --nocapture`.

#[cfg(test)]
mod arriving;
#[cfg(test)]
mod encrypted;
#[cfg(test)]
mod interrupted;
#[cfg(test)]
mod queue;
#[cfg(test)]
mod server;
#[cfg(test)]
mod speed;
#[cfg(test)]
#[path = "../testkit/testkit.rs"]
mod testkit;

#[cfg(test)]
use testkit::harness;
