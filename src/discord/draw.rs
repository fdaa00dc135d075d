//! A drawing as the builders of the library want it. Nothing that lots writes ever mentions anybody.

use serenity::builder::{
    CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed, CreateEmbedFooter,
    CreateInputText, CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage,
    CreateModal, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
    EditInteractionResponse, EditMessage,
};
use serenity::model::application::{ButtonStyle, InputTextStyle};

use super::card::{Card, Drawing, Row, cut, limit};
use super::ids::{Id, Press};
use crate::desk::WordsAsked;
use crate::knowledge::{Language, Phrases};

/// The colour beside a card: that of deep water.
const COLOUR: u32 = 0x1f_5f_8b;
/// The colour beside a card that matters less.
const QUIET: u32 = 0x9b_a5_b3;
/// The id of the one field of the form.
pub(super) const FORM_FIELD: &str = "question";
/// The id of the field of the form to be called that says what it is about.
pub(super) const SUBJECT_FIELD: &str = "subject";
/// The id of the field of that form that says where.
pub(super) const ADDRESS_FIELD: &str = "address";
/// The longest label of a field, and the longest title of a form.
const LONGEST_LABEL: usize = 45;
/// The longest example in an empty field.
const LONGEST_EXAMPLE: usize = 100;
/// What may be longer than this has lines.
const LONGEST_LINE: usize = 200;
/// No address is longer.
const LONGEST_ADDRESS: u16 = 254;

impl Drawing {
    /// As a new message.
    pub(super) fn message(&self) -> CreateMessage {
        CreateMessage::new()
            .embeds(self.embeds())
            .components(self.components())
            .allowed_mentions(nobody())
    }

    /// As a message in place of another.
    pub(super) fn change(&self) -> EditMessage {
        EditMessage::new()
            .embeds(self.embeds())
            .components(self.components())
            .allowed_mentions(nobody())
    }

    /// As the answer to something that was pressed or commanded.
    pub(super) fn response(&self, only_for_them: bool) -> CreateInteractionResponse {
        let message = CreateInteractionResponseMessage::new()
            .embeds(self.embeds())
            .components(self.components())
            .allowed_mentions(nobody())
            .ephemeral(only_for_them);
        CreateInteractionResponse::Message(message)
    }

    /// As the answer that takes the place of "lots is thinking".
    pub(super) fn late_response(&self) -> EditInteractionResponse {
        EditInteractionResponse::new()
            .embeds(self.embeds())
            .components(self.components())
            .allowed_mentions(nobody())
    }

    pub(super) fn embeds(&self) -> Vec<CreateEmbed> {
        self.cards.iter().map(embed).collect()
    }

    fn components(&self) -> Vec<CreateActionRow> {
        self.rows.iter().map(row).collect()
    }
}

/// "lots is thinking".
pub(super) fn thinking(only_for_them: bool) -> CreateInteractionResponse {
    let message = CreateInteractionResponseMessage::new().ephemeral(only_for_them);
    CreateInteractionResponse::Defer(message)
}

/// The form for a question.
pub(super) fn form(
    phrases: &Phrases,
    language: Language,
    longest: usize,
) -> Option<CreateInteractionResponse> {
    let id = Id {
        press: Press::Form,
        language,
    };
    let label = cut(&phrases.discord.form_question, LONGEST_LABEL);
    let field = CreateInputText::new(InputTextStyle::Paragraph, label, FORM_FIELD)
        .required(true)
        .max_length(u16::try_from(longest).unwrap_or(u16::MAX));
    let title = cut(&phrases.discord.form_title, LONGEST_LABEL);
    let form =
        CreateModal::new(id.print()?, title).components(vec![CreateActionRow::InputText(field)]);
    Some(CreateInteractionResponse::Modal(form))
}

