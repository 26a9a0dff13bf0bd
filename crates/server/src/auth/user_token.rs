use super::single;
use axum::http::{HeaderMap, header};
use fiado_contract::catalogue::{CredentialFault, Problem};

/// VTEX's name of a user's token, as a header and as a cookie (VTEX guide, "Authentication").
const NAME: &str = "VtexIdclientAutCookie";
const FETCH_SITE: &str = "sec-fetch-site";

/// The user token of a request, if it carries one.
///
/// A cookie goes along with whatever page a browser opens, so it counts only where no browser says
/// that another site's page sent the request.
pub(super) fn of_headers(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    if let Some(token) = single(headers, NAME)? {
        return Ok(Some(token.trim()));
    }
    if is_from_another_site(headers) { Ok(None) } else { of_cookies(headers) }
}

fn is_from_another_site(headers: &HeaderMap) -> bool {
    let sites = headers.get_all(FETCH_SITE).iter();
    sites.map(|site| site.as_bytes()).any(|site| !matches!(site, b"same-origin" | b"none"))
}

/// Twice is too often, as in every header that tells who is calling.
fn of_cookies(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let cookies = lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    let mut tokens = cookies.filter(|(name, _)| *name == NAME).map(|(_, token)| token.trim());
    match (tokens.next(), tokens.next()) {
        (token, None) => Ok(token),
        (_, Some(_)) => Err(Problem::Unauthorized(CredentialFault::Unreadable)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_header_or_a_cookie_carries_the_token() {
        let token =
            |lines: &[(&'static str, &'static str)]| of_headers(&headers(lines)).unwrap().map(str::to_owned);
        assert_eq!(token(&[("vtexidclientautcookie", "abc")]).as_deref(), Some("abc"));
        let cookie = ("cookie", "x=1; VtexIdclientAutCookie=abc; y=2");
        assert_eq!(token(&[cookie]).as_deref(), Some("abc"));
        assert_eq!(token(&[cookie, ("sec-fetch-site", "same-origin")]).as_deref(), Some("abc"));
        assert_eq!(token(&[cookie, ("sec-fetch-site", "cross-site")]), None);
        assert_eq!(token(&[("cookie", "x=1")]), None);
    }

    #[test]
    fn two_tokens_are_none() {
        let twice = headers(&[("cookie", "VtexIdclientAutCookie=a; VtexIdclientAutCookie=b")]);
        assert!(of_headers(&twice).is_err());
    }
}
