//! The only wiring: settings become a desk, and the desk is given to the channels.

mod sending;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::config::{Listen, RoleValues, Settings, SignOnSettings, Totp};
use crate::desk::{
    CodeRules, Desk, Keep, Library, Naming, Practice, Role, SealingKey, SessionTimes, SignOnRules,
    State, Watched, find, open,
};
use crate::outside::{LinkChecker, Policy, Registration, SignOn};
use crate::{discord, terminal, web};

/// How long the channels may take to end.
const ENDING: Duration = Duration::from_secs(10);

/// Between two questions to the same site.
const BETWEEN_LINKS: Duration = Duration::from_secs(2);

/// Opens the desk as the settings say. Fails when there is no base to answer from or the database's address makes no
/// sense; a database that is away is only warned of.
pub async fn desk(settings: &Settings) -> anyhow::Result<Desk> {
    let origin = find(settings.knowledge.as_deref());
    tracing::info!(%origin, "reading the knowledge base");
    let answerer = open(&origin)?;
    let desk = Desk::open(
        Library::new(answerer),
        &settings.database_url,
        keep(settings),
    );
    let desk = desk.await.context("LOTS_DATABASE_URL cannot be used")?;
    let desk = match &settings.sign_on {
        Some(sign_on) => desk.with_sign_on(signing_on(sign_on, settings)?),
        None => desk,
    };
    let desk = desk
        .with_files_of(origin)
        .calling_back_within(settings.callbacks.days)
        .with_practice(practice(settings))
        .sending_by(sending::couriers(settings)?, sending::console(settings))
        .reminding(settings.discord.remind_days.clone())
        .with_session_times(SessionTimes {
            idle: Duration::from_secs(u64::from(settings.staff.idle_minutes) * 60),
            whole: Duration::from_secs(u64::from(settings.staff.hours) * 60 * 60),
        })
        .with_codes(CodeRules {
            is_required: settings.staff.totp == Totp::Required,
            key: settings
                .staff
                .code_key
                .as_ref()
                .map(|key| SealingKey::new(key.reveal())),
        });
    // What staff have published is there from the first question on; a database that is away is looked at again.
    if let Err(error) = desk.catch_up().await {
        tracing::debug!(%error, "what staff have published is not known yet");
    }
    Ok(desk)
}

/// What looks whether the links of the base lead somewhere. Fails when a host that may be asked cannot be read.
pub fn link_checker(settings: &Settings) -> anyhow::Result<LinkChecker> {
    let policy = Policy::widened_by(&settings.outside.allowed);
    let policy = policy.context("outside.allowed cannot be used")?;
    LinkChecker::new(policy, settings.web.address.as_deref(), BETWEEN_LINKS)
        .context("the links of the base cannot be looked at")
}

/// Holds a conversation in the terminal until it ends.
pub async fn chat(settings: &Settings) -> anyhow::Result<()> {
    let watched = Watched::begin(&find(settings.knowledge.as_deref()));
    let desk = Arc::new(desk(settings).await?);
    // In a task of its own: waiting for someone to type must hold up nothing.
    let tending = tokio::spawn(tend(Arc::clone(&desk), watched, None));
    let calendar = settings.public_address().map(|address| terminal::Calendar {
        address,
        path: web::reminder,
    });
    let outcome = terminal::run(&desk, calendar.as_ref()).await;
    close(&desk, tending).await;
    outcome
}

/// The channels that are set up, with their doors open: what is said at the start.
pub struct Serving<'a> {
    settings: &'a Settings,
    page: Option<TcpListener>,
    figures: Option<(web::Figures, TcpListener)>,
}

/// Opens the doors of the channels that are set up. Fails when none is, and when an address cannot be had.
pub async fn open_doors(settings: &Settings) -> anyhow::Result<Serving<'_>> {
    let page = match settings.web.listen {
        Listen::Off => None,
        Listen::At(address) => Some(TcpListener::bind(address).await.with_context(|| {
            format!("the page cannot be served at {address}; set LOTS_LISTEN to another address and port")
        })?),
    };
    anyhow::ensure!(
        page.is_some() || settings.discord.token.is_some(),
        "there is no channel to serve; set LOTS_LISTEN to an address for the page, or LOTS_DISCORD_TOKEN to the token \
         of a Discord application"
    );
    let figures = match settings.web.metrics {
        None => None,
        Some(address) => {
            let listener = TcpListener::bind(address).await.with_context(|| {
                format!("the figures cannot be served at {address}; set LOTS_METRICS to another address and port")
            })?;
            Some((web::Figures::begin()?, listener))
        }
    };
    Ok(Serving {
        settings,
        page,
        figures,
    })
}

