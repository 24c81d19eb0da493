//! Reading the audit log.

use std::collections::{HashSet, VecDeque};
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use super::AppError;
use crate::app::{known_portfolio, known_stock};
use crate::domain::{EventType, Instant, PortfolioFilter, PortfolioId, Sequence, StockId, Symbol};
use crate::log::{LONGEST_LINE, read_log};
use crate::store::Book;

/// Which lines to show. `None` does not restrict.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Only events of this type, matched in any case.
    pub event_type: Option<String>,
    /// Only events of these portfolios.
    pub portfolios: PortfolioFilter,
    /// Only events of this stock.
    pub symbol: Option<Symbol>,
    /// Only events recorded at this instant or later.
    pub since: Option<Instant>,
    /// Only events recorded before this instant.
    pub until: Option<Instant>,
    /// Only events after this one.
    pub since_sequence: Option<Sequence>,
}

/// The members of a line that filters need.
#[derive(Deserialize)]
struct LineMembers {
    sequence: Sequence,
    event_type: String,
    occurred_at: Instant,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    stock_id: Option<StockId>,
    portfolio_id: Option<PortfolioId>,
}

impl AuditFilter {
    /// Whether events are selected by their sequence alone, so that no line has to be parsed.
    fn is_by_place(&self) -> bool {
        let Self { event_type, portfolios, symbol, since, until, since_sequence: _ } = self;
        event_type.is_none() && portfolios.names().is_empty() && symbol.is_none() && since.is_none() && until.is_none()
    }

    fn covers(&self, line: &LineMembers, subject: &mut Subject) -> Result<bool, AppError> {
        Ok(self.since_sequence.is_none_or(|after| line.sequence > after)
            && self.event_type.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(&line.event_type))
            && self.since.is_none_or(|since| line.occurred_at >= since)
            && self.until.is_none_or(|until| line.occurred_at < until)
            && self.is_about(line, subject)?)
    }

    /// Whether an event is of the stock and the portfolios of the filter.
    fn is_about(&self, line: &LineMembers, subject: &mut Subject) -> Result<bool, AppError> {
        let (symbol, is_of_all) = (&self.symbol, self.portfolios.names().is_empty());
        if line.event_type == EventType::TransactionVoided.as_str() && (symbol.is_some() || !is_of_all) {
            return subject.has(line.sequence, self);
        }
        // Names change, ids do not.
        let Data { stock_id, portfolio_id } = line.data;
        Ok((symbol.is_none() || stock_id == subject.stock_id)
            && (is_of_all || portfolio_id.is_some_and(|id| subject.portfolio_ids.contains(&id))))
    }
}

/// The stock and the portfolios of the filter, and the events that void something of theirs. The line of such
/// an event does not name them, so they are looked up in the book.
struct Subject {
    book: PathBuf,
    stock_id: Option<StockId>,
    portfolio_ids: HashSet<PortfolioId>,
    /// The event up to which the voids have been looked up.
    known: Sequence,
    sequences: HashSet<Sequence>,
}

impl Subject {
    /// Whether this event voided something of the stock and the portfolios.
    fn has(&mut self, sequence: Sequence, filter: &AuditFilter) -> Result<bool, AppError> {
        if sequence > self.known {
            self.learn(&Book::open(&self.book, Self::PATIENCE)?, filter)?;
        }
        Ok(self.sequences.contains(&sequence))
    }

    const PATIENCE: Duration = Duration::from_secs(10);

    fn learn(&mut self, book: &Book, filter: &AuditFilter) -> Result<(), AppError> {
        let head = book.events().head()?.map_or(self.known, |event| event.sequence);
        let names = filter.portfolios.names();
        let each = names.iter().map(Some).chain(names.is_empty().then_some(None));
        for portfolio in each {
            let voids = book.reader().records().voids_since(self.known, filter.symbol.as_ref(), portfolio)?;
            self.sequences.extend(voids);
        }
        self.known = head;
        Ok(())
    }
}

/// The audit log, read line by line. An unfinished last line is left for the next read.
pub struct AuditTrail {
    path: PathBuf,
    reader: BufReader<File>,
    /// The offset of the next line.
    position: u64,
    filter: AuditFilter,
    subject: Subject,
    /// Whether lines have to be parsed to be filtered.
    must_understand: bool,
}

