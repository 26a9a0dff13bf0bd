use super::line::{self, Line};
use super::sealed::Unsealing;
use super::{Arrival, Arrived, Belongings, Counts, Header, ImportError, Shops};
use crate::RuleRecord;
use crate::verify::Difference;
use fiado_core::identity::{AccountKey, OrganizationId};
use std::collections::BTreeSet;
use std::io::BufRead;

/// How many lines make a chunk of accounts, which is written in one transaction.
const CHUNK: usize = 10_000;

/// An export whose header was read.
pub struct Incoming<'a> {
    lines: Unsealing<'a>,
    header: Header,
    counts: Counts,
    organizations: BTreeSet<OrganizationId>,
    last: Option<AccountKey>,
}

impl<'a> Incoming<'a> {
    /// Reads the header: what is no export, or a newer one, is refused before anything is written.
    ///
    /// # Errors
    /// [`ImportError::Empty`], [`ImportError::NotOurs`], [`ImportError::Newer`],
    /// [`ImportError::Read`].
    pub fn of(input: &'a mut dyn BufRead) -> Result<Incoming<'a>, ImportError> {
        let mut lines = Unsealing::new(input);
        let first = lines.first()?.and_then(|first| serde_json::from_slice(first).ok());
        let Some(Line::Header(header)) = first else {
            return Err(ImportError::NotOurs);
        };
        if !header.is_ours() {
            return Err(ImportError::NotOurs);
        }
        if header.version > line::VERSION {
            return Err(ImportError::Newer { version: header.version, program: header.program });
        }
        lines.line = 1;
        let (counts, organizations) = (Counts::default(), BTreeSet::new());
        Ok(Incoming { lines, header, counts, organizations, last: None })
    }

    /// Where it comes from.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Fills a new store with it, and says how far it is after every chunk of accounts. Every link is
    /// computed anew, every journal replayed.
    ///
    /// # Errors
    /// Where anything is missing, out of place or not what it was, and where the store cannot be
    /// written. The store is then unfinished.
    pub fn move_in(
        mut self,
        arrival: &mut dyn Arrival,
        progress: &mut dyn FnMut(&Counts),
    ) -> Result<Counts, ImportError> {
        let shops = self.shops()?;
        arrival.shops(&shops)?;
        loop {
            let chunk = self.chunk()?;
            if chunk.is_empty() {
                break;
            }
            arrival.accounts(&chunk)?;
            progress(&self.counts);
        }
        match self.lines.next()? {
            Line::Trailer(trailer) => self.lines.end(&trailer, self.counts)?,
            other => return Err(self.misplaced(&other)),
        }
        arrival.finish()?;
        Ok(self.counts)
    }

    /// What comes before the accounts.
    fn shops(&mut self) -> Result<Shops, ImportError> {
        let mut shops = Shops::default();
        let mut signing_key = None;
        loop {
            match self.lines.next()? {
                Line::Organization(organization) => {
                    self.counts.organizations = self.counts.organizations.saturating_add(1);
                    if !self.organizations.insert(organization.id.clone()) {
                        return Err(self.wrong(format!("{} comes twice", organization.id)));
                    }
                    shops.organizations.push(organization);
                }
                Line::Rule(line::Rule { organization, id, document }) => {
                    self.counts.rules = self.counts.rules.saturating_add(1);
                    self.must_be_known(&organization)?;
                    shops.rules.push((organization, RuleRecord { id, document }));
                }
                Line::Key(key) => {
                    self.counts.keys = self.counts.keys.saturating_add(1);
                    self.must_be_known(&key.organization)?;
                    shops.keys.push(key);
                }
                Line::SigningKey(secret) if signing_key.is_none() => signing_key = Some(secret.0),
                line @ (Line::Account(_) | Line::Trailer(_)) => {
                    let missing = || self.wrong("the signing key is missing before it".to_owned());
                    shops.signing_key = signing_key.ok_or_else(missing)?;
                    self.lines.put_back(line);
                    return Ok(shops);
                }
                other => return Err(self.misplaced(&other)),
            }
        }
    }

    /// The next accounts, as many as make a chunk; none at the end.
    fn chunk(&mut self) -> Result<Vec<Arrived>, ImportError> {
        let (mut chunk, start) = (Vec::new(), self.lines.line);
        let most = start.saturating_add(u64::try_from(CHUNK).unwrap_or(u64::MAX));
        while self.lines.line < most {
            match self.lines.next()? {
                Line::Account(account) => {
                    let belongings = self.customer(account)?;
                    let key = belongings.key.clone();
                    let arrived = Arrived::replay(belongings).map_err(|finding| {
                        let difference = Box::new(Difference { key, finding });
                        ImportError::Damaged { line: self.lines.line.saturating_sub(1), difference }
                    })?;
                    chunk.push(arrived);
                }
                line @ Line::Trailer(_) => {
                    self.lines.put_back(line);
                    break;
                }
                other => return Err(self.misplaced(&other)),
            }
        }
        Ok(chunk)
    }

    /// All that follows the line of a customer.
    fn customer(&mut self, account: line::Account) -> Result<Belongings, ImportError> {
        let line::Account { organization, customer, entries, head } = account;
        self.must_be_known(&organization)?;
        let key = AccountKey { organization, customer };
        if self.last.as_ref().is_some_and(|last| *last >= key) {
            return Err(self.wrong(format!("{}/{} comes too late", key.organization, key.customer)));
        }
        self.last = Some(key.clone());
        self.counts.accounts = self.counts.accounts.saturating_add(u64::from(head.is_some()));
        let mut belongings = Belongings::of(key);
        belongings.head = head.map(|head| (entries, head.0));
        loop {
            let line = self.lines.next()?;
            if let Some(line) = self.take(&mut belongings, line)? {
                self.lines.put_back(line);
                return Ok(belongings);
            }
        }
    }

    /// Takes a line that is the customer's; gives one back that begins what comes after them.
    fn take(&mut self, belongings: &mut Belongings, line: Line) -> Result<Option<Line>, ImportError> {
        match line {
            Line::Account(_) | Line::Trailer(_) => return Ok(Some(line)),
            Line::Entry(entry) if belongings.head.is_some() => {
                self.counts.entries = self.counts.entries.saturating_add(1);
                belongings.journal.push(entry.row(&belongings.key));
            }
            Line::Profile(profile) if belongings.profile.is_none() => belongings.profile = Some(profile),
            Line::Contact(contact) if belongings.contact.is_none() => belongings.contact = Some(contact),
            Line::Remark(line::Remarked { sequence, remark }) => belongings.remarks.push((sequence, remark)),
            Line::Holder(line::Holder { id, email }) => belongings.holders.push((id, email)),
            Line::Notes(line::Noted { invoice, notes }) => belongings.notes.push((invoice, notes)),
            Line::Refusal(refused) => {
                self.counts.refusals = self.counts.refusals.saturating_add(1);
                belongings.refusals.push(refused.of_account(&belongings.key));
            }
            Line::Answer(answered) => {
                self.counts.answers = self.counts.answers.saturating_add(1);
                let (key, answer) = answered.of_account(&belongings.key);
                // They come in order, each once: nothing else keeps a second answer out.
                if belongings.answers.last().is_some_and(|(last, _)| last.in_export() >= key.in_export()) {
                    return Err(self.wrong("answers are not in the order of their keys".to_owned()));
                }
                belongings.answers.push((key, answer));
            }
            other => return Err(self.misplaced(&other)),
        }
        Ok(None)
    }

    fn must_be_known(&self, organization: &OrganizationId) -> Result<(), ImportError> {
        if self.organizations.contains(organization) {
            Ok(())
        } else {
            Err(self.wrong(format!("the organization {organization} is not in the export")))
        }
    }

    fn misplaced(&self, line: &Line) -> ImportError {
        self.wrong(format!("no {:?} belongs here", line.kind()))
    }

    fn wrong(&self, what: String) -> ImportError {
        ImportError::Misplaced { line: self.lines.line, what }
    }
}
