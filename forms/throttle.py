"""Slow down who asks too often; keyed by a digest of the address, never by the address."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from forms.sender import client_address


def too_often(request: HttpRequest, *, what: str, most: int, seconds: int) -> bool:
    """Count this request and say whether its sender has asked too often in the window."""
    address = client_address(request)
    key = salted_hmac(f"xinfu.throttle.{what}", address).hexdigest()
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out between the two calls
        return False
