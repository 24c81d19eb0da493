//! The bus on a backlog in memory.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::*;

/// A history that holds `length` events, and checkpoints.
#[derive(Default)]
struct Memory {
    events: RefCell<Vec<StoredEvent>>,
    checkpoints: RefCell<BTreeMap<String, Sequence>>,
    is_locked_out: bool,
}

impl Memory {
    fn of(length: u64) -> Self {
        let memory = Self::default();
        (0..length).for_each(|_| memory.record(EventType::BookCreated));
        memory
    }

    fn record(&self, event_type: EventType) {
        let mut events = self.events.borrow_mut();
        let sequence = events.last().map_or(0, |event| event.sequence).saturating_add(1);
        let (stream, line) = (StreamNumber::default(), format!("{sequence}\n"));
        let end_offset = sequence.saturating_mul(2);
        events.push(StoredEvent { sequence, stream, event_type, line, end_offset });
    }

    fn checkpoint(&self, handler: &str) -> Sequence {
        self.checkpoints.borrow().get(handler).copied().unwrap_or(0)
    }
}

impl History for Memory {
    fn load_since(&self, sequence: Sequence, limit: usize) -> anyhow::Result<Vec<StoredEvent>> {
        Ok(self.events.borrow().iter().filter(|event| event.sequence > sequence).take(limit).cloned().collect())
    }
}

impl Backlog for Memory {
    fn progress(&self, handler: &str) -> anyhow::Result<Progress> {
        let events = self.events.borrow();
        let checkpoint = self.checkpoint(handler);
        let reached = events.iter().find(|event| event.sequence == checkpoint).cloned();
        Ok(Progress { reached, head: events.last().cloned() })
    }

    fn save_checkpoint(&self, handler: &str, sequence: Sequence) -> anyhow::Result<()> {
        self.checkpoints.borrow_mut().insert(handler.to_owned(), sequence);
        Ok(())
    }

    fn exclusively(&self, work: &mut dyn FnMut() -> anyhow::Result<()>) -> anyhow::Result<()> {
        if self.is_locked_out {
            anyhow::bail!("locked");
        }
        work()
    }

    fn attempt(&self, work: &mut dyn FnMut() -> anyhow::Result<()>) -> anyhow::Result<()> {
        let before = self.checkpoints.borrow().clone();
        work().inspect_err(|_| {
            self.checkpoints.replace(before);
        })
    }
}

/// Remembers what it received; fails, or reports that it is damaged, on request.
#[derive(Default)]
struct Recorder {
    name: &'static str,
    seen: Rc<RefCell<Vec<Sequence>>>,
    only: Option<EventType>,
    is_failing: bool,
    resume_after: Option<Sequence>,
    ahead: Option<Sequence>,
}

impl EventHandler for Recorder {
    fn name(&self) -> &'static str {
        self.name
    }

    fn title(&self) -> &'static str {
        self.name
    }

    fn handles(&self, event_type: EventType) -> bool {
        self.only.is_none_or(|only| only == event_type)
    }

    fn inspect(&mut self, _progress: &Progress) -> anyhow::Result<Condition> {
        let damaged = |resume_after| Condition::Damaged { resume_after, note: "mended".to_owned() };
        let ahead = self.ahead.map(|through| Condition::Ahead { through });
        Ok(self.resume_after.map(damaged).or(ahead).unwrap_or(Condition::Sound))
    }

    fn handle(&mut self, events: &[StoredEvent]) -> anyhow::Result<()> {
        if self.is_failing {
            anyhow::bail!("out of order");
        }
        self.seen.borrow_mut().extend(events.iter().map(|event| event.sequence));
        Ok(())
    }
}

#[test]
fn every_handler_catches_up_from_its_own_checkpoint_in_order() {
    let memory = Memory::of(2500);
    memory.save_checkpoint("late", 2400).unwrap();
    let (early, late) = (Rc::default(), Rc::default());
    let mut bus = EventBus::new(&memory);
    bus.register_handler(Recorder { name: "early", seen: Rc::clone(&early), ..Recorder::default() });
    bus.register_handler(Recorder { name: "late", seen: Rc::clone(&late), ..Recorder::default() });
    assert!(bus.catch_up().lagging.is_empty());
    assert_eq!(*early.borrow(), (1..=2500).collect::<Vec<_>>());
    assert_eq!(*late.borrow(), (2401..=2500).collect::<Vec<_>>());
    assert!(bus.catch_up().lagging.is_empty());
    assert_eq!(late.borrow().len(), 100, "what was delivered does not come again");
}

#[test]
fn a_handler_gets_the_types_that_it_wants_and_its_checkpoint_passes_the_others() {
    let memory = Memory::of(3);
    memory.record(EventType::StockCreated);
    memory.record(EventType::BookCreated);
    let seen = Rc::default();
    let mut bus = EventBus::new(&memory);
    bus.register_handler(Recorder {
        name: "picky",
        seen: Rc::clone(&seen),
        only: Some(EventType::StockCreated),
        ..Recorder::default()
    });
    assert!(bus.catch_up().lagging.is_empty());
    assert_eq!(*seen.borrow(), [4]);
    assert_eq!(memory.checkpoint("picky"), 5);
}

