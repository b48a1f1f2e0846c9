//! Who sends a request: the token or the cookie it shows, and the person behind it.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use kernel::{Actor, Context, Problem, Result};
use speech::{Language, Listener};
use store::Tx;

use super::Running;
use crate::demo;

/// The cookie of a session.
pub const COOKIE: &str = "mainstay_session";
/// The cookie of a session where browsers come by HTTPS: they take it from this host alone, and by HTTPS alone.
pub const HOST_COOKIE: &str = "__Host-mainstay_session";
/// The header in which a script of ours repeats what stands in its forms.
pub const CSRF_HEADER: &str = "x-csrf-token";

/// What a request shows of its sender.
#[derive(Clone, Default)]
pub struct Credentials {
    /// The token after `Authorization: Bearer`.
    pub bearer: Option<String>,
    /// The value of the session cookie that only this host can have set.
    pub host_cookie: Option<String>,
    /// The value of the session cookie of a connection without HTTPS.
    pub plain_cookie: Option<String>,
    /// What the form or the header repeats.
    pub csrf: Option<String>,
    /// The browser says that another site sent it.
    pub is_foreign: bool,
    /// The language that the browser prefers of those that are spoken.
    pub language: Option<Language>,
}

impl Credentials {
    /// Reads them from the headers.
    pub fn of(headers: &HeaderMap) -> Credentials {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let bearer = text(header::AUTHORIZATION).and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
        });
        Credentials {
            bearer,
            host_cookie: cookie(headers, HOST_COOKIE),
            plain_cookie: cookie(headers, COOKIE),
            csrf: headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok()).map(str::to_owned),
            is_foreign: is_foreign(headers),
            language: text(header::ACCEPT_LANGUAGE).and_then(Language::preferred),
        }
    }

    /// The value of the session cookie. Where browsers come by HTTPS only, one that somebody else could have planted
    /// (another program of the same domain, or a network in between) is none.
    pub fn cookie(&self, running: &Running) -> Option<&str> {
        let plain = self.plain_cookie.as_ref().filter(|_| !running.is_https());
        self.host_cookie.as_ref().or(plain).map(String::as_str)
    }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value.to_owned())
}

/// Browsers tell where a form was sent from; programs tell nothing, and carry no cookies by themselves.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, from)| from != host),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// Whoever sends a request, found once.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who, when, where.
    pub cx: Context,
    /// The session, when a cookie was shown and holds.
    pub session: Option<access::Session>,
    /// The token, when one was shown and holds.
    pub bearer: Option<access::Bearer>,
    /// A sample business is in the house, which pages say.
    pub has_sample: bool,
    /// To whom pages speak.
    pub listener: Arc<Listener>,
}

impl Caller {
    /// Nobody in particular.
    pub fn nobody(running: &Running) -> Caller {
        Caller {
            cx: Context { actor: Actor::Nobody, ..running.own() },
            session: None,
            bearer: None,
            has_sample: false,
            listener: Arc::default(),
        }
    }

    /// Nobody in particular, whose browser prefers a language.
    pub fn stranger(running: &Running, shown: &Credentials) -> Caller {
        let listener = Listener { language: shown.language.unwrap_or_default(), ..Listener::default() };
        Caller { listener: Arc::new(listener), ..Caller::nobody(running) }
    }

    /// Does `work` with everything said in their language, and in the words of the house.
    pub fn spoken_to<T>(&self, work: impl FnOnce() -> T) -> T {
        speech::speaking(Arc::clone(&self.listener), work)
    }

    /// Whoever shows these credentials; nobody when there are none or the session is over.
    ///
    /// # Errors
    /// `access.token` for a token that does not hold.
    pub fn find(running: &Running, tx: &mut Tx<'_>, shown: &Credentials) -> Result<Caller> {
        let mut caller = Caller::stranger(running, shown);
        let now = caller.cx.now.micros;
        let mut language = shown.language;
        if let Some(token) = &shown.bearer {
            let bearer = access::token_actor(tx, token, now)?.ok_or_else(no_token)?;
            caller.cx.actor = bearer.actor.clone();
            caller.bearer = Some(bearer);
        } else if let Some(cookie) = shown.cookie(running)
            && let Some(session) = access::session_actor(tx, cookie, now)?
        {
            caller.cx.actor = session.actor();
            language = session.language.or(language);
            caller.session = Some(session);
            caller.has_sample = demo::is_any(tx)?;
        }
        if caller.bearer.is_none() {
            let (language, words) = (language.unwrap_or_default(), access::display_words(tx)?);
            caller.listener = Arc::new(Listener { language, words });
        }
        Ok(caller)
    }

