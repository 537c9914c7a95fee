use super::{Network, parse_address};

/// Recorded when user policies were stored in IAM, 2026-09.
#[test]
fn networks_are_accepted_and_rejected_as_iam_does() {
    let stored = [
        "192.0.2.0/24",
        "192.0.2.5/24",
        "192.0.2.0/31",
        "192.0.2.1",
        "192.0.2.0/0",
        "192.000.002.0/24",
        "192.000.002.1",
        "192.0.2.0/024",
        "192.0.2.0/+24",
        "::ffff:c000:200/120",
        "::/0",
        "2001:db8::1",
        "2001:db8::1/128",
        "2001:db8::/64",
        "2001:DB8::/064",
        "2001:db8::4/127",
        "2001:db8:::1/128",
        "2001:db8::1:/128",
    ];
    for text in stored {
        assert!(Network::parse(text).is_some(), "{text}");
    }
    let rejected = [
        "not-an-ip",
        "::ffff:192.0.2.0/120",
        "::ffff:192.0.2.1",
        "::ffff:192.0.2.0/24",
        "::192.0.2.0/120",
        "2001:db8::5/64",
        "2001:db8::192.0.2.0/120",
        "192.0.2.0/33",
        "2001:db8::/129",
        "2001:db8::5/127",
        "2001:db8::1/0",
    ];
    for text in rejected {
        assert_eq!(Network::parse(text), None, "{text}");
    }
}

/// Assumed: no recorded policy has them.
#[test]
fn malformed_networks_are_rejected() {
    let table = [
        "",
        "/",
        "192.0.2.0/",
        "192.0.2.0/-1",
        "192.0.2.0/ 24",
        "192.0.2.0/24/24",
        "256.0.0.1",
        "1.2.3",
        "1.2.3.4.5",
        "1..2.3",
        "1.2.3.+4",
        "2001:db8",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "00001::",
        "g::",
        "1::2::3",
        "192.0.2.0/99999999999",
        "::/é",
    ];
    for text in table {
        assert_eq!(Network::parse(text), None, "{text}");
    }
}

/// Recorded decisions of the real IAM, 2026-09. The last two rows were recorded from its simulator.
#[test]
fn an_address_is_only_in_networks_of_its_family() {
    let table = [
        ("192.0.2.0/24", "192.0.2.0", true),
        ("192.0.2.0/24", "192.0.2.255", true),
        ("192.0.2.0/24", "192.0.3.1", false),
        ("192.0.2.0/24", "192.000.002.1", true),
        ("192.0.2.0/24", "::ffff:192.0.2.1", true),
        ("192.0.2.0/24", "::FFFF:c000:201", true),
        ("192.0.2.5/24", "192.0.2.1", true),
        ("192.0.2.0/31", "192.0.2.1", true),
        ("192.0.2.0/31", "192.0.2.2", false),
        ("192.0.2.1", "192.0.2.1", true),
        ("192.0.2.1", "192.0.2.2", false),
        ("192.0.2.0/0", "203.0.113.1", true),
        ("192.0.2.0/0", "2001:db8::1", false),
        ("192.000.002.1", "192.0.2.1", true),
        ("192.0.2.0/024", "192.0.2.1", true),
        ("192.0.2.0/+24", "192.0.2.1", true),
        ("::ffff:c000:200/120", "::ffff:c000:201", false),
        ("::/0", "::ffff:192.0.2.1", false),
        ("::/0", "192.0.2.1", false),
        ("::/0", "2001:db8::1", true),
        ("::/0", ":::", true),
        ("2001:db8::1", "2001:db8::1", true),
        ("2001:db8::1", "2001:db8::2", false),
        ("2001:db8::/64", "2001:db8:0:0:ffff:ffff:ffff:ffff", true),
        ("2001:db8::/64", "2001:db8:0:1::", false),
        ("2001:DB8::/064", "2001:0db8:0000:0000:0000:0000:0000:0001", true),
        ("2001:db8::4/127", "2001:db8::5", true),
        ("2001:db8::4/127", "2001:db8::6", false),
        ("2001:db8::1/128", "2001:db8:::1", true),
        ("2001:db8::1/128", "2001:db8::1:", true),
        ("2001:db8::1/128", "2001:db8:0:0:0:0:0:1:", true),
        ("2001:db8::1/128", ":2001:db8::1", false),
        ("0:2001:db8::1/128", ":2001:db8::1", true),
        ("2001:db8::1:0/128", ":2001:db8::1", false),
    ];
    for (network, address, expected) in table {
        let address_is_in = Network::parse(network).unwrap().contains(parse_address(address).unwrap());
        assert_eq!(address_is_in, expected, "{address} in {network}");
    }
}

/// Recorded decisions of the real IAM, 2026-09. Addresses with a zone, brackets or spaces were recorded from its simulator.
#[test]
fn malformed_addresses_are_rejected() {
    let table = [
        "",
        "not-an-ip",
        "192.0.2.1/32",
        "192.0.513",
        "3221225985",
        "::192.0.2.1",
        "2001:db8::192.0.2.1",
        "2001:db8::::1",
        "2001::db8::1",
        "2001::db8:::1",
        "::ffff:::192.0.2.1",
        "fe80::1%eth0",
        "fe80::1%1",
        "[2001:db8::1]",
        " 192.0.2.1 ",
    ];
    for text in table {
        assert_eq!(parse_address(text), None, "{text}");
    }
}
