//! The base in the shape that directories of services share: Open Referral's Human Services Data Specification.
//!
//! Names and required fields are the specification's. Ids are made of the names of the base, so that they stay the same for
//! as long as the names do.

mod postal;
mod record;
mod schedules;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use jiff::civil::Date;

use super::pages::Pages;
use super::read::Fields;
use super::refusals::OfExport;
use super::wire;
use crate::answering::{Answerer, Block};
use crate::knowledge::{
    Entry, EntryId, EntryKind, Facet, Knowledge, Language, Reach, Section, Standing,
};
use crate::web::site::Site;
use crate::web::trouble::Told;
use postal::postal;
use record::{
    Address, Attribute, Contact, Export, Location, Metadata, Organization, Phone, Service,
    ServiceAtLocation, Taxonomy, TaxonomyTerm, uuid,
};
use schedules::ScheduleOf;

/// The version of the specification.
const VERSION: &str = "3.1";
/// The country that the services are in.
const COUNTRY: &str = "SE";

/// Export the entries as a directory of services
///
/// Everything there is to read as records of Open Referral's Human Services Data Specification: the bodies, what they do for
/// people, who to talk to, where, for whom, by when, and when each was last gone through. Ids stay the same for as long as
/// the names of the entries do.
#[utoipa::path(
    get, path = "/api/v1/entries/export", tag = "entries", operation_id = "export",
    params(
        ("language" = Option<wire::Language>, Query, description = "The language to read in; an entry that is not written in it is given in the other"),
    ),
    responses((status = 200, description = "The records", body = Export), OfExport)
)]
pub(super) async fn export(
    State(site): State<Arc<Site>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Export>, Told> {
    let fields = Fields::of_address(&[], &uri, &headers, &site);
    let language = fields.language();
    fields.finish(Some(()))?;
    let language = language.unwrap_or_else(|| site.desk.default_language());
    let (today, _) = site.desk.local_time();
    let base = site.base();
    let pages = Pages::of(&site, language);
    Ok(Json(records(&base, language, today, |id| pages.entry(id))))
}

/// The whole base in a language, as it is on a day; `page` gives the address of an entry's page.
fn records(
    base: &Answerer,
    language: Language,
    today: Date,
    page: impl Fn(&EntryId) -> String,
) -> Export {
    let knowledge = base.knowledge();
    let directory = Directory {
        base,
        knowledge,
        language,
        today,
        organizations: organizations(knowledge),
    };
    let phrases = &knowledge.phrases(language).browse;
    let taxonomy = directory.id("taxonomy", "kinds");
    let services = knowledge.entries().iter().filter(|e| !is_body(e.id.kind()));
    Export {
        hsds_version: VERSION,
        language: language.code(),
        organizations: directory.all_organizations(),
        services: services
            .map(|e| directory.service(e, page(&e.id)))
            .collect(),
        taxonomies: vec![Taxonomy {
            id: taxonomy.clone(),
            name: phrases.all.clone(),
            description: phrases.all_lead.clone(),
        }],
        taxonomy_terms: EntryKind::ALL
            .into_iter()
            .map(|kind| TaxonomyTerm {
                id: directory.id("taxonomy_term", kind.folder()),
                taxonomy_id: taxonomy.clone(),
                code: kind.folder(),
                name: phrases.kind(kind).to_owned(),
                description: phrases.kind(kind).to_owned(),
                language: language.code(),
            })
            .collect(),
    }
}

/// Whether the entries of a kind are bodies, and not what bodies do.
fn is_body(kind: EntryKind) -> bool {
    match kind {
        EntryKind::Offices
        | EntryKind::Councils
        | EntryKind::Networks
        | EntryKind::Associations => true,
        EntryKind::Grants
        | EntryKind::Awards
        | EntryKind::Contacts
        | EntryKind::Activities
        | EntryKind::Guides
        | EntryKind::Helplines => false,
    }
}

/// The bodies that have an entry, by what they are called there, in any language, up to a colon: others name them by it.
fn organizations(knowledge: &Knowledge) -> BTreeMap<String, EntryId> {
    let bodies = knowledge.entries().iter().filter(|e| is_body(e.id.kind()));
    bodies
        .flat_map(|e| e.texts.iter().map(|(_, text)| (short(&text.title), &e.id)))
        .map(|(name, id)| (name.to_owned(), id.clone()))
        .collect()
}

fn short(title: &str) -> &str {
    title.split(':').next().unwrap_or(title).trim()
}

/// The base on its way into records.
struct Directory<'a> {
    base: &'a Answerer,
    knowledge: &'a Knowledge,
    language: Language,
    today: Date,
    organizations: BTreeMap<String, EntryId>,
}

