//! What can be typed to record corporate actions.

use clap::{Args, Subcommand};

use super::fraction::FractionArgs;
use super::recording::RecordArgs;
use crate::cli::dates::DateArg;
use crate::domain::{
    ConversionRatio, ConversionTerms, CostShare, ExchangeRule, ExternalId, Price, ShareValues, Symbol,
};
use crate::formats::CurrencyMark;
use crate::formats::typed::{self, Marked};

/// Corporate actions.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(in crate::cli) enum CompanyCommand {
    /// Record shares of another company that were received for those held, which are kept: a spin-off, or
    /// rights
    ///
    /// It counts before that day's trades and after its splits, in every portfolio or in the one that
    /// --portfolio names. The new shares keep the dates of the lots they come from and take over part of
    /// their cost: the percentage in --cost-share, as published by the company or the tax office, or the part
    /// that follows from --values, the prices of a new share and of an old one after the spin-off. With
    /// --round down, --cash-in-lieu is what was paid for the fraction of a new share. The new stock must
    /// exist.
    ///
    /// Record rights as a spin-off with a symbol of their own, by --values or with --cost-share 0. Then
    /// `sell` them, exercise them with `exchange` and --pay, and `write-off` those that lapse. More shares of
    /// the same stock, from a stock dividend or a bonus issue, are a `split`: 11:10 for one share for every
    /// ten.
    #[command(after_help = "Examples:\n  stockbook spin-off IBM KD 1:5 --date 2021-11-04 --values 26.38:120.85\n  \
                            stockbook spin-off WES COL 1:1 --date 2018-11-22 --cost-share 28.91")]
    SpinOff(SpinOffArgs),
    /// Record that shares were exchanged for those of another company: a merger, a takeover, rights exercised
    ///
    /// It counts before that day's trades and after its splits, in every portfolio or in the one that
    /// --portfolio names. The new shares keep the dates and the cost of the lots they come from. With --cash
    /// for each old share, --rule determines what is realized: boot (the gain up to the cash, never a loss:
    /// IRS Publication 550), part (the gain on the part of the cost that corresponds to the cash as a part of
    /// cash and shares: HMRC CG51900) or taxable (the whole gain); each needs --value. With --pay for each
    /// new share, or with the rule taxable, the new shares count as bought on that day. The new stock must
    /// exist.
    ///
    /// For shares that were exchanged for cash alone, in a takeover or a tender offer, use `sell`; for the
    /// same shares under another ticker, `edit-stock --symbol`.
    #[command(
        after_help = "Examples:\n  stockbook exchange MSTR SZA 0.85:1 --date 1997-07-01 --round down --cash-in-lieu 29.13\n  \
                            stockbook exchange OLD NEW 1:2 --cash 1 --value 10 --rule boot --date 2005-01-03\n  \
                            stockbook exchange XRT X 1:1 --pay 60 --date 2020-06-02"
    )]
    Exchange(ExchangeArgs),
    /// Record capital that a company paid back: it lowers the cost, and what exceeds the cost is a gain
    ///
    /// The amount is divided among the lots in proportion to their shares, and lowers the cost of each down
    /// to zero; what exceeds it is a gain of that day. Record a liquidation in instalments as one such
    /// payment after the other, and a `write-off` at the end.
    ///
    /// It is recorded in every portfolio that holds the stock on that day, or in the one that --portfolio
    /// names. If several hold it, give the amount --per-share, or for one --portfolio at a time.
    #[command(after_help = "Examples:\n  stockbook return-capital X 80 --date 2010-06-01 -p ira\n  \
                            stockbook return-capital X 0.5 --per-share")]
    ReturnCapital(CostChangeArgs),
    /// Record an addition to the cost of shares: income that a fund retained and that was taxed, or a capital
    /// call
    ///
    /// It is recorded in every portfolio that holds the stock on that day, or in the one that --portfolio
    /// names. If several hold it, give the amount --per-share, or for one --portfolio at a time.
    #[command(after_help = "Examples:\n  stockbook adjust-cost VUSA 34.20 --date 2024-06-30")]
    AdjustCost(CostChangeArgs),
    /// Record that shares have become worthless: a sale of all of them for nothing
    ///
    /// It realizes a loss of their whole cost, in every portfolio that holds the stock on that day, with a
    /// record in each, or in the one that --portfolio names. Use it after the last payment of a liquidation,
    /// and for rights that were not exercised.
    #[command(after_help = "Examples:\n  stockbook write-off WCOEQ --date 2003-11-20")]
    WriteOff(WriteOffArgs),
}

