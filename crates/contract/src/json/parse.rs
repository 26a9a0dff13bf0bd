use super::Json;

/// Where a text stops being JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MalformedJson {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// The field that was being read, where one was: `business_info.tax_id`.
    pub field: Option<String>,
}

/// Reads a body as JSON.
///
/// # Errors
/// Where it is not JSON (`NaN` is not), is nested too deeply, or goes on behind its end.
pub fn parse(body: &[u8]) -> Result<Json, MalformedJson> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let field = (path != "." && path != "?").then_some(path);
        MalformedJson { line: error.inner().line(), column: error.inner().column(), field }
    })?;
    deserializer.end().map_err(|error| MalformedJson {
        line: error.line(),
        column: error.column(),
        field: None,
    })?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_and_objects_their_duplicates() {
        let json = parse(br#"{"a":10000.00,"b":1e400,"a":[null,true,"x"]}"#).unwrap();
        let expected = Json::Object(vec![
            ("a".into(), Json::Number("10000.00".into())),
            ("b".into(), Json::Number("1e+400".into())),
            ("a".into(), Json::List(vec![Json::Null, Json::Boolean(true), Json::Text("x".into())])),
        ]);
        assert_eq!(json, expected);
    }

    #[test]
    fn an_object_that_looks_like_a_number_is_an_object() {
        let json = parse(br#"{"amount":{"$serde_json::private::Number":"5"}}"#).unwrap();
        let inner = Json::Object(vec![("$serde_json::private::Number".into(), Json::Text("5".into()))]);
        assert_eq!(json, Json::Object(vec![("amount".into(), inner)]));
    }

    #[test]
    fn what_is_not_json_says_where() {
        let error = parse(br#"{"order_id":"o","amount":NaN}"#).unwrap_err();
        assert_eq!((error.line, error.field.as_deref()), (1, Some("amount")));
        assert_eq!(parse(b"{} x").unwrap_err().column, 4);
        for body in ["", "{", "{'a':1}", "{\"a\":1,}", "\u{feff}{}"] {
            assert!(parse(body.as_bytes()).is_err(), "{body:?}");
        }
        assert!(parse(b"{\"a\":\"\xff\"}").is_err());
        assert!(parse("[".repeat(100_000).as_bytes()).is_err());
    }
}
