//! Which URLs and which addresses deliveries may go to.

use std::net::IpAddr;

use webhook_service::egress::{Policy, Refused, check_url, is_public};

const STRICT: Policy = Policy {
    allow_http_loopback: false,
};
const LOOPBACK: Policy = Policy {
    allow_http_loopback: true,
};

#[test]
fn public_urls_are_allowed() {
    for (url, called) in [
        (
            "https://hooks.example.com/anchor",
            "https://hooks.example.com/anchor",
        ),
        ("HTTPS://Hooks.Example.COM", "https://hooks.example.com/"),
        ("https://example.com:443/a?b=c", "https://example.com/a?b=c"),
        ("https://8.8.8.8/", "https://8.8.8.8/"),
        ("https://0x08080808/", "https://8.8.8.8/"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        // Names that only look like refused ones.
        (
            "https://localhost.example.com/",
            "https://localhost.example.com/",
        ),
        ("https://notlocal.example/", "https://notlocal.example/"),
        ("https://mylocal.dev/", "https://mylocal.dev/"),
        ("https://sts.example.com/", "https://sts.example.com/"),
        (
            "https://bucket.s3.amazonaws.com/",
            "https://bucket.s3.amazonaws.com/",
        ),
        ("https://127.0.0.1.nip.io/", "https://127.0.0.1.nip.io/"),
        (
            "https://example.com/@user:password",
            "https://example.com/@user:password",
        ),
    ] {
        for policy in [STRICT, LOOPBACK] {
            let target = check_url(url, &policy).map(|target| target.to_string());
            assert_eq!(target.as_deref(), Ok(called), "{url}");
        }
    }
}

/// Hosts that stand for this machine, its network or its cloud, in the spellings that get past lists.
#[rustfmt::skip]
const PRIVATE_HOSTS: &[&str] = &[
    // Loopback.
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0x7F.0x0.0x0.0x1",
    "017700000001",
    "0177.0.0.1",
    "0177.0x0.0.1",
    "0x7f.0.1",
    "127.0.0.0x1",
    "127。0。0。1",
    "１２７.0.0.1",
    "①②⑦.0.0.1",
    "%31%32%37.0.0.1",
    "127.0.0.1.",
    "0x7f.1.",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[0000:0000:0000:0000:0000:0000:0000:0001]",
    "[::]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::FFFF:7F00:0001]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    "[::ffff:0:127.0.0.1]",
    // This network, and the whole of it.
    "0",
    "0.0.0.0",
    "0x0",
    "00000",
    "0.1.2.3",
    "255.255.255.255",
    "4294967295",
    // Private networks.
    "10.0.0.1",
    "10.1",
    "0xa.0.0.1",
    "167772161",
    "012.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.168.1",
    "0xc0a80101",
    "3232235777",
    "100.64.0.1",
    "100.127.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "[::ffff:10.0.0.1]",
    "[fc00::1]",
    "[fd00::1]",
    "[fdff:ffff::1]",
    "[fe80::1]",
    "[febf::1]",
    "[fec0::1]",
    // Metadata of clouds.
    "169.254.169.254",
    "169.254.0.1",
    "0xa9fea9fe",
    "2852039166",
    "0251.0376.0251.0376",
    "[::ffff:169.254.169.254]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::a9fe:a9fe]",
    "[fd00:ec2::254]",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "metadata.google.internal",
    "METADATA.GOOGLE.INTERNAL",
    "metadata.google.internal.",
    "metadata.goog",
    "metadata",
    "metadata.azure.com",
    "metadata.azure.internal",
    "metadata.tencentyun.com",
    "instance-data.ec2.internal",
    "instance-data",
    "metadata.packet.net",
    // What acts on credentials of AWS.
    "sts.amazonaws.com",
    "sts.eu-west-1.amazonaws.com",
    "iam.amazonaws.com",
    "eks.us-east-1.amazonaws.com",
    "ABC.gr7.us-east-1.eks.amazonaws.com",
    "sts.cn-north-1.amazonaws.com.cn",
    "eks.us-east-1.api.aws",
    // Multicast, documentation, reserved.
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "192.88.99.1",
    "[ff02::1]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[100::1]",
    "[5f00::1]",
    "[4000::1]",
    // Names.
    "localhost",
    "LOCALHOST",
    "LocalHost",
    "localhost.",
    "localhost..",
    "a.localhost",
    "localhost.localdomain",
    "ｌｏｃａｌｈｏｓｔ",
    "ⓛocalhost",
    "loc%61lhost",
    "printer.local",
    "printer.local.",
    "local",
    "db.internal",
    "a.b.internal",
    "internal",
    "router.lan",
    "nas.home",
    "nas.home.arpa",
    "wiki.corp",
    "wiki.intranet",
    "vault.private",
    "x.onion",
    "x.test",
    "x.invalid",
    "intranet",
    "kubernetes",
    "kubernetes.default.svc.cluster.local",
    "example.com.",
    "1.0.0.127.in-addr.arpa",
];

#[test]
fn private_hosts_are_refused_in_every_spelling() {
    assert!(PRIVATE_HOSTS.len() >= 60);
    for host in PRIVATE_HOSTS {
        // The flag for loopback is for `http` only, and for loopback only.
        for policy in [STRICT, LOOPBACK] {
            for url in [
                format!("https://{host}/hook"),
                format!("https://{host}:443/hook"),
            ] {
                let answer = check_url(&url, &policy);
                let by_host = matches!(
                    answer,
                    Err(Refused::Address(_) | Refused::Name(_) | Refused::Invalid(_))
                );
                assert!(by_host, "{url}: {answer:?}");
            }
        }
        let answer = check_url(&format!("http://{host}/hook"), &STRICT);
        let refused = matches!(answer, Err(Refused::Scheme | Refused::Invalid(_)));
        assert!(refused, "{host}: {answer:?}");
    }
}

/// Most are refused for what they stand for, and not because they cannot be read.
#[test]
fn the_spellings_are_understood() {
    let unreadable = |host: &&&str| url::Url::parse(&format!("https://{host}/")).is_err();
    let unreadable: Vec<_> = PRIVATE_HOSTS.iter().filter(unreadable).collect();
    let few: [&&str; 0] = [];
    assert_eq!(unreadable, few);
}

#[test]
fn other_urls_are_refused() {
    let long = format!("https://example.com/{}", "a".repeat(2048));
    let fits = format!("https://example.com/{}", "a".repeat(2048 - 20));
    assert!(check_url(&fits, &STRICT).is_ok());
    for (url, refused) in [
        (long.as_str(), "TooLong"),
        ("", "Invalid"),
        ("hooks", "Invalid"),
        ("//example.com/", "Invalid"),
        ("https://", "Invalid"),
        ("https:///", "Invalid"),
        ("https://1.2.3.4.5/", "Invalid"),
        ("https://256.256.256.256/", "Invalid"),
        ("https://[::1/", "Invalid"),
        ("https://[fe80::1%25eth0]/", "Invalid"),
        ("https://exa%00mple.com/", "Invalid"),
        ("http://example.com/", "Scheme"),
        ("ftp://example.com/", "Scheme"),
        ("file:///etc/passwd", "Scheme"),
        ("gopher://127.0.0.1:70/", "Scheme"),
        ("data:,x", "Scheme"),
        ("javascript:alert(1)", "Scheme"),
        ("https://user@example.com/", "UserInfo"),
        ("https://user:password@example.com/", "UserInfo"),
        ("https://:password@example.com/", "UserInfo"),
        ("https://example.com@127.0.0.1/", "UserInfo"),
        ("https://example.com:443@127.0.0.1/", "UserInfo"),
        ("https://127.0.0.1%2f@example.com/", "UserInfo"),
        ("https://example.com:80/", "Port"),
        ("https://example.com:22/", "Port"),
        ("https://example.com:8443/", "Port"),
        ("https://example.com:0/", "Port"),
        (" https://example.com/", "Ambiguous"),
        ("https://example.com/ ", "Ambiguous"),
        ("https://example.com/\r\nHost: 127.0.0.1", "Ambiguous"),
        ("https://exam\tple.com/", "Ambiguous"),
        ("https://127.0.0.1\\@example.com/", "Ambiguous"),
        ("https:\\\\example.com\\", "Ambiguous"),
        ("https://example.com/\u{7f}", "Ambiguous"),
        ("https://example.com/\u{2028}", "Ambiguous"),
    ] {
        let answer = check_url(url, &STRICT).expect_err(url);
        assert!(
            format!("{answer:?}").starts_with(refused),
            "{url}: {answer:?}"
        );
    }
}

#[test]
fn the_flag_allows_http_to_loopback_and_nothing_else() {
    for url in [
        "http://127.0.0.1:8081/hook",
        "http://127.0.0.1/",
        "http://127.1.2.3:1/",
        "http://0x7f.1:8081/",
        "http://[::1]:8081/",
        "http://localhost:8081/",
        "http://LOCALHOST:8081/",
    ] {
        assert!(check_url(url, &LOOPBACK).is_ok(), "{url}");
        assert_eq!(check_url(url, &STRICT), Err(Refused::Scheme), "{url}");
    }
    for url in [
        "http://example.com/",
        "http://10.0.0.1/",
        "http://0.0.0.0:8081/",
        "http://[::]:8081/",
        "http://[::ffff:127.0.0.1]:8081/",
        "http://169.254.169.254/latest/meta-data",
        "http://localhost.:8081/",
        "http://a.localhost:8081/",
        "http://localhost.example.com/",
        "http://metadata.google.internal/",
    ] {
        assert_eq!(check_url(url, &LOOPBACK), Err(Refused::Scheme), "{url}");
    }
    let url = "http://user@127.0.0.1:8081/";
    assert_eq!(check_url(url, &LOOPBACK), Err(Refused::UserInfo));
}

/// Each network with the addresses at its ends, and those just outside of them.
#[test]
fn networks_begin_and_end_where_they_should() {
    for (first, last) in [
        ("10.0.0.0", "10.255.255.255"),
        ("100.64.0.0", "100.127.255.255"),
        ("127.0.0.0", "127.255.255.255"),
        ("168.63.129.16", "168.63.129.16"),
        ("169.254.0.0", "169.254.255.255"),
        ("172.16.0.0", "172.31.255.255"),
        ("192.0.0.0", "192.0.0.255"),
        ("192.0.2.0", "192.0.2.255"),
        ("192.88.99.0", "192.88.99.255"),
        ("192.168.0.0", "192.168.255.255"),
        ("198.18.0.0", "198.19.255.255"),
        ("198.51.100.0", "198.51.100.255"),
        ("203.0.113.0", "203.0.113.255"),
        ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ] {
        let (first, last) = (address(first), address(last));
        assert!(!is_public(first) && !is_public(last), "{first}, {last}");
        assert!(is_public(step(first, false)), "before {first}");
        assert!(is_public(step(last, true)), "after {last}");
    }
    assert!(!is_public(address("0.255.255.255")) && is_public(address("1.0.0.0")));
    assert!(is_public(address("223.255.255.255")) && !is_public(address("224.0.0.0")));
    assert!(!is_public(address("1fff:ffff::")) && is_public(address("2000::")));
    assert!(is_public(address("3ffe::")) && !is_public(address("4000::")));
}

fn address(text: &str) -> IpAddr {
    text.parse().expect(text)
}

/// The address after or before another.
fn step(address: IpAddr, up: bool) -> IpAddr {
    match address {
        IpAddr::V4(it) if up => IpAddr::V4((it.to_bits() + 1).into()),
        IpAddr::V4(it) => IpAddr::V4((it.to_bits() - 1).into()),
        IpAddr::V6(it) if up => IpAddr::V6((it.to_bits() + 1).into()),
        IpAddr::V6(it) => IpAddr::V6((it.to_bits() - 1).into()),
    }
}
