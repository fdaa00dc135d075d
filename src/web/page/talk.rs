//! The page of the conversation, and the pieces of it that our script asks for.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::blocks;
use super::draft::Draft;
use super::forms::Forms;
use super::guided;
use super::refusal::Refusal;
use super::transcript::Turn;
use super::visitor::Visitor;
use crate::answering::Block;
use crate::knowledge::{EntryId, Facet, Knowledge, Language, PathName, fill};
use crate::web::drawings;
use crate::web::layout::{self, Sheet};
use crate::web::places::Place;
use crate::web::site::Site;

/// More of a question than this is not put into the form from a link.
const LONGEST_LINKED: usize = 4_000;
/// The ways in that are offered to someone young before the others.
const YOUNG_FIRST: [PathName; 2] = [PathName::People, PathName::Idea];

/// What a link to the conversation can hold.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Linked {
    /// The entry that the question is about.
    about: Option<String>,
    /// The question itself, for the field.
    q: Option<String>,
    /// Suggestions for someone young.
    ung: Option<String>,
    /// The same in English.
    young: Option<String>,
    /// The guided way in that is to be begun.
    vag: Option<String>,
    /// The same in English.
    way: Option<String>,
}

/// Leads to the language that the browser asks for.
pub(super) async fn choose_language(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    let wished = headers.get(header::ACCEPT_LANGUAGE);
    let wished = wished.and_then(|v| v.to_str().ok()).and_then(preferred);
    let language = wished.unwrap_or_else(|| site.desk.default_language());
    let vary = [(header::VARY, "accept-language")];
    (vary, Redirect::temporary(Place::Talk.path(language))).into_response()
}

/// Shows the conversation as it stands.
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    visitor: Visitor,
    linked: Result<Query<Linked>, QueryRejection>,
) -> Response {
    let linked = linked.map(|Query(linked)| linked).unwrap_or_default();
    let base = site.base();
    let about = linked.about.and_then(|id| EntryId::parse(&id).ok());
    let way = linked.vag.or(linked.way);
    let draft = Draft {
        text: linked
            .q
            .unwrap_or_default()
            .chars()
            .take(LONGEST_LINKED)
            .collect(),
        about: about.filter(|id| base.knowledge().entry(id).is_some()),
        way: way.and_then(|code| PathName::from_code(&code)),
        verdict: None,
    };
    let stage = Stage {
        is_young: linked.ung.is_some() || linked.young.is_some(),
        draft,
        refusal: None,
    };
    page(&site, &visitor, &stage).into_response()
}

/// What the page shows beside the conversation.
#[derive(Default)]
pub(super) struct Stage {
    /// Whether to suggest what someone young may ask.
    pub(super) is_young: bool,
    /// What stands in the field.
    pub(super) draft: Draft,
    /// Why what was sent was not taken.
    pub(super) refusal: Option<Refusal>,
}

/// What a guided way in begins with, where a link leads to it: nothing has been begun yet.
struct Beginning {
    name: String,
    lead: String,
    asked: Vec<Block>,
}

impl Beginning {
    fn of(site: &Site, way: PathName, language: Language) -> Beginning {
        let link = site.desk.way_in_of(way.code(), language);
        let blocks = site.desk.beginning(way, language);
        let is_said = |block: &Block| matches!(block, Block::Text { .. });
        let (said, asked): (Vec<Block>, Vec<Block>) = blocks.into_iter().partition(is_said);
        let said: Vec<String> = said.iter().map(Block::plain_text).collect();
        Beginning {
            name: link.map(|link| link.label).unwrap_or_default(),
            lead: said.join(" "),
            asked,
        }
    }
}

