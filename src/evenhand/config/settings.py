"""Django's settings, made from the environment and the desk's profile."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from evenhand.config.environment import captures_settings, database_settings, read_environment
from evenhand.config.logs import receipts_handler

ENVIRONMENT = read_environment()
CLOCKS = ENVIRONMENT.clocks
DESK = CLOCKS.desk
HOME = ENVIRONMENT.home
LAW_DATA = Path(__file__).parent / "law"
PUBLIC_URL = ENVIRONMENT.public_url
SMTP_URL = ENVIRONMENT.smtp_url
MAIL_IN = ENVIRONMENT.mail_in
MAIL_IN_TOKEN = ENVIRONMENT.mail_in_token
MAIL_IN_DELETES = ENVIRONMENT.mail_in_kept == "delete"
MAIL_IN_IS_FOLDER = urlsplit(MAIL_IN).scheme == "file"
DESK_KEY = ENVIRONMENT.desk_key
LOG_FOLDER = HOME / "log"
SIGNER = ENVIRONMENT.signer
SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False

_public = urlsplit(PUBLIC_URL)
_https = _public.scheme == "https"
ALLOWED_HOSTS = [_public.hostname or "127.0.0.1", "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if _https else []

DATABASES = {"default": database_settings(ENVIRONMENT.database_url)}
if ENVIRONMENT.owner_url:
    DATABASES["owner"] = database_settings(ENVIRONMENT.owner_url)
CONN_MAX_AGE = 60
DATABASES["default"]["CONN_MAX_AGE"] = 60

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "evenhand.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "procrastinate.contrib.django",
    "evenhand.store",
]
MIDDLEWARE = [
    "evenhand.web.headers.HouseHeaders",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "evenhand.api.door.EveryNoIsAProblem",
    "evenhand.web.doorway.OneNoForAll",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "evenhand.web.language.LanguageAtTheDoor",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "evenhand.web.acting.OfficerAtTheDoor",
    "evenhand.web.opening.door.ClosedDesk",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "evenhand.config.urls"
WSGI_APPLICATION = "evenhand.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "evenhand.web.frame.frame",
            ],
            "builtins": [
                "evenhand.web.templatetags.govuk",
                "evenhand.web.templatetags.drafting",
                "django.templatetags.i18n",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Signing in
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "evenhand.web.account.backend.AccountsOfOfficers",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _https else 0
ACCOUNT_ADAPTER = "evenhand.web.account.adapter.OfficerAccounts"
MFA_ADAPTER = "evenhand.web.account.adapter.OfficerFactors"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# Attempts at one name are counted by axes, in the database; these are for one address, and for
# one officer at the pages of the own account.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "30/m/ip",
    "change_password": "15/m/user",
    "reauthenticate": "15/m/user",
}
ACCOUNT_FORMS = {
    "login": "evenhand.web.account.forms.SignInForm",
    "change_password": "evenhand.web.account.forms.NewPasswordForm",
    "reauthenticate": "evenhand.web.account.forms.PasswordAgainForm",
}
MFA_FORMS = {
    "authenticate": "evenhand.web.account.forms.CodeForm",
    "reauthenticate": "evenhand.web.account.forms.CodeAgainForm",
    "activate_totp": "evenhand.web.account.forms.NewAppForm",
    "add_webauthn": "evenhand.web.account.forms.NewKeyForm",
    "edit_webauthn": "evenhand.web.account.forms.KeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = DESK.name
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _https
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_USERNAME_CALLABLE = "evenhand.web.account.adapter.username_tried"
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_CALLABLE = "evenhand.web.account.adapter.locked_out"

# Sessions and cookies
SESSION_ENGINE = "evenhand.web.account.sessions"
SESSION_COOKIE_AGE = DESK.idle_minutes * 60
SESSION_COOKIE_NAME = "evenhand_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
CSRF_COOKIE_NAME = "evenhand_form"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "evenhand.web.doorway.form_from_elsewhere"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# Headers. Referrer-Policy no-referrer would make browsers send "Origin: null" with forms.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Sizes: a form of 10 MB text is read, measured and refused with a sentence, not cut off.
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
# A file that was sent is held in memory, never written unsealed to a folder for passing files.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# Language and time
USE_I18N = True
USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("cy", _("Welsh"))]
LANGUAGE_COOKIE_NAME = "evenhand_language"
LOCALE_PATHS = [Path(__file__).parent.parent / "web" / "locale"]
TIME_ZONE = DESK.time_zone

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "captures": captures_settings(ENVIRONMENT.captures, HOME / "captures" / "kept"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
ANTIVIRUS = ENVIRONMENT.antivirus
TIMESTAMPS = ENVIRONMENT.timestamps
# Captures on their way in, sealed already.
CAPTURES_COMING_IN = HOME / "captures" / "incoming"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": 'machinery"."cache',
    }
}
PROCRASTINATE_ON_APP_READY = "evenhand.work.tasks.register"
BESIDE_THE_QUEUE = "evenhand.work.sequencing.sequencing"

# Logs hold no words: neither query strings nor form values, only the path and the outcome.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "receipt": {"format": "{message}", "style": "{"},
    },
    "filters": {"no_words": {"()": "evenhand.config.logs.WithoutWords"}},
    "handlers": {
        "out": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_words"],
        },
        "receipts": receipts_handler(ENVIRONMENT.receipts),
    },
    "root": {"handlers": ["out"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["out"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["out"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": ["out"], "level": "WARNING", "propagate": False},
        "evenhand.receipts": {
            "handlers": ["receipts"],
            "level": "INFO" if ENVIRONMENT.receipts else "CRITICAL",
            "propagate": False,
        },
        "procrastinate": {"handlers": ["out"], "level": "WARNING", "propagate": False},
        "axes": {"handlers": ["out"], "level": "ERROR", "propagate": False},
        "fido2": {"handlers": ["out"], "level": "WARNING", "propagate": False},
    },
}
# Attempts are counted by name alone: behind a proxy, officers share an address.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
