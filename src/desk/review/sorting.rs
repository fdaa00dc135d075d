//! Putting the questions that could not be answered with others that ask the same.
//!
//! Done beside the questions and before staff look at the queue, by one replica at a time. A question is put into a cluster
//! once; where staff have moved it, it stays.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::{Desk, name};
use crate::answering::{ALIKE, Answerer, Gist};
use crate::desk::now;
use crate::desk::working::blocking;
use crate::language::words;
use crate::store::{Alike, NewCluster, Retold, Stale, Store, StoreError, Unsorted};

/// What the others must leave alone meanwhile, and for how long at most.
const LEASE: &str = "sorting";
const LEASE_TIME: Duration = Duration::from_secs(60);
/// How many questions are read at a time.
const AT_ONCE: u32 = 200;
/// New questions are compared with so many wordings of a cluster.
const COMPARED: usize = 5;

impl Desk {
    /// Puts every open question that is in no cluster into one, unless another replica is at it. How many there were.
    /// Fails when the database is away.
    pub async fn sort_questions(&self) -> Result<u64, StoreError> {
        let store = self.open_store()?;
        // Nobody is kept from writing for nothing.
        if store.unsorted(1).await?.is_empty() {
            return Ok(0);
        }
        let until = now() + i64::try_from(LEASE_TIME.as_millis()).unwrap_or(i64::MAX);
        if !store.claim_lease(LEASE, now(), until).await? {
            return Ok(0);
        }
        let sorted = self.sort_all(&store, until).await;
        store.release_lease(LEASE).await?;
        sorted
    }

    async fn sort_all(&self, store: &Store, until: i64) -> Result<u64, StoreError> {
        let mut sorter = Sorter {
            answerer: self.library.current(),
            gists: HashMap::new(),
        };
        let mut count = 0;
        while now() < until {
            let unsorted = store.unsorted(AT_ONCE).await?;
            if unsorted.is_empty() {
                break;
            }
            for question in &unsorted {
                sorter.sort(store, question).await?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// Counts anew the clusters that have lost or gained questions. Fails when the database is away.
    pub async fn tidy_clusters(&self) -> Result<(), StoreError> {
        let store = self.open_store()?;
        let mut is_retold = false;
        loop {
            let stale = store.stale_clusters().await?;
            if stale.is_empty() {
                break;
            }
            is_retold = true;
            let answerer = self.library.current();
            let retold = blocking(move || {
                let all = stale.into_iter();
                all.map(|s| retold(&answerer, s)).collect::<Vec<_>>()
            });
            for retold in retold.await {
                store.retell_cluster(&retold).await?;
            }
        }
        if is_retold {
            store.settle_clusters().await;
        }
        Ok(())
    }
}

/// Sorts questions, and remembers what the wordings that it has met ask about.
struct Sorter {
    answerer: Arc<Answerer>,
    gists: HashMap<String, Gist>,
}

impl Sorter {
    async fn sort(&mut self, store: &Store, question: &Unsorted) -> Result<(), StoreError> {
        let found = |keys: Vec<String>| NewCluster {
            id: name(),
            words: keys,
            seek: seek([question.wording.as_str()]),
        };
        if let Some(cluster) = store.cluster_in_words(&question.grouping).await? {
            store
                .join_cluster(question, &cluster, None, &found(Vec::new()))
                .await?;
            return Ok(());
        }
        let keys = self.gist(&question.wording).keys();
        let alike = store.clusters_alike(&keys).await?;
        let new = found(keys);
        match self.nearest(&question.wording, alike) {
            Some(mut cluster) => {
                let id = cluster.id.clone();
                let is_news = cluster.wordings.len() < COMPARED
                    && !cluster.wordings.contains(&question.wording);
                let more = is_news.then(|| {
                    cluster.wordings.push(question.wording.clone());
                    // The first stands for all of them and is kept by itself.
                    cluster.wordings.remove(0);
                    cluster
                });
                store
                    .join_cluster(question, &id, more.as_ref(), &new)
                    .await?;
            }
            None => {
                store.found_cluster(question, &new).await?;
            }
        }
        Ok(())
    }

    /// The cluster that a wording asks the same as, if one does.
    fn nearest(&mut self, wording: &str, among: Vec<Alike>) -> Option<Alike> {
        let gist = self.gist(wording);
        let mut best: Option<(f32, Alike)> = None;
        for cluster in among {
            let others: Vec<Gist> = cluster.wordings.iter().map(|w| self.gist(w)).collect();
            let likeness = gist.likeness_with(&others);
            if likeness >= ALIKE && best.as_ref().is_none_or(|(most, _)| likeness > *most) {
                best = Some((likeness, cluster));
            }
        }
        best.map(|(_, cluster)| cluster)
    }

    fn gist(&mut self, wording: &str) -> Gist {
        if let Some(gist) = self.gists.get(wording) {
            return gist.clone();
        }
        let gist = self.answerer.gist(wording);
        self.gists.insert(wording.to_owned(), gist.clone());
        gist
    }
}

/// What a cluster is from now on: it keeps the wording that stands for it while a question has it.
fn retold(answerer: &Answerer, stale: Stale) -> Retold {
    let kept = stale.wordings.iter().find(|w| **w == stale.wording);
    let wording = kept.or(stale.wordings.first()).cloned();
    let wording = wording.unwrap_or_default();
    let others = stale.wordings.iter().filter(|w| **w != wording);
    let also: Vec<String> = others.take(COMPARED - 1).cloned().collect();
    let compared = || std::iter::once(&wording).chain(&also);
    let mut keys: Vec<String> = compared().flat_map(|w| answerer.gist(w).keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    Retold {
        id: stale.id,
        mark: stale.mark,
        seek: seek(stale.wordings.iter().map(String::as_str)),
        channels: stale.channels,
        words: keys,
        wording,
        also,
    }
}

/// Wordings as they are searched in: folded, so that no letter has to be right.
pub(super) fn seek<'a>(wordings: impl IntoIterator<Item = &'a str>) -> String {
    let folded = wordings.into_iter().map(|w| words(w).join(" "));
    folded.collect::<Vec<_>>().join(" / ")
}
