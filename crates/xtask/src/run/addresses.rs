//! Where to look, and with which token.

use std::fmt;
use std::net::SocketAddr;

use crate::run::{Demo, http};
use crate::shell;
use crate::trouble::{Outcome, Trouble};

/// The customer that `fiado demo` makes.
const CUSTOMER: &str = "cust_demo";

/// A demonstration should not stop working while somebody looks at it; a real token lives for
/// minutes.
const LIFE: &str = "12h";

/// What the approver's console shows first.
const REQUESTS: &str = "/api/v1/credit/requests";

/// The pages of a running server, and a token for each.
pub(super) struct Addresses {
    listen: SocketAddr,
    buyer: String,
    approver: String,
}

impl Addresses {
    /// Makes the tokens.
    pub(super) fn new(demo: &Demo, listen: SocketAddr) -> Outcome<Self> {
        let buyer =
            ["--sub", "user_buyer", "--permissions", "credit:read,credit:use", "--customer-id", CUSTOMER];
        let approver = [
            "--sub",
            "user_manager",
            "--permissions",
            "credit:approve,credit:read,credit:manage,credit:payment,credit:request,credit:use",
        ];
        Ok(Self { listen, buyer: token(demo, &buyer)?, approver: token(demo, &approver)? })
    }

    /// Fails when one of the addresses, or the package behind the checkout page, does not answer.
    pub(super) fn check(&self) -> Outcome {
        // The checkout page answers without the package it loads; only together are they a page.
        for page in ["/", "/pkg/index.js", "/console/", "/docs"] {
            self.require_answer(page, None)?;
        }
        self.require_answer(REQUESTS, Some(&self.approver))
    }

    fn require_answer(&self, path: &str, token: Option<&str>) -> Outcome {
        match http::get(self.listen, path, token) {
            // A documentation page may send the reader to its own folder.
            Ok(status @ 200..=399) => {
                println!("GET {path} answers {status}");
                Ok(())
            }
            Ok(status) => Err(Trouble::failed(format!("GET {path} answers {status}"))),
            Err(error) => Err(Trouble::failed(format!("GET {path} is not answered: {error}"))),
        }
    }
}

impl fmt::Display for Addresses {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { listen, buyer, approver } = self;
        write!(
            formatter,
            "
Fiado is running. The tokens are good for {LIFE}.

Checkout page, with the token of the buyer user_buyer:
  http://{listen}/#token={buyer}&customer={CUSTOMER}

Approver's console, with the token of the approver user_manager:
  http://{listen}/console/#token={approver}

API documentation, where the approver's token opens every operation:
  http://{listen}/docs
  {approver}
"
        )
    }
}

fn token(demo: &Demo, options: &[&str]) -> Outcome<String> {
    let printed = shell::capture(demo.fiado().arg("token").args(options).args(["--ttl", LIFE]))?;
    Ok(printed.trim().to_owned())
}
