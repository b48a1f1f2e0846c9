//! The options of each verb, and how they are read.

use btyd::{Convention, Day, Rules, Unit};
use clap::{Arg, ArgAction, ArgMatches, Command};
use forecast::{Role, Roles};
use kernel::{Problem, Result};

use crate::cli::wrong;

/// The verbs, in the order in which they are used.
pub(super) fn verbs() -> Vec<&'static str> {
    vec!["summarize", "fit", "predict", "renew", "sql"]
}

/// Columns that may be named where they are not found by their names.
const COLUMNS: &[(&str, Role)] = &[
    ("frequency", Role::Frequency),
    ("recency", Role::Recency),
    ("age", Role::Age),
    ("monetary", Role::Monetary),
    ("count", Role::Count),
];

/// The options of a verb.
pub(super) fn command(verb: &str) -> Option<Command> {
    match verb {
        "summarize" => Some(summarize()),
        "fit" => Some(fit()),
        "predict" => Some(predict()),
        "renew" => Some(renew()),
        "sql" => Some(sql()),
        _ => None,
    }
}

fn verb(name: &'static str, about: &'static str) -> Command {
    let command = Command::new(name).bin_name(format!("mainstay model {name}")).about(about);
    command.disable_version_flag(true).arg(option(
        "to",
        "FILE",
        "Write the answer here; -o is then seen from its ending",
    ))
}

fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

fn with_columns(command: Command) -> Command {
    let help = "Its column, where that is not found by its name";
    COLUMNS.iter().fold(command, |command, (name, _)| command.arg(option(name, "COLUMN", help)))
}

fn summarize() -> Command {
    verb("summarize", "Makes one row per customer of raw transactions.")
        .arg(
            Arg::new("transactions")
                .required(true)
                .value_name("FILE")
                .help("The transactions, CSV or Parquet"),
        )
        .arg(option("id", "COLUMN", "Who bought").required(true))
        .arg(option("date", "COLUMN", "When").required(true))
        .arg(option("amount", "COLUMN", "For how much"))
        .arg(option("unit", "UNIT", "day, week, month or year").default_value("week"))
        .arg(option("end", "DAY", "The last day observed").required(true))
        .arg(option("holdout", "DAY", "Purchases after the end and until here are counted apart"))
        .arg(option("acquired", "DAY..DAY", "Only customers whose first purchase falls between"))
        .arg(
            option("convention", "NAME", "textbook (exact days) or lifetimes (whole periods)")
                .default_value("textbook"),
        )
}

fn fit() -> Command {
    let command = verb("fit", "Fits a model to a table of customers.")
        .arg(
            option(
                "model",
                "NAME",
                "nbd, bg-nbd, mbg-nbd, pareto-nbd, bg-cnbd-k, mbg-cnbd-k, bg-bb, gamma-gamma, sbg, bdw",
            )
            .required(true),
        )
        .arg(
            option(
                "input",
                "FILE",
                "frequency, recency, age or T, optional monetary and count; or survivors",
            )
            .required(true),
        )
        .arg(option("unit", "UNIT", "Unit of the times; else what the column unit says, else week"))
        .arg(option("k", "N", "Ticks per purchase of the cnbd-k models; else the likeliest"))
        .arg(option("covariates", "COLUMN,…", "Columns known beforehand, for bg-nbd, mbg-nbd and pareto-nbd"))
        .arg(option("profile", "LEVEL", "Profile-likelihood intervals of this level, such as 0.95"))
        .arg(flag("robust", "Covariance that does not lean on the model (sandwich)"));
    with_columns(command)
}

fn predict() -> Command {
    let command = verb("predict", "Says of every customer who is active and what they will buy.")
        .arg(option("params", "FILE", "What model fit answered").required(true))
        .arg(option("input", "FILE", "The table of customers").required(true))
        .arg(option("horizon", "LENGTH", "How far: 39 in the unit of the fit, or 39w, 1y").required(true))
        .arg(option("spend", "FILE", "A fit of gamma-gamma, where the fit itself holds none"))
        .arg(option("discount", "RATE", "Price of waiting: 0.1 a year, or 0.15/52w"))
        .arg(option(
            "value-horizon",
            "LENGTH",
            "How far value is added up: a length, or ever; else the horizon",
        ))
        .arg(option("margin", "SHARE", "What is kept of the spend").default_value("1"))
        .arg(option("level", "LEVEL", "Level of the intervals").default_value("0.9"))
        .arg(flag("no-intervals", "Estimates only, faster"));
    with_columns(command)
}