/// The form to be called.
pub(super) fn call_back_form(
    phrases: &Phrases,
    language: Language,
    longest: usize,
) -> Option<CreateInteractionResponse> {
    let id = Id {
        press: Press::CallBackForm,
        language,
    };
    let words = &phrases.callback;
    let field = |style, label: &str, name: &str| {
        CreateInputText::new(style, cut(label, LONGEST_LABEL), name).required(true)
    };
    let subject = field(InputTextStyle::Paragraph, &words.subject, SUBJECT_FIELD)
        .max_length(u16::try_from(longest).unwrap_or(u16::MAX));
    let address = field(InputTextStyle::Short, &words.address, ADDRESS_FIELD)
        .placeholder(cut(&words.address_hint, LONGEST_EXAMPLE))
        .max_length(LONGEST_ADDRESS);
    let rows = [subject, address].map(CreateActionRow::InputText);
    let title = cut(&words.heading, LONGEST_LABEL);
    let form = CreateModal::new(id.print()?, title).components(rows.to_vec());
    Some(CreateInteractionResponse::Modal(form))
}

/// The form for one's own words to the step at a place.
pub(super) fn words_form(
    asked: &WordsAsked,
    code: &str,
    language: Language,
) -> Option<CreateInteractionResponse> {
    let id = Id {
        press: Press::Written(code.to_owned()),
        language,
    };
    let longest = u16::try_from(asked.longest).unwrap_or(u16::MAX);
    // What may be long has room for lines.
    let style = if asked.longest > LONGEST_LINE {
        InputTextStyle::Paragraph
    } else {
        InputTextStyle::Short
    };
    let label = cut(&asked.ask, LONGEST_LABEL);
    let mut field = CreateInputText::new(style, label, FORM_FIELD)
        .required(true)
        .max_length(longest);
    if let Some(hint) = &asked.hint {
        field = field.placeholder(cut(hint, LONGEST_EXAMPLE));
    }
    let title = cut(&asked.way_in, LONGEST_LABEL);
    let form =
        CreateModal::new(id.print()?, title).components(vec![CreateActionRow::InputText(field)]);
    Some(CreateInteractionResponse::Modal(form))
}

/// Mentions of nobody, whatever stands in the text; not even of the one who is replied to.
pub(super) fn nobody() -> CreateAllowedMentions {
    CreateAllowedMentions::new().replied_user(false)
}

fn embed(card: &Card) -> CreateEmbed {
    let mut embed = CreateEmbed::new().colour(if card.quiet { QUIET } else { COLOUR });
    if !card.title.is_empty() {
        embed = embed.title(&card.title);
    }
    if !card.text.is_empty() {
        embed = embed.description(&card.text);
    }
    if !card.footer.is_empty() {
        embed = embed.footer(CreateEmbedFooter::new(&card.footer));
    }
    embed.fields(card.fields.iter().map(|f| (&f.name, &f.value, f.short)))
}

fn row(row: &Row) -> CreateActionRow {
    match row {
        Row::Buttons(buttons) => CreateActionRow::Buttons(
            buttons
                .iter()
                .map(|b| {
                    CreateButton::new(&b.id).label(&b.label).style(if b.main {
                        ButtonStyle::Primary
                    } else {
                        ButtonStyle::Secondary
                    })
                })
                .collect(),
        ),
        Row::Pages(pages) => CreateActionRow::Buttons(
            pages
                .iter()
                .map(|page| CreateButton::new_link(&page.address).label(&page.label))
                .collect(),
        ),
        Row::Menu {
            id,
            placeholder,
            several,
            options,
        } => {
            let options: Vec<_> = options
                .iter()
                .take(limit::OPTIONS)
                .map(|(value, label)| CreateSelectMenuOption::new(label, value))
                .collect();
            let most = if *several { options.len() } else { 1 };
            CreateActionRow::SelectMenu(
                CreateSelectMenu::new(id, CreateSelectMenuKind::String { options })
                    .placeholder(placeholder)
                    .max_values(u8::try_from(most).unwrap_or(1)),
            )
        }
    }
}
