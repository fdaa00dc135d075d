//! Asks what someone wants to be called about, and where.

use super::{Input, drawing, phrases, show, width};
use crate::desk::{CallBackField, CallBackRefusal, Desk, Wanted};
use crate::knowledge::{BestTime, Language};

/// Asks until both can be used; an empty line ends it and keeps nothing. Fails when the terminal cannot be read.
pub(super) async fn ring(
    desk: &Desk,
    conversation: &str,
    language: Language,
    input: &mut Input,
) -> anyhow::Result<()> {
    let words = phrases(desk, language).callback;
    let (mut about, mut at) = (None, None);
    loop {
        let Some(subject) = given(about.take(), input, &words.terminal_subject)? else {
            break;
        };
        // Someone in need is asked nothing more.
        let in_need = desk.is_cry_for_help(&subject).then(String::new);
        let Some(address) = given(in_need.or(at.take()), input, &words.terminal_address)? else {
            break;
        };
        let wanted = Wanted {
            office: None,
            address: &address,
            subject: &subject,
            best_time: BestTime::Anytime,
            language,
        };
        let refusal = match desk.ask_call_back(conversation, "terminal", &wanted).await {
            Ok(promised) => {
                say(&desk.promised_text(&promised, language));
                return Ok(());
            }
            Err(CallBackRefusal::InNeed(reply)) => {
                let phrases = phrases(desk, reply.answer.language);
                show(&drawing::render(&reply.answer.blocks, &phrases, width()));
                return Ok(());
            }
            Err(refusal) => refusal,
        };
        let base = desk.library().current();
        say(&refusal.text(base.knowledge(), language));
        // What can be used is not asked for again.
        match refusal.field() {
            Some(CallBackField::Subject) => at = Some(address),
            Some(CallBackField::Address) => about = Some(subject),
            Some(CallBackField::Office) | None => return Ok(()),
        }
    }
    say(&words.terminal_ended);
    Ok(())
}

/// What has been given already, else the answer to a question; `None` for an empty line and at the end of the input.
fn given(
    before: Option<String>,
    input: &mut Input,
    question: &str,
) -> anyhow::Result<Option<String>> {
    if before.is_some() {
        return Ok(before);
    }
    say(question);
    Ok(input.line()?.filter(|line| !line.trim().is_empty()))
}

fn say(text: &str) {
    show(&drawing::text(text, width()));
}
