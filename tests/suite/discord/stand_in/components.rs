//! Buttons, select menus and forms, held to Discord's limits.

use std::collections::BTreeSet;

use serde_json::Value;

use super::refusal::{Form, Refusal};

/// What a component is, by Discord's numbers.
pub(super) const ROW: u64 = 1;
pub(super) const BUTTON: u64 = 2;
pub(super) const SELECT: u64 = 3;
const INPUT: u64 = 4;
/// The menus of users, roles, mentionables and channels.
const OTHER_SELECTS: std::ops::RangeInclusive<u64> = 5..=8;
/// The style of a button that is a link.
const LINK: u64 = 5;

/// Holds the components of a message to what Discord takes.
pub(super) fn check(form: &mut Form, components: &Value) {
    let mut ids = BTreeSet::new();
    let rows = form.list("components", components, 0..=5);
    for (i, row) in rows.iter().enumerate() {
        let at = format!("components.{i}");
        if row["type"].as_u64() != Some(ROW) {
            wrong_type(form, &at, "1");
            continue;
        }
        let at = format!("{at}.components");
        let inside = form.list(&at, &row["components"], 1..=5);
        for (j, component) in inside.iter().enumerate() {
            let at = format!("{at}.{j}");
            match component["type"].as_u64() {
                Some(BUTTON) => check_button(form, &at, component),
                Some(SELECT) => check_select(form, &at, component),
                Some(kind) if OTHER_SELECTS.contains(&kind) => check_menu(form, &at, component),
                _ => wrong_type(form, &at, "2, 3, 5, 6, 7, 8"),
            }
            check_id(form, &at, component, &mut ids);
        }
        // A menu fills its row.
        let is_menu = |component: &Value| component["type"].as_u64() != Some(BUTTON);
        if inside.len() > 1 && inside.iter().any(is_menu) {
            let message = "The specified component exceeds the maximum width";
            form.wrong(&at, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
        }
    }
}

/// Holds a form to what Discord takes. Fails as Discord does.
pub(super) fn check_modal(modal: &Value) -> Result<(), Refusal> {
    let mut form = Form::default();
    form.text("title", &modal["title"], 1..=45);
    form.text("custom_id", &modal["custom_id"], 1..=100);
    let mut ids = BTreeSet::new();
    let rows = form.list("components", &modal["components"], 1..=5);
    for (i, row) in rows.iter().enumerate() {
        let at = format!("components.{i}.components");
        for (j, input) in form.list(&at, &row["components"], 1..=1).iter().enumerate() {
            let at = format!("{at}.{j}");
            if input["type"].as_u64() != Some(INPUT) {
                wrong_type(&mut form, &at, "4");
            }
            form.text(&format!("{at}.custom_id"), &input["custom_id"], 1..=100);
            check_id(&mut form, &at, input, &mut ids);
            form.text(&format!("{at}.label"), &input["label"], 1..=45);
            form.text(&format!("{at}.placeholder"), &input["placeholder"], 0..=100);
            form.text(&format!("{at}.value"), &input["value"], 0..=4_000);
            form.number(&format!("{at}.style"), &input["style"], 1..=2);
            if input["style"].is_null() {
                form.required(&format!("{at}.style"));
            }
            form.number(&format!("{at}.min_length"), &input["min_length"], 0..=4_000);
            form.number(&format!("{at}.max_length"), &input["max_length"], 1..=4_000);
        }
    }
    form.finish()
}

/// Everything inside the rows of a message or a form.
pub(super) fn inside(rows: &[Value]) -> impl Iterator<Item = &Value> {
    rows.iter()
        .filter_map(|row| row["components"].as_array())
        .flatten()
}

fn check_button(form: &mut Form, at: &str, button: &Value) {
    form.text(&format!("{at}.label"), &button["label"], 0..=80);
    let no_label = button["label"]
        .as_str()
        .is_none_or(|label| label.trim().is_empty());
    if no_label && button["emoji"].is_null() {
        let message = "A button must have a label or emoji";
        form.wrong(at, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message);
    }
    let id_and_address = (!button["custom_id"].is_null(), !button["url"].is_null());
    match (button["style"].as_u64(), id_and_address) {
        (Some(LINK), (false, true)) => {
            form.text(&format!("{at}.url"), &button["url"], 1..=512);
            form.address(&format!("{at}.url"), &button["url"]);
        }
        (Some(LINK), (true, _)) => {
            let message = "A custom id and url cannot both be specified";
            form.wrong(
                at,
                "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                message,
            );
        }
        (Some(LINK), (false, false)) => form.required(&format!("{at}.url")),
        (Some(1..LINK), (_, false)) => {
            form.text(&format!("{at}.custom_id"), &button["custom_id"], 1..=100);
        }
        (Some(1..LINK), (_, true)) => {
            let message = "A url can only be specified for link buttons";
            form.wrong(at, "BUTTON_COMPONENT_INVALID_URL_STYLE", message);
        }
        _ => form.wrong(
            &format!("{at}.style"),
            "BASE_TYPE_CHOICES",
            "unknown button style",
        ),
    }
}

fn check_select(form: &mut Form, at: &str, select: &Value) {
    check_menu(form, at, select);
    let mut values = BTreeSet::new();
    let options = form.list(&format!("{at}.options"), &select["options"], 1..=25);
    for (i, option) in options.iter().enumerate() {
        let at = format!("{at}.options.{i}");
        form.text(&format!("{at}.label"), &option["label"], 1..=100);
        form.text(&format!("{at}.value"), &option["value"], 1..=100);
        form.text(
            &format!("{at}.description"),
            &option["description"],
            0..=100,
        );
        if !values.insert(option["value"].as_str()) {
            let message = "The specified option value is already used";
            form.wrong(
                &format!("{at}.value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                message,
            );
        }
    }
    let most = select["max_values"].as_u64().unwrap_or(1);
    let least = select["min_values"].as_u64().unwrap_or(1);
    if most as usize > options.len().max(1) || least > most {
        let message = "min_values and max_values do not fit the options";
        form.wrong(at, "SELECT_COMPONENT_INVALID_MIN_MAX_VALUES", message);
    }
}

/// What all menus have in common.
fn check_menu(form: &mut Form, at: &str, menu: &Value) {
    form.text(&format!("{at}.custom_id"), &menu["custom_id"], 1..=100);
    form.text(&format!("{at}.placeholder"), &menu["placeholder"], 0..=150);
    form.number(&format!("{at}.min_values"), &menu["min_values"], 0..=25);
    form.number(&format!("{at}.max_values"), &menu["max_values"], 1..=25);
}

/// Holds the id of a component, if it has one, to being its own.
fn check_id<'a>(form: &mut Form, at: &str, component: &'a Value, ids: &mut BTreeSet<&'a str>) {
    if let Some(id) = component["custom_id"].as_str()
        && !ids.insert(id)
    {
        let message = "Component custom id cannot be duplicated";
        form.wrong(
            &format!("{at}.custom_id"),
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            message,
        );
    }
}

fn wrong_type(form: &mut Form, at: &str, known: &str) {
    let message = format!("Value of field \"type\" must be one of ({known}).");
    form.wrong(&format!("{at}.type"), "UNION_TYPE_CHOICES", &message);
}
