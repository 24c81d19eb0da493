//! Who receives the events of a follower.

#[cfg(feature = "amqp")]
use super::broker::Broker;
use super::cursor::Claim;
use super::error::FollowError;
use super::new_lines::LineBatch;
use super::program::{Ending, Program};

/// Who receives events.
pub enum Recipient {
    /// A program, on its standard input.
    Program(Program),
    /// A message broker.
    #[cfg(feature = "amqp")]
    Broker(Box<Broker>),
}

impl Recipient {
    /// Passes it a batch, and returns once it has accepted it.
    ///
    /// # Errors
    /// If it did not accept it. [`FollowError::may_pass`] says whether it can be tried again.
    #[cfg_attr(not(feature = "amqp"), expect(unused_variables, reason = "a program is waited for"))]
    pub(super) fn deliver(
        &mut self,
        batch: &LineBatch,
        claim: &Claim,
        is_stopped: &dyn Fn() -> bool,
    ) -> Result<(), FollowError> {
        match self {
            Self::Program(program) => run(program, batch, claim),
            #[cfg(feature = "amqp")]
            Self::Broker(broker) => Ok(broker.deliver(&batch.lines, is_stopped)?),
        }
    }
}

fn run(program: &Program, batch: &LineBatch, claim: &Claim) -> Result<(), FollowError> {
    let ending = claim.input(&batch.lines).and_then(|input| program.run(input));
    match ending.map_err(|cause| FollowError::NotStarted { program: program.name(), cause })? {
        Ending::Accepted => Ok(()),
        Ending::Failed { code, why } => Err(FollowError::Refused { program: program.name(), code, why }),
    }
}
