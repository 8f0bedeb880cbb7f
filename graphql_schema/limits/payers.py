"""Whose budget a request is paid from: the person's, or that of the address a visitor comes from."""

import ipaddress
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def payer_of(context: Any) -> str:
    if context.viewer is not None:
        return str(context.viewer.pk)
    return str(context.address) if context.request is None else sender_of(context.request)


def sender_of(request: HttpRequest) -> str:
    return address_of(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))


def address_of(peer: str, forwarded: str) -> str:
    """Where a visitor comes from; behind our proxy, what the proxy says last. One home has a /64 of IPv6."""
    if settings.HTTPS and forwarded:
        peer = forwarded.rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))
