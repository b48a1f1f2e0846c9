//! The address under which people reach the program, where a proxy stands before it.

use kernel::{Problem, Result};

/// The environment's word for it.
pub const VARIABLE: &str = "MAINSTAY_PUBLIC_URL";

/// The address under which people reach the program: `https://mainstay.example.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicAddress {
    is_https: bool,
    host: String,
}

impl PublicAddress {
    /// Reads it as it is typed.
    ///
    /// # Errors
    /// `command.public_url` for anything but a scheme and a host.
    pub fn parse(text: &str) -> Result<PublicAddress> {
        let no = || {
            let text = format!(
                "{text:?} is no address that people reach; write one such as https://mainstay.example.com, without a path"
            );
            Problem::invalid("public-url", "command.public_url", text)
        };
        let uri: axum::http::Uri = text.trim().trim_end_matches('/').parse().map_err(|_| no())?;
        let is_https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(no()),
        };
        let host = uri.authority().filter(|host| !host.as_str().contains('@')).ok_or_else(no)?;
        if uri.path() != "/" || uri.query().is_some() {
            return Err(no());
        }
        Ok(PublicAddress { is_https, host: host.as_str().to_owned() })
    }

    /// What the environment says.
    ///
    /// # Errors
    /// As [`PublicAddress::parse`].
    pub fn of_environment() -> Result<Option<PublicAddress>> {
        let text = std::env::var(VARIABLE).ok().filter(|text| !text.trim().is_empty());
        text.map(|text| PublicAddress::parse(&text)).transpose()
    }

    /// Whether it is reached by HTTPS.
    pub fn is_https(&self) -> bool {
        self.is_https
    }

    /// Whether that is its host, as a request names it; the port of its scheme may be said.
    pub fn is_host(&self, said: &str) -> bool {
        let usual = if self.is_https { ":443" } else { ":80" };
        let bare = |host: &str| host.strip_suffix(usual).unwrap_or(host).to_ascii_lowercase();
        bare(&self.host) == bare(said)
    }

    /// A page of ours under it.
    pub fn of(&self, path: &str) -> String {
        format!("{}://{}{path}", if self.is_https { "https" } else { "http" }, self.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_scheme_and_a_host() {
        let address = PublicAddress::parse("https://mainstay.example.com/").unwrap();
        assert!(address.is_https());
        assert_eq!(address.of("/sign-in/x"), "https://mainstay.example.com/sign-in/x");
        assert_eq!(PublicAddress::parse("http://box:8080").unwrap().of("/"), "http://box:8080/");
        for none in
            ["", "mainstay.example.com", "ftp://a", "https://a/b", "https://a?b", "https://me@a", "https://"]
        {
            assert_eq!(PublicAddress::parse(none).unwrap_err().code, "command.public_url", "{none}");
        }
    }
}
