use axum::http::{HeaderMap, header};

/// Whether the client has what this `ETag` names (RFC 9110, section 13.1.2): any line and any tag of
/// `If-None-Match`, weak or not, or `*`.
pub(crate) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let lines = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    let mut known = lines.flat_map(|line| line.split(',')).map(str::trim);
    known.any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_tag_of_any_line_is_looked_at() {
        let mut headers = HeaderMap::new();
        assert!(!is_known(&headers, "\"a\""));
        headers.append(header::IF_NONE_MATCH, "\"x\", W/\"a\"".parse().unwrap());
        headers.append(header::IF_NONE_MATCH, "\"b\"".parse().unwrap());
        assert!(is_known(&headers, "\"a\"") && is_known(&headers, "\"b\""));
        assert!(!is_known(&headers, "\"c\""));
        headers.append(header::IF_NONE_MATCH, "*".parse().unwrap());
        assert!(is_known(&headers, "\"c\""));
    }
}
