//! What a page says to programs, as schema.org writes it: what kind of thing an entry is, who is behind it, and where in the
//! site it stands.

use jiff::civil::Date;
use maud::{Markup, PreEscaped, html};
use serde_json::{Map, Value, json};

use super::address::{address, list};
use super::plain::plain;
use crate::knowledge::{
    Amount, Day, Entry, EntryKind, Facet, Knowledge, Language, Reach, Standing, Text,
};
use crate::web::places::Place;
use crate::web::site::Site;

/// A page's data as an element of its head. It is no script: no browser runs it.
pub(super) fn element(data: &Value) -> Markup {
    html! {
        script type="application/ld+json" { (PreEscaped(harmless(data))) }
    }
}

/// JSON in which nothing can end the element that it stands in.
fn harmless(data: &Value) -> String {
    data.to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

/// The data of an entry's page.
pub(super) fn of_entry(site: &Site, entry: &Entry, language: Language) -> Value {
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = knowledge.phrases(language);
    let text = entry.text(language);
    let page = site.address(&address(&entry.id, language));
    let kind = entry.id.kind();
    let trail = [
        (
            phrases.browse.start.as_str(),
            site.address(Place::Talk.path(language)),
        ),
        (
            phrases.browse.all.as_str(),
            site.address(Place::Browse.path(language)),
        ),
        (
            phrases.browse.kind(kind),
            site.address(&list(kind, language)),
        ),
        (text.title.as_str(), page.clone()),
    ];
    let mut about = json!({
        "@type": "WebPage",
        "@id": page,
        "url": page,
        "name": text.title,
        "description": plain(&text.summary),
        "inLanguage": language.code(),
        "breadcrumb": { "@id": format!("{page}#trail") },
        "mainEntity": { "@id": format!("{page}#entry") },
        "publisher": { "@id": site.address("/#municipality") },
    });
    put(
        &mut about,
        "dateModified",
        entry.reviewed.map(|day| day.to_string()),
    );
    json!({
        "@context": "https://schema.org",
        "@graph": [
            about,
            trail_of(&page, &trail),
            municipality(site, knowledge),
            thing(site, knowledge, entry, language),
        ],
    })
}

/// The data of a list: where it stands.
pub(super) fn of_list(site: &Site, language: Language, kind: EntryKind) -> Value {
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).browse;
    let page = site.address(&list(kind, language));
    let trail = [
        (
            phrases.start.as_str(),
            site.address(Place::Talk.path(language)),
        ),
        (
            phrases.all.as_str(),
            site.address(Place::Browse.path(language)),
        ),
        (phrases.kind(kind), page.clone()),
    ];
    let mut data = trail_of(&page, &trail);
    put(&mut data, "@context", Some("https://schema.org"));
    data
}

fn trail_of(page: &str, trail: &[(&str, String)]) -> Value {
    let items = trail.iter().zip(1..).map(|((name, item), position)| {
        json!({ "@type": "ListItem", "position": position, "name": name, "item": item })
    });
    json!({
        "@type": "BreadcrumbList",
        "@id": format!("{page}#trail"),
        "itemListElement": items.collect::<Vec<_>>(),
    })
}

fn municipality(site: &Site, knowledge: &Knowledge) -> Value {
    json!({
        "@type": "GovernmentOrganization",
        "@id": site.address("/#municipality"),
        "name": knowledge.municipality().name,
    })
}

/// What an entry is about.
fn thing(site: &Site, knowledge: &Knowledge, entry: &Entry, language: Language) -> Value {
    let (today, _) = site.desk.local_time();
    let text = entry.text(language);
    let page = site.address(&address(&entry.id, language));
    let mut thing = json!({
        "@id": format!("{page}#entry"),
        "@type": kind_of(entry.id.kind()),
        "name": text.title,
        "description": plain(&text.summary),
        "url": page,
    });
    if !text.also_called.is_empty() {
        put(&mut thing, "alternateName", Some(json!(text.also_called)));
    }
    let behind = match &entry.organization {
        Some(name) => json!({ "@type": "Organization", "name": name }),
        None => json!({ "@id": site.address("/#municipality") }),
    };
    match entry.id.kind() {
        EntryKind::Grants | EntryKind::Awards => {
            put(&mut thing, "funder", Some(behind));
            let amount = entry.terms.as_ref().and_then(|terms| terms.amount);
            let holds = entry.standing != Standing::Ended;
            put(
                &mut thing,
                "amount",
                amount.filter(|_| holds).map(amount_of),
            );
        }
        EntryKind::Offices | EntryKind::Councils => {
            put(&mut thing, "parentOrganization", Some(behind));
            reach_of(&mut thing, entry.reach.as_ref());
            if entry.id.kind() == EntryKind::Offices {
                put(
                    &mut thing,
                    "openingHoursSpecification",
                    hours_of(entry, today),
                );
            }
        }
        EntryKind::Associations | EntryKind::Networks => {
            reach_of(&mut thing, entry.reach.as_ref());
        }
        EntryKind::Activities => {
            put(&mut thing, "provider", Some(behind));
            put(
                &mut thing,
                "availableChannel",
                channel_of(knowledge, entry, language),
            );
        }
        EntryKind::Contacts | EntryKind::Helplines => {
            put(
                &mut thing,
                "contactType",
                Some(knowledge.phrases(language).browse.kind(entry.id.kind())),
            );
            reach_of(&mut thing, entry.reach.as_ref());
            put(&mut thing, "hoursAvailable", hours_of(entry, today));
        }
        EntryKind::Guides => put(&mut thing, "mainEntity", Some(questions_of(text))),
    }
    thing
}

