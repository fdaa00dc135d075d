//! The keys of an entry's front matter, described for editors.

use schemars::transform::{RecursiveTransform, Transform};
use schemars::{Schema, schema_for};
use serde_json::{Value, json};

use super::entry::EntryKind;
use super::front_matter::FrontMatter;

/// The JSON Schema (draft 2020-12) of the front matter.
///
/// It has no `$id`: `lots schema > front-matter.schema.json` makes a file that works wherever it
/// lies. Editors with taplo inside (Even Better TOML for VS Code) complete and explain the keys in
/// a TOML file that begins with `#:schema ./front-matter.schema.json`. They do not look into
/// Markdown; an entry is checked against it with
///
/// ```text
/// sed '1d;/^+++/,$d' ENTRY.md | taplo lint --schema "file://$PWD/front-matter.schema.json" -
/// ```
///
/// The rules between entries, such as ids that must exist, are those of [`check`](super::check()).
pub fn front_matter_schema() -> Value {
    let mut schema = schema_for!(FrontMatter);
    RecursiveTransform(close).transform(&mut schema);
    schema.insert("title".to_owned(), json!("Front matter of an entry"));
    schema.insert(
        "description".to_owned(),
        json!(
            "The facts between the two lines of +++ at the top of an entry. \
             A translation holds only title, also_called, questions and responsible_for."
        ),
    );
    schema.insert("required".to_owned(), json!(["title"]));
    let mut schema = schema.to_value();
    let folders = EntryKind::ALL.map(EntryKind::folder).join("|");
    let id = json!(format!("^({folders})/[a-z0-9_-]+$"));
    for key in ["office", "contact", "replaced_by"] {
        schema["properties"][key]["pattern"] = id.clone();
    }
    for key in ["see_also", "not_to_confuse_with"] {
        schema["properties"][key]["items"]["pattern"] = id.clone();
    }
    for key in ["reviewed", "review_by"] {
        schema["properties"][key]["format"] = json!("date");
    }
    schema
}

/// An unknown key is a mistake in every table, also in those inside others.
fn close(schema: &mut Schema) {
    if schema.get("properties").is_some() {
        schema.insert("additionalProperties".to_owned(), json!(false));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_is_closed_and_described() {
        let schema = front_matter_schema();
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        assert_eq!(schema["title"], "Front matter of an entry");
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(schema["$defs"]["Reach"]["additionalProperties"], false);
        assert_eq!(schema["$defs"]["Fits"]["additionalProperties"], false);
        assert_eq!(schema.get("$id"), None);
        for key in [
            "title",
            "office",
            "standing",
            "reviewed",
            "questions",
            "grant",
            "fits",
            "reach",
        ] {
            assert!(schema["properties"][key].is_object(), "{key}");
        }
        for (key, property) in schema["properties"].as_object().unwrap() {
            assert!(property["description"].is_string(), "{key}");
        }
    }

    #[test]
    fn ids_and_days_have_their_form() {
        let schema = front_matter_schema();
        let pattern = schema["properties"]["office"]["pattern"].as_str().unwrap();
        assert!(pattern.contains("|offices|") && pattern.ends_with("/[a-z0-9_-]+$"));
        assert_eq!(
            schema["properties"]["see_also"]["items"]["pattern"],
            pattern
        );
        assert_eq!(schema["properties"]["reviewed"]["format"], "date");
    }
}
