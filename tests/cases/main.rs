//! Worked examples with published results, run on the real program.
//!
//! See `README.md` beside this file for what a case is.

#[cfg(test)]
mod actions;
#[cfg(test)]
mod book;
#[cfg(test)]
mod case;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod fund;
#[cfg(test)]
mod fx;
#[cfg(test)]
#[path = "../testkit/testkit.rs"]
mod testkit;

#[cfg(test)]
use testkit::harness;

#[cfg(test)]
mod results {
    use std::collections::BTreeMap;
    use std::fmt::Write as _;
    use std::{env, fs};

    use crate::case::Case;
    use crate::figures::{Verdict, judge};
    use crate::harness::repository;

    const CASES: &str = "tests/cases/cases.json";
    const RESULTS: &str = "tests/cases/results.txt";

    fn cases() -> Vec<Case> {
        let text = fs::read_to_string(repository(CASES)).unwrap();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{CASES}: {error}"))
    }

    #[test]
    fn every_case_that_can_be_entered_has_the_published_result() {
        let verdicts: Vec<(Case, Verdict)> = cases().into_iter().map(|case| (case.clone(), judge(&case))).collect();
        let mut differing = String::new();
        for (case, verdict) in &verdicts {
            if let Verdict::Differs(differences) = verdict {
                writeln!(differing, "\n{} ({}): {}", case.id, case.source, differences.join("; ")).unwrap();
            }
        }
        assert!(differing.is_empty(), "{differing}");
        let results = told(&verdicts);
        println!("{results}");
        if env::var_os("STOCKBOOK_BLESS").is_some_and(|value| value == "1") {
            fs::write(repository(RESULTS), &results).unwrap();
        }
        let committed = fs::read_to_string(repository(RESULTS)).unwrap_or_default();
        assert_eq!(results, committed, "write {RESULTS} anew with `STOCKBOOK_BLESS=1 cargo test --test cases`");
    }

    /// How many cases pass, by kind and method, and the outcome of the others.
    fn told(verdicts: &[(Case, Verdict)]) -> String {
        let mut rows: BTreeMap<(&str, &str), [usize; 3]> = BTreeMap::new();
        let mut others = String::new();
        for (case, verdict) in verdicts {
            let row = rows.entry((&case.kind, case.method.as_deref().unwrap_or("-"))).or_default();
            let column = match verdict {
                Verdict::Passes => 0,
                Verdict::Differs(_) => continue,
                Verdict::Waits(reason) => {
                    writeln!(others, "waits    {}: {reason}", case.id).unwrap();
                    1
                }
                Verdict::IsSkipped(reason) => {
                    writeln!(others, "skipped  {}: {reason}", case.id).unwrap();
                    2
                }
            };
            row[column] = row[column].saturating_add(1);
        }
        let mut table = format!("{:<12}{:<10}{:>7}{:>7}{:>9}\n", "kind", "method", "passes", "waits", "skipped");
        let mut sums = [0_usize; 3];
        for ((kind, method), counts) in &rows {
            let [passes, waits, skipped] = counts;
            writeln!(table, "{kind:<12}{method:<10}{passes:>7}{waits:>7}{skipped:>9}").unwrap();
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum = sum.saturating_add(*count);
            }
        }
        let [passes, waits, skipped] = sums;
        format!("{table}{:<22}{passes:>7}{waits:>7}{skipped:>9}\n\n{others}", "all")
    }
}
