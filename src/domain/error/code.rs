//! The stable codes of refusals, for scripts.

use super::DomainError;

impl DomainError {
    /// The stable code for scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::InsufficientQuantity { .. } | Self::HeldElsewhere { .. } | Self::LotShort { .. } => {
                "insufficient_quantity"
            }
            Self::PickedLotsDiffer { .. } => "picked_lots_differ",
            Self::LeavesUncovered { cause, .. } => cause.code(),
            Self::SymbolExists { .. } => "symbol_exists",
            Self::PortfolioExists { .. } => "portfolio_exists",
            Self::UnknownSymbol { .. } => "unknown_symbol",
            Self::UnknownPortfolio { .. } => "unknown_portfolio",
            Self::IdConflict { .. } => "id_conflict",
            Self::ExcessWithholding { .. } => "invalid_withholding",
            Self::SettlementDiffers { .. } | Self::FeeBeyondSettlement { .. } => "settlement_differs",
            Self::RateNeeded { .. } | Self::FeeRateNeeded { .. } => "no_rate",
            Self::NeedlessRate { .. } => "needless_rate",
            Self::NothingHeld { .. } | Self::NothingToAdjust { .. } => "nothing_held",
            Self::NotConvertible { .. } => "not_convertible",
            Self::ConversionExists { .. } => "conversion_exists",
            Self::UnknownId(..) => "unknown_id",
            Self::AmbiguousId { .. } => "ambiguous_id",
            Self::NotAmendable { .. } => "not_amendable",
            Self::NotASale { .. } => "not_a_sale",
            Self::IndustryWithoutSector { .. } => "industry_without_sector",
            Self::CurrencyInUse { .. } => "currency_in_use",
            Self::AdjustmentUnclear { .. } => "adjustment_unclear",
            Self::SplitExists { .. } => "split_exists",
            Self::SplitNearby { .. } => "split_nearby",
            Self::CurrencyMismatch { .. } => "currency_mismatch",
            Self::NoFraction { .. } | Self::NoNewFraction { .. } => "no_fraction",
            Self::SeveralFractions { .. } => "several_fractions",
            Self::SeveralHolders { .. } | Self::HoldersChange { .. } => "several_holders",
            Self::TooLarge { .. } | Self::PriceTooLarge { .. } => "too_large",
            Self::LotsMissing { .. } => "damaged_book",
        }
    }
}
