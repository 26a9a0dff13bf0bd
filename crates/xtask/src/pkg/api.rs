//! What the package offers, read off what wasm-bindgen wrote.
//!
//! wasm-bindgen's own exports for loading the module stay inside: an entry of the package loads it.

use crate::trouble::{Outcome, Trouble};

/// The first line of the types that wasm-bindgen adds for loading the module.
const LOADING_TYPES: &str = "export type InitInput";

/// What wasm-bindgen gives each class besides, in a type that a compiler knows only where it is asked to
/// (TypeScript's `esnext.disposable`).
const DISPOSAL: &str = "    [Symbol.dispose](): void;\n";

/// How an export begins in the script; wasm-bindgen exports its loading functions in another form.
const EXPORTS: [&str; 2] = ["export function ", "export class "];

/// The JavaScript module that passes on what the crate exports.
pub(super) fn script(glue: &str) -> Outcome<String> {
    let names: Vec<&str> = glue.lines().filter_map(exported_name).collect();
    if names.is_empty() {
        return Err(Trouble::failed("the crate fiado-wasm exports nothing, so there is no package to make"));
    }
    Ok(format!("export {{ {} }} from './fiado.js';\n", names.join(", ")))
}

/// The types of the same exports.
pub(super) fn types(glue: &str) -> Outcome<String> {
    let own = glue.split_once(LOADING_TYPES).map(|(own, _loading)| own.trim());
    own.map(|own| format!("{}\n", own.replace(DISPOSAL, ""))).ok_or_else(|| {
        Trouble::failed(format!("wasm-bindgen's types have no line `{LOADING_TYPES}` any more"))
    })
}

fn exported_name(line: &str) -> Option<&str> {
    let declaration = EXPORTS.iter().find_map(|beginning| line.strip_prefix(beginning))?;
    declaration.split(|character: char| !is_in_name(character)).next()
}

fn is_in_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$'
}

#[cfg(test)]
mod tests {
    use super::{script, types};

    #[test]
    fn passes_on_the_crates_exports_alone() {
        let glue = "\
export function preview(snapshot, cart) {
}
function __wbg_get_imports() {
}
export class Line {
}
export { initSync, __wbg_init as default };
";
        assert_eq!(script(glue).unwrap(), "export { preview, Line } from './fiado.js';\n");
        assert!(script("export { initSync, __wbg_init as default };").is_err());
    }

    #[test]
    fn leaves_the_loading_types_out() {
        let glue = "export function preview(): void;\n\nexport type InitInput = URL;\nexport function initSync(): void;\n";
        assert_eq!(types(glue).unwrap(), "export function preview(): void;\n");
        assert!(types("export function preview(): void;").is_err());
    }

    #[test]
    fn leaves_out_what_not_every_compiler_knows() {
        let glue = "export class Line {\n    free(): void;\n    [Symbol.dispose](): void;\n}\nexport type InitInput = URL;\n";
        assert_eq!(types(glue).unwrap(), "export class Line {\n    free(): void;\n}\n");
    }
}
