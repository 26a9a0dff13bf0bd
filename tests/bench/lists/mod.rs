//! Lists by VTEX's addresses: pages near and far, filters, and the totals beside them, asked one
//! after the other over HTTP by a client with an application key.

mod questions;
mod samples;

use crate::books::{Books, Size, kept};
use crate::machine::Probes;
use crate::service::Service;
use crate::setting::Setting;
use crate::table::{Table, thousands};
use crate::times::{Bounds, Figures, many, milliseconds, once};
use clap::Args;
use fiado_tests::{Caller, json, repository};
use questions::Question;
use reqwest::Method;
use samples::Samples;
use serde::Serialize;
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// How often a question is asked before it is timed.
const WARM_UP: usize = 3;

/// Lists, filters and totals by VTEX's addresses
#[derive(Debug, Args)]
pub(crate) struct Lists {
    /// How many accounts there are
    #[arg(long, value_name = "COUNT", default_value_t = Lists::usual().accounts)]
    accounts: u64,
    /// How many invoices there are
    #[arg(long, value_name = "COUNT", default_value_t = Lists::usual().invoices)]
    invoices: u64,
    /// How often each question is asked at most
    #[arg(long, value_name = "COUNT", default_value_t = Lists::usual().repeats)]
    repeats: usize,
    /// How long each question is asked at most, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = Lists::usual().seconds)]
    seconds: u64,
}

impl Lists {
    /// The size that the targets are given for.
    pub(crate) fn usual() -> Lists {
        Lists { accounts: 1_000_000, invoices: 3_000_000, repeats: 100, seconds: 10 }
    }

    /// Makes the books where they are not there yet, asks all questions, prints what came of them
    /// and keeps it.
    pub(crate) fn measure(&self) {
        let books = Books::of(self.size());
        let service = Service::over(&books);
        let samples = Samples::take(&service.client());
        let (probes, questions) = self.ask_all(&service.caller(), &questions::all(&samples));
        let results =
            Results { benchmark: "lists", setting: Setting::of(&books, &service), probes, questions };
        println!("\n{results}");
        let file = self.file();
        fs::write(&file, serde_json::to_string_pretty(&results).unwrap() + "\n").unwrap();
        println!("wrote {}", file.display());
    }

    fn size(&self) -> Size {
        Size { accounts: self.accounts, invoices: self.invoices }
    }

    /// Figures of another size are no figures to be committed.
    fn file(&self) -> PathBuf {
        if self.size() == Lists::usual().size() {
            repository().join("tests/bench/lists.json")
        } else {
            kept().join(format!("lists-{}-{}.json", self.accounts, self.invoices))
        }
    }

    fn ask_all(&self, caller: &Caller, questions: &[Question]) -> (Probes, Vec<Measured>) {
        println!("asking {} questions", questions.len());
        let mut probes = Probes::default();
        probes.probe(caller);
        let measured = questions.iter().map(|question| {
            let probe_us = probes.probe(caller);
            self.ask(caller, question, probe_us)
        });
        let measured = measured.collect();
        probes.probe(caller);
        (probes, measured)
    }

    fn ask(&self, caller: &Caller, question: &Question, probe_us: u64) -> Measured {
        let (matches, first_us) = once(|| matches(&text_of(caller, &question.paths[0])));
        for path in question.paths.iter().cycle().take(WARM_UP) {
            text_of(caller, path);
        }
        let bounds = Bounds { repeats: self.repeats, patience: Duration::from_secs(self.seconds) };
        let times = many(bounds, |turn| {
            text_of(caller, &question.paths[turn % question.paths.len()]);
        });
        let target_us = question.target.map(|target| u64::try_from(target.as_micros()).unwrap());
        Measured { question: question.name, matches, target_us, first_us, probe_us, times }
    }
}

/// A whole answer, which has to be a success.
fn text_of(caller: &Caller, path: &str) -> String {
    let answer = caller.try_send(Method::GET, path, None).unwrap();
    assert_eq!(answer.status, 200, "{}\n{}", answer.asked, answer.text);
    answer.text
}

/// How many records match, where the answer is a list; nothing where it is not.
fn matches(text: &str) -> Option<u64> {
    json(text)["summary"]["count"].as_u64()
}

/// What is kept of a run.
#[derive(Serialize)]
struct Results {
    benchmark: &'static str,
    #[serde(flatten)]
    setting: Setting,
    probes: Probes,
    questions: Vec<Measured>,
}

/// What came of a question.
#[derive(Serialize)]
struct Measured {
    question: &'static str,
    matches: Option<u64>,
    target_us: Option<u64>,
    /// The very first time it was asked.
    first_us: u64,
    /// A round trip without work, just before.
    probe_us: u64,
    #[serde(flatten)]
    times: Figures,
}

impl Measured {
    /// A target is met where no more than one answer in twenty takes longer.
    fn verdict(&self) -> &'static str {
        match self.target_us {
            None => "",
            Some(target) if self.times.p95_us < target => "met",
            Some(_) => "MISSED",
        }
    }
}

impl fmt::Display for Results {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headings = ["milliseconds", "matches", "first", "median", "p95", "worst", "target", ""];
        let mut table = Table::new(headings);
        for measured in &self.questions {
            let Figures { median_us, p95_us, worst_us, .. } = measured.times;
            table.add([
                measured.question.to_owned(),
                measured.matches.map(thousands).unwrap_or_default(),
                milliseconds(measured.first_us),
                milliseconds(median_us),
                milliseconds(p95_us),
                milliseconds(worst_us),
                measured.target_us.map(|target| (target / 1000).to_string()).unwrap_or_default(),
                measured.verdict().to_owned(),
            ]);
        }
        writeln!(formatter, "{}\n\n{table}\n{}", self.setting, self.probes)
    }
}
