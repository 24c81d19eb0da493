#!/bin/sh
# Tries a million variations of the seeds on every target, or with an argument on those in whose test's name it
# is (`imported`, `a_log`, `values`, `any_format`, `a_format`), without cargo-fuzz and with any toolchain. Arithmetic is checked for
# overflows. FUZZ_RUNS sets another number.
set -eu
cd "$(dirname "$0")/.."
export FUZZ_RUNS="${FUZZ_RUNS:-1000000}" CARGO_PROFILE_DEV_OPT_LEVEL=2 CARGO_PROFILE_TEST_OPT_LEVEL=2
exec cargo test --test reliability -- "${1:-fuzzed}" --nocapture
