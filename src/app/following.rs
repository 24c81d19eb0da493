//! Followers: programs and message brokers that receive the events in batches.
//!
//! A follower has a name and, stored under it, a durable [cursor](cursor). It reads the audit log from there,
//! verifies that each line follows the one before, passes a batch of lines to its [recipient](Recipient), and
//! moves the cursor once the recipient has accepted them: a program accepts by exit code 0, a broker by
//! confirming each message. So every event arrives at least once, and in order. A follower does not lock the
//! book, and commands that record do not know about it.

#[cfg(feature = "amqp")]
mod broker;
mod cursor;
mod error;
mod name;
mod new_lines;
mod program;
mod recipient;

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant as Moment};

use crate::domain::{EventType, Instant, Sequence};
use crate::log::log_path;
use crate::store::Reader;
#[cfg(feature = "amqp")]
pub use broker::{Broker, BrokerAddress, BrokerError, Login, Publishing, Unrouted};
use cursor::{Claim, Cursor, Followers, LogPosition};
pub use error::FollowError;
pub use name::FollowerName;
use new_lines::{LineBatch, NewLines};
pub use program::Program;
pub use recipient::Recipient;

/// Where a follower begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// After the event with this number; 0 for the beginning.
    After(Sequence),
    /// With the next event that is recorded.
    Now,
}

/// When a follower ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// When its recipient has accepted all events that exist, or has failed.
    Head,
    /// When it is stopped.
    Stopped,
}

/// Which follower to run, and how.
pub struct Follow {
    /// Its name.
    pub name: FollowerName,
    /// The book of the events.
    pub book: PathBuf,
    /// The types of events for its recipient; all if empty.
    pub types: Vec<EventType>,
    /// Where it begins if it has no cursor yet.
    pub from: Start,
    /// The maximum size of a batch.
    pub batch: usize,
    /// When it ends.
    pub until: Until,
}

/// The environment of a running follower.
pub struct Surroundings<'s> {
    /// The clock.
    pub now: &'s dyn Fn() -> Instant,
    /// Whether the user has asked to stop.
    pub is_stopped: &'s dyn Fn() -> bool,
    /// Reports to the user that a recipient failed, and the time until the next attempt.
    pub report: &'s dyn Fn(&FollowError, Duration),
}

/// The state of a follower.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowerStatus {
    /// Its name.
    pub name: FollowerName,
    /// The last event that its recipient has accepted or that was skipped; 0 for none.
    pub position: Sequence,
    /// When its recipient last accepted events.
    pub last_delivery: Option<Instant>,
    /// Why its recipient did not accept the next events, if it did not.
    pub last_error: Option<String>,
    /// Whether it is running.
    pub is_running: bool,
}

/// A follower that this process has the exclusive right to run.
pub struct Runner<'f> {
    follow: &'f Follow,
    claim: Claim,
    cursor: Option<Cursor>,
}

impl<'f> Runner<'f> {
    /// Waits until no other process runs the follower, and keeps others from running it.
    ///
    /// # Errors
    /// If the other one does not end within `patience`, or if the cursor cannot be read.
    pub fn claim(follow: &'f Follow, patience: Duration) -> Result<Self, FollowError> {
        let claim = Followers::of(&follow.book).claim(&follow.name, patience)?;
        let cursor = claim.load()?;
        Ok(Self { follow, claim, cursor })
    }

    /// Creates the cursor of a new follower.
    ///
    /// # Errors
    /// If there is no event to begin after, or if the book cannot be read or the cursor cannot be
    /// written.
    pub fn begin(&mut self, reader: Reader<'_>) -> Result<(), FollowError> {
        if self.cursor.is_none() {
            let cursor = Cursor::at(place(reader, self.follow.from)?);
            self.claim.save(&cursor)?;
            self.cursor = Some(cursor);
        }
        Ok(())
    }

