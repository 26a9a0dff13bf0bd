use clap::{Args, ValueEnum};
use std::process::ExitCode;

#[derive(Args)]
pub(super) struct Openapi {
    /// Which face
    #[arg(default_value = "facade")]
    face: Face,
}

#[derive(Clone, Copy, ValueEnum)]
enum Face {
    /// The Spanish façade
    Facade,
    /// VTEX's Customer Credit
    Vtex,
}

pub(super) fn run(openapi: &Openapi) -> Result<ExitCode, String> {
    let document = match openapi.face {
        Face::Facade => crate::facade::document(),
        Face::Vtex => crate::vtex::document(),
    };
    println!("{}", document.to_pretty_json().map_err(|error| error.to_string())?);
    Ok(ExitCode::SUCCESS)
}
