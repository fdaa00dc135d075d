//! The records of the specification: the fields that the base can fill.

use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

/// Everything, as records that name each other by id.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HsdsExport)]
pub(in crate::web::api) struct Export {
    /// The version of the specification.
    #[schema(example = "3.1")]
    pub(super) hsds_version: &'static str,
    /// The language of the texts.
    #[schema(example = "sv")]
    pub(super) language: &'static str,
    /// The municipality, its offices, and the bodies that run something.
    pub(super) organizations: Vec<Organization>,
    /// What one can apply for, take part in, or be helped by.
    pub(super) services: Vec<Service>,
    /// The one list of kinds.
    pub(super) taxonomies: Vec<Taxonomy>,
    /// The kinds.
    pub(super) taxonomy_terms: Vec<TaxonomyTerm>,
}

/// A body.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = HsdsOrganization)]
pub(super) struct Organization {
    #[schema(format = "uuid")]
    pub(super) id: String,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) alternate_name: Option<String>,
    /// In Markdown.
    pub(super) description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uri")]
    pub(super) website: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parent_organization_id: Option<String>,
    pub(super) phones: Vec<Phone>,
    pub(super) locations: Vec<Location>,
    pub(super) metadata: Vec<Metadata>,
}

/// What a body does for people.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HsdsService)]
pub(super) struct Service {
    #[schema(format = "uuid")]
    pub(super) id: String,
    pub(super) organization_id: String,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) alternate_name: Option<String>,
    /// In Markdown.
    pub(super) description: String,
    /// Its page.
    pub(super) url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<String>,
    /// `active` or `defunct`.
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) application_process: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fees_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) eligibility_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) minimum_age: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) maximum_age: Option<u8>,
    /// The day its text was last gone through.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub(super) assured_date: Option<String>,
    /// What to know before relying on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) alert: Option<String>,
    pub(super) phones: Vec<Phone>,
    /// The last days to apply, and when it can be reached.
    pub(super) schedules: Vec<Schedule>,
    pub(super) service_at_locations: Vec<ServiceAtLocation>,
    pub(super) contacts: Vec<Contact>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) metadata: Vec<Metadata>,
}

/// Who to talk to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HsdsContact)]
pub(super) struct Contact {
    #[schema(format = "uuid")]
    pub(super) id: String,
    pub(super) service_id: String,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<String>,
    pub(super) phones: Vec<Phone>,
}

/// A telephone number.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HsdsPhone)]
pub(super) struct Phone {
    #[schema(format = "uuid")]
    pub(super) id: String,
    pub(super) number: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
}

/// Where a service is to be had.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HsdsServiceAtLocation)]
pub(super) struct ServiceAtLocation {
    #[schema(format = "uuid")]
    pub(super) id: String,
    pub(super) service_id: String,
    pub(super) location: Location,
}

/// A place to go or to write to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HsdsLocation)]
pub(super) struct Location {
    #[schema(format = "uuid")]
    pub(super) id: String,
    /// `physical` or `postal`.
    pub(super) location_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) organization_id: Option<String>,
    pub(super) name: String,
    pub(super) addresses: Vec<Address>,
    /// When it is open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) schedules: Vec<Schedule>,
}

/// Its address. What the base does not say of it is empty.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HsdsAddress)]
pub(super) struct Address {
    #[schema(format = "uuid")]
    pub(super) id: String,
    pub(super) address_1: String,
    pub(super) city: String,
    pub(super) state_province: String,
    pub(super) postal_code: String,
    pub(super) country: &'static str,
    /// `physical` or `postal`.
    pub(super) address_type: &'static str,
}

/// A last day to apply, or hours of a week.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = HsdsSchedule)]
pub(super) struct Schedule {
    #[schema(format = "uuid")]
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) service_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) location_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub(super) valid_to: Option<String>,
    /// The next such day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub(super) dtstart: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) count: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) freq: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) interval: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bymonthday: Option<String>,
    /// The days of the week: `MO`, `TU` and so on, with commas between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) byday: Option<String>,
    /// On the clock of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) opens_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) closes_at: Option<String>,
    pub(super) description: String,
}

/// That a service is of a kind.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HsdsAttribute)]
pub(super) struct Attribute {
    #[schema(format = "uuid")]
    pub(super) id: String,
    pub(super) link_id: String,
    pub(super) link_entity: &'static str,
    pub(super) taxonomy_term_id: String,
}

/// A list of terms.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HsdsTaxonomy)]
pub(super) struct Taxonomy {
    #[schema(format = "uuid")]
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
}

/// A kind of service.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HsdsTaxonomyTerm)]
pub(super) struct TaxonomyTerm {
    #[schema(format = "uuid")]
    pub(super) id: String,
    pub(super) taxonomy_id: String,
    pub(super) code: &'static str,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) language: &'static str,
}

/// When a person last went through a record.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HsdsMetadata)]
pub(super) struct Metadata {
    #[schema(format = "uuid")]
    pub(super) id: String,
    pub(super) resource_id: String,
    pub(super) resource_type: &'static str,
    #[schema(format = Date)]
    pub(super) last_action_date: String,
    pub(super) last_action_type: &'static str,
    pub(super) field_name: &'static str,
    pub(super) previous_value: String,
    pub(super) replacement_value: String,
    /// The role of the person.
    pub(super) updated_by: String,
}

/// An id that follows from names alone: a UUID of version 8, which leaves to us what it is made of.
pub(super) fn uuid(names: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for name in names {
        hasher.update(name.as_bytes());
        hasher.update([0]);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

#[cfg(test)]
mod tests {
    use super::uuid;

    #[test]
    fn an_id_is_the_same_each_time_and_another_for_another_name() {
        let id = uuid(&["Provby kommun", "service", "grants/lovpeng"]);
        assert_eq!(id, uuid(&["Provby kommun", "service", "grants/lovpeng"]));
        assert_ne!(id, uuid(&["Provby kommun", "servicegrants", "/lovpeng"]));
        assert_eq!(id.len(), 36);
        assert_eq!((&id[14..15], "89ab".contains(&id[19..20])), ("8", true));
    }
}
