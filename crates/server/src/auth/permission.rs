use std::fmt;

/// Declares the permissions: each a bit and a word.
macro_rules! permissions {
    ($($(#[$documentation:meta])* $name:ident = $word:literal;)*) => {
        /// What a caller may be allowed to do: `module:action`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(dead_code, reason = "each face uses its own part of the list")]
        pub(crate) enum Permission {
            $($(#[$documentation])* $name,)*
        }

        impl Permission {
            /// All of them.
            pub(crate) const ALL: &[Permission] = &[$(Permission::$name),*];

            /// The word in a token.
            pub(crate) const fn word(self) -> &'static str {
                match self {
                    $(Permission::$name => $word,)*
                }
            }
        }
    };
}

permissions! {
    /// See lines, purchases, payments, statements.
    CreditRead = "credit:read";
    /// Ask for a line.
    CreditRequest = "credit:request";
    /// Grant or refuse a line.
    CreditApprove = "credit:approve";
    /// Buy on account.
    CreditUse = "credit:use";
    /// Register payments.
    CreditPayment = "credit:payment";
    /// Suspend, reactivate, cancel, change limit and tolerance.
    CreditManage = "credit:manage";
    /// See invoices.
    InvoicesRead = "invoices:read";
    /// Change, cancel and postpone invoices.
    InvoicesManage = "invoices:manage";
    /// See payment rules.
    RulesRead = "rules:read";
    /// Change payment rules.
    RulesManage = "rules:manage";
    /// See the store's configuration.
    StoreRead = "store:read";
    /// Change the store's configuration.
    StoreManage = "store:manage";
    /// See financial reports.
    ReportsFinancialView = "reports:financial:view";
    /// Everything of the VTEX face (DECISIONS 22).
    VtexMain = "vtex:main";
    /// Everything.
    AdminGlobal = "admin:global";
}

/// What `vtex:main` allows: "a key may hold `vtex:main` = all of these" (DECISIONS 22).
const OF_VTEX: &[Permission] = &[
    Permission::CreditRead,
    Permission::CreditApprove,
    Permission::CreditManage,
    Permission::CreditUse,
    Permission::CreditPayment,
    Permission::InvoicesRead,
    Permission::InvoicesManage,
    Permission::StoreRead,
    Permission::StoreManage,
    Permission::RulesRead,
    Permission::RulesManage,
];

impl Permission {
    /// The permission of a word.
    pub(crate) fn from_word(word: &str) -> Option<Permission> {
        Permission::ALL.iter().copied().find(|permission| permission.word() == word)
    }

    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A set of permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Permissions(u32);

impl Permissions {
    /// Those of these words that are ours; a token of another system may carry many more.
    pub(crate) fn of_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Permissions {
        let bits = words.into_iter().filter_map(Permission::from_word).map(Permission::bit);
        Permissions(bits.fold(0, |all, bit| all | bit))
    }

    /// Whether this is allowed.
    pub(crate) fn allow(self, permission: Permission) -> bool {
        let by_main = if OF_VTEX.contains(&permission) { Permission::VtexMain.bit() } else { 0 };
        self.0 & (permission.bit() | by_main | Permission::AdminGlobal.bit()) != 0
    }

    /// The words of all they allow, each permission by itself and in the order of the alphabet: those
    /// that stand for others are left out.
    pub(crate) fn allowed_words(self) -> Vec<&'static str> {
        let stands_for_others =
            |permission| matches!(permission, Permission::VtexMain | Permission::AdminGlobal);
        let single = Permission::ALL.iter().copied().filter(|permission| !stands_for_others(*permission));
        let mut words: Vec<&str> =
            single.filter(|permission| self.allow(*permission)).map(Permission::word).collect();
        words.sort_unstable();
        words
    }

    /// Their words.
    pub(crate) fn words(self) -> Vec<String> {
        let held = Permission::ALL.iter().filter(|permission| self.0 & permission.bit() != 0);
        held.map(|permission| permission.word().to_owned()).collect()
    }
}

/// Reads a list of permissions from the command line: `credit:read,credit:use`.
pub(crate) fn parse_list(list: &str) -> Result<Vec<String>, String> {
    let words: Vec<&str> = list.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
    match words.iter().find(|word| Permission::from_word(word).is_none()) {
        Some(unknown) => {
            let known: Vec<&str> = Permission::ALL.iter().map(|permission| permission.word()).collect();
            Err(format!("there is no permission {unknown:?}; there are {}", known.join(", ")))
        }
        None if words.is_empty() => Err("name at least one permission, such as credit:read".to_owned()),
        None => Ok(words.into_iter().map(str::to_owned).collect()),
    }
}