impl Serving<'_> {
    /// Where the page is, when there is one.
    pub fn page(&self) -> Option<SocketAddr> {
        self.page.as_ref()?.local_addr().ok()
    }

    /// Where the figures for Prometheus are, when they are set up.
    pub fn figures(&self) -> Option<SocketAddr> {
        let (_, listener) = self.figures.as_ref()?;
        listener.local_addr().ok()
    }

    /// Keeps the channels open until the program is told to end. A channel that ends before that does not end the rest.
    /// Fails as [`desk`] does.
    pub async fn run(self) -> anyhow::Result<()> {
        let told_to_end = ending()?;
        let settings = self.settings;
        let watched = Watched::begin(&find(settings.knowledge.as_deref()));
        let links = link_checker(settings)?;
        let desk = Arc::new(desk(settings).await?);
        let days = settings.links.check.days();
        let links = days.map(|days| (links, days));
        let tended = Arc::clone(&desk);
        // Staff are told by what is always there, and not by someone's conversation in a terminal.
        let tending = tokio::spawn(async move {
            let sending = Arc::clone(&tended);
            tokio::join!(tend(tended, watched, links), sending.deliver());
        });
        let (end, ended) = watch::channel(false);
        let mut channels = JoinSet::new();
        if settings.discord.token.is_some() {
            channels.spawn(serve_discord(
                Arc::clone(&desk),
                settings.clone(),
                ended.clone(),
            ));
        }
        if let Some(listener) = self.page {
            channels.spawn(serve_web(
                Arc::clone(&desk),
                settings.clone(),
                listener,
                ended.clone(),
            ));
        }
        if let Some((figures, listener)) = self.figures {
            channels.spawn(serve_figures(figures, listener, ended));
        }
        told_to_end.await;
        // Nobody listens any longer when every channel has ended before.
        _ = end.send(true);
        let all_ended = async { while channels.join_next().await.is_some() {} };
        if tokio::time::timeout(ENDING, all_ended).await.is_err() {
            tracing::warn!("not every channel ended in time");
        }
        close(&desk, tending).await;
        Ok(())
    }
}

/// The address where a Discord server's owner lets the bot in. Fails without a token, and when Discord does not answer.
pub async fn discord_invitation(settings: &Settings) -> anyhow::Result<String> {
    anyhow::ensure!(
        settings.discord.token.is_some(),
        "the invitation is made from the token; set LOTS_DISCORD_TOKEN to the token of a Discord application"
    );
    discord::invitation(&settings.discord).await
}

/// What is done beside the questions: the database tended, the base kept as it is on disk, and its links looked at.
async fn tend(desk: Arc<Desk>, watched: Option<Watched>, links: Option<(LinkChecker, u16)>) {
    let watch = async {
        if let Some(watched) = watched {
            desk.watch(watched).await;
        }
    };
    let links = async {
        if let Some((checker, days)) = &links {
            desk.tend_links(checker, *days).await;
        }
    };
    tokio::join!(desk.tend(), desk.follow(), watch, links);
}

/// Closes the desk once nothing works beside it any longer: whoever still did would find the database closed.
async fn close(desk: &Desk, tending: JoinHandle<()>) {
    tending.abort();
    // It ends where it next waits; that it was told to is all there is to hear.
    _ = tending.await;
    desk.close().await;
}

async fn serve_discord(desk: Arc<Desk>, settings: Settings, mut ended: watch::Receiver<bool>) {
    let shutdown = async move { _ = ended.wait_for(|end| *end).await };
    let pages = settings.public_address().map(|address| discord::Pages {
        address,
        print: web::result,
        calendar: web::result_dates,
    });
    if let Err(error) = discord::run(desk, &settings.discord, pages, shutdown).await {
        tracing::error!(
            "{error:#}; the Discord channel is closed, and the rest of the program goes on"
        );
    }
}

async fn serve_web(
    desk: Arc<Desk>,
    settings: Settings,
    listener: TcpListener,
    mut ended: watch::Receiver<bool>,
) {
    let shutdown = async move { _ = ended.wait_for(|end| *end).await };
    if let Err(error) = web::run(desk, &settings.web, listener, shutdown).await {
        tracing::error!("{error:#}; the page is closed, and the rest of the program goes on");
    }
}

