use super::chain::Chain;
use super::hex::Hexadecimal;
use super::line::{self, Line};
use super::sealed::Sealing;
use super::{Belongings, Counts, Departure, ExportError, Header};
use crate::verify::{Difference, Finding};
use fiado_core::identity::AccountKey;
use std::io::Write;

/// After how many rows customers are read who come next.
const STRETCH: usize = 10_000;

/// Writes all that a store holds, and says how far it is after every few thousand rows.
///
/// # Errors
/// [`ExportError::Damaged`] where a journal does not fit its chain: no store would take it. What was
/// written then has no trailer, and is no export.
pub fn export(
    departure: &dyn Departure,
    header: Header,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(&Counts),
) -> Result<Counts, ExportError> {
    let mut writer = Writer { out: Sealing::new(out), counts: Counts::default() };
    writer.out.write(&Line::Header(header))?;
    writer.shops(departure)?;
    let mut last: Option<AccountKey> = None;
    loop {
        let chunk = departure.belongings(last.as_ref(), STRETCH)?;
        let Some(end) = chunk.last() else { break };
        last = Some(end.key.clone());
        for belongings in chunk {
            writer.customer(belongings)?;
        }
        progress(&writer.counts);
    }
    writer.out.end(writer.counts)?;
    Ok(writer.counts)
}

struct Writer<'a> {
    out: Sealing<'a>,
    counts: Counts,
}

impl Writer<'_> {
    fn shops(&mut self, departure: &dyn Departure) -> Result<(), ExportError> {
        let shops = departure.shops()?;
        self.counts.organizations = count(&shops.organizations);
        self.counts.rules = count(&shops.rules);
        self.counts.keys = count(&shops.keys);
        let organizations = shops.organizations.into_iter().map(Line::Organization);
        let rules = shops.rules.into_iter().map(|(shop, rule)| Line::Rule(line::Rule::new(&shop, rule)));
        let keys = shops.keys.into_iter().map(Line::Key);
        let signing_key = Line::SigningKey(Hexadecimal(shops.signing_key));
        let mut lines = organizations.chain(rules).chain(keys).chain([signing_key]);
        lines.try_for_each(|line| self.out.write(&line))
    }

    fn customer(&mut self, mut belongings: Belongings) -> Result<(), ExportError> {
        let head = belongings.head.as_ref();
        self.counts.accounts = self.counts.accounts.saturating_add(u64::from(head.is_some()));
        self.counts.entries = self.counts.entries.saturating_add(count(&belongings.journal));
        self.counts.refusals = self.counts.refusals.saturating_add(count(&belongings.refusals));
        self.counts.answers = self.counts.answers.saturating_add(count(&belongings.answers));
        self.out.write(&Line::Account(line::Account {
            organization: belongings.key.organization.clone(),
            customer: belongings.key.customer.clone(),
            entries: head.map_or(0, |(version, _)| *version),
            head: head.map(|(_, link)| Hexadecimal(*link)),
        }))?;
        self.journal(&mut belongings)?;
        self.beside(belongings)
    }

    /// The entries, each of which must fit the chain.
    fn journal(&mut self, belongings: &mut Belongings) -> Result<(), ExportError> {
        let key = belongings.key.clone();
        let damaged = |finding| ExportError::Damaged(Difference { key: key.clone(), finding });
        let mut chain = Chain::new();
        for row in std::mem::take(&mut belongings.journal) {
            if belongings.head.is_none() {
                return Err(damaged(Finding::AccountMissing));
            }
            chain.follow(&row).map_err(damaged)?;
            let sequence = row.sequence;
            let entry = line::Entry::of(row).ok_or_else(|| damaged(Finding::EntryUnreadable { sequence }))?;
            self.out.write(&Line::Entry(entry))?;
        }
        match &belongings.head {
            Some((version, link)) => chain.end((*version, link)).map_err(damaged),
            None => Ok(()),
        }
    }

    /// What stands beside the journal, and what was refused and answered.
    fn beside(&mut self, belongings: Belongings) -> Result<(), ExportError> {
        let Belongings { profile, contact, remarks, holders, notes, refusals, answers, .. } = belongings;
        let remarks = remarks.into_iter().map(|(sequence, remark)| line::Remarked { sequence, remark });
        let holders = holders.into_iter().map(|(id, email)| line::Holder { id, email });
        let notes = notes.into_iter().map(|(invoice, notes)| line::Noted { invoice, notes });
        let refusals = refusals.into_iter().map(|(position, refusal)| line::Refused::of(position, refusal));
        let answers = answers.into_iter().map(|(key, answer)| line::Answered::of(key, answer));
        let profile = profile.into_iter().map(Line::Profile);
        profile
            .chain(contact.into_iter().map(Line::Contact))
            .chain(remarks.map(Line::Remark))
            .chain(holders.map(Line::Holder))
            .chain(notes.map(Line::Notes))
            .chain(refusals.map(Line::Refusal))
            .chain(answers.map(Line::Answer))
            .try_for_each(|line| self.out.write(&line))
    }
}

fn count<T>(items: &[T]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}
