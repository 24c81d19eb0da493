#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| stockbook_fuzz::format_table(data));
