use super::hex::{self, Hexadecimal};
use crate::chain::Link;
use crate::{Answer, AnswerKey, ApiKey, JournalRow, Organization, Refusal, RuleRecord};
use fiado_core::account::{Operation, Receipt, Rejection};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, ActorId, ChildId, CustomerId, InvoiceId, OrganizationId, RuleId};
use fiado_core::profile::{Contact, Email, Notes, Profile, Remark};
use serde::{Deserialize, Serialize};

/// The name of the format, as headers say it.
pub(super) const FORMAT: &str = "fiado-export";

/// The version that is written, and the newest that is understood. A version is never given another
/// meaning; one more kind of line is another version.
pub(super) const VERSION: u32 = 1;

/// A line of an export: an object with one member, which is named by the kind of the line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    /// The first.
    Header(Header),
    Organization(Organization),
    /// A payment rule; those of an organization come in their order.
    Rule(Rule),
    /// An application key: the hash of its token, never the token.
    Key(ApiKey),
    /// The secret that the store signs its own tokens with.
    SigningKey(Hexadecimal),
    /// A customer. What follows is theirs, up to the next of these.
    Account(Account),
    Entry(Entry),
    Profile(Profile),
    Contact(Contact),
    Remark(Remarked),
    Holder(Holder),
    Notes(Noted),
    Refusal(Refused),
    Answer(Answered),
    /// The last.
    Trailer(Trailer),
}

impl Line {
    /// What it is called in a sentence: the name of its one member.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Line::Header(_) => "header",
            Line::Organization(_) => "organization",
            Line::Rule(_) => "rule",
            Line::Key(_) => "key",
            Line::SigningKey(_) => "signing_key",
            Line::Account(_) => "account",
            Line::Entry(_) => "entry",
            Line::Profile(_) => "profile",
            Line::Contact(_) => "contact",
            Line::Remark(_) => "remark",
            Line::Holder(_) => "holder",
            Line::Notes(_) => "notes",
            Line::Refusal(_) => "refusal",
            Line::Answer(_) => "answer",
            Line::Trailer(_) => "trailer",
        }
    }
}

/// Where an export comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Always `fiado-export`.
    format: String,
    /// The version of the format.
    pub(super) version: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// When it was begun.
    pub at: Instant,
}

impl Header {
    /// The header of an export that this version of a program begins now.
    pub fn new(program: &str, at: Instant) -> Header {
        Header { format: FORMAT.to_owned(), version: VERSION, program: program.to_owned(), at }
    }

    pub(super) fn is_ours(&self) -> bool {
        self.format == FORMAT
    }
}

/// How much an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Shops.
    pub organizations: u64,
    /// Their payment rules.
    pub rules: u64,
    /// Application keys.
    pub keys: u64,
    /// Accounts.
    pub accounts: u64,
    /// Entries of their journals.
    pub entries: u64,
    /// Commands that were refused.
    pub refusals: u64,
    /// Answers that are remembered.
    pub answers: u64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) organization: OrganizationId,
    pub(super) id: RuleId,
    /// Its text, to the letter.
    pub(super) document: String,
}

impl Rule {
    pub(super) fn new(organization: &OrganizationId, rule: RuleRecord) -> Rule {
        Rule { organization: organization.clone(), id: rule.id, document: rule.document }
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Account {
    pub(super) organization: OrganizationId,
    pub(super) customer: CustomerId,
    /// How many entries its journal has; 0: nothing but refusals and answers is known of this customer.
    pub(super) entries: u64,
    /// The last link of its chain, unless there is none.
    pub(super) head: Option<Hexadecimal>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    position: u64,
    sequence: u64,
    at: Instant,
    kind: String,
    /// The very bytes that were hashed.
    body: String,
    #[serde(with = "hex")]
    link: Link,
}

impl Entry {
    /// `None`: its bytes are no text, and so no entry.
    pub(super) fn of(row: JournalRow) -> Option<Entry> {
        let JournalRow { position, sequence, at, kind, body, hash, .. } = row;
        let body = String::from_utf8(body).ok()?;
        Some(Entry { position, sequence, at, kind, body, link: hash })
    }

    pub(super) fn row(self, key: &AccountKey) -> JournalRow {
        let Entry { position, sequence, at, kind, body, link } = self;
        JournalRow { position, key: key.clone(), sequence, at, kind, body: body.into_bytes(), hash: link }
    }
}

/// What was written beside an entry.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Remarked {
    pub(super) sequence: u64,
    pub(super) remark: Remark,
}

/// The address of somebody who may buy on the account.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Holder {
    pub(super) id: ChildId,
    pub(super) email: Email,
}

/// What was noted on an invoice.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Noted {
    pub(super) invoice: InvoiceId,
    pub(super) notes: Notes,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Refused {
    position: u64,
    at: Instant,
    by: ActorId,
    operation: Operation,
    rejection: Rejection,
}

impl Refused {
    pub(super) fn of(position: u64, refusal: Refusal) -> Refused {
        let Refusal { at, by, operation, rejection, .. } = refusal;
        Refused { position, at, by, operation, rejection }
    }

