"""Settings for every installation: environment readers on top, then topics. The README lists every variable."""

import contextlib
import os
import secrets
import tempfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from newsroom.lib.stores import places

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def kept_secret(path: Path) -> str:
    """A secret made at the first run and kept beside the data, readable by its owner alone.

    It appears under its name only when it is written: of several processes that start at once, all read the first.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(draft, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
        Path(name).unlink()
    return path.read_text(encoding="ascii").strip()


# Where things are
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
BACKUP_DIR = env.str("BACKUP_DIR", default="")
BACKUP_KEEP = env.int("BACKUP_KEEP", default=0)  # all

# Core
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret(VAR_DIR / "secret-key.txt")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", urlsplit(SITE_URL).hostname])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True
INSTALLED_APPS = [
    "newsroom.apps.NewsroomConfig",
    "newsroom.apps.NewsroomAdminConfig",
    "newsroom.lib.pagecache",
    "newsroom.lib.audit",
    "newsroom.lib.maintenance",
    "newsroom.staff",
    "articles",
    "comments",
    "ckeditor",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "whitenoise.runserver_nostatic",
    "newsroom.apps.NewsroomStaticFilesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets may have templates of ours
MIDDLEWARE = [
    # From outside to inside: first what every answer carries, whoever gives it.
    "newsroom.lib.requestlog.number_and_time",
    "newsroom.middleware.guard_answers",
    "newsroom.middleware.ContentPolicy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "newsroom.middleware.choose_language",
    "django.middleware.security.SecurityMiddleware",
    "newsroom.middleware.refuse_unreadable_requests",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.maintenance.keep_readers_reading",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "newsroom.middleware.remember_rights",
    "django.contrib.messages.middleware.MessageMiddleware",
    "newsroom.staff.sessions.track",
    "axes.middleware.AxesMiddleware",
    "newsroom.lib.pagecache.snapshot.read_at_one_instant",
]
LOADERS = [f"django.template.loaders.{name}.Loader" for name in ("filesystem", "app_directories")]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("newsroom.lib.folding.Loader", LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
# django-ckeditor warns that its CKEditor 4.22 is no longer patched; README "Dependencies" says how that is contained.
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]

# Database: SQLite needs WAL and IMMEDIATE transactions, or writers fail with "database is locked".
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32768; PRAGMA mmap_size=268435456",
    }
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / f"test-{os.getpid()}.sqlite3")}  # a file: tests use threads
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Statements here take milliseconds: compiling them, starting processes for them, or planning them anew for other
    # values takes longer than they do. What pages look into is in memory, where one row costs as much as the next.
    quick = {
        "options": "-c jit=off -c max_parallel_workers_per_gather=0 -c plan_cache_mode=force_generic_plan "
        "-c random_page_cost=1.1",
        "prepare_threshold": 2 if env.bool("DATABASE_PREPARE", default=True) else None,  # newsroom.lib.prepared
    }
    DATABASES["default"]["OPTIONS"] = {**quick, **DATABASES["default"].get("OPTIONS", {})}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
# A database that follows the first one: pages for readers are rendered from it (newsroom/lib/pagecache/replica.py)
if env.str("DATABASE_REPLICA_URL", default=""):
    follower = env.db_url("DATABASE_REPLICA_URL")
    patient = {
        **DATABASES["default"]["OPTIONS"],
        "connect_timeout": 2,
        "tcp_user_timeout": 2000,
    }  # seconds, milliseconds
    follower["OPTIONS"] = {**patient, **follower.get("OPTIONS", {})}
    DATABASES["replica"] = {**DATABASES["default"], **follower, "TEST": {"MIRROR": "default"}}
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    CACHES["default"]["BACKEND"] = "newsroom.lib.shared.SharedCache"

# Files: renditions are public, originals are not.
PICTURES = places(env.str("STORAGE_URL", default=str(VAR_DIR)))
STORAGE_URL = PICTURES.name
MEDIA_ROOT = "" if "://" in STORAGE_URL else str(Path(STORAGE_URL) / "media")
MEDIA_URL = PICTURES.media_url
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_MANIFEST = env.bool(
    "STATIC_MANIFEST", default=False
)  # after collectstatic: hashed, compressed, cached for ever
STORAGES = {
    "default": PICTURES.media,
    "originals": PICTURES.originals,
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not STATIC_MANIFEST
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
IMAGE_MAX_BYTES = env.int("IMAGE_MAX_BYTES", default=30 * 1024 * 1024)
IMAGE_MAX_PIXELS = env.int("IMAGE_MAX_PIXELS", default=40_000_000)

# Language and time
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="vi")
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "django"]  # ours, then what libraries leave in English
FORMAT_MODULE_PATH = "newsroom.lib.formats"
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
# Writing aids: where the tone of open oa, oe, uy stands, "old" (hòa) or "new" (hoà); "none": the house does not say
TONE_PLACEMENT = env.str("TONE_PLACEMENT", default="old")

# Pages: the longest that a shared cache may keep one without asking, in seconds
PAGE_MAX_AGE = env.int("PAGE_MAX_AGE", default=60)
PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", default=6)  # of each process; 0 keeps none
PURGE_URL = env.list("PURGE_URL", default=[])  # caches in front of the site that are told what is stale
PURGE_TOKEN = env.str("PURGE_TOKEN", default="")

# Comments: after so many days addresses and devices, texts that were turned down, e-mail addresses that nobody
# confirmed, and letters that were sent are forgotten (manage.py forget_comments)
COMMENT_KEYS_DAYS = env.int("COMMENT_KEYS_DAYS", default=90)
COMMENT_REFUSED_DAYS = env.int("COMMENT_REFUSED_DAYS", default=180)
COMMENT_UNCONFIRMED_DAYS = env.int("COMMENT_UNCONFIRMED_DAYS", default=7)
COMMENT_LETTERS_DAYS = env.int("COMMENT_LETTERS_DAYS", default=30)
# Comments: a checker outside the house, an address or the dotted path of a function (comments/checker.py)
COMMENT_CHECKER = env.str("COMMENT_CHECKER", default="")
COMMENT_CHECKER_KEY = env.str("COMMENT_CHECKER_KEY", default="")

# Sign-in: five failures lock the pair of user and address for fifteen minutes
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "newsroom.roles.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "newsroom.lib.http.client_address"
AXES_LOCKOUT_CALLABLE = "newsroom.site.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # who keeps trying is let in after fifteen minutes all the same
AXES_ENABLE_ADMIN = False
SECOND_FACTOR = env.bool("SECOND_FACTOR", default=False)
OTP_TOTP_ISSUER = env.str("OTP_ISSUER", default="Newsroom")
LOGIN_URL = "admin:login"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie

# Transport: an https SITE_URL turns all of it on
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

# Content-Security-Policy: readers' pages; the page with the editor loosens it (articles.admin).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, PICTURES.host] if PICTURES.host else [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# Mail and errors
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10  # seconds: a mail server that hangs holds up nobody for longer
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="toasoan@localhost")
ADMINS = [("Newsroom", address) for address in env.list("ADMINS", default=[])]
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")

# Metrics for Prometheus: networks that may ask for /metrics; each process writes its numbers into this folder
METRICS = env.list("METRICS", default=[])
if METRICS:
    measures = env.str("PROMETHEUS_MULTIPROC_DIR", default=str(VAR_DIR / "metrics"))
    Path(measures).mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = measures  # where its library looks for it

# The log: one line each, text or json. Slow requests and statements are told from so many milliseconds; 0: all
SLOW_REQUEST_MS = env.int("SLOW_REQUEST_MS", default=1000)
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", default=500)
LOG_FORMAT = env.str("LOG_FORMAT", default="text")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "newsroom.lib.logs.LineFormatter"},
        "json": {"()": "newsroom.lib.logs.JsonFormatter"},
    },
    "filters": {"failures": {"()": "newsroom.lib.logs.Failures"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT},
        "letters": {"class": "newsroom.lib.logs.ErrorLetters"},
    },
    "root": {"handlers": ["console", "letters"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "django": {"handlers": [], "level": "NOTSET"},  # in place of Django's letters, which hold the whole request
        "django.request": {"level": "ERROR", "filters": ["failures"]},  # a page that is not there is no event
        "django.security.DisallowedHost": {"handlers": ["console"], "propagate": False},  # scanners, all day
    },
}
