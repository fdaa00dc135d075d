//! Those who want to be called: seen by who calls, and deleted when it is done.

use lots::desk::{Desk, Role, Wanted};
use lots::knowledge::{BestTime, Language};

use super::{place, signed_in, staffed};
use crate::stage::{ROUTED, waiting};

const NUMBER: &str = "070-174 06 05";

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_takes_it_calls_and_the_number_is_gone() {
    let site = staffed().await;
    let wanted = Wanted {
        office: None,
        address: NUMBER,
        subject: ROUTED,
        best_time: BestTime::Morning,
        language: Language::Swedish,
    };
    let conversation = Desk::new_conversation();
    let asked = site.desk().ask_call_back(&conversation, "web", &wanted);
    let promised = asked.await.unwrap();
    let mut eva = signed_in(&site, Role::Editor).await;
    let page = eva.open("/sv/konsol/calls").await;
    page.says("href=\"tel:0701740605\"");
    page.says("Byggkontoret");
    page.says("1 väntar.");
    page.says("Passar bäst: På förmiddagen");

    let mut rut = signed_in(&site, Role::Reader).await;
    let page = rut.open("/sv/konsol/calls").await;
    page.says("1 väntar.");
    page.does_not_say(NUMBER);

    let path = format!("/sv/konsol/calls/{}", promised.id);
    let taken = eva.submit(&format!("{path}/take"), &[]).await;
    eva.open(place(&taken)).await.says("eva hör av sig");
    let mut ada = signed_in(&site, Role::Admin).await;
    let taken = ada.submit(&format!("{path}/take"), &[]).await;
    assert_eq!(taken.status, 409);
    taken.says("eva har redan tagit det.");
    taken.says(NUMBER);

    let done = eva.submit(&format!("{path}/handled"), &[]).await;
    let page = eva.open(place(&done)).await;
    page.says("Ingen väntar.");
    page.does_not_say(NUMBER);
    assert_eq!(waiting(site.desk()).await, []);
    let again = eva.submit(&format!("{path}/handled"), &[]).await;
    assert_eq!(again.status, 404);
    again.says("Den väntar inte längre.");
    site.close().await;
}
