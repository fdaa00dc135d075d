//! One story that runs every statement of the store, told on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod audit;
mod callbacks;
mod changes;
mod clusters;
mod deliveries;
mod figures;
mod forgetting;
mod groups;
mod holding;
mod ideas;
mod links;
mod log;
mod paths;
mod reminders;
mod settings;
mod signing_in;
mod staff;
mod standing;
mod upgrading;
mod wishes;

use lots::knowledge::EntryId;
use lots::store::{AuditCheck, Filter, NewQuestion, Reason, Receipt, Store, StoreError, Theirs};

use crate::stage::on_postgres;

/// 2026-11-23 12:00 UTC.
const NOON: i64 = 1_795_435_200_000;
const DAY: i64 = 24 * 60 * 60 * 1000;
/// When people had something erased, so that it stands apart in the record.
const LONG_AGO: i64 = NOON - 300 * DAY;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    story(&format!(
        "sqlite://{}",
        folder.path().join("lots å.db").display()
    ))
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite_in_memory() {
    let store = Store::open("sqlite::memory:").await.unwrap();
    let tasks = (0..4).map(|_| tokio::spawn(record_some(store.clone(), 10, "memory", NOON)));
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(store.questions(&Filter::default()).await.unwrap().len(), 40);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgresql() {
    on_postgres(async |url| story(&url).await).await;
}

/// Told as a task of its own, so that the compiler holds every call to what a server with several threads needs.
async fn story(url: &str) {
    let url = url.to_owned();
    tokio::spawn(async move { tell(&url).await }).await.unwrap();
}

async fn tell(url: &str) {
    let store = open_by_several_at_once(url).await;
    assert!(store.is_up().await);
    audit::acts_are_written_down_in_a_chain(&store).await;
    audit::many_act_at_once(&store).await;
    audit::a_chain_that_was_meddled_with_is_broken(url, &store).await;
    log::a_question_is_recorded_and_read_back(&store).await;
    log::a_receipt_belongs_to_one_conversation(&store).await;
    log::staff_work_through_the_questions(&store).await;
    log::questions_are_filtered(&store).await;
    log::many_record_at_once_and_the_list_is_paged(&store).await;
    forgetting::a_conversation_is_saved_and_loaded(&store).await;
    forgetting::a_conversation_is_erased_with_its_questions(&store).await;
    forgetting::what_is_old_is_purged_and_the_record_says_so(&store).await;
    forgetting::two_replicas_purge_at_once(&store).await;
    wishes::a_wish_lives_as_long_as_it_is_needed(&store).await;
    wishes::a_wish_is_given_to_one_replica(&store).await;
    wishes::all_that_a_person_has_left_is_erased(&store).await;
    reminders::a_reminder_lives_as_long_as_it_is_needed(&store).await;
    reminders::a_reminder_is_given_to_one_replica(&store).await;
    callbacks::whom_to_call_first_comes_first(&store).await;
    callbacks::two_of_the_staff_do_not_call_the_same(&store).await;
    callbacks::a_conversation_holds_only_so_many(&store).await;
    callbacks::an_address_goes_with_its_conversation_its_person_and_its_time(&store).await;
    ideas::an_idea_is_kept_and_read_back(&store).await;
    ideas::of_two_who_answer_one_is_told(&store).await;
    ideas::those_that_wait_are_listed_first(&store).await;
    ideas::an_idea_goes_with_its_person_and_its_time_and_takes_its_wishes(&store).await;
    holding::what_is_held_stays_until_nobody_holds_it(&store).await;
    holding::what_has_a_receipt_is_erased_by_it(&store).await;
    holding::a_cluster_is_held_whole_and_says_so(&store).await;
    paths::steps_are_counted_by_day(&store).await;
    groups::questions_that_ask_the_same_are_one_group(&store).await;
    groups::a_group_is_shown_once_and_kept_up_to_date(&store).await;
    groups::a_day_is_told_once(&store).await;
    staff::accounts_are_made_and_changed(&store).await;
    staff::one_admin_is_always_left(&store).await;
    staff::a_session_lives_as_long_as_it_may(&store).await;
    staff::attempts_are_counted(&store).await;
    signing_in::a_provider_says_who_someone_is(&store).await;
    signing_in::a_step_is_taken_once(&store).await;
    signing_in::a_code_follows_the_password(&store).await;
    clusters::sorting::questions_are_put_with_others(&store).await;
    clusters::sorting::several_sort_at_once(&store).await;
    clusters::listing::the_queue_is_listed(&store).await;
    clusters::acting::staff_act_on_clusters(&store).await;
    clusters::acting::clusters_are_merged_and_split(&store).await;
    clusters::losing::no_wording_outlives_its_question(&store).await;
    clusters::losing::many_work_on_the_queue_at_once(&store).await;
    figures::what_happens_is_counted_by_day(&store).await;
    figures::how_staff_fare_is_read_from_the_log(&store).await;
    figures::only_what_many_have_asked_is_told(&store).await;
    changes::a_draft_is_saved_until_it_is_published(&store).await;
    changes::publishing_is_done_whole_or_not_at_all(&store).await;
    deliveries::a_subscription_is_kept_changed_and_removed(&store).await;
    deliveries::a_digest_is_planned_by_one_and_once_a_day(&store).await;
    deliveries::a_delivery_is_tried_until_it_gets_there(&store).await;
    deliveries::of_those_who_want_to_be_called_it_is_told_once(&store).await;
    standing::what_waits_is_counted_for_each_office(&store).await;
    holding::what_is_written_of_an_erased_question_is_reworded(&store).await;
    links::links_are_kept_while_the_base_leads_there(&store).await;
    links::an_entry_is_found_to_hold(&store).await;
    settings::a_setting_is_set_for_all(&store).await;
    settings::one_at_a_time_holds_a_lease(&store).await;
    settings::replicas_hear_of_each_other(url, &store).await;
    let trail = store.verify_audit().await.unwrap();
    assert!(matches!(trail, AuditCheck::Whole { .. }), "{trail:?}");

    let counts = store.count_by_state().await.unwrap();
    store.close().await;
    assert!(!store.is_up().await);
    assert!(matches!(
        store.count_by_state().await,
        Err(StoreError::Unavailable(_))
    ));
    let reopened = Store::open(url).await.unwrap();
    assert_eq!(
        reopened.count_by_state().await.unwrap(),
        counts,
        "everything is there after a restart"
    );
    reopened.close().await;
}

async fn open_by_several_at_once(url: &str) -> Store {
    let openings: Vec<_> = (0..4)
        .map(|_| {
            let url = url.to_owned();
            tokio::spawn(async move { Store::open(&url).await })
        })
        .collect();
    let mut stores = Vec::new();
    for opening in openings {
        stores.push(opening.await.unwrap().unwrap());
    }
    let last = stores.pop().unwrap();
    for store in stores {
        assert!(store.is_up().await);
        store.close().await;
    }
    last
}

/// Records some questions of one conversation, several in the same millisecond; returns their receipts.
async fn record_some(store: Store, count: i64, conversation: &str, from: i64) -> Vec<String> {
    let mut receipts = Vec::new();
    for i in 0..count {
        let asked = question(conversation, from + i / 3);
        store.record(&asked).await.unwrap();
        receipts.push(asked.receipt.to_string());
    }
    receipts
}

fn question(conversation: &str, asked_at: i64) -> NewQuestion {
    NewQuestion {
        receipt: Receipt::new(),
        conversation: conversation.to_owned(),
        wording: "Var kan vi låna en lokal?".to_owned(),
        language: "sv".to_owned(),
        channel: "web".to_owned(),
        reason: Reason::Unknown,
        office: None,
        nearest: Vec::new(),
        asked_at,
        grouping: String::new(),
        complaint: None,
        remark: String::new(),
    }
}

/// Erases a conversation as whoever asked in it would; how many questions went with it.
async fn erase(store: &Store, conversation: &str) -> u64 {
    let theirs = Theirs::Conversation(conversation);
    store
        .erase(&theirs, LONG_AGO, None)
        .await
        .unwrap()
        .questions
}

/// Erases all that a person has left by a channel; how many questions went with it.
async fn erase_person(store: &Store, prefix: &str, channel: &str, address: &str) -> u64 {
    let theirs = Theirs::Person {
        prefix,
        channel,
        address,
    };
    store
        .erase(&theirs, LONG_AGO, None)
        .await
        .unwrap()
        .questions
}

fn entry(id: &str) -> EntryId {
    EntryId::parse(id).unwrap()
}
