//! Ideas that were handed over: read by everyone of the staff, answered by editors, and how far people come on the guided
//! ways in.

use lots::desk::{Desk, HandedIdea, Happening, PATH_END, Receipt, Role};
use lots::knowledge::{Audience, Language, Need, PathName};

use super::{place, signed_in, staffed};
use crate::web::browser::Browser;
use crate::web::site::Site;

const ANSWER: &str = "Kom förbi på torsdag,\nså pratar vi.";

/// Has someone hand over an idea; its receipt.
pub(super) async fn handed_over(site: &Site, words: &str) -> Receipt {
    let idea = HandedIdea {
        words,
        audiences: &[Audience::Young],
        needs: &[Need::Premises],
        company: "friends",
        language: Language::Swedish,
    };
    let conversation = Desk::new_conversation();
    let handed = site.desk().hand_over_idea(&conversation, "web", &idea);
    handed.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_answers_and_whoever_has_the_idea_reads_it() {
    let site = staffed().await;
    let receipt = handed_over(&site, "En <scen> i parken.").await;
    let mut eva = signed_in(&site, Role::Editor).await;
    let page = eva.open("/sv/konsol/ideas").await;
    page.says("En idé väntar på svar.");
    page.says("En &lt;scen&gt; i parken.");
    let path = format!("/sv/konsol/ideas/{receipt}");
    let page = eva.open(&path).await;
    for said in [
        "Kundcenter",
        "En &lt;scen&gt; i parken.",
        "barn och unga",
        "en lokal eller plats",
        "Några kompisar",
        "svenska",
    ] {
        page.says(said);
    }

    let answer = format!("{path}/answer");
    let text = ANSWER.replace('\n', "\r\n");
    for wrong in ["", "Ring Bo på 070-123 45 67."] {
        let page = eva
            .submit(&answer, &[("version", "0"), ("text", wrong)])
            .await;
        assert_eq!(page.status, 422);
        page.says("aria-invalid=\"true\"");
        page.says(wrong);
    }
    let done = eva
        .submit(&answer, &[("version", "0"), ("text", &text)])
        .await;
    assert_eq!(place(&done), format!("{path}?done=answered"));
    let page = eva.open(place(&done)).await;
    page.says("Klart. Den som har idén kan läsa ditt svar.");
    page.says(ANSWER);

    let mut ada = signed_in(&site, Role::Admin).await;
    let close = format!("{path}/close");
    let late = [("version", "0"), ("text", "Nej.")];
    let page = ada.submit(&close, &late).await;
    assert_eq!(page.status, 409);
    page.says("eva har hunnit före");
    page.says("Nej.");
    let now = [("version", "1"), ("text", "Det blev inte av.")];
    let done = ada.submit(&close, &now).await;
    ada.open(place(&done)).await.says("Idén är avslutad");
    ada.open("/sv/konsol/audit").await.says("Idé avslutad");

    let mut resident = Browser::new(&site);
    let page = resident.open(&format!("/sv/kvitto?code={receipt}")).await;
    page.says("Det blev inte av.");
    let page = eva.submit("/sv/konsol/ideas/7F3K-2QX/answer", &now).await;
    assert_eq!(page.status, 404);
    site.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ideas_are_chosen_by_their_state_and_read_by_readers() {
    let site = staffed().await;
    let mut rut = signed_in(&site, Role::Reader).await;
    let page = rut.open("/en/console/ideas").await;
    page.says("Nobody has left an idea yet.");
    let receipt = handed_over(&site, "En odling.").await;
    let page = rut.open("/en/console/ideas?state=new").await;
    page.says("En odling.");
    let page = rut.open("/en/console/ideas?state=closed").await;
    page.does_not_say("En odling.");
    page.says("No idea is in that state.");
    let page = rut.open(&format!("/en/console/ideas/{receipt}")).await;
    page.says("En odling.");
    page.does_not_say("<textarea");
    for odd in ["ideas/nothing", "ideas/7F3K-2QX"] {
        let page = rut.open(&format!("/en/console/{odd}")).await;
        assert_eq!(page.status, 404, "{odd}");
    }
    site.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_where_people_stop() {
    let site = staffed().await;
    let desk = site.desk();
    for step in ["who", "who", "purpose", PATH_END] {
        desk.count_step(PathName::Grants, step, Happening::Reached);
    }
    desk.count_step(PathName::Grants, "who", Happening::Stopped);
    let mut rut = signed_in(&site, Role::Reader).await;
    for path in ["/sv/konsol/paths", "/sv/konsol/paths?over=all"] {
        let page = rut.open(path).await;
        for counted in [
            "<td data-label=\"Kom hit\">2</td><td data-label=\"Gick vidare\">1</td>\
             <td data-label=\"Avbröt\">1</td><td data-label=\"Försvann\">0</td>",
            "Kom ända fram</th><td data-label=\"Kom hit\">1</td>",
        ] {
            page.says(counted);
        }
        // What is asked in several ways is told by one of them, and nothing by its code.
        page.does_not_say(">interest<");
    }
    rut.open("/en/console/paths").await.says("The last 30 days");
    site.close().await;
}
