use super::*;
use crate::app::import::BadRows;
use crate::domain::Purpose;

fn classified(error: impl Into<AppError>) -> (ErrorKind, &'static str) {
    let error = error.into();
    (error.kind(), error.code())
}

#[test]
fn a_layer_further_in_decides_kind_and_code() {
    let full = || io::Error::from(io::ErrorKind::StorageFull);
    let foreign = || ForeignEffect { code: "foreign_audit_log", what: "x".into(), why: "y".into(), hint: "z".into() };
    let nothing =
        DomainError::UnknownSymbol { symbol: "ACME".parse().unwrap(), nearest: Vec::new(), purpose: Purpose::Reading };
    for (classified, expected) in [
        (classified("".parse::<crate::domain::Symbol>().unwrap_err()), (ErrorKind::Usage, "invalid_symbol")),
        (classified(nothing.clone()), (ErrorKind::Refused, "unknown_symbol")),
        (classified(StoreError::Refused(nothing.clone())), (ErrorKind::Refused, "unknown_symbol")),
        (classified(BackupError::Book(StoreError::Refused(nothing))), (ErrorKind::Refused, "unknown_symbol")),
        (classified(TooLarge), (ErrorKind::Refused, "too_large")),
        (classified(StoreError::from(TooLarge)), (ErrorKind::Refused, "too_large")),
        (classified(BackupError::Book(TooLarge.into())), (ErrorKind::Refused, "too_large")),
        (classified(StoreError::Busy), (ErrorKind::Busy, "busy")),
        (classified(BackupError::Book(StoreError::Busy)), (ErrorKind::Busy, "busy")),
        (classified(StoreError::Interrupted), (ErrorKind::Interrupted, "interrupted")),
        (classified(BackupError::Interrupted), (ErrorKind::Interrupted, "interrupted")),
        (classified(BackupError::Book(StoreError::Interrupted)), (ErrorKind::Interrupted, "interrupted")),
        (classified(StoreError::DiskFull), (ErrorKind::Environment, "io_error")),
        (classified(BackupError::InUse("x".into())), (ErrorKind::Environment, "file_in_use")),
        (classified(LogError::failed("write", "log".as_ref(), full())), (ErrorKind::Environment, "io_error")),
        (classified(foreign()), (ErrorKind::Environment, "foreign_audit_log")),
        (classified(AppError::Output(full())), (ErrorKind::Environment, "io_error")),
        (classified(AppError::Output(io::ErrorKind::BrokenPipe.into())), (ErrorKind::ReaderGone, "io_error")),
        (classified(ImportError::Input { file: "x".into(), cause: full() }), (ErrorKind::Environment, "input_error")),
        (
            classified(ImportError::Refused { rows: 1, faults: BadRows::default() }),
            (ErrorKind::Refused, "import_refused"),
        ),
        // Whatever a handler says.
        (classified(AppError::of_handler(foreign().into())), (ErrorKind::Environment, "foreign_audit_log")),
        (classified(AppError::of_handler(AppError::Interrupted.into())), (ErrorKind::Interrupted, "interrupted")),
        (classified(AppError::of_handler(StoreError::Busy.into())), (ErrorKind::Busy, "busy")),
        (
            classified(AppError::of_handler(LogError::AppendOnly("log".into()).into())),
            (ErrorKind::Environment, "log_append_only"),
        ),
        (classified(AppError::of_handler(full().into())), (ErrorKind::Environment, "internal_error")),
    ] {
        assert_eq!(classified, expected);
    }
}