impl Directory<'_> {
    /// The id of a record, the same each time.
    fn id(&self, table: &str, name: &str) -> String {
        uuid(&[&self.knowledge.municipality().name, table, name])
    }

    fn municipality(&self) -> String {
        self.id("organization", "")
    }

    /// The municipality, the bodies that have an entry, and those that are only named.
    fn all_organizations(&self) -> Vec<Organization> {
        let name = &self.knowledge.municipality().name;
        let municipality = Organization {
            id: self.municipality(),
            name: name.clone(),
            description: name.clone(),
            ..Organization::default()
        };
        let entries = self.knowledge.entries();
        let bodies = entries.iter().filter(|e| is_body(e.id.kind()));
        let named = entries.iter().filter_map(|e| e.organization.as_deref());
        let mut named: Vec<&str> = named
            .filter(|n| !self.organizations.contains_key(*n))
            .collect();
        named.sort_unstable();
        named.dedup();
        let named = named.into_iter().map(|name| Organization {
            id: self.id("organization", name),
            name: name.to_owned(),
            description: name.to_owned(),
            ..Organization::default()
        });
        std::iter::once(municipality)
            .chain(bodies.map(|e| self.organization(e)))
            .chain(named)
            .collect()
    }

    fn organization(&self, entry: &Entry) -> Organization {
        let text = entry.text(self.language);
        let id = self.id("organization", entry.id.as_str());
        let is_ours = entry.organization.is_none()
            && matches!(entry.id.kind(), EntryKind::Offices | EntryKind::Councils);
        let reach = entry.reach.as_ref();
        Organization {
            name: short(&text.title).to_owned(),
            alternate_name: text.also_called.first().cloned(),
            description: text.summary.clone(),
            email: email(reach),
            website: reach.and_then(|r| r.website.clone()),
            parent_organization_id: is_ours.then(|| self.municipality()),
            phones: self.phones(entry, &id),
            locations: self.locations(entry, Some(&id)),
            metadata: self.metadata(entry, "organization", &id),
            id,
        }
    }

    fn service(&self, entry: &Entry, url: String) -> Service {
        let text = entry.text(self.language);
        let id = self.id("service", entry.id.as_str());
        let of = |facet: Facet| text.section(facet).map(|s| s.body.clone());
        let eligibility: Vec<&Section> = [Facet::Who, Facet::Requirements]
            .into_iter()
            .filter_map(|facet| text.section(facet))
            .collect();
        let eligibility = eligibility.iter().map(|s| s.body.as_str());
        let eligibility = eligibility.collect::<Vec<_>>().join("\n\n");
        let ages = entry.ages.or_else(|| {
            let conditions = entry.terms.iter().flat_map(|terms| &terms.eligibility);
            conditions.filter_map(|condition| condition.ages).next()
        });
        // What a grant gives is no fee.
        let costs = entry.terms.is_none().then(|| of(Facet::Cost)).flatten();
        Service {
            organization_id: self.provider(entry),
            name: text.title.clone(),
            alternate_name: text.also_called.first().cloned(),
            description: text.summary.clone(),
            url,
            email: email(entry.reach.as_ref()),
            status: match entry.standing {
                Standing::Current | Standing::Confirm => "active",
                Standing::Ended => "defunct",
            },
            application_process: of(Facet::How),
            fees_description: costs,
            eligibility_description: (!eligibility.is_empty()).then_some(eligibility),
            minimum_age: ages.map(|[from, _]| from),
            maximum_age: ages.map(|[_, to]| to),
            assured_date: entry.reviewed.map(|day| day.to_string()),
            alert: self.caution(entry),
            phones: self.phones(entry, &id),
            schedules: self
                .schedules(entry, &id)
                .into_iter()
                .chain(self.hours(entry, &ScheduleOf::Service(id.clone())))
                .collect(),
            service_at_locations: self
                .locations(entry, None)
                .into_iter()
                .map(|location| ServiceAtLocation {
                    id: self.id("service_at_location", entry.id.as_str()),
                    service_id: id.clone(),
                    location,
                })
                .collect(),
            contacts: self.contact(entry, &id).into_iter().collect(),
            attributes: vec![Attribute {
                id: self.id("attribute", entry.id.as_str()),
                link_id: id.clone(),
                link_entity: "service",
                taxonomy_term_id: self.id("taxonomy_term", entry.id.kind().folder()),
            }],
            metadata: self.metadata(entry, "service", &id),
            id,
        }
    }

    /// Who runs what an entry is about: the body that it names, else its office, else the municipality.
    fn provider(&self, entry: &Entry) -> String {
        match (&entry.organization, &entry.office) {
            (Some(name), _) => match self.organizations.get(name) {
                Some(body) => self.id("organization", body.as_str()),
                None => self.id("organization", name),
            },
            (None, Some(office)) if self.knowledge.entry(office).is_some() => {
                self.id("organization", office.as_str())
            }
            (None, _) => self.municipality(),
        }
    }

    /// Who to talk to, when that is not who the entry itself is about.
    fn contact(&self, entry: &Entry, service: &str) -> Option<Contact> {
        let id = entry.contact.as_ref().or(entry.office.as_ref())?;
        let other = self.knowledge.entry(id).filter(|e| e.id != entry.id)?;
        let own = self.id("contact", &format!("{} {}", entry.id, other.id));
        Some(Contact {
            service_id: service.to_owned(),
            name: short(&other.text(self.language).title).to_owned(),
            email: email(other.reach.as_ref()),
            phones: self.phones(other, &own),
            id: own,
        })
    }

    /// The numbers of an entry; `of` is the record that they stand in.
    fn phones(&self, entry: &Entry, of: &str) -> Vec<Phone> {
        let phones = entry.reach.iter().flat_map(|reach| &reach.phones);
        phones
            .map(|phone| Phone {
                id: self.id("phone", &format!("{of} {}", phone.number)),
                number: phone.number.clone(),
                kind: "voice",
            })
            .collect()
    }

    /// Where an entry can be visited, and where it has its post.
    fn locations(&self, entry: &Entry, organization: Option<&str>) -> Vec<Location> {
        let Some(reach) = &entry.reach else {
            return Vec::new();
        };
        let visit = reach.visit.as_ref().map(|visit| {
            let place = visit.place.clone().unwrap_or_default();
            ("physical", visit.street.clone(), String::new(), place)
        });
        let post = reach.post.as_deref().filter(|_| organization.is_some());
        let post = post.map(|post| {
            let (line, code, town) = postal(post);
            ("postal", line, code, town)
        });
        let id = |kind: &str| self.id("location", &format!("{} {kind}", entry.id));
        // Those of a service stand with the service.
        let schedules = |kind: &'static str| match (kind, organization) {
            ("physical", Some(_)) => self.hours(entry, &ScheduleOf::Place(id(kind))),
            _ => Vec::new(),
        };
        let location = |(kind, address_1, postal_code, city): (&'static str, _, _, _)| Location {
            id: id(kind),
            schedules: schedules(kind),
            location_type: kind,
            organization_id: organization.map(str::to_owned),
            name: entry.text(self.language).title.clone(),
            addresses: vec![Address {
                id: self.id("address", &format!("{} {kind}", entry.id)),
                address_1,
                city,
                state_province: String::new(),
                postal_code,
                country: COUNTRY,
                address_type: kind,
            }],
        };
        visit.into_iter().chain(post).map(location).collect()
    }

    /// What a reader must know first: that it is old, or has ended.
    fn caution(&self, entry: &Entry) -> Option<String> {
        let blocks = self.base.page(&entry.id, self.language, self.today)?;
        blocks.into_iter().find_map(|block| match block {
            Block::Caution { text } => Some(text),
            _ => None,
        })
    }

    /// When a person last went through it, and who.
    fn metadata(&self, entry: &Entry, table: &'static str, id: &str) -> Vec<Metadata> {
        let review = entry.reviewed.map(|day| Metadata {
            id: self.id("metadata", entry.id.as_str()),
            resource_id: id.to_owned(),
            resource_type: table,
            last_action_date: day.to_string(),
            last_action_type: "review",
            field_name: "assured_date",
            previous_value: String::new(),
            replacement_value: day.to_string(),
            updated_by: entry.reviewed_by.clone().unwrap_or_default(),
        });
        review.into_iter().collect()
    }
}

fn email(reach: Option<&Reach>) -> Option<String> {
    let emails = reach.iter().flat_map(|reach| &reach.emails);
    emails.map(|email| email.address.clone()).next()
}
