//! Figures for Prometheus, at an address of their own that only the operator reaches.

use anyhow::Context;
use axum::Router;
use axum::http::header;
use axum::routing::get;
use metrics::{Unit, describe_counter, describe_gauge, describe_histogram, gauge};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::time::Duration;
use tokio::net::TcpListener;

/// What the durations of requests are sorted into, in seconds.
const DURATIONS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];
/// How often what was measured is sorted into them.
const SORTING: Duration = Duration::from_secs(5);

/// The figures of this program. They are counted from [`Figures::begin`] on.
#[derive(Clone)]
pub struct Figures {
    recorder: PrometheusHandle,
}

impl std::fmt::Debug for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Figures").finish_non_exhaustive()
    }
}

impl Figures {
    /// Begins to count. Fails when something else in the program has begun before.
    pub fn begin() -> anyhow::Result<Figures> {
        let durations = Matcher::Full("lots_http_request_duration_seconds".to_owned());
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(durations, &DURATIONS)?
            .install_recorder()
            .context("the figures cannot be counted")?;
        describe();
        gauge!("lots_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        gauge!("lots_questions_waiting").set(0.0);
        Ok(Figures { recorder })
    }

    /// Serves the figures at `/metrics` until `shutdown` ends. Fails when connections cannot be taken.
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> anyhow::Result<()> {
        let sorted = self.recorder.clone();
        let sorting = tokio::spawn(async move {
            loop {
                tokio::time::sleep(SORTING).await;
                sorted.run_upkeep();
            }
        });
        let figures = get(move || {
            let text = self.recorder.render();
            async move { ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text) }
        });
        let app = Router::new().route("/metrics", figures);
        let outcome = axum::serve(listener, app)
            .with_graceful_shutdown(shutdown)
            .await;
        sorting.abort();
        Ok(outcome?)
    }
}

/// Says what each figure is.
fn describe() {
    describe_gauge!("lots_build_info", "The version that runs; always 1.");
    describe_counter!(
        "lots_http_requests_total",
        "Requests, by route, method and status."
    );
    describe_histogram!(
        "lots_http_request_duration_seconds",
        Unit::Seconds,
        "How long requests took, by route and method."
    );
    describe_gauge!("lots_http_connections", "Connections that are open.");
    describe_counter!(
        "lots_answers_total",
        "Answers given, by decision, channel and language."
    );
    describe_counter!(
        "lots_questions_saved_total",
        "Questions saved for staff, by reason."
    );
    describe_gauge!(
        "lots_questions_waiting",
        "Questions that wait in memory until the database is back."
    );
    describe_counter!(
        "lots_feedback_total",
        "Answers that were judged, by whether they helped and by channel."
    );
    describe_counter!(
        "lots_links_checked_total",
        "Links of the base that were looked at, by what was found."
    );
    describe_gauge!(
        "lots_call_backs_overdue",
        "People who have waited longer for a call than they were promised."
    );
    describe_counter!(
        "lots_deliveries_total",
        "Mail and webhooks to staff, by whether they were sent, are tried again or were given up."
    );
    describe_counter!(
        "lots_base_reloads_total",
        "How often the files of the base were read anew, by what came of it."
    );
    describe_gauge!(
        "lots_base_problems",
        "What is wrong with the files of the base on disk."
    );
}
