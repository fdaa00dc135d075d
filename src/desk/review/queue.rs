//! The queue: clusters of questions, a page at a time; and one of them, with all that is known of it.

use serde::{Deserialize, Serialize};

use super::sorting::seek;
use super::{OpenQuestion, Review, ReviewError};
use crate::answering::{AKIN, Explanation};
use crate::desk::working::blocking;
use crate::knowledge::EntryId;
use crate::store::{
    AuditFilter, AuditLine, Cluster, ClusterFilter, Found, KeptChange, MarkCount, Order, Role,
    State,
};

/// How many clusters stand on a page.
const PAGE: u32 = 50;
/// How many questions of a cluster are shown.
const SHOWN: u32 = 100;
/// How many wordings of a cluster are explained.
const EXPLAINED: usize = 3;
/// How many targets an explanation shows.
const TARGETS: usize = 5;
/// How many clusters that may be about the same are named.
const AKIN_SHOWN: usize = 5;
/// How much of the trail of a cluster is shown.
const TRAIL: u32 = 30;

/// What of the queue to show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QueueFilter {
    /// Those that staff are done with.
    pub done: bool,
    /// The code of the state to show; empty for all.
    pub state: String,
    /// The office whose clusters to show; empty for all.
    pub office: String,
    /// The code of the language; empty for all.
    pub language: String,
    /// The channel; empty for all.
    pub channel: String,
    /// Only those with answers that did not help.
    pub unhelpful: bool,
    /// Words to search for.
    pub seek: String,
    /// In which order.
    pub order: Order,
    /// Where the page begins, as [`Queue::next`] gives it; empty for the first.
    pub after: String,
}

/// A page of the queue.
#[derive(Clone, Debug)]
pub struct Queue {
    /// The clusters.
    pub clusters: Vec<Cluster>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<String>,
    /// How many clusters wait in all.
    pub waiting: u64,
    /// How many questions are in those.
    pub waiting_questions: u64,
}

/// A wording, and how many of a cluster's newest questions have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The wording, masked.
    pub text: String,
    /// The code of its language.
    pub language: String,
    /// How many have it.
    pub count: usize,
}

/// A cluster with all that is known of it.
#[derive(Clone, Debug)]
pub struct ClusterView {
    /// The cluster.
    pub cluster: Cluster,
    /// Its newest questions, at most a hundred.
    pub questions: Vec<OpenQuestion>,
    /// The wordings of these, the most frequent first.
    pub wordings: Vec<Wording>,
    /// Why the base does not answer: how the most frequent wordings are weighed.
    pub explained: Vec<(String, Explanation)>,
    /// Open clusters that may be about the same, the most alike first.
    pub akin: Vec<Cluster>,
    /// What is being written for it, or has been published.
    pub changes: Vec<KeptChange>,
    /// What staff have done with it, the latest first.
    pub trail: Vec<AuditLine>,
    /// How many of its questions are marked with something.
    pub marks: MarkCount,
}

impl QueueFilter {
    fn read(&self) -> ClusterFilter {
        let given = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
        let state = State::from_code(&self.state);
        ClusterFilter {
            is_done: self.done,
            state,
            office: EntryId::parse(&self.office).ok(),
            language: given(&self.language),
            channel: given(&self.channel),
            only_unhelpful: self.unhelpful,
            seek: seek([self.seek.as_str()]),
            order: self.order,
            after: self
                .after
                .split_once('.')
                .and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned()))),
            limit: PAGE + 1,
        }
    }
}

