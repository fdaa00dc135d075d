//! What is done at the end of a guided way in: an idea is handed to staff, someone is to be called. Only here does what was
//! said on the way become something that is kept.

use super::{
    CallBackField, CallBackRefusal, Desk, HandedIdea, Happening, IdeaRefusal, Message, PATH_END,
    Reply, Wanted,
};
use crate::answering::{Answerer, Block};
use crate::knowledge::Language;
use crate::paths::{Act, Path};
use crate::store::Receipt;

/// What became of what was to be done.
struct Said {
    text: String,
    receipt: Option<Receipt>,
}

impl Desk {
    /// Does what a way in has come to, and says what became of it.
    pub(super) async fn do_act(
        &self,
        message: &Message<'_>,
        answerer: &Answerer,
        language: Language,
        path: &Path,
        act: Act,
    ) -> Reply {
        match act {
            Act::HandOver {
                words,
                audiences,
                needs,
                with,
            } => {
                let idea = HandedIdea {
                    words: &words,
                    audiences: &audiences,
                    needs: &needs,
                    company: &with,
                    language,
                };
                let handed = self
                    .hand_over_idea(message.conversation, message.channel, &idea)
                    .await;
                // The plan stays, to go back to and to print.
                let plan = path.before("send");
                let said = match handed {
                    Ok(receipt) => {
                        self.count_step(path.name(), PATH_END, Happening::Reached);
                        Said {
                            text: self.handed_over_text(&receipt, language),
                            receipt: Some(receipt),
                        }
                    }
                    Err(IdeaRefusal::InNeed(reply)) => return self.in_need(message, *reply),
                    Err(refusal) => Said {
                        text: refusal.text(answerer.knowledge(), language),
                        receipt: None,
                    },
                };
                let done = self.done(answerer, language, &plan, said);
                self.walks.come_to(message.conversation, plan);
                done
            }
            Act::CallBack {
                about,
                office,
                time,
                address,
            } => {
                let wanted = Wanted {
                    office,
                    address: &address,
                    subject: &about,
                    best_time: time,
                    language,
                };
                let asked = self
                    .ask_call_back(message.conversation, message.channel, &wanted)
                    .await;
                match asked {
                    Ok(promised) => {
                        self.count_step(path.name(), PATH_END, Happening::Reached);
                        // The number is kept where it was promised to be, and nowhere else.
                        self.walks.remove(message.conversation);
                        let said = Said {
                            text: self.promised_text(&promised, language),
                            receipt: Some(promised.receipt.clone()),
                        };
                        Reply {
                            promised: Some(promised),
                            ..self.done(answerer, language, &path.before("about"), said)
                        }
                    }
                    Err(CallBackRefusal::InNeed(reply)) => self.in_need(message, *reply),
                    Err(refusal) => self.mend(message, answerer, language, path, &refusal),
                }
            }
        }
    }

    /// Goes back to the step that something is wrong with, and says what.
    fn mend(
        &self,
        message: &Message<'_>,
        answerer: &Answerer,
        language: Language,
        path: &Path,
        refusal: &CallBackRefusal,
    ) -> Reply {
        let step = match refusal.field() {
            Some(CallBackField::Subject) => "about",
            Some(CallBackField::Office) => "office",
            // What nothing is wrong with is tried once more by the same step.
            Some(CallBackField::Address) | None => "address",
        };
        let back = path.before(step);
        let mut blocks = vec![Block::Text {
            text: refusal.text(answerer.knowledge(), language),
        }];
        blocks.extend(self.guide(answerer, language).again(&back));
        self.walks.come_to(message.conversation, back);
        self.on_path(blocks, language)
    }

    fn done(&self, answerer: &Answerer, language: Language, path: &Path, said: Said) -> Reply {
        let Said { text, receipt } = said;
        let block = match &receipt {
            Some(receipt) => Block::Receipt {
                code: Some(receipt.to_string()),
                text,
            },
            None => Block::Text { text },
        };
        let links = self.guide(answerer, language).links_after(path);
        Reply {
            receipt,
            ..self.on_path(vec![block, links], language)
        }
    }

    /// Help comes first, and nothing of the way in stays.
    fn in_need(&self, message: &Message<'_>, reply: Reply) -> Reply {
        self.walks.remove(message.conversation);
        reply
    }
}
