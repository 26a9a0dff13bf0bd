/// Which interface a request speaks: it decides how strict its headers are taken, and how a refusal
/// is worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    /// The Spanish façade, and everything that is of no other face.
    Facade,
    /// VTEX's Customer Credit.
    Vtex,
}

impl Face {
    /// The face of a path.
    pub(crate) fn of(path: &str) -> Face {
        let is_vtex = path
            .strip_prefix("/api/creditcontrol")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if is_vtex { Face::Vtex } else { Face::Facade }
    }

    /// What the account is called in its paths (DECISIONS 1).
    pub(crate) fn account_parameter(self) -> &'static str {
        match self {
            Face::Facade => "customer_id",
            Face::Vtex => "creditAccountId",
        }
    }
}
