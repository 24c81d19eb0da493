//! Delivery of recorded events to handlers, after the commit.
//!
//! A unit of work needs an [`EventPublisher`]; [`EventBus`] is the one in this process. Delivery is
//! catching up: each [`EventHandler`] has a durable checkpoint, and the bus brings it from there to the
//! head of the history, whether the events were recorded a moment ago or by a process that died before
//! it could deliver them.

mod event;

use std::ops::RangeInclusive;

use anyhow::Context;

use crate::domain::{EventType, Sequence};
pub use event::{StoredEvent, StreamNumber};

/// Receives the events of a unit of work once they are committed.
pub trait EventPublisher {
    /// Publishes the only event of a unit of work.
    fn publish(&mut self, event: &StoredEvent) -> Delivery {
        self.publish_batch(Batch::Events(std::slice::from_ref(event)))
    }

    /// Publishes the events of a unit of work, in order.
    fn publish_batch(&mut self, batch: Batch<'_>) -> Delivery;
}

/// The events of a unit of work, or where to find them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Batch<'e> {
    /// All of them.
    Events(&'e [StoredEvent]),
    /// Too many to keep in memory: the first and the last, to be [loaded](History::load_since).
    Range(RangeInclusive<Sequence>),
}

/// How far a handler has come, and how far there is to go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// The last event that the handler has processed.
    pub reached: Option<StoredEvent>,
    /// The last event there is.
    pub head: Option<StoredEvent>,
}

/// The state in which a handler finds its own earlier effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// As its checkpoint says.
    Sound,
    /// Partly lost; the events after `resume_after` are needed again.
    Damaged {
        /// The last event whose effect is still there, 0 for none.
        resume_after: Sequence,
        /// What happened, in a sentence for the user.
        note: String,
    },
    /// Ahead of its checkpoint, once it is [flushed](EventHandler::flush); events up to `through` are not
    /// needed.
    Ahead {
        /// The last event that it does not need.
        through: Sequence,
    },
}

/// A reaction to events.
///
/// Its effect must be idempotent: an event may come again after a crash. A handler raises no events, and
/// its failure neither stops another handler nor undoes the commit.
pub trait EventHandler {
    /// A stable name, the key of its checkpoint.
    fn name(&self) -> &'static str;

    /// The name of its effect in a sentence: `the audit log`.
    fn title(&self) -> &'static str;

    /// Whether it handles events of a type. Its checkpoint moves past the others.
    fn handles(&self, event_type: EventType) -> bool;

    /// Inspects its earlier effect, in constant time.
    ///
    /// # Errors
    /// If it cannot continue without destroying something that is not its own.
    fn inspect(&mut self, _progress: &Progress) -> anyhow::Result<Condition> {
        Ok(Condition::Sound)
    }

    /// Handles events, in order. What belongs in the store is only collected here, and written by
    /// [`Self::flush`].
    ///
    /// # Errors
    /// If it fails; the events will come again.
    fn handle(&mut self, events: &[StoredEvent]) -> anyhow::Result<()>;

    /// Makes the effect of what was handled durable; called once, before the checkpoint moves. If either
    /// fails, both are rolled back in the store.
    ///
    /// # Errors
    /// If it fails; the events will come again.
    fn flush(&mut self) -> anyhow::Result<()> {
        Ok(())
    }
}

/// The recorded events, for readers that follow them with a checkpoint of their own.
pub trait History {
    /// Up to `limit` events after `sequence`, in order.
    ///
    /// # Errors
    /// If they cannot be read.
    fn load_since(&self, sequence: Sequence, limit: usize) -> anyhow::Result<Vec<StoredEvent>>;
}

/// The history that the bus delivers from, and the store of checkpoints.
pub trait Backlog: History {
    /// How far the named handler has come.
    ///
    /// # Errors
    /// If it cannot be read.
    fn progress(&self, handler: &str) -> anyhow::Result<Progress>;

    /// Moves a handler's checkpoint.
    ///
    /// # Errors
    /// If it cannot be stored.
    fn save_checkpoint(&self, handler: &str, sequence: Sequence) -> anyhow::Result<()>;

    /// Runs `work` while no other process can deliver or record.
    ///
    /// # Errors
    /// If the lock is not available, or whatever error `work` returns.
    fn exclusively(&self, work: &mut dyn FnMut() -> anyhow::Result<()>) -> anyhow::Result<()>;

    /// Runs `work`; if it fails, its changes to the store are rolled back.
    ///
    /// # Errors
    /// Whatever error `work` returns.
    fn attempt(&self, work: &mut dyn FnMut() -> anyhow::Result<()>) -> anyhow::Result<()>;
}