    /// Gives the recipient the events after the cursor.
    ///
    /// # Errors
    /// If the log is gone or does not match the cursor, if the program cannot be started, or, for a
    /// follower that ends at the head, if the recipient fails.
    pub fn run(self, recipient: &mut Recipient, surroundings: &Surroundings<'_>) -> Result<(), FollowError> {
        let Self { follow, claim, cursor } = self;
        let mut cursor = cursor.unwrap_or_else(|| Cursor::at(LogPosition::beginning()));
        let log = log_path(&follow.book);
        let mut lines = NewLines::after(follow.name.clone(), log, cursor.place.clone(), follow.types.clone());
        while !(surroundings.is_stopped)() {
            let batch = lines.next_batch(follow.batch)?;
            if batch.count > 0 {
                deliver_batch(&batch, recipient, &mut cursor, &claim, follow.until, surroundings)?;
            } else if batch.reached != cursor.place {
                cursor.place = batch.reached;
                claim.save(&cursor)?;
            } else if follow.until == Until::Head {
                return Ok(());
            } else {
                pause(NEXT_LOOK, surroundings);
            }
        }
        Ok(())
    }
}

/// How long a follower that has read everything waits before it checks for new events.
const NEXT_LOOK: Duration = Duration::from_millis(200);
/// How long it waits before it retries a failed recipient; twice as long each time, up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest time it waits before it retries.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Passes a batch to the recipient, repeatedly until it is accepted or the user has asked to stop.
fn deliver_batch(
    batch: &LineBatch,
    recipient: &mut Recipient,
    cursor: &mut Cursor,
    claim: &Claim,
    until: Until,
    surroundings: &Surroundings<'_>,
) -> Result<(), FollowError> {
    let mut wait = FIRST_PAUSE;
    loop {
        let refused = match recipient.deliver(batch, claim, surroundings.is_stopped) {
            Ok(()) => {
                let last_delivery = Some((surroundings.now)());
                *cursor = Cursor { last_delivery, ..Cursor::at(batch.reached.clone()) };
                return claim.save(cursor);
            }
            Err(error) if error.may_pass() => error,
            Err(error) => return Err(error),
        };
        cursor.last_error = Some(refused.to_string());
        claim.save(cursor)?;
        if until == Until::Head {
            return Err(refused);
        }
        if (surroundings.is_stopped)() {
            return Ok(());
        }
        (surroundings.report)(&refused, wait);
        pause(wait, surroundings);
        if (surroundings.is_stopped)() {
            return Ok(());
        }
        wait = wait.saturating_mul(2).min(LONGEST_PAUSE);
    }
}

/// Waits, unless the user has asked to stop.
fn pause(time: Duration, surroundings: &Surroundings<'_>) {
    const STEP: Duration = Duration::from_millis(100);
    let started = Moment::now();
    while !(surroundings.is_stopped)() {
        let left = time.saturating_sub(started.elapsed());
        if left.is_zero() {
            return;
        }
        thread::sleep(left.min(STEP));
    }
}

/// The position in the log at which a follower begins.
fn place(reader: Reader<'_>, from: Start) -> Result<LogPosition, FollowError> {
    let event = match from {
        Start::After(0) => return Ok(LogPosition::beginning()),
        Start::After(sequence) => reader.events().load(sequence)?.ok_or(FollowError::NoEvent(sequence))?,
        Start::Now => match reader.events().head()? {
            Some(head) => head,
            None => return Ok(LogPosition::beginning()),
        },
    };
    Ok(LogPosition::after(&event))
}

/// The followers of the book at `path`, by name.
///
/// # Errors
/// If their cursors cannot be read.
pub fn followers(path: &Path) -> Result<Vec<FollowerStatus>, FollowError> {
    let followers = Followers::of(path);
    let mut statuses = Vec::new();
    for name in followers.names()? {
        let Some(Cursor { place, last_delivery, last_error, .. }) = followers.load(&name)? else { continue };
        let is_running = followers.is_running(&name);
        statuses.push(FollowerStatus { name, position: place.sequence, last_delivery, last_error, is_running });
    }
    Ok(statuses)
}

/// Moves the cursor of a follower of the book at `path` back to an event, so that its recipient gets the
/// events after that one again.
///
/// # Errors
/// If there is no such follower or event, or if it is running.
pub fn replay_follower(
    path: &Path,
    reader: Reader<'_>,
    name: &FollowerName,
    from: Sequence,
    patience: Duration,
) -> Result<(), FollowError> {
    let claim = Followers::of(path).claim_known(name, patience)?;
    claim.save(&Cursor::at(place(reader, Start::After(from))?))
}

/// Removes a follower and its cursor.
///
/// # Errors
/// If there is no such follower, or if it is running.
pub fn forget_follower(path: &Path, name: &FollowerName, patience: Duration) -> Result<(), FollowError> {
    Followers::of(path).claim_known(name, patience)?.forget()
}
