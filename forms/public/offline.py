"""The small script that keeps the offline page in the browser, and nothing else."""

import hashlib
import json

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

SHEETS = ("xinfu/tokens.css", "xinfu/components.css", "xinfu/own.css")
WORKER = """"use strict";
const PAGE = %(page)s;
const SHEETS = %(sheets)s;
const KEPT = %(name)s;
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll([PAGE, ...SHEETS])));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) =>
    Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)))));
});
self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET") { return; }
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(PAGE)));
  } else if (SHEETS.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
"""


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the script from the root, so that it may answer for every page."""
    page, sheets = reverse("forms:offline"), [static(sheet) for sheet in SHEETS]
    digest = hashlib.sha256(repr((page, sheets, WORKER)).encode()).hexdigest()[:12]
    values = {"page": page, "sheets": sheets, "name": f"xinfu-{digest}"}
    script = WORKER % {name: json.dumps(value) for name, value in values.items()}
    return HttpResponse(script, content_type="text/javascript")
