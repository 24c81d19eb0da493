//! The values of options that are not typed: the environment takes precedence over the configuration
//! file, and that over the defaults.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::parser::ValueSource;
use clap::{ArgMatches, ValueEnum};
use etcetera::BaseStrategy;

use super::args::{ColorChoice, Globals, Typed};
use super::output::{Dates, Format, Numbers, Style, Thousands};
use super::pager::Pager;
use crate::app::AppError;
use crate::domain::{Currency, PortfolioName, ValueError, excerpt};

/// The settings of a configuration file; `None` for those that it does not contain.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// The path of the file, whether it exists or not; `None` if the user has no place for it.
    pub(super) file: Option<PathBuf>,
    /// Why the file is not used; `None` if it is, or does not exist.
    pub(super) unused: Option<String>,
    /// The path of the book.
    pub(super) book: Option<PathBuf>,
    /// The portfolio to record in and to show.
    pub(super) portfolio: Option<PortfolioName>,
    /// The currency of new stocks.
    pub(super) new_stock_currency: Option<Currency>,
    /// The currency of totals over several currencies.
    pub(super) currency: Option<Currency>,
    /// How results are printed.
    pub(super) output_format: Option<Format>,
    /// When colours are used.
    pub(super) color: Option<ColorChoice>,
    /// The type of numbers in JSON.
    pub(super) numbers: Option<Numbers>,
    /// The separator of thousands in tables.
    thousands: Option<Thousands>,
    /// How tables write days.
    dates: Option<Dates>,
    /// The pager command; empty for none.
    pub(super) pager: Option<String>,
    origins: Origins,
}

/// Where the values of this command's options come from.
#[derive(Debug, Default)]
pub(super) struct Origins(Vec<(&'static str, ValueSource)>);

impl Origins {
    /// The origins, as clap has determined them.
    pub(super) fn of(matches: &ArgMatches) -> Self {
        let given = |name| source(matches, option(name)).map(|source| (name, source));
        Self(NAMES.into_iter().filter_map(given).collect())
    }

    /// Whether this option was typed.
    pub(super) fn of_option(&self, name: &'static str) -> Typed {
        let is_typed = self.0.contains(&(name, ValueSource::CommandLine));
        if is_typed { Typed::Here } else { Typed::Elsewhere }
    }
}

/// The option for a setting: `--currency` is a stock's or a dividend's.
fn option(setting: &'static str) -> &'static str {
    if setting == "currency" { "reporting_currency" } else { setting }
}

/// Where a global option's value comes from, before or after the subcommand.
fn source(matches: &ArgMatches, name: &str) -> Option<ValueSource> {
    let after = matches.subcommand().and_then(|(_, matches)| source(matches, name));
    // clap must not be asked about an argument that does not exist.
    let is_given = || matches.try_contains_id(name).is_ok_and(|is_given| is_given);
    after.or_else(|| if is_given() { matches.value_source(name) } else { None })
}

/// A setting in effect for this command.
pub(super) struct Setting {
    /// Its name in the configuration file.
    pub(super) name: &'static str,
    /// The value; `None` if there is no default.
    pub(super) value: Option<String>,
    /// Where it comes from.
    pub(super) origin: &'static str,
}

const NAMES: [&str; 10] = [
    "book",
    "portfolio",
    "currency",
    "new_stock_currency",
    "output_format",
    "color",
    "numbers",
    "thousands",
    "dates",
    "pager",
];

impl Settings {
    /// Reads the user's configuration file. A missing one contains no settings; that of another user, whose
    /// home directory is still in the environment, is ignored.
    ///
    /// # Errors
    /// If the user's own file cannot be read, or contains anything other than settings.
    pub(super) fn read(origins: Origins) -> Result<Self, AppError> {
        let Some(file) = place() else { return Ok(Self { origins, ..Self::default() }) };
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(Self { file: Some(file), origins, ..Self::default() });
            }
            Err(error) if error.kind() == ErrorKind::PermissionDenied && !is_own(&file) => {
                let unused = Some(format!(
                    "{} cannot be read and is not yours, so no settings are used; set HOME or XDG_CONFIG_HOME to a \
                     directory of your own",
                    file.display()
                ));
                return Ok(Self { file: Some(file), unused, origins, ..Self::default() });
            }
            Err(error) => return Err(invalid(&file, &format!("cannot be read: {error}"), HINT)),
        };
        let mut settings = Self::parse(&text, &file)?;
        (settings.file, settings.origins) = (Some(file), origins);
        Ok(settings)
    }

    fn parse(text: &str, file: &Path) -> Result<Self, AppError> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error.span().map_or(1, |span| line_of(text, span.start));
            invalid(file, &format!("line {line}: {}", error.message()), HINT)
        })?;
        let mut settings = Self::default();
        for (name, value) in &table {
            if !NAMES.contains(&name.as_str()) {
                let nearest = NAMES.iter().min_by_key(|known| strsim::osa_distance(name, known));
                let nearest = nearest.map(|known| format!("did you mean `{known}`? ")).unwrap_or_default();
                let hint = format!("{nearest}the settings are {}", NAMES.join(", "));
                return Err(invalid(file, &format!("`{}` is not a setting", excerpt(name)), &hint));
            }
            let toml::Value::String(value) = value else {
                return Err(invalid(file, &format!("the value of `{name}` is not text"), "write it in quotes"));
            };
            settings.set(name, value).map_err(|reason| invalid(file, &format!("`{name}`: {reason}"), HINT))?;
        }
        if let Some(book) = settings.book.take() {
            settings.book = Some(beside(file, &book));
        }
        Ok(settings)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "book" if value.is_empty() => return Err("the path is empty".to_owned()),
            "book" => self.book = Some(PathBuf::from(value)),
            "portfolio" => self.portfolio = Some(read(value)?),
            "currency" => self.currency = Some(read(value)?),
            "new_stock_currency" => self.new_stock_currency = Some(read(value)?),
            "output_format" => self.output_format = Some(choice(value)?),
            "color" => self.color = Some(choice(value)?),
            "numbers" => self.numbers = Some(choice(value)?),
            "thousands" => self.thousands = Some(choice(value)?),
            "dates" => self.dates = Some(choice(value)?),
            "pager" => self.pager = Some(value.to_owned()),
            _ => {}
        }
        Ok(())
    }

    /// Fills in options that were neither typed nor in the environment.
    pub(super) fn fill(&self, globals: &mut Globals) {
        globals.book = globals.book.take().or_else(|| self.book.clone());
        if globals.portfolio.is_empty() {
            globals.portfolio.extend(self.portfolio.clone());
        }
        globals.reporting_currency = globals.reporting_currency.or(self.currency);
        globals.output_format = globals.output_format.or(self.output_format);
        globals.color = globals.color.or(self.color);
        globals.numbers = globals.numbers.or(self.numbers);
    }
}

