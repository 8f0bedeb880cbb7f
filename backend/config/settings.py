"""All settings, read from the environment; a missing one is safe or refuses to start."""

from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

env = Env()
ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(env.str("VAR_DIR", str(ROOT / "var")))

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. With DEBUG off the server needs a secret of its own: "
            "export SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(50))')"
        )
    SECRET_KEY = "insecure-and-only-for-development-" + "0" * 30

SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000")
# Where a front end receives the link of the registration letter; {token} is filled in.
CONFIRM_EMAIL_URL = env.str("CONFIRM_EMAIL_URL", SITE_URL + "/confirm-email/?token={token}")
# Where somebody who cannot sign in appeals; {token} is filled in.
RESET_PASSWORD_URL = env.str("RESET_PASSWORD_URL", SITE_URL + "/reset-password/?token={token}")
APPEAL_URL = SITE_URL + "/appeal/?token={token}"
REPORTS_URL = SITE_URL + "/dashboard/queues/reports/"
# Where a new officer sets a password; {token} is filled in.
APPOINTMENT_URL = SITE_URL + "/appointment/?token={token}"
HTTPS = env.bool("HTTPS", not DEBUG)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "daphne",
    "channels",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "strawberry_django",
    "backend.core",
    "backend.eventlog",
    "backend.notifications",
    "backend.vocabulary",
    "backend.accounts",
    "backend.schools",
    "backend.agencies",
    "backend.partners",
    "backend.projects",
    "backend.workspaces",
    "backend.labels",
    "backend.library",
    "backend.moderation",
    "backend.mailings",
    "backend.monitoring",
    "backend.privacy",
    "backend.desk",
    "graphql_schema",
    "dashboard",
    "backend.config",
]

MIDDLEWARE = [
    "backend.config.deadline.Deadline",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "backend.config.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "backend.accounts.sessions.note_proof",  # synchronous, so all before it are: one thread, no hop between them
]

ROOT_URLCONF = "backend.config.urls"
ASGI_APPLICATION = "backend.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{VAR / 'etwinning.sqlite3'}")
REQUEST_TIMEOUT = env.float("REQUEST_TIMEOUT", 6)  # seconds after which a request begins no statement
READER_TIMEOUT = env.float("READER_TIMEOUT", 120)  # seconds that a reader has for what was sent last
STATEMENT_TIMEOUT = env.int("STATEMENT_TIMEOUT", 0)  # seconds; requests have one, commands may take their time
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock at BEGIN, so two writers wait instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": STATEMENT_TIMEOUT or 20,  # waiting for the write lock
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # Under ASGI a pool, not persistent connections: threads come and go.
    POOL = env.int("DATABASE_POOL", 20)
    # A statement sent for the fifth time is prepared; 0 where a pooler in between cannot (PgBouncer before 1.22).
    PREPARE = env.int("DATABASE_PREPARE", 5)
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": POOL, "timeout": 5} if POOL else False,
        "server_side_binding": True,
        "prepare_threshold": PREPARE or None,
    }
    limit = f" -c statement_timeout={STATEMENT_TIMEOUT}s" if STATEMENT_TIMEOUT else ""
    # To compile a statement (JIT) saves nothing: a search among four million people ran 1.1 s without, 1.2 to 1.3 s with it.
    DATABASES["default"]["OPTIONS"]["options"] = f"-c jit=off{limit}"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
CHANNEL_LAYERS: dict[str, dict[str, object]]
CACHES: dict[str, dict[str, object]]
if REDIS_URL:
    # redis-py's default socket timeout would end an idle consumer after five seconds.
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None}]},
        }
    }
    shared: dict[str, object] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
    CACHES = {"default": shared, "documents": {**shared, "KEY_PREFIX": "documents"}}
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    own: dict[str, object] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    CACHES = {
        "default": own,
        "documents": {**own, "LOCATION": "documents", "OPTIONS": {"MAX_ENTRIES": 1_000}},
    }

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["backend.accounts.sign_in.LoginBackend"]
PASSWORD_HASHERS = ["backend.accounts.passwords.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["login", "given_name", "family_name"]},
    },
]
OTP_TOTP_ISSUER = "eTwinning"
OTP_TOTP_SYNC = False
OTP_TOTP_THROTTLE_FACTOR = 0  # wrong codes are counted beside wrong passwords
LOGIN_URL = "dashboard:sign_in"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [ROOT / "backend" / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

EMAIL_CONFIG = env.dj_email_url("EMAIL_URL", "console:")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"]
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL_CONFIG["EMAIL_USE_TLS"]
EMAIL_USE_SSL = EMAIL_CONFIG["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
EMAIL_THREADS = env.int("EMAIL_THREADS", 2)
# Minutes in which a message to teachers can still be cancelled.
MAILING_DELAY = env.int("MAILING_DELAY", 0 if DEBUG else 10)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "eTwinning <no-reply@localhost>")

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MANIFEST_STRICT = not DEBUG
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

SESSION_ENGINE = "backend.accounts.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_SSL_REDIRECT = False  # the proxy's task; see docs
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

GRAPHQL_CONSOLE = env.bool("GRAPHQL_CONSOLE", DEBUG)  # a page to try documents on, at /graphql

# The documents of the front ends: a folder, or a manifest as their build tools write it.
TRUSTED_DOCUMENTS = env.str("TRUSTED_DOCUMENTS", "")
TRUSTED_DOCUMENTS_ONLY = env.bool("TRUSTED_DOCUMENTS_ONLY", False)  # no other document is answered

# The meeting service, where a country runs one; meetings elsewhere are plain links.
BIGBLUEBUTTON_URL = env.str("BIGBLUEBUTTON_URL", "")  # such as https://bbb.example.org/bigbluebutton/
BIGBLUEBUTTON_SECRET = env.str("BIGBLUEBUTTON_SECRET", "")

UPLOAD_MEGABYTES = env.int("UPLOAD_MEGABYTES", 500)  # the largest upload; countries choose their limits below it
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # a request without its files
COST_BUDGET = env.int("COST_BUDGET", 1)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
