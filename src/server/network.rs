//! The client network: the unit by which rate limits and slots are shared.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// A client network: an IPv4 /24 or an IPv6 /64. One customer of a provider seldom has more, and seldom less than a /64.
///
/// The default, `0.0.0.0/24`, is used for requests without a known peer, such as those of tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Network(IpAddr);

impl Default for Network {
    fn default() -> Self {
        Network(Ipv4Addr::UNSPECIFIED.into())
    }
}

impl Network {
    pub fn of(address: IpAddr) -> Network {
        Network(match address.to_canonical() {
            IpAddr::V4(address) => Ipv4Addr::from_bits(address.to_bits() & !0xff).into(),
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
        })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = if self.0.is_ipv4() { 24 } else { 64 };
        write!(f, "{}/{bits}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_network_are_one() {
        let network = |text: &str| Network::of(text.parse().unwrap()).to_string();
        for (address, expected) in [
            ("203.0.113.9", "203.0.113.0/24"),
            ("203.0.113.250", "203.0.113.0/24"),
            ("203.0.114.9", "203.0.114.0/24"),
            ("::ffff:203.0.113.9", "203.0.113.0/24"),
            ("2001:db8::1", "2001:db8::/64"),
            ("2001:db8::ffff:0:0:1", "2001:db8::/64"),
            ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ] {
            assert_eq!(network(address), expected, "{address}");
        }
    }
}
