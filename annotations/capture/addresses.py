"""Which network addresses a stranger's web address may lead to: the public internet, no other.

Sources: the IANA special-purpose address registries (RFC 6890 and its successors) and the IPv6
address space registry. Python's own `is_global` calls several of these public.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_IPV4 = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, and the metadata services of clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
]
# All else of IPv6 is loopback, private, link-local, site-local, multicast, mapped from IPv4
# (::ffff:0:0/96), compatible with it (::/96), translated (64:ff9b::/96, 64:ff9b:1::/48) or free.
_IPV6_PUBLIC = IPv6Network("2000::/3")
_IPV6 = [
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address is inside
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
]


def is_public(address: str | Address) -> bool:
    """Whether the address is one of the public internet. Raises ValueError for no address."""
    if isinstance(address, str):
        address = ip_address(address)
    if isinstance(address, IPv6Address):
        if address.scope_id or address not in _IPV6_PUBLIC:
            return False
        return not any(address in network for network in _IPV6) and address.is_global
    return not any(address in network for network in _IPV4) and address.is_global
