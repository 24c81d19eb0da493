//! Maps ids to the records that they identify, if that is not the record with the id.

use crate::domain::{KnownIdentity, TransactionId};
use crate::store::StoreError;
use crate::store::statements::Statements;
use crate::store::values::halves;

/// Maps an id whose record was undone to the record that was entered in its place.
pub(super) fn map(
    statements: &mut Statements<'_>,
    identity: Option<TransactionId>,
    known: TransactionId,
) -> Result<(), StoreError> {
    static SQL: &str =
        "INSERT OR REPLACE INTO identities (id_high, id_low, known_high, known_low) VALUES (?1, ?2, ?3, ?4)";
    if let Some(identity) = identity {
        let ((high, low), (known_high, known_low)) = (halves(identity), halves(known));
        statements.get(SQL)?.execute((high, low, known_high, known_low))?;
    }
    Ok(())
}

/// Removes such mappings.
pub(super) fn release(statements: &mut Statements<'_>, identities: &[KnownIdentity]) -> Result<(), StoreError> {
    static SQL: &str = "DELETE FROM identities
        WHERE id_high = ?1 AND id_low = ?2 AND known_high = ?3 AND known_low = ?4";
    for KnownIdentity { identity, transaction_id } in identities {
        let ((high, low), (known_high, known_low)) = (halves(*identity), halves(*transaction_id));
        statements.get(SQL)?.execute((high, low, known_high, known_low))?;
    }
    Ok(())
}
