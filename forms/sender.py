"""Where a request came from, as far as it can be known."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address a request came from, seen through the proxies we are told to trust.

    Each trusted proxy appends one address; what stands before those was sent by the client and
    may be invented.
    """
    header = request.META.get("HTTP_X_FORWARDED_FOR", "")
    hops = [hop.strip() for hop in header.split(",") if hop.strip()]
    trusted = settings.XINFU_PROXIES
    if trusted and len(hops) >= trusted:
        return hops[-trusted]
    return request.META.get("REMOTE_ADDR", "")