/// The type that schema.org has for a kind.
fn kind_of(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Grants | EntryKind::Awards => "MonetaryGrant",
        EntryKind::Councils => "GovernmentOrganization",
        EntryKind::Offices => "GovernmentOffice",
        EntryKind::Contacts | EntryKind::Helplines => "ContactPoint",
        EntryKind::Activities => "Service",
        EntryKind::Networks | EntryKind::Associations => "Organization",
        EntryKind::Guides => "FAQPage",
    }
}

fn amount_of(amount: Amount) -> Value {
    let mut value = json!({ "@type": "MonetaryAmount", "currency": "SEK" });
    put(&mut value, "value", amount.exactly);
    put(&mut value, "minValue", amount.from);
    put(&mut value, "maxValue", amount.at_most.or(amount.to));
    value
}

/// The ways to reach someone, as properties of a thing.
fn reach_of(thing: &mut Value, reach: Option<&Reach>) {
    let Some(reach) = reach else { return };
    put(
        thing,
        "telephone",
        reach.phones.first().map(|p| p.number.as_str()),
    );
    put(
        thing,
        "email",
        reach.emails.first().map(|e| e.address.as_str()),
    );
    put(thing, "sameAs", reach.website.as_deref());
    let address = reach.visit.as_ref().map(|visit| {
        let mut address = json!({
            "@type": "PostalAddress",
            "streetAddress": visit.street,
            "addressCountry": "SE",
        });
        put(&mut address, "addressLocality", visit.place.as_deref());
        address
    });
    // A point of contact has no place.
    if thing["@type"] != "ContactPoint" {
        put(thing, "address", address);
    }
}

/// The hours of a week that are known to hold; those of days before a holiday are none of an ordinary week.
fn hours_of(entry: &Entry, today: Date) -> Option<Value> {
    let hours = entry.hours_that_hold(today).filter(|h| !h.before_holiday);
    let hours = hours.map(|hours| {
        let days = hours.days.iter().map(|day| day_of(*day));
        json!({
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": days.collect::<Vec<_>>(),
            "opens": hours.from.strftime("%H:%M").to_string(),
            "closes": hours.to.strftime("%H:%M").to_string(),
        })
    });
    let hours: Vec<Value> = hours.collect();
    (!hours.is_empty()).then_some(Value::Array(hours))
}

fn day_of(day: Day) -> &'static str {
    match day {
        Day::Mon => "https://schema.org/Monday",
        Day::Tue => "https://schema.org/Tuesday",
        Day::Wed => "https://schema.org/Wednesday",
        Day::Thu => "https://schema.org/Thursday",
        Day::Fri => "https://schema.org/Friday",
        Day::Sat => "https://schema.org/Saturday",
        Day::Sun => "https://schema.org/Sunday",
    }
}

/// How to reach whoever answers for an entry.
fn channel_of(knowledge: &Knowledge, entry: &Entry, language: Language) -> Option<Value> {
    let id = entry.contact.as_ref().or(entry.office.as_ref());
    let asked = id.and_then(|id| knowledge.entry(id));
    let reach = entry
        .reach
        .as_ref()
        .or(asked.and_then(|e| e.reach.as_ref()))?;
    let mut point = json!({ "@type": "ContactPoint", "name": knowledge.title(id?, language) });
    put(
        &mut point,
        "telephone",
        reach.phones.first().map(|p| p.number.as_str()),
    );
    put(
        &mut point,
        "email",
        reach.emails.first().map(|e| e.address.as_str()),
    );
    Some(json!({ "@type": "ServiceChannel", "servicePhone": point }))
}

/// What a guide answers: its sections, asked by their headings.
fn questions_of(text: &Text) -> Value {
    let sections = text.sections.iter().filter(|s| s.facet != Facet::Distinct);
    let question = |name: String, answer: &str| {
        json!({
            "@type": "Question",
            "name": name,
            "acceptedAnswer": { "@type": "Answer", "text": plain(answer) },
        })
    };
    let first = question(text.title.clone(), &text.summary);
    let more = sections.map(|s| question(format!("{}: {}", text.title, s.heading), &s.body));
    Value::Array(std::iter::once(first).chain(more).collect())
}

/// Puts a property there, when there is one.
fn put(object: &mut Value, key: &str, value: Option<impl Into<Value>>) {
    let properties: Option<&mut Map<String, Value>> = object.as_object_mut();
    if let (Some(properties), Some(value)) = (properties, value) {
        properties.insert(key.to_owned(), value.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_can_end_the_element() {
        let data = json!({ "name": "</script><script>alert(1)</script> & <!--" });
        let written = element(&data).into_string();
        assert_eq!(written.matches('<').count(), 2, "{written}");
        let inner = written
            .trim_start_matches("<script type=\"application/ld+json\">")
            .trim_end_matches("</script>");
        assert_eq!(serde_json::from_str::<Value>(inner).unwrap(), data);
    }
}
