//! Dividends that were paid in a currency other than their stock's, and exchanged.

use super::Recorder;
use crate::app::import::file::ImportRow;
use crate::app::import::sort_buffer::BufferedRow;
use crate::store::StoreError;

/// The row of a dividend in the currency of its stock, if the file states what was received in that currency.
pub(in crate::app::import) fn exchanged(
    recorder: &mut Recorder<'_, '_>,
    row: &BufferedRow,
) -> Result<Option<BufferedRow>, StoreError> {
    let ImportRow::Dividend(dividend) = &row.row else { return Ok(None) };
    if dividend.exchanged.is_none() {
        return Ok(None);
    }
    let currency = recorder.directory.currency_of(recorder.unit, &dividend.symbol)?;
    let Some(converted) = currency.and_then(|currency| dividend.exchanged_for(currency)) else { return Ok(None) };
    let mut row = row.clone();
    row.row = ImportRow::Dividend(converted);
    Ok(Some(row))
}