fn renew() -> Command {
    verb("renew", "Projects renewals of contracts and values those that stand.")
        .arg(option("model", "NAME", "sbg or bdw, fitted to the input"))
        .arg(option("params", "FILE", "A fit of sbg or bdw in place of a model"))
        .arg(option("input", "FILE", "Survivors by anniversary and cohort, or renewals and ended"))
        .arg(option("periods", "N", "So many periods ahead").default_value("12"))
        .arg(option("discount", "RATE", "Price of waiting, per period").default_value("0.1"))
        .arg(option("margin", "AMOUNT", "What a contract leaves per period").default_value("1"))
        .arg(option("level", "LEVEL", "Level of the intervals").default_value("0.9"))
}

fn sql() -> Command {
    verb("sql", "Writes the statements by which an engine elsewhere counts and joins.")
        .arg(option("dialect", "NAME", "spark, duckdb, postgres, snowflake, bigquery, trino").required(true))
        .arg(option("table", "TABLE", "The table of transactions").default_value("transactions"))
        .arg(option("id", "COLUMN", "Who bought").default_value("customer_id"))
        .arg(option("date", "COLUMN", "When").default_value("date"))
        .arg(option("amount", "COLUMN", "For how much"))
        .arg(option("unit", "UNIT", "day, week, month or year").default_value("week"))
        .arg(option("end", "DAY", "The last day observed").required(true))
        .arg(option("holdout", "DAY", "Purchases after the end and until here are counted apart"))
        .arg(option("into", "NAME", "How the names of the new tables begin").default_value("btyd"))
}

/// What was given, read as what it means.
pub(super) struct Given<'a>(pub &'a ArgMatches);

impl Given<'_> {
    pub fn text(&self, name: &str) -> Option<String> {
        self.0.try_get_one::<String>(name).ok().flatten().cloned()
    }

    pub fn flag(&self, name: &str) -> bool {
        self.0.get_flag(name)
    }

    pub fn list(&self, name: &str) -> Vec<String> {
        let text = self.text(name).unwrap_or_default();
        text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }

    /// A number not below zero.
    pub fn number(&self, name: &str) -> Result<Option<f64>> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let number = text.parse().ok().filter(|number: &f64| (0.0..=1e12).contains(number));
        let number =
            number.ok_or_else(|| wrong(format!("--{name} {text:?} is no number from 0; write one")))?;
        if matches!(name, "k" | "periods") && (number.fract() != 0.0 || !(1.0..=1000.0).contains(&number)) {
            return Err(wrong(format!("--{name} {text:?} is no whole number from 1 to 1000; write one")));
        }
        Ok(Some(number))
    }

    /// A level strictly between zero and one.
    pub fn share(&self, name: &str) -> Result<Option<f64>> {
        let share = self.number(name)?;
        match share {
            Some(share) if share <= 0.0 || 1.0 <= share => {
                Err(wrong(format!("--{name} {share} is no level; write one between 0 and 1, such as 0.95")))
            }
            share => Ok(share),
        }
    }

    pub fn day(&self, name: &str) -> Result<Option<Day>> {
        self.text(name).map(|text| day(name, &text)).transpose()
    }

    pub fn end(&self) -> Result<Day> {
        self.day("end")?.ok_or_else(|| crate::cli::lacks("--end", "a day such as 2024-12-31"))
    }

    pub fn roles(&self) -> Roles {
        COLUMNS.iter().fold(Roles::default(), |roles, (name, role)| match self.text(name) {
            Some(column) => roles.with(*role, &column),
            None => roles,
        })
    }

    pub fn rules(&self, unit: Unit, holdout: Option<Day>) -> Result<Rules> {
        let end = self.end()?;
        let mut rules = Rules::new(unit, end);
        if let Some(holdout) = holdout {
            if holdout <= end {
                return Err(wrong(format!(
                    "--holdout {holdout} is not after --end {end}; the holdout follows it"
                )));
            }
            rules = rules.holdout(holdout);
        }
        if let Some(text) = self.text("acquired") {
            let days = text.split_once("..").ok_or_else(|| {
                wrong(format!("--acquired {text:?} is no span of days; write 2024-01-01..2024-03-31"))
            })?;
            rules = rules.acquired(day("acquired", days.0)?, day("acquired", days.1)?);
        }
        match self.text("convention").as_deref() {
            Some("lifetimes") => Ok(rules.convention(Convention::Lifetimes)),
            Some("textbook") | None => Ok(rules),
            Some(other) => {
                Err(wrong(format!("there is no convention {other:?}; write textbook or lifetimes")))
            }
        }
    }
}

fn day(name: &str, text: &str) -> Result<Day> {
    let plain = [8, 10].contains(&text.len());
    Day::parse(text).filter(|_| plain).ok_or_else(|| {
        let why = format!("--{name} {text:?} is not a day; write it as 2024-12-31");
        Problem::invalid(name, "model.day", why)
    })
}
