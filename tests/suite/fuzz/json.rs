//! JSON made out of other JSON: a value somewhere in it becomes another, goes, or grows.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::mutating::traps;

/// A change of a value somewhere.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Replace(Value),
    Remove,
    Add(String, Value),
    Deepen(u8),
}

pub(super) fn values() -> impl Strategy<Value = Value> {
    let plain = vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!("0"),
        json!("18446744073709551615"),
        json!("18446744073709551616"),
        json!([]),
        json!({}),
        json!([null, [], {}]),
    ];
    prop_oneof![
        3 => select(plain),
        2 => traps().prop_map(Value::String),
        1 => any::<i64>().prop_map(|n| json!(n)),
        1 => (0..64_u64).prop_map(|n| json!(n)),
        1 => (traps(), 1..3_000_usize).prop_map(|(text, times)| {
            Value::String(text.chars().cycle().take(times).collect())
        }),
    ]
}

pub(super) fn changes() -> impl Strategy<Value = Vec<(Index, Change)>> {
    let change = prop_oneof![
        6 => values().prop_map(Change::Replace),
        2 => Just(Change::Remove),
        1 => (traps(), values()).prop_map(|(key, value)| Change::Add(key, value)),
        1 => (1..100_u8).prop_map(Change::Deepen),
    ];
    vec((any::<Index>(), change), 0..4)
}

/// Makes the changes, one after the other.
pub(super) fn change(value: &mut Value, changes: &[(Index, Change)]) {
    for (at, change) in changes {
        let mut places = Vec::new();
        list(value, String::new(), &mut places);
        // The whole of it is seldom of interest, but sometimes.
        let place = at.get(&places).clone();
        match change {
            Change::Remove => remove(value, &place),
            Change::Replace(new) => {
                if let Some(found) = value.pointer_mut(&place) {
                    *found = new.clone();
                }
            }
            Change::Add(key, new) => match value.pointer_mut(&place) {
                Some(Value::Object(map)) => _ = map.insert(key.clone(), new.clone()),
                Some(Value::Array(all)) => all.push(new.clone()),
                Some(_) | None => {}
            },
            Change::Deepen(times) => {
                if let Some(found) = value.pointer_mut(&place) {
                    for _ in 0..*times {
                        *found = json!([found.take()]);
                    }
                }
            }
        }
    }
}

/// The pointers to all that a value holds.
fn list(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                list(inner, format!("{at}/{key}"), places);
            }
        }
        Value::Array(all) => {
            for (number, inner) in all.iter().enumerate() {
                list(inner, format!("{at}/{number}"), places);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    places.push(at);
}

fn remove(value: &mut Value, place: &str) {
    let Some((outer, key)) = place.rsplit_once('/') else {
        return;
    };
    match value.pointer_mut(outer) {
        Some(Value::Object(map)) => {
            _ = map.remove(&key.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(all)) => {
            if let Ok(number) = key.parse::<usize>()
                && number < all.len()
            {
                all.remove(number);
            }
        }
        Some(_) | None => {}
    }
}
