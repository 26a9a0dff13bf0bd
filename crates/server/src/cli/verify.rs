use super::open_existing_store;
use crate::config::Configuration;
use fiado_store::verify::verify;
use std::process::ExitCode;

/// Replays the journal; prints each difference, and fails where there is one.
pub(super) fn run(configuration: &Configuration) -> Result<ExitCode, String> {
    let store = open_existing_store(configuration)?;
    let mut differences = 0_u64;
    let summary = verify(&*store, &mut |difference| {
        differences += 1;
        println!("{difference}");
    })
    .map_err(|error| error.to_string())?;
    let (accounts, entries) = (summary.accounts, summary.entries);
    if differences == 0 {
        println!("everything agrees: {accounts} accounts, {entries} journal entries");
        Ok(ExitCode::SUCCESS)
    } else {
        println!("{differences} differences in {accounts} accounts, {entries} journal entries");
        Ok(ExitCode::FAILURE)
    }
}
