"""A pytest plugin, loaded before Django: the settings of the suite."""

import os

from config import keys
from tests import databases

os.environ["XINFU_VAR"] = str(databases.VAR)
os.environ["XINFU_HTTPS"] = "0"
os.environ["XINFU_CLOCK_MOVABLE"] = "1"
os.environ["XINFU_LOG_FORM"] = "text"
os.environ["XINFU_DATABASE_KEEP_SECONDS"] = "0"
os.environ.setdefault("XINFU_PASSWORD_HASHER", "django.contrib.auth.hashers.MD5PasswordHasher")
# Django must have settings before the first database exists; the fixtures fill in the real name.
os.environ["DATABASE_URL"] = "postgresql://xinfu_app@/not-yet"
keys.ensure(databases.VAR)
(databases.VAR / "static").mkdir(parents=True, exist_ok=True)
