//! Installments by the gateway's address: a shop with many payment systems, each with a rule of as
//! many options, asked one request after the other over HTTP.
//!
//! What the server needs is what a request takes beyond one that asks for nothing
//! (`GET /health`), timed in turns with it.

use crate::books::kept;
use crate::machine::Machine;
use crate::table::{Table, thousands};
use crate::times::{Bounds, Figures, many, milliseconds};
use clap::Args;
use fiado_tests::{Caller, Integration, Shop, json, repository};
use reqwest::Method;
use serde::Serialize;
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// How often a question is asked before it is timed.
const WARM_UP: usize = 200;
/// What the server may need for one answer, in microseconds.
const TARGET_US: u64 = 1_000;

/// Installments by the gateway's address
#[derive(Debug, Args)]
pub(crate) struct Installments {
    /// How many payment systems there are, each with a rule
    #[arg(long, value_name = "COUNT", default_value_t = Installments::usual().systems)]
    systems: u64,
    /// How many options a rule has
    #[arg(long, value_name = "COUNT", default_value_t = Installments::usual().options)]
    options: u64,
    /// How often each question is asked
    #[arg(long, value_name = "COUNT", default_value_t = Installments::usual().repeats)]
    repeats: usize,
}

impl Installments {
    /// The size that the target is given for.
    pub(crate) fn usual() -> Installments {
        Installments { systems: 20, options: 12, repeats: 2_000 }
    }

    /// Makes the shop, asks, prints what came of it and keeps it.
    pub(crate) fn measure(&self) {
        let shop = Shop::open();
        let (key, token) = shop.application_key(&["--name", "bench", "--permissions", "vtex:main"]);
        let caller = shop.stranger().with("X-VTEX-API-AppKey", &key).with("X-VTEX-API-AppToken", &token);
        let client = Integration::of(caller.clone());
        for system in 1..=self.systems {
            client.adds_rule(&rule(system, self.options));
        }
        let results = Results {
            benchmark: "installments",
            machine: Machine::this(),
            systems: self.systems,
            options: self.options,
            questions: self.questions(&caller),
        };
        println!("\n{results}");
        let file = self.file();
        fs::write(&file, serde_json::to_string_pretty(&results).unwrap() + "\n").unwrap();
        println!("wrote {}", file.display());
    }

    fn questions(&self, caller: &Caller) -> Vec<Measured> {
        let all = "/api/pvt/installments?request.value=1234.56&request.salesChannel=1";
        let one = format!("{all}&request.paymentDetails%5B0%5D.id={}", number(self.systems));
        vec![
            self.ask(caller, "GET /health", "/health", None),
            self.ask(caller, "all systems", all, Some(self.systems * self.options)),
            self.ask(caller, "one system", &one, Some(self.options)),
            self.ask(caller, "GET /health again", "/health", None),
        ]
    }

    fn ask(&self, caller: &Caller, question: &'static str, path: &str, options: Option<u64>) -> Measured {
        let ask = || caller.try_send(Method::GET, path, None).unwrap();
        let answer = ask();
        assert_eq!(answer.status, 200, "{}\n{}", answer.asked, answer.text);
        assert_eq!(options, options.map(|_| offered(&answer.text)), "{path}");
        (0..WARM_UP).for_each(|_| drop(ask()));
        let bounds = Bounds { repeats: self.repeats, patience: Duration::from_secs(30) };
        let times = many(bounds, |_| assert_eq!(ask().status, 200));
        Measured { question, options, bytes: answer.text.len(), times }
    }

    /// Figures of another size are no figures to be committed.
    fn file(&self) -> PathBuf {
        let usual = Installments::usual();
        if (self.systems, self.options) == (usual.systems, usual.options) {
            repository().join("tests/bench/installments.json")
        } else {
            fs::create_dir_all(kept()).unwrap();
            kept().join(format!("installments-{}-{}.json", self.systems, self.options))
        }
    }
}

/// How many options an answer has.
fn offered(text: &str) -> u64 {
    let answer = json(text);
    let systems = answer["installments"].as_array().unwrap().iter();
    systems.map(|system| system["options"].as_array().unwrap().len() as u64).sum()
}

/// The number of a payment system: none that means something here.
fn number(system: u64) -> u64 {
    1_000 + system
}

/// A rule of a payment system, each option with compound interest: that takes longest to count.
fn rule(system: u64, options: u64) -> String {
    let option = |count| format!(r#"{{"quantity":{count},"interestRate":1.86,"interestTax":0}}"#);
    let options: Vec<String> = (1..=options).map(option).collect();
    format!(
        r#"{{"name":"Sistema {system}","salesChannels":[{{"id":":ALL:"}}],"paymentSystem":{{"id":{},"name":"Sistema {system}"}},"enabled":true,"installmentOptions":{{"dueDateType":0,"interestRateMethod":0,"minimumInstallmentValue":1,"installments":[{}]}}}}"#,
        number(system),
        options.join(",")
    )
}

/// What is kept of a run.
#[derive(Serialize)]
struct Results {
    benchmark: &'static str,
    machine: Machine,
    systems: u64,
    options: u64,
    questions: Vec<Measured>,
}

/// What came of a question.
#[derive(Serialize)]
struct Measured {
    question: &'static str,
    /// How many options are answered, where it is asked for them.
    options: Option<u64>,
    bytes: usize,
    #[serde(flatten)]
    times: Figures,
}

impl Results {
    /// What the server needs beyond a request without work, at its quickest.
    fn server_us(&self, measured: &Measured) -> Option<u64> {
        let probes = self.questions.iter().filter(|question| question.options.is_none());
        let nothing = probes.map(|probe| probe.times.median_us).min()?;
        measured.options.map(|_| measured.times.median_us.saturating_sub(nothing))
    }
}

impl fmt::Display for Results {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headings = ["milliseconds", "options", "bytes", "median", "p95", "worst", "server", "target", ""];
        let mut table = Table::new(headings);
        for measured in &self.questions {
            let Figures { median_us, p95_us, worst_us, .. } = measured.times;
            let server = self.server_us(measured);
            let verdict = server.map(|server| if server < TARGET_US { "met" } else { "MISSED" });
            table.add([
                measured.question.to_owned(),
                measured.options.map(thousands).unwrap_or_default(),
                thousands(measured.bytes as u64),
                milliseconds(median_us),
                milliseconds(p95_us),
                milliseconds(worst_us),
                server.map(milliseconds).unwrap_or_default(),
                server.map(|_| milliseconds(TARGET_US)).unwrap_or_default(),
                verdict.unwrap_or_default().to_owned(),
            ]);
        }
        let Results { machine, systems, options, .. } = self;
        writeln!(formatter, "{machine}\n{systems} payment systems with {options} options each\n\n{table}")
    }
}
