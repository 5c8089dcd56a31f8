//! HTTP client for callbacks of subscribers.
//!
//! Promises: a host name is resolved once, addresses that are not public are dropped, and the connection goes to one of the rest; redirects
//! are not followed; an attempt takes at most `TIMEOUT`, and at most `MAX_ANSWER` bytes of the answer are read.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use reqwest::{
    Client, Method,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{HeaderMap, HeaderName, HeaderValue},
    redirect,
};
use url::Url;

use crate::domain::subscriptions::callback::{self, is_public};

/// How long an attempt may take, from the name to the last byte of the answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Maximum number of bytes read of an answer.
const MAX_ANSWER: usize = 16 * 1024;

const AGENT: &str = concat!("micro-drama-observatory/", env!("CARGO_PKG_VERSION"));

/// Client for callbacks.
#[derive(Clone, Debug)]
pub struct Callbacks {
    client: Client,
    allows_private: bool,
}

/// Answer of a callback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// Its first bytes, as text.
    pub text: String,
}

impl Answer {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Why a callback gave no answer. Its text names no address: addresses may contain secrets.
#[derive(Debug, thiserror::Error)]
pub enum CallbackError {
    #[error("the address may not be called")]
    Refused,
    #[error("no connection")]
    NoConnection,
    #[error("no answer in time")]
    TimedOut,
    #[error("no valid answer")]
    Invalid,
}

impl From<reqwest::Error> for CallbackError {
    fn from(error: reqwest::Error) -> Self {
        match error {
            error if error.is_timeout() => CallbackError::TimedOut,
            error if error.is_connect() => CallbackError::NoConnection,
            error if error.is_builder() => CallbackError::Refused,
            _ => CallbackError::Invalid,
        }
    }
}

impl Callbacks {
    /// Builds a client. `allows_private` admits addresses that are not public.
    ///
    /// # Errors
    ///
    /// If the system's certificates cannot be loaded.
    pub fn new(allows_private: bool) -> anyhow::Result<Callbacks> {
        // Fails only if one is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(AGENT)
            .dns_resolver(Arc::new(Resolver { allows_private }))
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(TIMEOUT)
            .pool_max_idle_per_host(0)
            .build()?;
        Ok(Callbacks { client, allows_private })
    }

    /// Sends a `GET`.
    ///
    /// # Errors
    ///
    /// If the address may not be called, or gives no answer.
    pub async fn get(&self, url: &str) -> Result<Answer, CallbackError> {
        self.send(Method::GET, url, &[], Vec::new()).await
    }

    /// Sends a `POST` with these headers.
    ///
    /// # Errors
    ///
    /// If the address may not be called, or gives no answer.
    pub async fn post(
        &self,
        url: &str,
        headers: &[(&'static str, String)],
        body: Vec<u8>,
    ) -> Result<Answer, CallbackError> {
        self.send(Method::POST, url, headers, body).await
    }

    async fn send(
        &self,
        method: Method,
        url: &str,
        headers: &[(&'static str, String)],
        body: Vec<u8>,
    ) -> Result<Answer, CallbackError> {
        // Checked at each attempt: an address in the URL itself is not resolved.
        let url: Url = callback::parse(url, self.allows_private).map_err(|_| CallbackError::Refused)?;
        let mut fields = HeaderMap::new();
        for (name, value) in headers {
            let value = HeaderValue::from_str(value).map_err(|_| CallbackError::Refused)?;
            fields.append(HeaderName::from_static(name), value);
        }
        let request = self.client.request(method, url).headers(fields).body(body);
        let mut response = request.send().await?;
        let status = response.status().as_u16();
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            let room = MAX_ANSWER - bytes.len();
            bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if bytes.len() == MAX_ANSWER {
                break;
            }
        }
        Ok(Answer { status, text: String::from_utf8_lossy(&bytes).into_owned() })
    }
}

/// Resolver that drops addresses that may not be called.
struct Resolver {
    allows_private: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allows_private = self.allows_private;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> =
                found.filter(|address| allows_private || is_public(address.ip())).collect();
            if allowed.is_empty() {
                return Err("the host has no public address".into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    /// Answers every connection with the same bytes, and returns the port.
    async fn answering(answer: &'static str) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        port
    }

    #[tokio::test]
    async fn private_hosts_are_not_reached_by_address_by_name_or_by_redirect() {
        let port =
            answering("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1/\r\ncontent-length: 0\r\n\r\n").await;
        let careful = Callbacks::new(false).unwrap();
        for host in ["127.0.0.1", "localhost", "[::1]"] {
            let url = format!("http://{host}:{port}/");
            assert!(matches!(careful.get(&url).await, Err(CallbackError::Refused)), "{host}");
        }
        let resolver = Resolver { allows_private: false };
        assert!(resolver.resolve("localhost".parse().unwrap()).await.is_err());
        let trusting = Callbacks::new(true).unwrap();
        let answer = trusting.get(&format!("http://127.0.0.1:{port}/")).await.unwrap();
        assert_eq!(answer.status, 302, "a redirect is not followed");
    }

    #[tokio::test]
    async fn long_answers_are_cut() {
        const LONG: &str = "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n";
        let answer: &'static str = Box::leak(format!("{LONG}{}", "a".repeat(1_000_000)).into_boxed_str());
        let port = answering(answer).await;
        let answer = Callbacks::new(true).unwrap().get(&format!("http://127.0.0.1:{port}/")).await.unwrap();
        assert_eq!((answer.status, answer.text.len()), (200, MAX_ANSWER));
    }
}
