"""Django's settings. What may differ from one installation to the next is in the environment.

    PEYMAN_HOME        where the database, the keys and the secret are
    DATABASE_URL       postgresql://…, where SQLite is not enough
    PEYMAN_SECRET_KEY  signs sessions; without it one is kept in PEYMAN_HOME
    PEYMAN_HOSTS       the names that the server answers to, where it is not the loopback
    PEYMAN_HTTPS       set where browsers come by https
    PEYMAN_PASSPHRASE_FILE  opens the keys; without it a key file is kept in PEYMAN_HOME

In PEYMAN_HOME, `witnesses.policy` names the witnesses to which heads are pushed: lines
`witness NAME VKEY URL` of a tlog-policy, and `quorum none`.

DEBUG is never on: a page that shows what it was doing shows cases, too.
"""

from csp.constants import NONE, SELF

from peyman.web import surroundings

HOME = surroundings.home()
KEYS = HOME / "keys"
WITNESSES = HOME / "witnesses.policy"
KEY_LOCK = surroundings.key_lock(HOME)
SEEN = HOME / "seen"
LIBRARY = surroundings.LIBRARY

DEBUG = False
SECRET_KEY = surroundings.secret_key(HOME)
ALLOWED_HOSTS = surroundings.hosts()
DATABASES = {"default": surroundings.database(HOME)}

ROOT_URLCONF = "peyman.web.urls"
INSTALLED_APPS = [
    "peyman.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "peyman.web.packaged.StaticFiles",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "peyman.web.views.base.surroundings",
            ],
            "builtins": ["peyman.web.templatetags.peyman"],
        },
    }
]

# --- Languages and time: pages say times in the zone of their case, with UTC beside.

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fa", "فارسی"), ("ru", "Русский")]
LOCALE_PATHS = [surroundings.HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Who comes in

AUTH_USER_MODEL = "auth.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "cases"
LOGOUT_REDIRECT_URL = "cases"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "peyman.web.views.errors.expired"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- What may come in with a request: a report is a text, a form a page of it.

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
LARGEST_REQUEST = 64 * 2**20

# --- What a browser is told

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if surroundings.asked("PEYMAN_HTTPS"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Files of the package

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A page that is not there is no fault of ours.
    "loggers": {"django.request": {"level": "ERROR"}},
}