/// The whole page.
pub(super) fn page(site: &Site, visitor: &Visitor, stage: &Stage) -> Markup {
    let language = visitor.language;
    let base = site.base();
    let knowledge = base.knowledge();
    let all = knowledge.phrases(language);
    let phrases = &all.page;
    let turns = turns_of(site, visitor);
    let forms = forms_of(visitor);
    let draft = &stage.draft;
    let way = draft.way.map(|way| Beginning::of(site, way, language));
    let (welcome, lead) = match &way {
        Some(way) => (way.name.as_str(), way.lead.as_str()),
        None if stage.is_young => (phrases.young_welcome.as_str(), phrases.young_lead.as_str()),
        None => (phrases.welcome.as_str(), phrases.lead.as_str()),
    };
    let has_begun = !turns.is_empty();
    let main = html! {
        div .talk.start[!has_begun] #talk {
            div .intro {
                (drawings::scene())
                div .hero.narrow {
                    h1 { (welcome) }
                    p .lead { (lead) }
                }
            }
            div .narrow {
                h1 .spoken.begun { (phrases.talk_heading) }
                div #log role="log" aria-live="polite" aria-label=(phrases.log_label) {
                    @for turn in &turns { (drawn_turn(site, &forms, turn, draft)) }
                }
                @if let Some(way) = &way {
                    div .begin { (blocks::pieces(&way.asked, all, &forms)) }
                }
                p #working .working role="status" hidden data-text=(phrases.working) {}
                (forms.forget(phrases))
            }
            div .composer.screen {
                div .narrow {
                    div #said-no role="alert" data-offline=(phrases.offline) data-trouble=(phrases.trouble) {
                        @if let Some(refusal) = stage.refusal { (refused(knowledge, language, refusal)) }
                    }
                    (forms.ask(draft, &subject(knowledge, language, draft), phrases))
                }
            }
            @if draft.way.is_none() {
                div .suggest.about[draft.about.is_some()].narrow.screen {
                    @match &draft.about {
                        Some(entry) => (parts_of(knowledge, &forms, entry)),
                        None => (suggestions(site, &forms, stage.is_young)),
                    }
                }
            }
        }
    };
    let here = Place::Talk.path(language);
    let other = language.other();
    let other = match (&draft.about, draft.way) {
        (Some(entry), _) => format!("{}?about={entry}", Place::Talk.path(other)),
        (None, Some(way)) => guided::begun(way.code(), other),
        (None, None) if stage.is_young => {
            format!("{}?{}", Place::Talk.path(other), young_key(other))
        }
        (None, None) => Place::Talk.path(other).to_owned(),
    };
    layout::draw(
        site,
        &Sheet {
            language,
            title: None,
            path: here,
            other: Some(&other),
            head: html! {},
            class: if stage.is_young { "young" } else { "" },
            main,
        },
    )
}

/// A question and its answer.
pub(super) fn turn(site: &Site, visitor: &Visitor, turn: &Turn) -> Markup {
    drawn_turn(site, &forms_of(visitor), turn, &Draft::default())
}

fn forms_of(visitor: &Visitor) -> Forms<'_> {
    Forms {
        language: visitor.language,
        answered_in: visitor.language,
        led_in: visitor.language,
        session: visitor.session.as_ref(),
    }
}

/// The questions and answers so far. Where someone is on a guided way in is said in the language of the page, which may
/// be another since.
fn turns_of(site: &Site, visitor: &Visitor) -> Vec<Arc<Turn>> {
    let Some(session) = &visitor.session else {
        return Vec::new();
    };
    let (conversation, language) = (session.conversation(), visitor.language);
    let mut turns = site.transcripts.of(conversation);
    if let Some(last) = turns.last_mut()
        && last.asked_on != language
        && last.is_on_a_way()
        && let Some(blocks) = site.desk.whereabouts(conversation, language)
    {
        let mut turn = Turn::clone(last);
        turn.asked_on = language;
        turn.answer.language = language;
        turn.answer.blocks = blocks;
        *last = Arc::new(turn);
    }
    turns
}

/// Why something was not taken.
pub(super) fn refused(knowledge: &Knowledge, language: Language, refusal: Refusal) -> Markup {
    html! {
        div .note.alarm { p { (refusal.text(knowledge.phrases(language))) } }
    }
}