    pub(super) fn of_account(self, account: &AccountKey) -> (u64, Refusal) {
        let Refused { position, at, by, operation, rejection } = self;
        (position, Refusal { key: account.clone(), at, by, operation, rejection })
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answered {
    operation: Operation,
    key: String,
    #[serde(with = "hex")]
    fingerprint: [u8; 32],
    at: Instant,
    result: Result<Receipt, Rejection>,
}

impl Answered {
    pub(super) fn of(key: AnswerKey, answer: Answer) -> Answered {
        let Answer { fingerprint, at, result } = answer;
        Answered { operation: key.operation, key: key.key, fingerprint, at, result }
    }

    pub(super) fn of_account(self, account: &AccountKey) -> (AnswerKey, Answer) {
        let Answered { operation, key, fingerprint, at, result } = self;
        let key = AnswerKey { account: account.clone(), operation, key };
        (key, Answer { fingerprint, at, result })
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Trailer {
    pub(super) counts: Counts,
    /// SHA-256 over all lines before this one, their ends included.
    #[serde(with = "hex")]
    pub(super) sha256: [u8; 32],
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of each kind. What they say is for ever; another form is another version.
    const VERSION_1: [&str; 15] = [
        r#"{"header":{"format":"fiado-export","version":1,"program":"0.1.0","at":"2026-11-21T21:59:31.100749Z"}}"#,
        r#"{"organization":{"id":"org_default","zone":"America/Panama","country":"PA","policy":{"currency":"USD","tolerance_enabled":true,"least_request":100000,"largest_request":10000000,"own_request_approval":false,"overdue_stop":null,"hold_growth":0,"postponement":{"enabled":false,"most_times":0,"most_days":0},"automatic_opening":false,"default_limit":null,"late_charges":{"daily_interest":"0","fine":"0"},"due_dates":{"rhythm":"every_term","business_days":{"adjustment":"none","weekend":["saturday","sunday"],"holidays":[]}}},"preferences":{"my_credits_enabled":false,"reminders":{"before":[],"after":[]}}}}"#,
        r#"{"rule":{"organization":"org_default","id":"7","document":"{ \"id\": 7 }"}}"#,
        r#"{"key":{"app_key":"fiado-erp","name":"ERP","token_hash":"742e6586e4b2780eb4e4929fbc8dd6fce3eae43b98eb5603a5b00d660a1a83e3","organization":"org_default","permissions":["vtex:main"],"customer":null,"created_at":"2026-11-21T22:12:05.820821Z"}}"#,
        r#"{"signing_key":"2c255597473165547e388c28529944fe0558dcf99d60f0af2f49f22d2c5b4afa"}"#,
        r#"{"account":{"organization":"org_default","customer":"cust_456","entries":5,"head":"f2bf9e8902b87e7f37fdddd251a786f6ddb78ba9656928fb947702f0269dcf48"}}"#,
        r#"{"entry":{"position":2,"sequence":2,"at":"2025-11-24T10:00:00.52061Z","kind":"approved","body":"{\"sequence\":2,\"at\":\"2025-11-24T10:00:00.52061Z\",\"by\":\"user_manager\",\"event\":{\"approved\":{\"limit\":1000000,\"term\":30}}}","link":"ebade1a248d6303382dd10e9516257468956c85a7b1a9be1b6e093007d73a74e"}}"#,
        r#"{"profile":{"business_name":"Constructora ABC","tax_id":"RUC-123-456","years_in_business":5}}"#,
        r#"{"contact":{"email":"55555555555@test.com","document":"55555555555","document_type":"CPF","description":null}}"#,
        r#"{"remark":{"sequence":5,"remark":"no paga\nñ"}}"#,
        r#"{"holder":{"id":"d5845253d57aa8452bcd000000000003","email":"ana@test.com"}}"#,
        r#"{"notes":{"invoice":"d5845253d57aa8452bcd000000000002-01","notes":{"observation":"vuelve el lunes","payment_link":null}}}"#,
        r#"{"refusal":{"position":5,"at":"2025-11-24T10:00:00.679337Z","by":"user_buyer","operation":"use_credit","rejection":{"account_not_found":{}}}}"#,
        r#"{"answer":{"operation":"use_credit","key":"use-2","fingerprint":"099aeded3ed86fed2aaa3b50482c67b9785c9956bad86706368acc9609754f4d","at":"2025-11-24T10:00:00.679337Z","result":{"Err":{"account_not_found":{}}}}}"#,
        r#"{"trailer":{"counts":{"organizations":2,"rules":1,"keys":1,"accounts":3,"entries":11,"refusals":1,"answers":3},"sha256":"dfa4c4111c0d071738806fe61a7347981ac9136e118e1b099a06b9f2dae503fc"}}"#,
    ];

    #[test]
    fn every_kind_of_line_is_read_and_written_as_version_1_has_it() {
        for text in VERSION_1 {
            let line: Line = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&line).unwrap(), text);
            assert!(text.starts_with(&format!("{{\"{}\":", line.kind())), "{text}");
        }
    }

    #[test]
    fn a_line_that_says_more_than_its_kind_has_is_refused() {
        for kind in ["rule", "account", "entry", "remark", "holder", "notes", "refusal", "answer", "trailer"]
        {
            let text = VERSION_1.iter().find(|text| text.starts_with(&format!("{{\"{kind}\":"))).unwrap();
            let more = text.replacen(":{", ":{\"colour\":\"red\",", 1);
            assert!(serde_json::from_str::<Line>(&more).is_err(), "{more}");
        }
    }
}
