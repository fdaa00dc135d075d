//! What staff are told of in a channel: unanswered questions, those that ask the same together, and a digest of the day.
//!
//! Several replicas may ask for the same at once: each message is given to one of them, which then has a minute.

use std::time::Duration;

use super::{Desk, now};
use crate::knowledge::{EntryId, Language};
use crate::store::{Group, Receipt, StaffPost, StoreError, UnshownGroup};

/// What a replica has begun to write is left alone for so long; then another may try.
const LEASE: Duration = Duration::from_secs(60);
/// Questions that were asked longer ago are not news.
const NEWS: Duration = Duration::from_secs(3 * 24 * 3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);
/// How many messages are given out at a time.
const AT_ONCE: u32 = 5;
/// How many groups a digest names.
const IN_DIGEST: u32 = 5;

/// Open questions that ask the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenGroup {
    /// How many they are.
    pub count: u64,
    /// How one of them was worded, masked.
    pub wording: String,
    /// The receipt of that one.
    pub receipt: Receipt,
    /// The office that most likely owns them.
    pub office: Option<EntryId>,
    /// The language they were asked in, where it is one of ours.
    pub language: Option<Language>,
}

/// A message to write or to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToPost {
    /// What it is to say.
    pub group: OpenGroup,
    /// The message that says it as it was.
    pub message: Option<String>,
    /// Whether that message says that the question has been answered; it is to be replaced, so that it is seen.
    pub closed: bool,
    grouping: String,
}

/// A message that says that something is open which no longer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// What is left of the questions to be shown as answered; `None` when they have been deleted, and the message is to
    /// go too.
    pub left: Option<OpenGroup>,
    post: StaffPost,
}

impl Post {
    /// The channel the message stands in.
    pub fn channel(&self) -> &str {
        &self.post.channel
    }

    /// The message; `None` when it was never written.
    pub fn message(&self) -> Option<&str> {
        self.post.shown.message.as_deref()
    }
}

/// What a day came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// How many questions were saved in the last 24 hours.
    pub asked: u64,
    /// How many were answered in the last 24 hours.
    pub answered: u64,
    /// How many wait for an answer.
    pub open: u64,
    /// What is asked most.
    pub top: Vec<OpenGroup>,
}

impl Desk {
    /// The questions that most wait for an answer to, at most `limit` groups. Fails when the database is away.
    pub async fn top_unanswered(&self, limit: u32) -> Result<Vec<OpenGroup>, StoreError> {
        let groups = self.open_store()?.largest_groups(limit).await?;
        Ok(groups.into_iter().map(OpenGroup::from).collect())
    }

    /// The groups that a channel does not show yet, or not with the right count. Each is given to one caller, which
    /// has a minute to write it and call [`Desk::posted`]. Fails when the database is away.
    pub async fn to_post(&self, channel: &str) -> Result<Vec<ToPost>, StoreError> {
        let store = self.open_store()?;
        let mut all = Vec::new();
        let since = now() - milliseconds(NEWS);
        for unshown in store.unshown_groups(channel, since, now(), AT_ONCE).await? {
            let grouping = &unshown.group.grouping;
            let until = now() + milliseconds(LEASE);
            let seen = unshown.shown.as_ref();
            if store
                .claim_group(channel, grouping, seen, now(), until)
                .await?
            {
                all.push(ToPost::from(unshown));
            }
        }
        Ok(all)
    }

    /// Notes which message shows a group now. Fails when the database is away.
    pub async fn posted(
        &self,
        channel: &str,
        posted: &ToPost,
        message: &str,
    ) -> Result<(), StoreError> {
        let store = self.open_store()?;
        let count = Some(posted.group.count);
        store
            .group_shown(channel, &posted.grouping, message, count)
            .await
    }

    /// The messages, in any channel, whose questions have all been dealt with or deleted since. Each is given to one
    /// caller, which has a minute to change it and call [`Desk::settled`]. Fails when the database is away.
    pub async fn to_settle(&self) -> Result<Vec<Post>, StoreError> {
        let store = self.open_store()?;
        let mut all = Vec::new();
        for post in store.settled_posts(now(), AT_ONCE).await? {
            let until = now() + milliseconds(LEASE);
            if !store
                .claim_group(
                    &post.channel,
                    &post.grouping,
                    Some(&post.shown),
                    now(),
                    until,
                )
                .await?
            {
                continue;
            }
            let left = match &post.left {
                Some(receipt) => store.question(receipt).await?,
                None => None,
            };
            let left = left.map(|q| OpenGroup {
                count: 0,
                language: Language::from_code(&q.language),
                wording: q.wording,
                receipt: q.receipt,
                office: q.office,
            });
            all.push(Post { left, post });
        }
        Ok(all)
    }

    /// Notes that a message says what became of its questions, or is gone. Fails when the database is away.
    pub async fn settled(&self, post: &Post) -> Result<(), StoreError> {
        let store = self.open_store()?;
        let StaffPost {
            channel, grouping, ..
        } = &post.post;
        match (&post.left, post.message()) {
            (Some(_), Some(message)) => store.group_shown(channel, grouping, message, None).await,
            (None, _) | (_, None) => store.forget_post(channel, grouping).await,
        }
    }

    /// What the last day came to, for the one caller that is to write it; `None` when the digest of the day has been
    /// given out. Fails when the database is away.
    pub async fn digest(&self, channel: &str) -> Result<Option<Digest>, StoreError> {
        let store = self.open_store()?;
        let day = self.today().to_string();
        if !store.claim_digest(channel, &day, now()).await? {
            return Ok(None);
        }
        let tally = store.tally(now() - milliseconds(DAY)).await?;
        Ok(Some(Digest {
            asked: tally.asked,
            answered: tally.answered,
            open: tally.open,
            top: self.top_unanswered(IN_DIGEST).await?,
        }))
    }

    /// Gives back the digest of the day, which could not be written. Fails when the database is away.
    pub async fn digest_failed(&self, channel: &str) -> Result<(), StoreError> {
        let day = self.today().to_string();
        self.open_store()?.release_digest(channel, &day).await
    }
}

impl From<Group> for OpenGroup {
    fn from(group: Group) -> Self {
        OpenGroup {
            count: group.count,
            language: Language::from_code(&group.language),
            wording: group.wording,
            receipt: group.receipt,
            office: group.office,
        }
    }
}

impl From<UnshownGroup> for ToPost {
    fn from(unshown: UnshownGroup) -> Self {
        ToPost {
            grouping: unshown.group.grouping.clone(),
            group: unshown.group.into(),
            closed: unshown.shown.as_ref().is_some_and(|s| s.closed),
            message: unshown.shown.and_then(|s| s.message),
        }
    }
}

fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
