"""Every setting of the product, read from the environment once, here."""

from celery.schedules import crontab
from csp.constants import NONE, SELF

from ocop import environment as env
from ocop.environment import BASE_DIR, BadSetting

# -- what kind of start this is ----------------------------------------------------------------------------------------
DEFAULT_SECRET = "insecure-secret-for-work-on-the-code-only"  # noqa: S105, production refuses it
DEBUG = env.flag("DJANGO_DEBUG", default=False)
PRODUCTION = env.flag("OCOP_PRODUCTION", default=False)
SECRET_KEY = env.text("DJANGO_SECRET_KEY", DEFAULT_SECRET)
ALLOWED_HOSTS = env.words("DJANGO_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
SITE_URL = env.text("OCOP_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
if PRODUCTION and DEBUG:
    raise BadSetting("DJANGO_DEBUG", "must be False in production.")
if PRODUCTION and (SECRET_KEY == DEFAULT_SECRET or len(SECRET_KEY) < 50):
    raise BadSetting(
        "DJANGO_SECRET_KEY", "must be a secret of its own, of 50 characters or more, in production."
    )
if PRODUCTION and not SITE_URL.startswith("https://"):
    raise BadSetting("OCOP_SITE_URL", "must begin with https:// in production; QR codes are printed with it.")

# Keys of what members take along, and of receipts: to be kept when DJANGO_SECRET_KEY is changed.
OFFLINE_SECRET = env.text("OCOP_OFFLINE_SECRET", "") or SECRET_KEY
if PRODUCTION and len(OFFLINE_SECRET) < 50:
    raise BadSetting("OCOP_OFFLINE_SECRET", "must be a secret of 50 characters or more, or not be set.")

# -- what it is made of ------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "promotion",
    "evaluation",
    "products",
    "plans",
    "ocop.reports",
    "ocop.papers",
    "ocop.files",
    "ocop.device",
    "ocop.notices",
    "ocop.audit",
    "ocop.orgs",
    "ocop.tenancy",
    "ocop",
    "ocop.apps.OcopAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "csp",
    "template_partials",
    "django.forms",
]
MIDDLEWARE = [
    "ocop.request_id.RequestIDMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # CSRF tokens are masked anew in each page, so BREACH learns nothing
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "ocop.tenancy.middleware.TenantURLMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ocop.tenancy.middleware.TenantScopeMiddleware",
    "ocop.device.sent.SentOnceMiddleware",
]
ROOT_URLCONF = "ocop.urls"  # inside a tenant; outside one the middleware sets GLOBAL_URLCONF
GLOBAL_URLCONF = "ocop.urls_global"
WSGI_APPLICATION = "ocop.wsgi.application"
FORM_RENDERER = "ocop.ui.Renderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"ui": "ocop.ui"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ocop.ui.context",
                "ocop.navigation.page",
            ],
        },
    },
]

# -- data --------------------------------------------------------------------------------------------------------------
DATABASES = {
    "default": env.database("DATABASE_URL"),  # the app role: owns nothing, row security binds it
    "owner": env.database("DATABASE_OWNER_URL", env.text("DATABASE_URL")),  # migrate, dump, the test database
    "counters": env.database(
        "DATABASE_URL"
    ),  # outside the request's transaction: a refused request is counted too
}
DATABASE_ROUTERS = ["ocop.counting.CacheRouter"]
# Row security ties every table of a query to every other: the search for the best order of eight joins takes 40 ms
# where the query takes one (docs/decisions/0006).
PLANNER = "-c join_collapse_limit=4 -c from_collapse_limit=4"
for _alias in DATABASES.values():
    _alias["OPTIONS"].setdefault("options", PLANNER)
    _alias["CONN_MAX_AGE"] = env.whole("DATABASE_CONN_MAX_AGE", 60)
    _alias["CONN_HEALTH_CHECKS"] = True
