//! `relay`.

use std::env;
use std::time::Duration;

use super::follow::run;
use crate::app::{AppError, Broker, BrokerAddress, Follow, FollowError, Login, Mode, Publishing};
use crate::app::{Recipient, Unrouted, Until};
use crate::cli::args::{RelayArgs, UnroutedArg};
use crate::cli::context::Context;

/// How many events are published before all of them must be confirmed.
const BATCH: usize = 1000;

pub(in crate::cli) fn relay(args: RelayArgs, context: &Context<'_>) -> Result<(), AppError> {
    if context.mode == Mode::DryRun {
        return Err(AppError::Usage {
            code: "usage",
            message: "relay has no dry run: what others do with events cannot be undone".to_owned(),
            hint: "see the events with `stockbook audit`".to_owned(),
        });
    }
    let login = match &args.credentials {
        Some(path) => Login::read(path).map_err(FollowError::from)?,
        None => {
            Login { user: env::var("STOCKBOOK_AMQP_USER").ok(), password: env::var("STOCKBOOK_AMQP_PASSWORD").ok() }
        }
    };
    let publishing = Publishing {
        to: BrokerAddress::parse(&args.to)?.with_login(login),
        exchange: args.exchange,
        unrouted: match args.unrouted {
            UnroutedArg::Stop => Unrouted::Stop,
            UnroutedArg::Pass => Unrouted::Pass,
        },
        timeout: Duration::from_secs(args.timeout),
    };
    let broker = Broker::new(publishing, args.ca.as_deref()).map_err(FollowError::from)?;
    let follow = Follow {
        name: args.name,
        book: context.book().to_owned(),
        types: Vec::new(),
        from: args.from.0,
        batch: BATCH,
        until: if args.follow { Until::Stopped } else { Until::Head },
    };
    run(&follow, &mut Recipient::Broker(Box::new(broker)), context)
}