async fn serve_figures(
    figures: web::Figures,
    listener: TcpListener,
    mut ended: watch::Receiver<bool>,
) {
    let shutdown = async move { _ = ended.wait_for(|end| *end).await };
    if let Err(error) = figures.serve(listener, shutdown).await {
        tracing::error!(
            "{error:#}; figures are no longer served, and the rest of the program goes on"
        );
    }
}

/// Ends when the program is told to: by Ctrl-C, or by the one that started it. Fails when it could not hear that.
fn ending() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminated = terminations()?;
    Ok(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = terminated.next() => {}
        }
    })
}

/// What a system sends to end a program in the background.
#[cfg(unix)]
struct Terminations(tokio::signal::unix::Signal);

#[cfg(unix)]
impl Terminations {
    async fn next(&mut self) {
        _ = self.0.recv().await;
    }
}

#[cfg(unix)]
fn terminations() -> anyhow::Result<Terminations> {
    use tokio::signal::unix::{SignalKind, signal};
    let signal = signal(SignalKind::terminate());
    Ok(Terminations(
        signal.context("the program cannot hear when it is to end")?,
    ))
}

/// Elsewhere there is only Ctrl-C.
#[cfg(not(unix))]
struct Terminations;

#[cfg(not(unix))]
impl Terminations {
    async fn next(&mut self) {
        std::future::pending().await
    }
}

#[cfg(not(unix))]
fn terminations() -> anyhow::Result<Terminations> {
    Ok(Terminations)
}

/// Where the pages are reached, when they are served: where the settings say, or on this machine; at any other address nobody
/// knows what it is called outside.
fn reached_at(settings: &Settings) -> Option<String> {
    settings.public_address().or(match settings.web.listen {
        Listen::At(here) if here.ip().is_loopback() => Some(format!("http://{here}")),
        Listen::At(_) | Listen::Off => None,
    })
}

/// Where staff sign in besides, as the settings say. Fails when that makes no sense.
fn signing_on(sign_on: &SignOnSettings, settings: &Settings) -> anyhow::Result<SignOnRules> {
    let address = reached_at(settings).context(
        "[sign_on] needs to know where the identity provider leads back to; serve the page, and set web.address \
         (LOTS_ADDRESS) to the address that staff use, such as https://lots.example.se",
    )?;
    let registration = Registration {
        issuer: sign_on.issuer.clone(),
        client_id: sign_on.client_id.clone(),
        client_secret: sign_on
            .client_secret
            .as_ref()
            .map(|secret| secret.reveal().to_owned()),
        scopes: sign_on.scopes.clone(),
        redirect: format!("{address}{}", web::SIGN_ON),
        after: format!("{address}{}", web::SIGNED_OFF),
        role_claim: sign_on.role_claim.clone(),
        office_claim: sign_on.office_claim.clone(),
    };
    let provider = SignOn::new(registration).context("[sign_on] cannot be used")?;
    let RoleValues {
        reader,
        editor,
        admin,
    } = &sign_on.roles;
    let roles = [
        (Role::Reader, reader),
        (Role::Editor, editor),
        (Role::Admin, admin),
    ];
    let roles = roles
        .into_iter()
        .flat_map(|(role, values)| values.iter().map(move |v| (v.clone(), role)));
    Ok(SignOnRules {
        provider,
        name: sign_on.name.clone(),
        help: sign_on.help.clone(),
        roles: roles.collect(),
        offices: sign_on.offices.clone().into_iter().collect(),
        decides_office: sign_on.office_claim.is_some(),
    })
}

/// What the municipality states of how it treats what people write, and what is set up that residents are told of.
fn practice(settings: &Settings) -> Practice {
    let about = &settings.web.about;
    let token = settings.discord.token.clone();
    Practice {
        archive_decision: about.archive_decision.clone(),
        data_protection: about.data_protection.clone(),
        is_on_discord: token.is_some(),
        tells_staff_on_discord: token.is_some() && settings.discord.staff_channel.is_some(),
        naming: token.map(|token| Naming::new(move |id| discord::named(&token, id))),
    }
}

fn keep(settings: &Settings) -> Keep {
    let r = &settings.retention;
    Keep {
        questions: vec![
            (State::New, r.new),
            (State::Assigned, r.assigned),
            (State::Answered, r.answered),
            (State::Taught, r.taught),
            (State::NotOurs, r.not_ours),
            (State::Dismissed, r.dismissed),
        ],
        conversations: r.conversations,
        call_backs: settings.callbacks.keep_days,
    }
}