impl Settings {
    /// The folder of the user's own formats, whether it exists or not; `None` if there is no place for it.
    pub(super) fn formats_folder(&self) -> Option<PathBuf> {
        let file = self.file.as_ref().filter(|_| self.unused.is_none())?;
        Some(file.parent()?.join("formats"))
    }

    /// How tables write numbers and dates.
    pub(super) fn style(&self) -> Style {
        Style { thousands: self.thousands.unwrap_or_default(), dates: self.dates.unwrap_or_default() }
    }

    /// The settings in effect, with `book` and the other defaults.
    pub(super) fn in_force(&self, book: &Path, globals: [Option<String>; 5], pager: &Pager) -> Vec<Setting> {
        let [portfolio, output_format, color, numbers, reporting] = globals;
        let own = |value: Option<String>, name: &'static str| (name, value);
        let currency = self.new_stock_currency.unwrap_or(Currency::USD).to_string();
        let values = [
            own(Some(book.display().to_string()), "book"),
            own(portfolio, "portfolio"),
            own(reporting, "currency"),
            own(Some(currency), "new_stock_currency"),
            own(output_format.or(Some("table".to_owned())), "output_format"),
            own(color.or(Some("auto".to_owned())), "color"),
            own(numbers, "numbers"),
            own(word(&self.style().thousands), "thousands"),
            own(word(&self.style().dates), "dates"),
        ];
        let of_pager = Setting { name: "pager", value: pager.command().map(str::to_owned), origin: pager.origin };
        let of_own = values.into_iter().map(|(name, value)| Setting { name, value, origin: self.origin(name) });
        of_own.chain([of_pager]).collect()
    }

