//! What is typed in the form of a draft: fields by name, as the form of the desk has them, `sv.title` for one within
//! another.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::desk::{AnswerForm, Form, PassOnForm, TeachForm};

/// What no form may change: which act it is.
const FIXED: [&str; 2] = ["act", "mends"];

/// What is typed, by the name of the field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::web::console) struct Typed(BTreeMap<String, String>);

impl Typed {
    /// What stands in a form.
    pub(super) fn of(form: &Form) -> Typed {
        let mut fields = BTreeMap::new();
        let value = serde_json::to_value(form).unwrap_or_default();
        flatten("", &value, &mut fields);
        Typed(fields)
    }

    /// What a browser has sent, with the line ends of everyone else.
    pub(super) fn sent(fields: BTreeMap<String, String>) -> Typed {
        let plain = |(name, text): (String, String)| (name, text.replace("\r\n", "\n"));
        Typed(fields.into_iter().map(plain).collect())
    }

    /// What is typed in a field; nothing for one that is not there.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The version of the draft that it was typed on.
    pub(super) fn version(&self) -> i64 {
        self.get("version").parse().unwrap_or(-1)
    }

    /// The form that it stands for, of the act that it says it is for.
    pub(super) fn form(&self) -> Form {
        let empty = match self.get("act") {
            "teach" => Form::Teach(TeachForm::default()),
            "pass-on" => Form::PassOn(PassOnForm::default()),
            _ => Form::Answer(Box::new(AnswerForm {
                mends: self.get("mends").to_owned(),
                ..AnswerForm::default()
            })),
        };
        let mut value = serde_json::to_value(&empty).unwrap_or_default();
        self.fill("", &mut value);
        serde_json::from_value(value).unwrap_or(empty)
    }

    /// The fields of another that say something else here, by name, with what they say there.
    pub(super) fn others<'a>(
        &'a self,
        other: &'a Typed,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let differs = |(name, text): &(&String, &String)| self.get(name).trim() != text.trim();
        let all = other.0.iter().filter(differs);
        all.map(|(name, text)| (name.as_str(), text.as_str()))
    }

    fn fill(&self, name: &str, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (part, value) in fields {
                    self.fill(&joined(name, part), value);
                }
            }
            Value::String(text) if !FIXED.contains(&name) => {
                self.get(name).clone_into(text);
            }
            Value::String(_)
            | Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_) => {}
        }
    }
}

fn flatten(name: &str, value: &Value, fields: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(parts) => {
            for (part, value) in parts {
                flatten(&joined(name, part), value, fields);
            }
        }
        Value::String(text) => {
            fields.insert(name.to_owned(), text.clone());
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {}
    }
}

fn joined(name: &str, part: &str) -> String {
    match name {
        "" => part.to_owned(),
        name => format!("{name}.{part}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::TextForm;

    #[test]
    fn a_form_is_typed_and_read_back() {
        let answer = Form::Answer(Box::new(AnswerForm {
            mends: "guides/a".to_owned(),
            kind: "guides".to_owned(),
            sv: TextForm {
                title: "Ett\nTvå".to_owned(),
                ..TextForm::default()
            },
            ..AnswerForm::default()
        }));
        let teach = Form::Teach(TeachForm {
            entry: "guides/a".to_owned(),
            wordings: "Var?".to_owned(),
            language: "sv".to_owned(),
        });
        for form in [answer, teach] {
            let typed = Typed::of(&form);
            assert_eq!(typed.form(), form);
            let sent = typed.0.into_iter();
            let windows = sent.map(|(name, text)| (name, text.replace('\n', "\r\n")));
            assert_eq!(Typed::sent(windows.collect()).form(), form);
        }
    }

    #[test]
    fn what_differs_is_named() {
        let typed = |title: &str, body: &str| {
            let fields = [("sv.title", title), ("sv.body", body)];
            Typed::sent(fields.map(|(n, t)| (n.to_owned(), t.to_owned())).into())
        };
        let (mine, theirs) = (typed("A", "B\r\n"), typed("C", "B"));
        let others: Vec<_> = mine.others(&theirs).collect();
        assert_eq!(others, [("sv.title", "C")]);
    }
}
