//! What aggregates have in common.

use super::{DomainEvent, Stream, Version};

/// The cluster of facts behind one decision: it checks the rules and raises events.
///
/// An aggregate is *created* by a method that raises an event, and *restored* from stored state
/// by one that does not.
pub trait AggregateRoot {
    /// The stream in which the aggregate's events are recorded.
    fn stream(&self) -> Stream;

    /// The events that it has raised.
    fn raised(&mut self) -> &mut RaisedEvents;

    /// Raises an event.
    fn raise_event(&mut self, event: DomainEvent) {
        self.raised().push(event);
    }

    /// Drains the events raised since the last call, oldest first, with the version of the stream that
    /// they follow. Saving calls this.
    fn pull_events(&mut self) -> (Version, Vec<DomainEvent>) {
        let raised = self.raised();
        let follows = raised.version;
        raised.version = raised.next_version();
        (follows, std::mem::take(&mut raised.events))
    }
}

/// Events that an aggregate has raised and that are not yet saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaisedEvents {
    version: Version,
    events: Vec<DomainEvent>,
}

impl RaisedEvents {
    /// No events, raised by an aggregate whose stream has `version` recorded events.
    pub(super) fn after(version: Version) -> Self {
        Self { version, events: Vec::new() }
    }

    /// The stream's version once what was raised is saved.
    pub(super) fn next_version(&self) -> Version {
        self.version.saturating_add(u64::try_from(self.events.len()).unwrap_or(Version::MAX))
    }

    fn push(&mut self, event: DomainEvent) {
        // Nearly always there is only one.
        self.events.reserve_exact(1);
        self.events.push(event);
    }
}
