//! IP addresses and networks, in the spellings that the real IAM accepts (recorded).

#[cfg(test)]
mod tests;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A network. A single address is a network that contains only that address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    address: IpAddr,
    prefix: u32,
}

impl Network {
    /// Parses an operand of `IpAddress`: an address with an optional `/PREFIX`. An IPv4 network may have host bits. An IPv6
    /// network may not, and an IPv6 operand may not contain dots.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(parse_prefix(prefix)?)),
            None => (text, None),
        };
        if let Some(address) = parse_v4(address) {
            let prefix = prefix.unwrap_or(Ipv4Addr::BITS);
            return (prefix <= Ipv4Addr::BITS).then_some(Self { address: address.into(), prefix });
        }
        let address = parse_v6(address)?;
        let prefix = prefix.unwrap_or(Ipv6Addr::BITS);
        let has_host_bits = leading_bits_v6(address, prefix) != address.to_bits();
        (prefix <= Ipv6Addr::BITS && !has_host_bits).then_some(Self { address: address.into(), prefix })
    }

    /// Whether the address is in the network. A network never contains an address of the other family, not even `::/0`.
    pub(super) fn contains(self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                leading_bits_v4(network, self.prefix) == leading_bits_v4(address, self.prefix)
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                leading_bits_v6(network, self.prefix) == leading_bits_v6(address, self.prefix)
            }
            _ => false,
        }
    }
}

/// Parses an address of the request's context. An IPv4 address that is mapped to IPv6 becomes the IPv4 address.
pub(super) fn parse_address(text: &str) -> Option<IpAddr> {
    if let Some(address) = parse_v4(text) {
        return Some(address.into());
    }
    if let Some((groups, dotted)) = text.rsplit_once(':').filter(|(_, last)| last.contains('.')) {
        return parse_dotted(groups, dotted);
    }
    Some(parse_v6(text)?.to_canonical())
}

/// Parses `::ffff:192.0.2.1`, the only form of an IPv6 address with dots.
fn parse_dotted(groups: &str, dotted: &str) -> Option<IpAddr> {
    let before = parse_v6(&format!("{groups}:0:0"))?;
    let address = parse_v4(dotted)?;
    before.to_ipv4_mapped().map(|_| address.into())
}

/// Parses four decimal numbers. Leading zeros are accepted.
fn parse_v4(text: &str) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let mut parts = text.split('.');
    for octet in &mut octets {
        *octet = parse_digits(parts.next()?)?.try_into().ok()?;
    }
    parts.next().is_none().then(|| octets.into())
}

/// Parses eight groups of hexadecimal digits. `::` means a sequence of zero groups and may occur once. Any other empty
/// group is zero, except that empty groups at the end of the text are ignored. For example, `:::` is `::`,
/// `2001:db8::1:` is `2001:db8::1`, and `:2001:db8::1` is `0:2001:db8::1` (recorded).
fn parse_v6(text: &str) -> Option<Ipv6Addr> {
    let Some((left, right)) = text.split_once("::") else {
        let groups = parse_groups(text)?;
        return <[u16; 8]>::try_from(groups).ok().map(Ipv6Addr::from);
    };
    if right.contains("::") {
        return None;
    }
    let (mut groups, right) = (parse_groups(left)?, parse_groups(right)?);
    let left_out = 8_usize.checked_sub(groups.len() + right.len())?;
    groups.extend(std::iter::repeat_n(0, left_out));
    groups.extend(right);
    <[u16; 8]>::try_from(groups).ok().map(Ipv6Addr::from)
}

fn parse_groups(text: &str) -> Option<Vec<u16>> {
    let text = text.trim_end_matches(':');
    if text.is_empty() {
        return Some(Vec::new());
    }
    text.split(':').map(parse_group).collect()
}

fn parse_group(text: &str) -> Option<u16> {
    if text.is_empty() {
        return Some(0);
    }
    let is_hexadecimal = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hexadecimal.then(|| u16::from_str_radix(text, 16).ok()).flatten()
}

/// Parses a prefix. Leading zeros and a plus sign are accepted.
fn parse_prefix(text: &str) -> Option<u32> {
    parse_digits(text.strip_prefix('+').unwrap_or(text))
}

fn parse_digits(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn leading_bits_v4(address: Ipv4Addr, count: u32) -> u32 {
    let mask = u32::MAX.checked_shl(Ipv4Addr::BITS.saturating_sub(count)).unwrap_or(0);
    address.to_bits() & mask
}

fn leading_bits_v6(address: Ipv6Addr, count: u32) -> u128 {
    let mask = u128::MAX.checked_shl(Ipv6Addr::BITS.saturating_sub(count)).unwrap_or(0);
    address.to_bits() & mask
}
