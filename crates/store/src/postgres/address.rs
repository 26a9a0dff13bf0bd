//! Where a database is, and how it is asked: the URL that is given.
//!
//! It promises that a password is shown nowhere.

use crate::StoreError;
use std::fmt;
use std::time::Duration;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, TargetSessionAttrs};

/// How long one host may take to answer, where the URL does not say.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// For how many hosts more than there are there is time until a session begins: where a host takes a
/// connection and then says nothing, no other bound holds.
const MORE_HOSTS: u32 = 2;

/// How long what was sent may stay unconfirmed by the other machine, where the URL does not say.
const UNCONFIRMED: Duration = Duration::from_secs(10);

/// The address of a database. It is shown without its password.
#[derive(Clone)]
pub(super) struct Address(pub(super) Config);

impl Address {
    /// Reads `postgres://user:password@host1,host2/database?…`.
    pub(super) fn parse(url: &str) -> Result<Address, StoreError> {
        let mut config: Config = url.parse().map_err(|error: tokio_postgres::Error| {
            StoreError::Unavailable(format!("its address cannot be read: {}", super::error::spoken(&error)))
        })?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return Err(StoreError::Unavailable(
                "its address names no host: write postgres://user@host/database".to_owned(),
            ));
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIMEOUT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(UNCONFIRMED);
        }
        // One of several hosts may be a standby, and a store is written to.
        if config.get_hosts().len() > 1 && config.get_target_session_attrs() == TargetSessionAttrs::Any {
            config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        }
        if config.get_application_name().is_none() {
            config.application_name("fiado");
        }
        Ok(Address(config))
    }
}

impl Address {
    /// How long it may take until a session begins, with every host that is tried.
    pub(super) fn longest_connecting(&self) -> Duration {
        let hosts = u32::try_from(self.0.get_hosts().len()).unwrap_or(u32::MAX);
        let each = self.0.get_connect_timeout().copied().unwrap_or(CONNECT_TIMEOUT);
        each.saturating_mul(hosts.saturating_add(MORE_HOSTS))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Address(config) = self;
        f.write_str("postgres://")?;
        if let Some(user) = config.get_user() {
            write!(f, "{user}@")?;
        }
        let mut ports = config.get_ports().iter().copied().cycle();
        for (number, host) in config.get_hosts().iter().enumerate() {
            let port = ports.next().unwrap_or(5432);
            let before = if number == 0 { "" } else { "," };
            match host {
                Host::Tcp(name) => write!(f, "{before}{name}:{port}")?,
                #[cfg(unix)]
                Host::Unix(folder) => write!(f, "{before}{}:{port}", folder.display())?,
            }
        }
        write!(f, "/{}", config.get_dbname().unwrap_or_default())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        let url = "postgresql://fiado:s%40crt@one,two:5433/books?target_session_attrs=read-write";
        let address = Address::parse(url).unwrap();
        assert_eq!(address.to_string(), "postgres://fiado@one:5432,two:5433/books");
        assert_eq!(format!("{address:?}"), address.to_string());
        assert!(!format!("{:?}", address.0).contains("s@crt"));
    }

    #[test]
    fn several_hosts_are_asked_for_the_one_that_writes() {
        let attributes = |url| Address::parse(url).unwrap().0.get_target_session_attrs();
        assert_eq!(attributes("postgres://one,two/books"), TargetSessionAttrs::ReadWrite);
        assert_eq!(attributes("postgres://one/books"), TargetSessionAttrs::Any);
    }

    #[test]
    fn what_is_no_address_is_refused_without_its_password() {
        for url in
            ["postgres://u:s3cret@host:port/db", "postgres:///db", "postgres://u:s3cret@h/db?colour=red"]
        {
            let refused = Address::parse(url).unwrap_err().to_string();
            assert!(refused.contains("address") && !refused.contains("s3cret"), "{refused}");
        }
    }
}
