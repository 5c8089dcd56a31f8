//! Settings of the web server.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use clap::Args;
use ipnet::IpNet;

use super::{
    delivery::Delivery,
    values::{contact, host, network, public_url},
};

/// Settings of the web server.
#[derive(Clone, Debug, Args)]
pub struct SiteConfig {
    /// Address to listen on; 0.0.0.0 for all IPv4 interfaces
    #[arg(long, env = "HOST", value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = host)]
    pub host: IpAddr,
    /// Port to listen on; 0 lets the system choose
    #[arg(long, env = "PORT", default_value_t = 3000)]
    pub port: u16,
    /// Public URL of the site, such as <https://observatory.example> (default: taken from each request)
    #[arg(long, env = "PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// Folder of the built style sheet, scripts and fonts
    #[arg(long, env = "LEPTOS_SITE_ROOT", value_name = "DIR", default_value = "target/site")]
    pub site_root: PathBuf,
    /// Memory for the response cache, in megabytes
    #[arg(long, env = "CACHE_MEGABYTES", value_name = "NUMBER", default_value_t = 64)]
    pub cache_megabytes: u64,
    /// Memory for responses being made and sent, in megabytes; once it is used up, further requests get 503 with Retry-After
    #[arg(long, env = "RESPONSE_MEGABYTES", value_name = "NUMBER", default_value_t = 128)]
    pub response_megabytes: u64,
    /// Rate limit per network, in requests per second, with bursts of ten times as many; 0 for no limit
    #[arg(long, env = "REQUESTS_PER_SECOND", value_name = "NUMBER", default_value_t = 50)]
    pub requests_per_second: u32,
    /// Addresses or networks of the proxies whose forwarding headers are trusted, such as 10.0.0.0/8,192.0.2.1
    #[arg(long, env = "TRUSTED_PROXIES", value_name = "LIST", value_delimiter = ',', value_parser = network)]
    pub trusted_proxies: Vec<IpNet>,
    /// Port on 127.0.0.1 that serves metrics to Prometheus (default: metrics are off)
    #[arg(long, env = "METRICS_PORT", value_name = "PORT")]
    pub metrics_port: Option<u16>,
    /// Seconds a stopping server still accepts requests, so that a load balancer notices
    #[arg(long, env = "DRAIN_SECONDS", value_name = "NUMBER", default_value_t = 1)]
    pub drain_seconds: u64,
    /// Where readers report errors: an e-mail address or a URL
    #[arg(long, env = "CONTACT", value_name = "ADDRESS", value_parser = contact)]
    pub contact: Option<String>,
    #[command(flatten)]
    pub delivery: Delivery,
    /// Set if the site shows a revision that has not been published.
    #[arg(skip)]
    pub preview: Option<Preview>,
}

/// A revision that has not been published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The number that it would have.
    pub revision: i32,
}

impl SiteConfig {
    /// Returns the settings of a preview: reachable from this computer only, without deliveries.
    pub fn of_preview(preview: Preview, port: u16, site_root: PathBuf) -> SiteConfig {
        SiteConfig {
            host: Ipv4Addr::LOCALHOST.into(),
            port,
            public_url: None,
            site_root,
            cache_megabytes: 64,
            response_megabytes: 128,
            requests_per_second: 0,
            trusted_proxies: Vec::new(),
            metrics_port: None,
            drain_seconds: 0,
            contact: None,
            delivery: Delivery::default(),
            preview: Some(preview),
        }
    }

    pub fn address(&self) -> SocketAddr {
        SocketAddr::new(self.host, self.port)
    }
}
