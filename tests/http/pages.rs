//! The pages: they are there, they load nothing from anywhere else, and their headers are strict.

use fiado_tests::{Answer, Shop};

/// The addresses that a page loads or links: what stands in `src` and `href`.
fn addresses_in(page: &str) -> Vec<&str> {
    let attributes = ["src=\"", "href=\""];
    let all = attributes.iter().flat_map(|attribute| page.split(attribute).skip(1));
    all.map(|rest| rest.split('"').next().unwrap()).collect()
}

#[track_caller]
fn must_be_strict(answer: &Answer) {
    let header = |name: &str| answer.header(name).unwrap_or_else(|| panic!("{} has no {name}", answer.asked));
    let policy = header("Content-Security-Policy");
    for rule in ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"] {
        assert!(policy.contains(rule), "{}: {policy}", answer.asked);
    }
    for hole in ["*", "http:", "https:", "'unsafe-eval'"] {
        assert!(!policy.contains(hole), "{}: {policy}", answer.asked);
    }
    assert_eq!(header("X-Content-Type-Options"), "nosniff");
    assert_eq!(header("Referrer-Policy"), "no-referrer");
}

#[test]
fn the_checkout_is_at_the_root_or_says_how_it_is_built() {
    let shop = Shop::open();
    let page = shop.stranger().get("/");
    must_be_strict(&page);
    if page.status == 503 {
        let refused = page.must_be_refused(503, "CRD-3004");
        assert!(refused.detail("command").starts_with("cargo xtask pkg"));
        return;
    }
    let page = page.must_be(200);
    assert_eq!(page.header("Content-Type"), Some("text/html; charset=utf-8"));
    assert!(page.text.contains("<html lang=\"es\">"));
    let addresses = addresses_in(&page.text);
    assert!(!addresses.is_empty());
    for address in addresses {
        assert!(address.starts_with('/'), "{address} is of another host");
        must_be_strict(&shop.stranger().get(address).must_be(200));
    }
    let script = shop.stranger().get("/pkg/index.js").must_be(200);
    assert!(script.header("Content-Type").is_some_and(|kind| kind.starts_with("text/javascript")));
    let module = shop.stranger().get("/pkg/fiado_bg.wasm").must_be(200);
    assert_eq!(module.header("Content-Type"), Some("application/wasm"));
}

#[test]
fn the_console_is_at_its_address_or_says_how_it_is_built() {
    let shop = Shop::open();
    for path in ["/console", "/console/"] {
        let page = shop.stranger().get(path);
        must_be_strict(&page);
        if page.status == 503 {
            let refused = page.must_be_refused(503, "CRD-3004");
            assert!(refused.detail("command").starts_with("cargo xtask web"));
            continue;
        }
        let page = page.must_be(200);
        assert_eq!(page.header("Cache-Control"), Some("no-cache"));
        assert!(page.text.contains("<html lang=\"es\">"));
        let addresses = addresses_in(&page.text);
        assert!(!addresses.is_empty());
        for address in addresses {
            assert!(address.starts_with("/console/assets/"), "{address} is not the console's own");
            let part = shop.stranger().get(address).must_be(200);
            must_be_strict(&part);
            assert_eq!(part.header("Cache-Control"), Some("public, max-age=31536000, immutable"));
        }
    }
    for path in ["/console/assets/none.js", "/console/.stamp", "/console/index.html"] {
        assert!([404, 503].contains(&shop.stranger().get(path).status), "{path}");
    }
}

#[test]
fn an_unchanged_page_is_not_sent_again() {
    let shop = Shop::open();
    let page = shop.stranger().get("/");
    if let Some(tag) = page.header("ETag") {
        let unchanged = shop.stranger().with("If-None-Match", tag).get("/").must_be(304);
        assert_eq!(unchanged.text, "");
    }
}

#[test]
fn the_documentation_works_without_any_other_host() {
    let shop = Shop::open();
    let moved = shop.stranger().get("/docs");
    assert!([301, 308].contains(&moved.status), "{}", moved.status);
    assert_eq!(moved.header("Location"), Some("/docs/"));
    let page = shop.stranger().get("/docs/").must_be(200);
    must_be_strict(&page);
    assert!(page.header("Content-Type").is_some_and(|kind| kind.starts_with("text/html")));
    assert!(!page.text.contains("http://") && !page.text.contains("https://"), "{}", page.text);

    let addresses = addresses_in(&page.text);
    assert!(addresses.iter().any(|address| address.ends_with(".js")), "{addresses:?}");
    for address in addresses {
        let address = address.strip_prefix("./").unwrap_or(address);
        let loaded = shop.stranger().get(&format!("/docs/{address}")).must_be(200);
        must_be_strict(&loaded);
        if address.ends_with("initializer.js") {
            assert!(loaded.text.contains("/openapi/facade.json"));
            assert!(!loaded.text.contains("http://") && !loaded.text.contains("https://"));
        }
    }
}

#[test]
fn every_answer_has_strict_headers() {
    let shop = Shop::open();
    let company = shop.company_with_line("cust_1", "100.00");
    for path in ["/health", "/nowhere", "/openapi/facade.json", &company.path(""), &company.path("/use")] {
        must_be_strict(&company.seller().get(path));
    }
    let line = company.reads("").must_be(200);
    assert_eq!(line.header("Content-Type"), Some("application/json"));
    assert!(line.header("Cache-Control").is_some_and(|rule| rule.starts_with("private")));
    assert_eq!(company.reads("/snapshot").header("Cache-Control"), Some("no-store"));
}

#[test]
fn the_documentation_asks_no_other_host_whether_it_is_valid() {
    let shop = Shop::open();
    let get = |file: &str| shop.stranger().get(&format!("/docs/{file}")).must_be(200).text;
    let (page, initializer) = (get(""), get("swagger-initializer.js"));
    let said: String = initializer.split_whitespace().collect();
    let (_, validator) = said.split_once("validatorUrl").expect("without it, swagger.io is asked");
    let validator = validator.trim_start_matches(['"', ':']);
    assert!(["null", "none\""].iter().any(|nobody| validator.starts_with(nobody)), "{initializer}");
    assert!(!page.contains("://") && !initializer.contains("://"), "{page}{initializer}");

    for sheet in addresses_in(&page).into_iter().filter(|address| address.ends_with(".css")) {
        let text = get(sheet.trim_start_matches("./"));
        for address in text.split("url(").skip(1) {
            let address = address.trim_start_matches(['"', '\'']);
            assert!(!address.starts_with("http") && !address.starts_with("//"), "{sheet}: {address:.80}");
        }
        assert!(!text.contains("@import"), "{sheet}");
    }
}