impl AuditTrail {
    /// Opens the log of a book at the filter's first line. `tail` is the number of lines to show from
    /// the end.
    ///
    /// # Errors
    /// If a portfolio or the symbol is unknown, or if the log or the book cannot be read.
    pub fn open(book: &Book, mut filter: AuditFilter, tail: Option<usize>) -> Result<Self, AppError> {
        let known = |name| known_portfolio(book.reader(), name).map(|portfolio| portfolio.id());
        let portfolio_ids = filter.portfolios.names().iter().map(known).collect::<Result<_, _>>()?;
        let stock = filter.symbol.as_ref().map(|symbol| known_stock(book.reader(), symbol)).transpose()?;
        filter.symbol = stock.as_ref().map(|stock| stock.profile().symbol.clone());
        let path = book.log().path().to_owned();
        let head = book.events().head()?.map_or(0, |event| event.sequence);
        let cursor = filter.since_sequence.unwrap_or(0);
        let from_tail = tail
            .filter(|_| filter.is_by_place())
            .map_or(0, |tail| head.saturating_sub(u64::try_from(tail).unwrap_or(u64::MAX)));
        // The book knows where each line is; a cursor beyond its end is found as lines come in.
        let after = cursor.max(from_tail).min(head);
        let position = book.events().load(after)?.map_or(0, |event| event.end_offset);
        let must_understand = !filter.is_by_place() || cursor > head;
        let mut subject = Subject {
            book: book.path().to_owned(),
            stock_id: stock.map(|stock| stock.id()),
            portfolio_ids,
            known: after,
            sequences: HashSet::new(),
        };
        if filter.symbol.is_some() || !filter.portfolios.names().is_empty() {
            subject.learn(book, &filter)?;
        }
        let reader = open_at(&path, position)?;
        Ok(Self { path, reader, position, filter, subject, must_understand })
    }

    /// Passes the lines that are there now and match the filter to `take`, line feeds included.
    ///
    /// # Errors
    /// If the log cannot be read or a line is not an event, or whatever error `take` returns.
    pub fn read(&mut self, take: &mut dyn FnMut(&[u8]) -> Result<(), AppError>) -> Result<(), AppError> {
        let mut line = Vec::new();
        loop {
            line.clear();
            let limited = &mut self.reader.by_ref().take(LONGEST_LINE);
            limited.read_until(b'\n', &mut line).map_err(AppError::system("read the audit log"))?;
            if limited.limit() == 0 {
                return Err(AppError::LogLine("is longer than any event's".to_owned()));
            }
            if line.last() != Some(&b'\n') {
                self.reader.seek(SeekFrom::Start(self.position)).map_err(AppError::system("read the audit log"))?;
                return Ok(());
            }
            self.position = self.position.saturating_add(u64::try_from(line.len()).unwrap_or(u64::MAX));
            let is_wanted = !self.must_understand || {
                let line = serde_json::from_slice(&line).map_err(AppError::unreadable_line)?;
                self.filter.covers(&line, &mut self.subject)?
            };
            if is_wanted {
                take(&line)?;
            }
        }
    }

    /// Like [`Self::read`], for repeated calls: if the log was removed and rewritten, byte for byte as
    /// before, reading continues at the same offset of the new file.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn poll(&mut self, take: &mut dyn FnMut(&[u8]) -> Result<(), AppError>) -> Result<(), AppError> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let opened = self.reader.get_ref().metadata().map_err(AppError::system("look at the audit log"))?;
            match std::fs::symlink_metadata(&self.path) {
                Ok(there) if (there.dev(), there.ino()) != (opened.dev(), opened.ino()) => {
                    self.reader = open_at(&self.path, self.position)?;
                }
                // It has not been rewritten yet.
                Ok(_) | Err(_) => {}
            }
        }
        self.read(take)
    }

    /// The last `count` lines that are there now and match the filter.
    ///
    /// # Errors
    /// If the log cannot be read, or a line is not an event.
    pub fn read_tail(&mut self, count: usize) -> Result<VecDeque<Vec<u8>>, AppError> {
        let mut last = VecDeque::new();
        self.read(&mut |line| {
            last.push_back(line.to_vec());
            if last.len() > count {
                last.pop_front();
            }
            Ok(())
        })?;
        Ok(last)
    }
}

fn open_at(path: &Path, position: u64) -> Result<BufReader<File>, AppError> {
    let mut reader = BufReader::with_capacity(1 << 16, read_log(path)?);
    reader.seek(SeekFrom::Start(position)).map_err(AppError::system("read the audit log"))?;
    Ok(reader)
}
