use super::*;
use crate::app::import::BadRows;
use crate::domain::Purpose;

fn told(error: impl Into<AppError>) -> (ErrorKind, &'static str) {
    let error = error.into();
    (error.kind(), error.code())
}

#[test]
fn a_layer_further_in_decides_kind_and_code() {
    let full = || io::Error::from(io::ErrorKind::StorageFull);
    let foreign = || ForeignEffect { code: "foreign_audit_log", what: "x".into(), why: "y".into(), hint: "z".into() };
    let nothing =
        DomainError::UnknownSymbol { symbol: "ACME".parse().unwrap(), nearest: Vec::new(), purpose: Purpose::Reading };
    for (told, expected) in [
        (told("".parse::<crate::domain::Symbol>().unwrap_err()), (ErrorKind::Usage, "invalid_symbol")),
        (told(nothing.clone()), (ErrorKind::Refused, "unknown_symbol")),
        (told(StoreError::Refused(nothing.clone())), (ErrorKind::Refused, "unknown_symbol")),
        (told(BackupError::Book(StoreError::Refused(nothing))), (ErrorKind::Refused, "unknown_symbol")),
        (told(TooLarge), (ErrorKind::Refused, "too_large")),
        (told(StoreError::from(TooLarge)), (ErrorKind::Refused, "too_large")),
        (told(BackupError::Book(TooLarge.into())), (ErrorKind::Refused, "too_large")),
        (told(StoreError::Busy), (ErrorKind::Busy, "busy")),
        (told(BackupError::Book(StoreError::Busy)), (ErrorKind::Busy, "busy")),
        (told(StoreError::Interrupted), (ErrorKind::Interrupted, "interrupted")),
        (told(BackupError::Interrupted), (ErrorKind::Interrupted, "interrupted")),
        (told(BackupError::Book(StoreError::Interrupted)), (ErrorKind::Interrupted, "interrupted")),
        (told(StoreError::DiskFull), (ErrorKind::Environment, "io_error")),
        (told(BackupError::InUse("x".into())), (ErrorKind::Environment, "file_in_use")),
        (told(LogError::failed("write", "log".as_ref(), full())), (ErrorKind::Environment, "io_error")),
        (told(foreign()), (ErrorKind::Environment, "foreign_audit_log")),
        (told(AppError::Output(full())), (ErrorKind::Environment, "io_error")),
        (told(AppError::Output(io::ErrorKind::BrokenPipe.into())), (ErrorKind::ReaderGone, "io_error")),
        (told(ImportError::Input { file: "x".into(), cause: full() }), (ErrorKind::Environment, "input_error")),
        (told(ImportError::Refused { rows: 1, faults: BadRows::default() }), (ErrorKind::Refused, "import_refused")),
        // Whatever a handler says.
        (told(AppError::of_handler(foreign().into())), (ErrorKind::Environment, "foreign_audit_log")),
        (told(AppError::of_handler(AppError::Interrupted.into())), (ErrorKind::Interrupted, "interrupted")),
        (told(AppError::of_handler(StoreError::Busy.into())), (ErrorKind::Busy, "busy")),
        (
            told(AppError::of_handler(LogError::AppendOnly("log".into()).into())),
            (ErrorKind::Environment, "log_append_only"),
        ),
        (told(AppError::of_handler(full().into())), (ErrorKind::Environment, "internal_error")),
    ] {
        assert_eq!(told, expected);
    }
}