    fn origin(&self, name: &str) -> &'static str {
        let is_set = match name {
            "book" => self.book.is_some(),
            "portfolio" => self.portfolio.is_some(),
            "currency" => self.currency.is_some(),
            "new_stock_currency" => self.new_stock_currency.is_some(),
            "output_format" => self.output_format.is_some(),
            "numbers" => self.numbers.is_some(),
            "thousands" => self.thousands.is_some(),
            "dates" => self.dates.is_some(),
            _ => self.color.is_some(),
        };
        match self.origins.0.iter().find(|(given, _)| *given == name).map(|(_, source)| source) {
            Some(ValueSource::CommandLine) => "command line",
            Some(ValueSource::EnvVariable) => "environment",
            Some(_) | None if is_set => "configuration file",
            Some(_) | None => "default",
        }
    }
}

const HINT: &str = "correct the file, or move it away; `stockbook help config` lists what it may contain";

/// The path of the configuration file.
fn place() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.config_dir().join("stockbook").join("config.toml"))
}

/// Whether it belongs to the user who runs this. A file that cannot be examined does not.
#[cfg(unix)]
fn is_own(file: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().is_ok_and(|file| file.uid() == rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
fn is_own(file: &Path) -> bool {
    file.metadata().is_ok()
}

/// A path in the file, relative to the home directory or to the file's folder.
fn beside(file: &Path, path: &Path) -> PathBuf {
    let home = path.strip_prefix("~").ok().and_then(|rest| Some(etcetera::home_dir().ok()?.join(rest)));
    home.unwrap_or_else(|| file.parent().unwrap_or(file).join(path))
}

fn read<T: FromStr<Err = ValueError>>(value: &str) -> Result<T, String> {
    value.parse().map_err(|error: ValueError| error.to_string())
}

/// The word for a choice.
fn word<T: ValueEnum>(value: &T) -> Option<String> {
    value.to_possible_value().map(|value| value.get_name().to_owned())
}

fn choice<T: ValueEnum>(value: &str) -> Result<T, String> {
    T::from_str(value, true).map_err(|_| {
        let values = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let known: Vec<_> = values.map(|value| value.get_name().to_owned()).collect();
        format!("`{}` is not one of {}", excerpt(value), known.join(", "))
    })
}

/// The error for a missing place for the book.
pub(super) fn no_place(message: &str) -> AppError {
    AppError::Usage {
        code: "no_place_for_the_book",
        message: message.to_owned(),
        hint: "name it with --book FILE or STOCKBOOK_BOOK".to_owned(),
    }
}

/// The default path of the book.
pub(super) fn default_book() -> Result<PathBuf, AppError> {
    let no_home = || no_place("there is no home directory for the book");
    let is_place = |name: &str| std::env::var_os(name).is_some_and(|path| Path::new(&path).is_absolute());
    // A user who unsets HOME does not want the home directory that the system has on record.
    if cfg!(unix) && !is_place("XDG_DATA_HOME") && !is_place("HOME") {
        return Err(no_home());
    }
    let strategy = etcetera::choose_base_strategy().map_err(|_| no_home())?;
    Ok(strategy.data_dir().join("stockbook").join("book.db"))
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count().saturating_add(1)
}

fn invalid(file: &Path, what: &str, hint: &str) -> AppError {
    AppError::Usage { code: "invalid_setting", message: format!("{}: {what}", file.display()), hint: hint.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Settings, String> {
        Settings::parse(text, Path::new("/home/a/.config/stockbook/config.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn settings_are_read_and_paths_are_from_the_file() {
        let settings = parsed("book = 'mine.db'\nportfolio = \"ira\"\noutput_format = 'JSON'\n").unwrap();
        assert_eq!(settings.book.unwrap(), Path::new("/home/a/.config/stockbook/mine.db"));
        assert_eq!(settings.portfolio.unwrap().as_str(), "ira");
        assert_eq!(settings.output_format, Some(Format::Json));
        assert_eq!(parsed("book = '/b.db'").unwrap().book.unwrap(), Path::new("/b.db"));
    }

    #[test]
    fn what_is_no_setting_is_refused() {
        for (text, said) in [
            ("portfolo = 'ira'", "`portfolo` is not a setting"),
            ("\nbook = ", "line 2"),
            ("book = 3", "not text"),
            ("new_stock_currency = 'euros'", "new_stock_currency"),
            ("color = 'blue'", "not one of auto, always, never"),
            ("book = ''", "the path is empty"),
            ("thousands = '.'", "`.` is not one of comma, apostrophe, space, none"),
            ("dates = 'mdy'", "`mdy` is not one of iso, words"),
        ] {
            let error = parsed(text).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }
}