BROKER_URL, REDIS_URL = env.redis_urls("REDIS_URL", "redis://127.0.0.1:6379/0")
# Login, scoring and filing must work with Redis stopped, so the cache (rate limits) is PostgreSQL's.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "ocop_cache"}}
MEDIA_ROOT = env.text("OCOP_MEDIA_ROOT", str(BASE_DIR / "var" / "files"))
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DEMO_PEOPLE = env.text(
    "OCOP_DEMO_PEOPLE", str(BASE_DIR / "var" / "demo-people.json")
)  # the login page lists them
REGULATIONS_DIR = env.text("OCOP_REGULATIONS_DIR", "")  # an operator's own criteria sets and wording
ACCEL_REDIRECT = env.text(
    "OCOP_ACCEL_REDIRECT", ""
)  # nginx's internal prefix for private files; "" streams them
FILE_MEGABYTES = {  # the largest file by family, and a whole dossier (ocop/files/kinds.py)
    "pdf": env.whole("OCOP_MB_PDF", 50, least=1),
    "picture": env.whole("OCOP_MB_PICTURE", 15, least=1),
    "office": env.whole("OCOP_MB_OFFICE", 20, least=1),
    "clip": env.whole("OCOP_MB_CLIP", 100, least=1),
    "dossier": env.whole("OCOP_MB_DOSSIER", 500, least=1),
}
CLAMD = env.text("OCOP_CLAMD", "")  # clamd's socket, as /path/of/it or host:port; "" scans for no viruses
CLAMD_SECONDS = env.whole("OCOP_CLAMD_SECONDS", 20, least=1)
if CLAMD and not CLAMD.startswith("/") and not CLAMD.rpartition(":")[2].isdigit():
    raise BadSetting("OCOP_CLAMD", f"is {CLAMD!r}; write /path/of/the/socket or host:port.")

# -- long work ---------------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_DEFAULT_QUEUE = env.text("OCOP_QUEUE", "celery")  # a name of its own where a broker is shared
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True  # a worker killed half-way leaves the task to another; tasks may run twice
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_connect_timeout": 1,  # a page never waits for a broker that is down
    "socket_timeout": 5,
    "max_retries": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_TIME_LIMIT = 900
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_BEAT_SCHEDULE_FILENAME = env.text("OCOP_BEAT_SCHEDULE", str(BASE_DIR / "var" / "beat-schedule"))
SWEEP_SECONDS = env.whole("OCOP_SWEEP_SECONDS", 60, least=1)
CELERY_BEAT_SCHEDULE = {
    "send-mail": {"task": "ocop.notices.sweep", "schedule": SWEEP_SECONDS},
    "bind-dossiers": {"task": "products.sweep_bindings", "schedule": SWEEP_SECONDS},
    "render-papers": {"task": "ocop.papers.sweep", "schedule": SWEEP_SECONDS},
    "render-certificates": {"task": "evaluation.sweep_certificates", "schedule": SWEEP_SECONDS},
    "read-papers": {"task": "products.sweep_readings", "schedule": SWEEP_SECONDS},
    "sweep-uploads": {"task": "ocop.files.sweep", "schedule": crontab(hour=3, minute=30)},
    "forget-sent-forms": {"task": "ocop.device.sweep", "schedule": crontab(hour=3, minute=40)},
    "remind-of-expiry": {"task": "evaluation.sweep_expiry", "schedule": crontab(hour=6, minute=0)},
    "remind-of-sheets": {"task": "evaluation.sweep_written_opinions", "schedule": crontab(minute=20)},
    "tell-of-cutoffs": {"task": "products.sweep_cutoffs", "schedule": crontab(hour=6, minute=15)},
    "remind-of-deadlines": {"task": "products.sweep_deadlines", "schedule": crontab(hour=6, minute=10)},
}