/// The outcome of a delivery. Whatever it says, the events are recorded.
#[derive(Debug, Default)]
#[must_use = "a handler that lags must be reported"]
pub struct Delivery {
    /// Handlers that could not catch up.
    pub lagging: Vec<Lag>,
    /// What handlers found and repaired, in sentences.
    pub notes: Vec<String>,
}

/// A handler that is behind.
#[derive(Debug)]
pub struct Lag {
    /// The name of its effect: `the audit log`.
    pub title: &'static str,
    /// How many events it has not processed, if known.
    pub behind: Option<u64>,
    /// Why it is behind.
    pub cause: anyhow::Error,
}

/// How far a handler has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandlerStatus {
    /// Its name.
    pub name: &'static str,
    /// The last event that it has processed.
    pub reached: Option<StoredEvent>,
    /// How many events it has not processed.
    pub lag: u64,
    /// Why it cannot process them, or any further ones; `None` if it can.
    pub last_error: Option<String>,
}

/// The effect of a handler was changed by someone else, and continuing would destroy the change.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{what}: {why}")]
pub struct ForeignEffect {
    /// A stable code for scripts.
    pub code: &'static str,
    /// What was changed.
    pub what: String,
    /// The evidence.
    pub why: String,
    /// What to do about it.
    pub hint: String,
}

/// The in-process bus: brings every handler up to date, one after the other, in the caller's thread.
pub struct EventBus<'a> {
    backlog: &'a dyn Backlog,
    handlers: Vec<Box<dyn EventHandler + 'a>>,
}

/// Events that are in memory at a time while handlers catch up.
const BATCH: usize = 1000;

impl<'a> EventBus<'a> {
    /// A bus without handlers.
    #[must_use]
    pub fn new(backlog: &'a dyn Backlog) -> Self {
        Self { backlog, handlers: Vec::new() }
    }

    /// Adds a handler. Handlers are served in the order in which they were added.
    pub fn register_handler(&mut self, handler: impl EventHandler + 'a) {
        self.handlers.push(Box::new(handler));
    }

    /// Brings every handler to the head of the history. If all of them are there and sound, this reads a
    /// few rows and takes no lock.
    pub fn catch_up(&mut self) -> Delivery {
        let backlog = self.backlog;
        let ready = |handler: &mut Box<dyn EventHandler + 'a>| {
            let progress = backlog.progress(handler.name())?;
            let condition = handler.inspect(&progress)?;
            anyhow::Ok(condition == Condition::Sound && progress.reached == progress.head)
        };
        // What looks wrong without the lock may be another process at work: inspect again with it.
        if self.handlers.iter_mut().all(|handler| ready(handler).unwrap_or(false)) {
            return Delivery::default();
        }
        self.deliver(&[])
    }

    /// Has every handler inspect its effect, and fails if continuing would destroy something that is not the
    /// handler's own.
    ///
    /// # Errors
    /// The first [`ForeignEffect`] that a handler finds.
    pub fn inspect(&mut self) -> anyhow::Result<()> {
        for handler in &mut self.handlers {
            let progress = self.backlog.progress(handler.name())?;
            handler
                .inspect(&progress)
                .map(drop)
                .or_else(|error| if error.is::<ForeignEffect>() { Err(error) } else { Ok(()) })?;
        }
        Ok(())
    }

    /// How far each handler has come, in the order in which they were added. Tries once more to bring
    /// one that is behind up to date, to learn why.
    ///
    /// # Errors
    /// If the checkpoints cannot be read.
    pub fn statuses(&mut self) -> anyhow::Result<Vec<HandlerStatus>> {
        let tried = self.catch_up();
        let backlog = self.backlog;
        let status = |handler: &mut Box<dyn EventHandler + 'a>| {
            let progress = backlog.progress(handler.name())?;
            let lag = tried.lagging.iter().find(|lag| lag.title == handler.title());
            let refusal = handler.inspect(&progress).err();
            let last_error = lag.map(|lag| &lag.cause).or(refusal.as_ref()).map(|error| format!("{error:#}"));
            Ok(HandlerStatus { name: handler.name(), lag: progress.behind(), reached: progress.reached, last_error })
        };
        self.handlers.iter_mut().map(status).collect()
    }

    /// Delivers the events after `from` to the named handler again; `None` if there is no such handler.
    ///
    /// # Errors
    /// If its checkpoint cannot be moved.
    pub fn replay(&mut self, name: &str, from: Sequence) -> anyhow::Result<Option<Delivery>> {
        if !self.handlers.iter().any(|handler| handler.name() == name) {
            return Ok(None);
        }
        let backlog = self.backlog;
        backlog.exclusively(&mut || backlog.save_checkpoint(name, from))?;
        Ok(Some(self.deliver(&[])))
    }

    fn deliver(&mut self, recent: &[StoredEvent]) -> Delivery {
        let mut delivery = Delivery::default();
        let Self { backlog, handlers } = self;
        let locked = backlog.exclusively(&mut || {
            let mut runs =
                handlers.iter_mut().map(|handler| CatchUp::new(*backlog, handler.as_mut())).collect::<Vec<_>>();
            deliver_pending(*backlog, &mut runs, recent)?;
            delivery = Delivery::default();
            for run in runs {
                run.conclude(*backlog, &mut delivery);
            }
            Ok(())
        });
        if let Err(cause) = locked {
            delivery = Delivery::default();
            let title = handlers.first().map_or("delivery", |handler| handler.title());
            delivery.lagging.push(Lag { title, behind: None, cause });
        }
        delivery
    }
}

