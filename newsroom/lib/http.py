"""Who is asking, did the request come from our own pages, and where may a form send the reader next?"""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.http import url_has_allowed_host_and_scheme

UNKNOWN_ADDRESS = "0.0.0.0"  # a server behind a Unix socket tells no address


def client_address(request: HttpRequest) -> str:
    """Return the IP address of the reader, always a valid one.

    X-Forwarded-For is read only behind settings.TRUSTED_PROXIES (addresses or networks), from right to left: the
    first address that is no proxy of ours is the reader's, for anybody can write what stands further left.
    """
    proxies = _networks(tuple(settings.TRUSTED_PROXIES))
    address = _parse_address(request.META.get("REMOTE_ADDR", ""))
    for entry in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if address is None or not any(address in network for network in proxies):
            break
        forwarded = _parse_address(entry)
        if forwarded is None:
            break
        address = forwarded
    return str(address or UNKNOWN_ADDRESS)


def network(address: str, v4: int = 24, v6: int = 48) -> str:
    """The network of an address, IPv4 /24 and IPv6 /48: what a log keeps of it. "" for the unknown address 0.0.0.0."""
    ip = ip_address(address)
    if ip.is_unspecified:
        return ""
    return str(ip_network((ip, v4 if ip.version == 4 else v6), strict=False))


def comes_from_proxy(request: HttpRequest) -> bool:
    """Whether one of settings.TRUSTED_PROXIES handed the request on: only then its X-Forwarded headers count."""
    return is_proxy(request.META.get("REMOTE_ADDR", ""))


def is_proxy(remote: str) -> bool:
    """Whether the address of a connection is that of one of settings.TRUSTED_PROXIES."""
    return _is_among(remote, tuple(settings.TRUSTED_PROXIES))


def safe_next(request: HttpRequest, default: str) -> str:
    """Return the form's or address's `next` if it is a path on this site, else the default."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return target
    return default


def same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that the request comes from a page of this host.

    By Sec-Fetch-Site and Origin, else Referer; a request that carries none of them is refused.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site", "")
    if fetch_site == "cross-site":
        return False
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if source is None:
        return fetch_site == "same-origin"
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.netloc.lower() == request.get_host().lower()


class _CsrfCheck(CsrfViewMiddleware):
    """Lets the caller answer: Django's own page would have lost the reader's text."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseForbidden:
        return HttpResponseForbidden(reason)


def is_forged(request: HttpRequest) -> bool:
    """Whether the request lacks the CSRF token that its cookie asks for; for views that answer by themselves."""
    check = _CsrfCheck(lambda _request: HttpResponse())
    return check.process_view(request, lambda _request: HttpResponse(), (), {}) is not None


@lru_cache(maxsize=1024)
def _is_among(remote: str, proxies: tuple[str, ...]) -> bool:
    address = _parse_address(remote)
    return address is not None and any(address in network for network in _networks(proxies))


@lru_cache
def _networks(proxies: tuple[str, ...]) -> list[IPv4Network | IPv6Network]:
    return [ip_network(proxy, strict=False) for proxy in proxies]


def _parse_address(written: str) -> IPv4Address | IPv6Address | None:
    """Read an address as proxies write it: with a port, in brackets, with a zone, or IPv4 inside IPv6."""
    host = written.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
