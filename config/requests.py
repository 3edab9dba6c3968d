"""What happens to every request: a number to find it by, and no copy kept along the way."""

import contextvars
import secrets

current_id: contextvars.ContextVar[str] = contextvars.ContextVar("request", default="")


class RequestId:
    """Give each request a random number, in the log and in the answer, so that one finds it again.

    A number sent by the client is not taken over: it could carry anything.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = current_id.set(secrets.token_hex(8))
        request.request_id = current_id.get()
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request.request_id
            return response
        finally:
            current_id.reset(token)


class NoStore:
    """Let no cache keep, and no search engine index, what may end by law tomorrow.

    A view that serves something without a term says so by setting Cache-Control itself.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        response.setdefault("X-Robots-Tag", "noindex, noarchive")
        return response
