"""Which addresses of the network are the world's, and which are inside. Pure."""

import ipaddress

# What carries an address of version 4 in one of version 6: the inner one counts.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(written: str, *, this_machine_too: bool = False) -> bool:
    """Whether an address, as a name was resolved to it, is on the public network."""
    try:
        address = ipaddress.ip_address(written.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(address)
    if inner.is_loopback:
        return this_machine_too
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


def _inner(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address