    /// Whoever shows these credentials, by a look of its own.
    ///
    /// # Errors
    /// As [`Caller::find`].
    pub fn look(running: &Running, shown: &Credentials) -> Result<Caller> {
        let caller = running.open.house.store.read(&running.own(), |tx| Caller::find(running, tx, shown))?;
        caller.touch(running, shown);
        Ok(caller)
    }

    /// Refuses what a page of another site may have had a browser send. A token is sent by nobody by accident, and
    /// whoever is nobody is refused for that.
    ///
    /// # Errors
    /// `access.csrf`.
    pub fn require_own_form(&self, shown: &Credentials) -> Result<()> {
        let Some(session) = &self.session else { return Ok(()) };
        let own = shown.csrf.as_deref().is_some_and(|csrf| session.accepts(csrf));
        if own && !shown.is_foreign { Ok(()) } else { Err(foreign_form()) }
    }

    /// What stands in the forms of this session; nothing without one.
    pub fn csrf(&self) -> &str {
        self.session.as_ref().map_or("", |session| &session.csrf)
    }

    /// As [`Caller::touch`], away from the threads that listen: whoever writes may have to wait for others.
    pub async fn touched(self, running: &Arc<Running>, shown: Credentials) {
        let is_due = self.bearer.as_ref().is_some_and(|bearer| bearer.touch_due)
            || self.session.as_ref().is_some_and(|session| session.touch_due);
        if is_due {
            let touch = move |running: &Running| {
                self.touch(running, &shown);
                Ok(())
            };
            // It logs by itself what it could not write.
            drop(running.work(touch).await);
        }
    }

    /// Writes down that the session or the token is in use, once a minute. A failure is logged: it is no reason to
    /// refuse what was asked for.
    pub fn touch(&self, running: &Running, shown: &Credentials) {
        let bearer = self.bearer.as_ref().filter(|bearer| bearer.touch_due);
        let session = self.session.as_ref().filter(|session| session.touch_due).and(shown.cookie(running));
        if bearer.is_none() && session.is_none() {
            return;
        }
        let touched = running.open.house.store.write(&self.cx, |tx| {
            bearer.map_or(Ok(()), |bearer| access::touch_token(&self.cx, tx, bearer))?;
            session.map_or(Ok(()), |cookie| access::touch_session(&self.cx, tx, cookie))
        });
        if let Err(problem) = touched {
            tracing::warn!(code = problem.code, "cannot write down that a session or token is in use");
        }
    }
}

fn no_token() -> Problem {
    Problem::forbidden(
        "access.token",
        "this token does not hold: it is mistyped, has run out or was revoked; `mainstay tokens` lists those that do",
    )
}

/// A form that did not come from a page of this session.
pub fn foreign_form() -> Problem {
    Problem::forbidden(
        "access.csrf",
        "this did not come from a page of your session, or the page was old; open the page anew and try again",
    )
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn token_and_cookie_are_found_among_others() {
        let shown = Credentials::of(&headers(&[
            ("authorization", "bearer mst_x"),
            ("cookie", "theme=dark; mainstay_session=abc; other=1"),
        ]));
        assert_eq!((shown.bearer.as_deref(), shown.plain_cookie.as_deref()), (Some("mst_x"), Some("abc")));
        assert_eq!(Credentials::of(&headers(&[("authorization", "Basic eA==")])).bearer, None);
    }

    #[test]
    fn what_another_site_sends_is_foreign() {
        let foreign = |pairs| is_foreign(&headers(pairs));
        assert!(!foreign(&[]));
        assert!(!foreign(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(foreign(&[("sec-fetch-site", "cross-site")]));
        assert!(foreign(&[("sec-fetch-site", "same-site")]));
        assert!(!foreign(&[("origin", "http://localhost:8000"), ("host", "localhost:8000")]));
        assert!(foreign(&[("origin", "http://evil.example"), ("host", "localhost:8000")]));
        assert!(foreign(&[("origin", "null"), ("host", "localhost:8000")]));
    }
}