impl Review<'_> {
    /// A page of the queue. New questions are sorted in first. Fails when the database is away.
    pub async fn queue(&self, filter: &QueueFilter) -> Result<Queue, ReviewError> {
        self.require(Role::Reader)?;
        self.desk.tidy_clusters().await?;
        self.desk.sort_questions().await?;
        let store = self.desk.open_store()?;
        let mut clusters = store.clusters(&filter.read()).await?;
        let has_more = clusters.len() > PAGE as usize;
        clusters.truncate(PAGE as usize);
        let next = clusters.last().filter(|_| has_more).map(|last| {
            let (at, id) = last.place(filter.order);
            format!("{at}.{id}")
        });
        let (waiting, waiting_questions) = store.waiting().await?;
        Ok(Queue {
            clusters,
            next,
            waiting,
            waiting_questions,
        })
    }

    /// A cluster with all that is known of it, or the name of the one that it was merged into. Fails with
    /// [`ReviewError::NotFound`], and when the database is away.
    pub async fn cluster(&self, id: &str) -> Result<Result<ClusterView, String>, ReviewError> {
        self.require(Role::Reader)?;
        self.desk.tidy_clusters().await?;
        let store = self.desk.open_store()?;
        let cluster = match store.cluster(id).await? {
            Some(Found::Here(cluster)) => *cluster,
            Some(Found::MergedInto(other)) => return Ok(Err(other)),
            None => return Err(ReviewError::NotFound),
        };
        let questions = store.questions_of(id, None, SHOWN).await?;
        let questions: Vec<OpenQuestion> = questions.into_iter().map(Into::into).collect();
        let wordings = wordings(&questions);
        let about = AuditFilter {
            about: Some(format!("cluster/{id}")),
            limit: TRAIL,
            ..AuditFilter::default()
        };
        Ok(Ok(ClusterView {
            explained: self.explained(&wordings).await,
            akin: self.akin(&cluster).await?,
            changes: store.changes_of(id).await?,
            trail: store.audit_lines(&about).await?,
            marks: store.mark_count(id).await?,
            cluster,
            questions,
            wordings,
        }))
    }

    /// Holds whoever acts to a cluster as they have seen it. Fails with [`ReviewError::Changed`] when somebody has acted
    /// since, and with [`ReviewError::NotFound`] when it is gone or was merged into another.
    pub async fn hold_to(&self, id: &str, version: i64) -> Result<(), ReviewError> {
        self.require(Role::Reader)?;
        let cluster = self.cluster_now(id).await?;
        if cluster.version == version {
            return Ok(());
        }
        Err(ReviewError::Changed {
            by: cluster.changed_by,
        })
    }

    /// The wordings of a cluster's newest questions, the most frequent first; none when there is no such cluster. Fails
    /// when the database is away.
    pub async fn wordings(&self, id: &str) -> Result<Vec<Wording>, ReviewError> {
        self.require(Role::Reader)?;
        let questions = self
            .desk
            .open_store()?
            .questions_of(id, None, SHOWN)
            .await?;
        let questions: Vec<OpenQuestion> = questions.into_iter().map(Into::into).collect();
        Ok(wordings(&questions))
    }

    /// How the most frequent wordings are weighed.
    async fn explained(&self, wordings: &[Wording]) -> Vec<(String, Explanation)> {
        let texts: Vec<String> = wordings.iter().map(|w| w.text.clone()).collect();
        let answerer = self.desk.library.current();
        let explain = move || {
            let most = texts.into_iter().take(EXPLAINED);
            most.map(|text| (text.clone(), answerer.explain(&text, TARGETS)))
                .collect()
        };
        blocking(explain).await
    }

    /// Open clusters that may be about the same.
    async fn akin(&self, cluster: &Cluster) -> Result<Vec<Cluster>, ReviewError> {
        let store = self.desk.open_store()?;
        let answerer = self.desk.library.current();
        let gist = answerer.gist(&cluster.wording);
        let mut found = store.clusters_alike(&gist.keys()).await?;
        found.retain(|other| other.id != cluster.id);
        let weighed = blocking(move || {
            let likeness = |wordings: &[String]| {
                let gists: Vec<_> = wordings.iter().map(|w| answerer.gist(w)).collect();
                gist.likeness_with(&gists)
            };
            let each = found.into_iter().map(|f| (likeness(&f.wordings), f.id));
            let mut akin: Vec<(f32, String)> = each.filter(|(l, _)| *l >= AKIN).collect();
            akin.sort_by(|a, b| b.0.total_cmp(&a.0));
            akin
        });
        let mut akin = Vec::new();
        for (_, id) in weighed.await.into_iter().take(AKIN_SHOWN) {
            if let Some(Found::Here(other)) = store.cluster(&id).await? {
                akin.push(*other);
            }
        }
        Ok(akin)
    }
}

/// The wordings of some questions, the most frequent first.
fn wordings(questions: &[OpenQuestion]) -> Vec<Wording> {
    let mut all: Vec<Wording> = Vec::new();
    for question in questions {
        match all.iter_mut().find(|w| w.text == question.wording) {
            Some(wording) => wording.count += 1,
            None => all.push(Wording {
                text: question.wording.clone(),
                language: question.language.clone(),
                count: 1,
            }),
        }
    }
    all.sort_by_key(|w| std::cmp::Reverse(w.count));
    all
}
