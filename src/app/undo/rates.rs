//! Restores exchange rates.

use super::UndoReceipt;
use super::effects::Effects;
use crate::app::AppError;
use crate::domain::DayRate;
use crate::store::{Command, CommandState, UnitOfWork};

impl Effects {
    /// Restores the rates that no later command has changed.
    pub(super) fn take_rates_back(
        &self,
        unit: &mut UnitOfWork<'_>,
        command: Command,
        receipt: &mut UndoReceipt,
    ) -> Result<(), AppError> {
        for (pair, days) in &self.rates {
            let (mut kept, mut rates) = (0_u64, unit.reader().rates().all()?);
            for day in days {
                // What other commands recorded last for the day, and whether this command was the last
                // to change it.
                let (mut others, mut is_last) = (None, true);
                let reader = unit.reader();
                for (sequence, rate) in reader.rates().history_on(*pair, *day)? {
                    if command.contains(sequence) {
                        is_last = true;
                    } else if reader.commands().state_of(sequence)? == CommandState::Stands {
                        (others, is_last) = (rate, false);
                    }
                }
                if !is_last {
                    kept = kept.saturating_add(1);
                    continue;
                }
                let current = reader.rates().latest(*pair, *day, *day)?;
                match (others, current) {
                    (Some(rate), current) if current.map(|it| it.rate) != Some(rate) => {
                        rates.update(*pair, DayRate { date: *day, rate }, current.map(|it| it.rate));
                    }
                    (None, Some(current)) => rates.remove(*pair, current),
                    (Some(_), _) | (None, None) => continue,
                }
                receipt.rates = receipt.rates.saturating_add(1);
            }
            unit.save(&mut rates)?;
            if kept > 0 {
                receipt.kept.push(format!("rates of {pair} that were changed later: {kept}"));
            }
        }
        Ok(())
    }
}