# -- people ------------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "orgs.User"
AUTHENTICATION_BACKENDS = [
    "ocop.orgs.backends.ExclusionBackend",  # first: it refuses, whatever the others would grant
    "ocop.orgs.backends.RoleBackend",
    "ocop.orgs.backends.GrantBackend",
    "ocop.orgs.backends.LoginBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "ocop.notices.accounts.AccountAdapter"
ACCOUNT_FORMS = {"login": "ocop.account_forms.OcopLoginForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None  # she chooses: phones and office machines are shared
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.partition(":")[0]
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "OCOP"
ANONYMOUS_USER_NAME = None  # guardian's
GUARDIAN_RAISE_403 = False
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"

# -- notices -----------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "")  # "" keeps mail in the outbox, which says so
EMAIL_PORT = env.whole("EMAIL_PORT", 25, least=1)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = env.whole("EMAIL_TIMEOUT", 10, least=1)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "ocop@localhost")

# -- lists -------------------------------------------------------------------------------------------------------------
SPREADSHEET_ROWS = env.whole("OCOP_SPREADSHEET_ROWS", 20_000, least=1)  # what one file takes of a list

# -- the public door ---------------------------------------------------------------------------------------------------
SCORE_PREVIEW_RATE = env.text("OCOP_SCORE_PREVIEW_RATE", "600/min")
SCORE_PREVIEW_MAX_BYTES = 64 * 1024
TRUSTED_PROXIES = env.whole(
    "OCOP_TRUSTED_PROXIES", 0
)  # how many proxies stand before us and set X-Forwarded-For
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["ocop.api_rights.Rights"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["ocop.api_bodies.JSONBody"],
    "DEFAULT_SCHEMA_CLASS": "ocop.api_schema.Schema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "ocop.api.Pages",
    "EXCEPTION_HANDLER": "ocop.api.answer",
    "PAGE_SIZE": 50,
    "NUM_PROXIES": TRUSTED_PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "OCOP",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "ocop.api_schema.with_refusals",
    ],
    "ENUM_NAME_OVERRIDES": {
        "BallotStateEnum": "evaluation.models.BallotState",
        "CertificateStateEnum": "evaluation.models.CertificateState",
        "MeetingStateEnum": "evaluation.models.MeetingState",
        "SeatRoleEnum": "evaluation.models.SeatRole",
        "MemberRoleEnum": "products.models.MemberRole",
        "ProducerKindEnum": "products.models.ProducerKind",
        "DossierKindEnum": "products.models.DossierKind",
        "MergeKindEnum": "products.models.MergeKind",
        "ImportStateEnum": "ocop.tables.imports.ImportState",
        "PaperVerdictEnum": "products.models.PaperVerdict",
        "ExtraTestStateEnum": "products.models.ExtraTestState",
        "SurveyStateEnum": "products.models.SurveyState",
    },
    "ENABLE_DJANGO_DEPLOY_CHECK": False,  # the schema needs a tenant's scope; tests/api/test_schema.py makes it in one
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],  # a clip that was taken along lies on the device
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
X_FRAME_OPTIONS = "SAMEORIGIN"  # evidence opens in a frame beside the question
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# -- language, time, static files --------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["ocop.formats"]
STATIC_URL = "/static/"
STATIC_ROOT = env.text("OCOP_STATIC_ROOT", str(BASE_DIR / "var" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "ocop.ui_fonts.FontFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "ocop.static_files.Storage",
    },
}

# -- what the log says -------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "ocop.request_id.RequestIDFilter"}},
    "formatters": {
        "words": {"format": "%(asctime)s %(levelname)s [%(request_id)s] %(name)s: %(message)s"},
        "json": {"()": "ocop.request_id.JSONFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["request_id"],
            "formatter": "json" if PRODUCTION else "words",
        },
    },
    "root": {"handlers": ["stderr"], "level": env.text("OCOP_LOG_LEVEL", "INFO")},
    "loggers": {"fontTools": {"level": "WARNING"}, "weasyprint": {"level": "ERROR"}},
}
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # SAMEORIGIN is meant: evidence opens in a frame beside the question
    "guardian.W001",  # GrantBackend asks guardian for the direct-FK tables only
]
