"""Settings of the house. Whatever differs between two machines comes from the environment."""

from pathlib import Path

from csp.constants import NONE, SELF

from config import databases, env, keys

ROOT = env.ROOT
VAR = env.var()
HTTPS = env.flag("XINFU_HTTPS", default=True)
DEBUG = env.flag("XINFU_DEBUG", default=False)
SECRET_KEY = keys.one(VAR, "XINFU_SECRET_KEY")
XINFU_ID_KEYS = keys.one(VAR, "XINFU_ID_KEYS")
XINFU_INDEX_KEY = keys.one(VAR, "XINFU_INDEX_KEY")
XINFU_SIGNING_KEY = Path(env.text("XINFU_SIGNING_KEY", str(VAR / "keys" / "signing.pem")))
ALLOWED_HOSTS = env.listing("XINFU_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.listing("XINFU_TRUSTED_ORIGINS")
XINFU_CLOCK_MOVABLE = env.flag("XINFU_CLOCK_MOVABLE", default=False)
XINFU_PUBLIC_URL = env.text("XINFU_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")

# --- Programs -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "workflow.offices",
    "workflow.clock",
    "workflow.journal",
    "workflow.access",
    "workflow.documents",
    "workflow.outbox",
    "workflow.deadlines",
    "workflow.engine",
    "processes.records",
    "processes.promise",
    "processes.repair",
    "notifications",
    "forms",
    "config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "viewflow",
    "viewflow.workflow",
]
MIDDLEWARE = [
    "config.requests.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "forms.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.requests.NoStore",
    "forms.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "forms.context.page",
                "forms.context.page",
            ],
        },
    }
]

# --- Database -------------------------------------------------------------------------------

DATABASE_ROLE = databases.role()
EMBEDDED_DATABASE = databases.embedded_sockets(VAR)
DATABASES = {"default": databases.default(VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "offices.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
_ARGON = "django.contrib.auth.hashers.Argon2PasswordHasher"
PASSWORD_HASHERS = [env.text("XINFU_PASSWORD_HASHER", _ARGON)]
_LONG = "django.contrib.auth.password_validation.MinimumLengthValidator"
AUTH_PASSWORD_VALIDATORS = [{"NAME": _LONG, "OPTIONS": {"min_length": 12}}] + [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
]
LOGIN_URL = "forms:sign-in"
LOGIN_REDIRECT_URL = "forms:account-home"
CSRF_FAILURE_VIEW = "forms.failures.page_csrf"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "forms.account.views.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_CLIENT_IP_CALLABLE = "forms.sender.client_address"
XINFU_PROXIES = env.number("XINFU_PROXIES", 0)

# --- Browsers -------------------------------------------------------------------------------

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if XINFU_PROXIES else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-xinfu" if HTTPS else "xinfu"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.number("XINFU_SESSION_HOURS", 8, least=1) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",  # shared by the web processes, so that a throttle counts once
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "forms" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "documents": {
        "BACKEND": "workflow.documents.storage.WriteOnceStorage",
        "OPTIONS": {"location": env.text("XINFU_DOCUMENTS", str(VAR / "documents"))},
    },
    "staticfiles": {"BACKEND": "config.assets.Storage"},
}

# --- Words and time -------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "templates" / "locale"]
TIME_ZONE = "Asia/Shanghai"
XINFU_LETTER_HTML = (
    "notifications.letters.rendering.as_html"  # shown by forms, set by the post room
)
XINFU_SERVICE = {
    "zh-hans": env.text("XINFU_SERVICE_NAME", "朔原盟公共信用服务"),
    "en": env.text("XINFU_SERVICE_NAME_EN", "Shuoyuan League Public Credit"),
    "owner": env.text("XINFU_SERVICE_OWNER", "朔原盟发展和改革委员会"),
    "phone": env.text("XINFU_SERVICE_PHONE", "0400-000-0000"),
}
USE_TZ = True

# --- Post and work --------------------------------------------------------------------------

_FILES = "notifications.sink.SinkBackend"
EMAIL_BACKEND = env.text("XINFU_EMAIL_BACKEND", _FILES)
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = env.text("XINFU_EMAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = env.text("XINFU_EMAIL_FROM", "xinfu@localhost")
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", "")
LOGGING_CONFIG = "config.logs.configure"
LOGGING = {"level": env.text("XINFU_LOG_LEVEL", "INFO"), "form": env.text("XINFU_LOG_FORM", "json")}
VIEWFLOW = {"AUTOREGISTER": False}
WHITENOISE_USE_FINDERS = True
