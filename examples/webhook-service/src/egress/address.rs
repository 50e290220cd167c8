//! Which addresses are those of the public internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{Ipv4Net, Ipv6Net};

/// What of IPv4 is not public: the special-purpose registry of IANA (RFC 6890), multicast, and
/// the service that Azure has at a public address for its own machines.
const NOT_PUBLIC_V4: &[Ipv4Net] = &[
    v4(0, 0, 0, 0, 8),        // this network
    v4(10, 0, 0, 0, 8),       // private
    v4(100, 64, 0, 0, 10),    // behind the NAT of a carrier; metadata of Alibaba
    v4(127, 0, 0, 0, 8),      // loopback
    v4(168, 63, 129, 16, 32), // the wire server of Azure
    v4(169, 254, 0, 0, 16),   // link-local; metadata of most clouds
    v4(172, 16, 0, 0, 12),    // private
    v4(192, 0, 0, 0, 24),     // assignments of the IETF; metadata of Oracle
    v4(192, 0, 2, 0, 24),     // documentation
    v4(192, 88, 99, 0, 24),   // relays to IPv6, which are no more
    v4(192, 168, 0, 0, 16),   // private
    v4(198, 18, 0, 0, 15),    // measurements
    v4(198, 51, 100, 0, 24),  // documentation
    v4(203, 0, 113, 0, 24),   // documentation
    v4(224, 0, 0, 0, 4),      // multicast
    v4(240, 0, 0, 0, 4),      // reserved; broadcast
];

/// All of IPv6 that is public lies here. Loopback, link-local, unique local, multicast, and IPv4
/// that is mapped (`::ffff:0:0/96`) or translated (`64:ff9b::/96`) do not.
const GLOBAL_V6: Ipv6Net = v6([0x2000, 0], 3);

/// What of it is not public.
const NOT_PUBLIC_V6: &[Ipv6Net] = &[
    v6([0x2001, 0], 23),     // assignments of the IETF; Teredo, which has IPv4 inside
    v6([0x2001, 0xdb8], 32), // documentation
    v6([0x2002, 0], 16),     // 6to4, which has IPv4 inside
    v6([0x3fff, 0], 20),     // documentation
];

/// Whether an address is one of the public internet. An IPv6 address with an IPv4 address inside
/// never is, whichever that is.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC_V4.iter().any(|net| net.contains(&address)),
        IpAddr::V6(address) => {
            GLOBAL_V6.contains(&address) && !NOT_PUBLIC_V6.iter().any(|net| net.contains(&address))
        }
    }
}

const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

const fn v6([first, second]: [u16; 2], prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(first, second, 0, 0, 0, 0, 0, 0), prefix)
}