fn drawn_turn(site: &Site, forms: &Forms<'_>, turn: &Turn, draft: &Draft) -> Markup {
    let language = turn.answer.language;
    let base = site.base();
    let knowledge = base.knowledge();
    // What is kept of the answer says when it is open; what is shown of it, whether it is.
    let mut answer = turn.answer.clone();
    site.desk.say_hours(&mut answer.blocks, language);
    let is_of_page = turn.asked_on == forms.language;
    let forms = Forms {
        answered_in: language,
        led_in: if is_of_page { language } else { forms.language },
        ..*forms
    };
    let phrases = knowledge.phrases(language);
    let of_page = &knowledge.phrases(forms.language).page;
    html! {
        article .turn id={ "turn-" (turn.number) } tabindex="-1" {
            @if let Some(said) = &turn.said {
                p .said { span .spoken { (of_page.you_said) " " } (said) }
            }
            div .answer lang=(language.code()) {
                (blocks::answer(&answer, phrases, &forms))
                @match (&turn.judged, turn.judgeable()) {
                    (Some(judged), _) => div .judged tabindex="-1" {
                        (blocks::answer(judged, phrases, &forms))
                    },
                    (None, Some(entry)) => (forms.judge(turn, entry, draft, &phrases.page)),
                    (None, None) => {},
                }
            }
        }
    }
}

/// What the question is about, above the field.
fn subject(knowledge: &Knowledge, language: Language, draft: &Draft) -> Markup {
    let phrases = &knowledge.phrases(language).page;
    html! {
        @if let Some(entry) = &draft.about {
            p .note.about {
                (fill(&phrases.about_entry, &[("title", knowledge.title(entry, language))])) " "
                a href=(Place::Talk.path(language)) { (phrases.about_leave) }
            }
        }
    }
}

/// What an entry can answer, to begin with.
fn parts_of(knowledge: &Knowledge, forms: &Forms<'_>, entry: &EntryId) -> Markup {
    let Some(found) = knowledge.entry(entry) else {
        return html! {};
    };
    let sections = found.text(forms.language).sections.iter();
    let facets: Vec<(Facet, String)> = sections.map(|s| (s.facet, s.heading.clone())).collect();
    let label = &knowledge.phrases(forms.language).label_facets;
    forms.facets(entry, &facets, label)
}

fn suggestions(site: &Site, forms: &Forms<'_>, is_young: bool) -> Markup {
    let base = site.base();
    let all = base.knowledge().phrases(forms.language);
    let phrases = &all.page;
    let here = Place::Talk.path(forms.language);
    let questions = if is_young {
        &phrases.young_suggestions
    } else {
        &all.suggestions
    };
    let mut ways = site.desk.ways_in(forms.language);
    if is_young {
        ways.sort_by_key(|link| !YOUNG_FIRST.iter().any(|way| link.code == way.code()));
    }
    html! {
        (guided::ways_in(&ways, forms, &phrases.guided.offer))
        (forms.suggestions(&phrases.suggestions_label, questions))
        p {
            @if is_young {
                a .button.warm href=(here) { (phrases.young_back) }
            } @else {
                a .button.warm href={ (here) "?" (young_key(forms.language)) } { (phrases.young_link) }
            }
        }
    }
}

fn young_key(language: Language) -> &'static str {
    match language {
        Language::Swedish => "ung",
        Language::English => "young",
    }
}

/// The language of ours that comes first in what a browser asks for.
fn preferred(accepted: &str) -> Option<Language> {
    let wishes = accepted.split(',').filter_map(|wish| {
        let mut parts = wish.split(';');
        let tag = parts.next()?.trim().to_ascii_lowercase();
        let language = Language::from_code(tag.split('-').next()?)?;
        let weight = parts.find_map(|p| p.trim().strip_prefix("q=")?.parse::<f32>().ok());
        Some((language, weight.unwrap_or(1.0)))
    });
    // Of those that are wished as much, the first.
    let best = wishes
        .filter(|(_, weight)| *weight > 0.0)
        .reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map(|(language, _)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_that_is_wished_most() {
        use Language::{English, Swedish};
        for (accepted, language) in [
            ("sv-SE,sv;q=0.9,en;q=0.8", Some(Swedish)),
            ("en-GB", Some(English)),
            ("de, en;q=0.3, sv;q=0.5", Some(Swedish)),
            ("en, sv", Some(English)),
            ("sv;q=0, en;q=0.1", Some(English)),
            ("de", None),
            ("", None),
            (";q=;,,=", None),
        ] {
            assert_eq!(preferred(accepted), language, "{accepted}");
        }
    }
}