// The arguments that a spin-off and an exchange share.
#[derive(Debug, Args)]
pub(in crate::cli) struct ConvertArgs {
    /// The stock that is held
    pub(in crate::cli) symbol: Symbol,
    /// The stock of the new shares
    #[arg(value_name = "NEW_SYMBOL")]
    pub(in crate::cli) new_symbol: Symbol,
    /// New shares for old ones: 1:5, 0.85:1, 1:1
    #[arg(value_name = "NEW:OLD", value_parser = typed::ratio::<ConversionRatio>)]
    pub(in crate::cli) ratio: ConversionRatio,
    /// The day: YYYY-MM-DD, today or yesterday [default: today]
    #[arg(long)]
    pub(in crate::cli) date: Option<DateArg>,
    #[command(flatten)]
    pub(in crate::cli) fraction: FractionArgs,
    /// An id of your own, a UUID or any text, that makes it safe to repeat the command
    #[arg(long)]
    pub(in crate::cli) id: Option<ExternalId>,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("cost").required(true).args(["cost_share", "values"])))]
pub(in crate::cli) struct SpinOffArgs {
    #[command(flatten)]
    pub(in crate::cli) conversion: ConvertArgs,
    /// The percentage of the cost that moves to the new shares, from 0 to 100
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true, value_parser = typed::cost_share)]
    pub(in crate::cli) cost_share: Option<CostShare>,
    /// The prices of a new and an old share after the spin-off, which determine how much of the cost moves
    #[arg(long, value_name = "NEW_PRICE:OLD_PRICE", allow_negative_numbers = true, value_parser = typed::share_values)]
    pub(in crate::cli) values: Option<Marked<ShareValues>>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExchangeArgs {
    #[command(flatten)]
    pub(in crate::cli) conversion: ConvertArgs,
    /// The cash received for each old share
    #[arg(long, value_name = "PER_OLD_SHARE", allow_negative_numbers = true, value_parser = typed::paid)]
    pub(in crate::cli) cash: Option<Marked<Price>>,
    /// The amount paid for each new share, as when rights are exercised
    #[arg(long, value_name = "PER_NEW_SHARE", allow_negative_numbers = true, value_parser = typed::price)]
    pub(in crate::cli) pay: Option<Marked<Price>>,
    /// The value of a new share
    #[arg(long, value_name = "NEW_PRICE", allow_negative_numbers = true, value_parser = typed::price)]
    pub(in crate::cli) value: Option<Marked<Price>>,
    /// What is realized: carry-over (nothing), boot, part or taxable [default: carry-over]
    #[arg(long, value_name = "RULE")]
    pub(in crate::cli) rule: Option<ExchangeRule>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CostChangeArgs {
    /// The stock
    pub(in crate::cli) symbol: Symbol,
    /// The amount
    #[arg(allow_negative_numbers = true, value_parser = typed::paid)]
    pub(in crate::cli) amount: Marked<Price>,
    /// The amount is per share held
    #[arg(long)]
    pub(in crate::cli) per_share: bool,
    /// The day: YYYY-MM-DD, today or yesterday [default: today]
    #[arg(long)]
    pub(in crate::cli) date: Option<DateArg>,
    #[command(flatten)]
    pub(in crate::cli) record: RecordArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct WriteOffArgs {
    /// The stock
    pub(in crate::cli) symbol: Symbol,
    /// The day: YYYY-MM-DD, today or yesterday [default: today]
    #[arg(long)]
    pub(in crate::cli) date: Option<DateArg>,
    #[command(flatten)]
    pub(in crate::cli) record: RecordArgs,
}

impl SpinOffArgs {
    /// The currency symbols that came with the amounts.
    pub(in crate::cli) fn marks(&self) -> Vec<CurrencyMark> {
        let of_values = self.values.and_then(|it| it.mark);
        of_values.into_iter().chain(self.conversion.fraction.mark()).collect()
    }

    pub(in crate::cli) fn terms(&self) -> ConversionTerms {
        ConversionTerms {
            ratio: self.conversion.ratio,
            cost_share: self.cost_share,
            new_value: self.values.map(|values| values.value.new),
            old_value: self.values.map(|values| values.value.old),
            cash: None,
            pay: None,
            rule: None,
            cash_in_lieu: self.conversion.fraction.proceeds(),
        }
    }
}

impl ExchangeArgs {
    /// The currency symbols that came with the amounts.
    pub(in crate::cli) fn marks(&self) -> Vec<CurrencyMark> {
        let of_prices = [self.cash, self.pay, self.value].into_iter().flatten().filter_map(|it| it.mark);
        of_prices.chain(self.conversion.fraction.mark()).collect()
    }

    pub(in crate::cli) fn terms(&self) -> ConversionTerms {
        ConversionTerms {
            ratio: self.conversion.ratio,
            cost_share: None,
            new_value: self.value.map(|it| it.value),
            old_value: None,
            cash: self.cash.map(|it| it.value),
            pay: self.pay.map(|it| it.value),
            // An exchange has a rule, whether or not it was named.
            rule: Some(self.rule.unwrap_or(ExchangeRule::CarryOver)),
            cash_in_lieu: self.conversion.fraction.proceeds(),
        }
    }
}
