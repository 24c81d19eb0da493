//! Reports about a book: holdings, gains, returns, and explanations.
//!
//! All of them see the book through one [read model](read_model): as of a day, with what was known at an
//! instant.

mod allocation;
mod conversion;
mod costs_in;
mod dividends;
mod explain;
mod gains;
mod gains_in;
mod history;
mod holdings;
mod holdings_in;
mod listings;
mod overview;
mod page_figures;
mod price_age;
mod read_model;
mod report_currency;
mod returns;
mod timeline;
mod value_over_time;

pub use allocation::{Allocation, AllocationBy, AllocationPart, Drift, Target, allocation};
pub use conversion::{Conversion, ForeignGain, RateUse, UsedRates};
pub use dividends::{DividendPayment, DividendRow, DividendsBy, DividendsFilter, dividends, dividends_together};
pub use explain::{
    ExplainedIn, GainExplanation, GainIn, HoldingExplanation, LotExplanation, LotPurchase, LotStep, PositionStep,
    RealizedBy, RealizedPart, RealizingRecord, StockExplanation, explain_gain, explain_gain_in, explain_holding,
    explain_holding_in,
};
pub use gains::{GainRow, GainsBy, GainsFilter, Period, for_each_gain, for_each_lot_gain};
pub use gains_in::{for_each_gain_in, for_each_lot_gain_in};
pub use history::{Happening, HappeningKind, History, RematchCause, history};
pub use holdings::{HoldingsBy, HoldingsFilter, holding_weights, holdings, holdings_by_symbol};
pub use holdings_in::{HoldingIn, Realized, holdings_in, holdings_in_by_symbol};
pub use listings::{DayPrice, for_each_transaction, portfolios, prices, stocks};
pub use overview::{CurrencyOverview, DayChange, Overview, OverviewFilter, StockGain, overview};
pub use page_figures::{PageFigures, PageFilter, page_figures, page_total};
pub use price_age::PriceAge;
pub use returns::{
    FlowKind, Flows, ForeignReturn, PeriodReturns, Rate, ReturnFlow, Returns, ReturnsBy, ReturnsFilter, Scope,
    for_each_return, performance, until_standstill, weigh_returns,
};
pub use value_over_time::{ValueFilter, ValueOverTime, ValuePoint, value_over_time};