impl EventPublisher for EventBus<'_> {
    fn publish_batch(&mut self, batch: Batch<'_>) -> Delivery {
        match batch {
            Batch::Events(events) => self.deliver(events),
            Batch::Range(_) => self.deliver(&[]),
        }
    }
}

impl Progress {
    fn behind(&self) -> u64 {
        let number = |event: &Option<StoredEvent>| event.as_ref().map_or(0, |event| event.sequence);
        number(&self.head).saturating_sub(number(&self.reached))
    }
}

/// A handler being brought from its checkpoint to the head.
struct CatchUp<'h, 'a> {
    handler: &'h mut (dyn EventHandler + 'a),
    reached: Sequence,
    head: Sequence,
    note: Option<String>,
    failed: Option<anyhow::Error>,
}

impl<'h, 'a> CatchUp<'h, 'a> {
    fn new(backlog: &dyn Backlog, handler: &'h mut (dyn EventHandler + 'a)) -> Self {
        let number = |event: &Option<StoredEvent>| event.as_ref().map_or(0, |event| event.sequence);
        let mut run = Self { handler, reached: 0, head: 0, note: None, failed: None };
        let begun = backlog.progress(run.handler.name()).and_then(|progress| {
            (run.reached, run.head) = (number(&progress.reached), number(&progress.head));
            match run.handler.inspect(&progress)? {
                Condition::Sound => {}
                Condition::Damaged { resume_after, note } => (run.reached, run.note) = (resume_after, Some(note)),
                Condition::Ahead { through } => run.reached = through,
            }
            Ok(())
        });
        run.failed = begun.err();
        run
    }

    fn is_behind(&self) -> bool {
        self.failed.is_none() && self.reached < self.head
    }

    /// Passes events to the handler; they must follow those passed before.
    fn handle(&mut self, events: &[StoredEvent]) {
        let is_handled = |event: &StoredEvent| self.handler.handles(event.event_type);
        let handled = if events.iter().all(is_handled) {
            self.handler.handle(events)
        } else {
            let events: Vec<_> = events.iter().filter(|event| is_handled(event)).cloned().collect();
            self.handler.handle(&events)
        };
        self.failed = handled.err();
        self.reached = events.last().map_or(self.reached, |event| event.sequence);
    }

    /// Makes the handler's effect durable and moves its checkpoint, or reports why not.
    fn conclude(mut self, backlog: &dyn Backlog, delivery: &mut Delivery) {
        let (handler, head) = (self.handler, self.head);
        let mut flush = || {
            handler.flush()?;
            backlog.save_checkpoint(handler.name(), head)
        };
        let flushed = match self.failed.take() {
            Some(error) => Err(error),
            None => backlog.attempt(&mut flush),
        };
        match flushed {
            Ok(()) => delivery.notes.extend(self.note),
            Err(cause) => {
                let behind = backlog.progress(handler.name()).ok().map(|progress| progress.behind());
                delivery.lagging.push(Lag { title: handler.title(), behind, cause });
            }
        }
    }
}

/// Loads the history from the handlers' checkpoints on, each event once, and passes it to the handlers that
/// need it, those furthest behind first.
fn deliver_pending(backlog: &dyn Backlog, runs: &mut [CatchUp<'_, '_>], recent: &[StoredEvent]) -> anyhow::Result<()> {
    while let Some(from) = runs.iter().filter(|run| run.is_behind()).map(|run| run.reached).min() {
        // Only up to where the next handler is waiting.
        let next = runs.iter().filter(|run| run.is_behind() && run.reached > from).map(|run| run.reached).min();
        let limit = next.map_or(BATCH, |next| BATCH.min(usize::try_from(next.saturating_sub(from)).unwrap_or(BATCH)));
        let follows = recent.first().is_some_and(|first| Some(first.sequence) == from.checked_add(1));
        let loaded = if follows { Vec::new() } else { backlog.load_since(from, limit)? };
        let events = if follows { recent } else { &loaded };
        events.last().context("the history ends before its last event")?;
        runs.iter_mut().filter(|run| run.is_behind() && run.reached == from).for_each(|run| run.handle(events));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
