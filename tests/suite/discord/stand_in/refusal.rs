//! What Discord says when it refuses: a status, a code, a message, and which fields of a form are wrong.

use std::ops::RangeInclusive;

use serde_json::{Map, Value, json};

/// A request that is refused.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: u32,
    pub(super) message: &'static str,
    /// The fields that are wrong, nested as in the request.
    pub(super) errors: Option<Value>,
}

impl Refusal {
    pub(super) const UNAUTHORIZED: Refusal = Refusal::new(401, 0, "401: Unauthorized");
    pub(super) const NOT_FOUND: Refusal = Refusal::new(404, 0, "404: Not Found");
    pub(super) const UNKNOWN_CHANNEL: Refusal = Refusal::new(404, 10003, "Unknown Channel");
    pub(super) const UNKNOWN_GUILD: Refusal = Refusal::new(404, 10004, "Unknown Guild");
    pub(super) const UNKNOWN_MESSAGE: Refusal = Refusal::new(404, 10008, "Unknown Message");
    pub(super) const UNKNOWN_USER: Refusal = Refusal::new(404, 10013, "Unknown User");
    pub(super) const UNKNOWN_WEBHOOK: Refusal = Refusal::new(404, 10015, "Unknown Webhook");
    pub(super) const UNKNOWN_INTERACTION: Refusal = Refusal::new(404, 10062, "Unknown interaction");
    pub(super) const UNKNOWN_COMMAND: Refusal =
        Refusal::new(404, 10063, "Unknown application command");
    pub(super) const ACKNOWLEDGED: Refusal =
        Refusal::new(400, 40060, "Interaction has already been acknowledged.");
    pub(super) const MISSING_ACCESS: Refusal = Refusal::new(403, 50001, "Missing Access");
    pub(super) const ANOTHERS_MESSAGE: Refusal =
        Refusal::new(403, 50005, "Cannot edit a message authored by another user");
    pub(super) const EMPTY_MESSAGE: Refusal =
        Refusal::new(400, 50006, "Cannot send an empty message");
    pub(super) const CLOSED_TO_MESSAGES: Refusal =
        Refusal::new(403, 50007, "Cannot send messages to this user");
    pub(super) const MISSING_PERMISSIONS: Refusal = Refusal::new(403, 50013, "Missing Permissions");
    pub(super) const INVALID_WEBHOOK_TOKEN: Refusal =
        Refusal::new(401, 50027, "Invalid Webhook Token");
    pub(super) const INVALID_RECIPIENTS: Refusal = Refusal::new(400, 50033, "Invalid Recipient(s)");
    pub(super) const INVALID_JSON: Refusal =
        Refusal::new(400, 50109, "The request body contains invalid JSON.");
    pub(super) const NO_HISTORY: Refusal = Refusal::new(
        400,
        160002,
        "Cannot reply without permission to read message history",
    );

    const fn new(status: u16, code: u32, message: &'static str) -> Refusal {
        Refusal {
            status,
            code,
            message,
            errors: None,
        }
    }

    /// The same refusal of a form that is a part of the request.
    pub(super) fn within(self, part: &str) -> Refusal {
        let errors = self.errors.map(|errors| json!({ part: errors }));
        Refusal { errors, ..self }
    }

    /// The body that says so.
    pub(super) fn body(&self) -> Value {
        let mut body = json!({ "message": self.message, "code": self.code });
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}

/// A form as it is checked: what is wrong is gathered, and refused all at once.
///
/// Lengths are counted in UTF-16 units. Discord does not say how it counts; this is the strictest of the ways it could.
#[derive(Debug, Default)]
pub(super) struct Form {
    errors: Map<String, Value>,
}

impl Form {
    /// A form with a single thing wrong with it.
    pub(super) fn refused(at: &str, code: &str, message: &str) -> Refusal {
        let mut form = Form::default();
        form.wrong(at, code, message);
        form.refusal()
    }

    /// Notes that the field at a path such as `embeds.0.title` is wrong.
    pub(super) fn wrong(&mut self, at: &str, code: &str, message: &str) {
        let mut level = &mut self.errors;
        for step in at.split('.').filter(|step| !step.is_empty()) {
            let below = level.entry(step).or_insert_with(|| json!({}));
            let Value::Object(below) = below else { return };
            level = below;
        }
        let errors = level.entry("_errors").or_insert_with(|| json!([]));
        if let Value::Array(errors) = errors {
            errors.push(json!({ "code": code, "message": message }));
        }
    }

    pub(super) fn required(&mut self, at: &str) {
        self.wrong(at, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// Holds a field to being a text of some length; it may be absent when it may be empty.
    pub(super) fn text(&mut self, at: &str, value: &Value, lengths: RangeInclusive<usize>) {
        let (least, most) = (*lengths.start(), *lengths.end());
        match value {
            Value::Null if least == 0 => {}
            Value::String(text) if least > 0 && text.trim().is_empty() => self.required(at),
            Value::String(text) if lengths.contains(&text.encode_utf16().count()) => {}
            Value::String(_) => self.length(at, least, most),
            Value::Null => self.required(at),
            _ => self.wrong(
                at,
                "STRING_TYPE_CONVERT",
                "Could not interpret value as string.",
            ),
        }
    }

    /// Holds a field to being a list of some length, and gives its items; it may be absent when it may be empty.
    pub(super) fn list<'a>(
        &mut self,
        at: &str,
        value: &'a Value,
        lengths: RangeInclusive<usize>,
    ) -> &'a [Value] {
        let (least, most) = (*lengths.start(), *lengths.end());
        match value {
            Value::Null if least == 0 => {}
            Value::Array(items) if lengths.contains(&items.len()) => return items,
            Value::Array(_) => self.length(at, least, most),
            Value::Null => self.required(at),
            _ => self.wrong(
                at,
                "LIST_TYPE_CONVERT",
                "Only iterables may be used in a ListType",
            ),
        }
        &[]
    }

    /// Holds a field, if it is there, to being a whole number in a range.
    pub(super) fn number(&mut self, at: &str, value: &Value, range: RangeInclusive<i64>) {
        match value.as_i64() {
            Some(number) if range.contains(&number) => {}
            None if value.is_null() => {}
            _ => {
                let message = format!("int value should be in {range:?}.");
                self.wrong(at, "NUMBER_TYPE_RANGE", &message);
            }
        }
    }

    /// Holds a field, if it is there, to being an address on the web.
    pub(super) fn address(&mut self, at: &str, value: &Value) {
        let on_the_web = |text: &str| text.starts_with("https://") || text.starts_with("http://");
        if !value.is_null() && !value.as_str().is_some_and(on_the_web) {
            let message = "Scheme must be one of ('http', 'https').";
            self.wrong(at, "URL_TYPE_INVALID_SCHEME", message);
        }
    }

    /// Fails when anything was wrong.
    pub(super) fn finish(self) -> Result<(), Refusal> {
        if self.errors.is_empty() {
            return Ok(());
        }
        Err(self.refusal())
    }

    fn length(&mut self, at: &str, least: usize, most: usize) {
        if least == 0 {
            let message = format!("Must be {most} or fewer in length.");
            self.wrong(at, "BASE_TYPE_MAX_LENGTH", &message);
        } else {
            let message = format!("Must be between {least} and {most} in length.");
            self.wrong(at, "BASE_TYPE_BAD_LENGTH", &message);
        }
    }

    fn refusal(self) -> Refusal {
        Refusal {
            errors: Some(Value::Object(self.errors)),
            ..Refusal::new(400, 50035, "Invalid Form Body")
        }
    }
}