#[test]
fn a_handler_that_fails_stops_no_other_and_is_reported_with_what_it_lacks() {
    let memory = Memory::of(3);
    let seen = Rc::default();
    let mut bus = EventBus::new(&memory);
    bus.register_handler(Recorder { name: "broken", is_failing: true, ..Recorder::default() });
    bus.register_handler(Recorder { name: "sound", seen: Rc::clone(&seen), ..Recorder::default() });
    let delivery = bus.publish(&memory.events.borrow()[2].clone());
    assert_eq!(*seen.borrow(), [1, 2, 3]);
    assert_eq!((memory.checkpoint("broken"), memory.checkpoint("sound")), (0, 3));
    let lag = &delivery.lagging[0];
    assert_eq!((lag.title, lag.behind, lag.cause.to_string().as_str()), ("broken", Some(3), "out of order"));
}

#[test]
fn a_handler_that_is_behind_says_why_and_where_it_stands() {
    let memory = Memory::of(3);
    memory.save_checkpoint("broken", 1).unwrap();
    let mut bus = EventBus::new(&memory);
    bus.register_handler(Recorder { name: "broken", is_failing: true, ..Recorder::default() });
    bus.register_handler(Recorder { name: "sound", ..Recorder::default() });
    let statuses = bus.statuses().unwrap();
    let reached = |status: &HandlerStatus| status.reached.as_ref().map(|event| event.sequence);
    let [broken, sound] = statuses.as_slice() else { panic!("{statuses:?}") };
    assert_eq!((reached(broken), broken.lag, broken.last_error.as_deref()), (Some(1), 2, Some("out of order")));
    assert_eq!((reached(sound), sound.lag, sound.last_error.as_deref()), (Some(3), 0, None));
}

#[test]
fn recent_events_are_used_only_where_they_follow_on_the_checkpoint() {
    let memory = Memory::of(5);
    memory.save_checkpoint("near", 3).unwrap();
    let (near, far) = (Rc::default(), Rc::default());
    let mut bus = EventBus::new(&memory);
    bus.register_handler(Recorder { name: "near", seen: Rc::clone(&near), ..Recorder::default() });
    bus.register_handler(Recorder { name: "far", seen: Rc::clone(&far), ..Recorder::default() });
    let recent = memory.events.borrow()[3..].to_vec();
    assert!(bus.publish_batch(Batch::Events(&recent)).lagging.is_empty());
    assert_eq!(*near.borrow(), [4, 5]);
    assert_eq!(*far.borrow(), [1, 2, 3, 4, 5]);
}

#[test]
fn the_events_of_a_range_are_read_from_the_history() {
    let (memory, seen) = (Memory::of(2500), Rc::default());
    memory.save_checkpoint("any", 1).unwrap();
    let mut bus = EventBus::new(&memory);
    bus.register_handler(Recorder { name: "any", seen: Rc::clone(&seen), ..Recorder::default() });
    assert!(bus.publish_batch(Batch::Range(3..=2500)).lagging.is_empty());
    assert_eq!(*seen.borrow(), (2..=2500).collect::<Vec<_>>());
}

#[test]
fn a_damaged_effect_is_rebuilt_from_where_it_is_whole_and_noted() {
    let memory = Memory::of(4);
    memory.save_checkpoint("damaged", 4).unwrap();
    let seen = Rc::default();
    let mut bus = EventBus::new(&memory);
    bus.register_handler(Recorder {
        name: "damaged",
        seen: Rc::clone(&seen),
        resume_after: Some(1),
        ..Recorder::default()
    });
    let delivery = bus.catch_up();
    assert_eq!((delivery.notes.as_slice(), seen.borrow().as_slice()), (&["mended".to_owned()][..], &[2, 3, 4][..]));
}

#[test]
fn a_lock_that_cannot_be_had_is_a_lag_and_not_a_failure() {
    let memory = Memory { is_locked_out: true, ..Memory::of(1) };
    let mut bus = EventBus::new(&memory);
    bus.register_handler(Recorder { name: "any", ..Recorder::default() });
    assert_eq!(bus.catch_up().lagging.len(), 1);
}

#[test]
fn a_handler_that_is_ahead_gets_only_what_it_needs() {
    for (length, expected) in [(3, vec![]), (5, vec![4, 5])] {
        let (memory, seen) = (Memory::of(length), Rc::default());
        let mut bus = EventBus::new(&memory);
        bus.register_handler(Recorder { name: "ahead", seen: Rc::clone(&seen), ahead: Some(3), ..Recorder::default() });
        assert!(bus.catch_up().lagging.is_empty());
        assert_eq!((*seen.borrow()).clone(), expected);
        assert_eq!(memory.checkpoint("ahead"), length);
    }
}
