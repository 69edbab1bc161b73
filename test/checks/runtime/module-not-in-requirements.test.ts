import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/module-not-in-requirements.ts";
import { fixes, told } from "../../support/told.ts";

const project = (settings: string, requirements: string, more: Readonly<Record<string, string>> = {}) => ({
  Procfile: "web: gunicorn shop.wsgi\n",
  "shop/__init__.py": "",
  "shop/settings.py": `${settings}\nROOT_URLCONF = "shop.urls"\n`,
  "requirements.txt": requirements,
  ...more,
});
const missing = (module: string, distribution: string) =>
  `${module}, and requirements.txt does not install ${distribution}`;

test.each([
  [
    'INSTALLED_APPS = ["django.contrib.auth", "corsheaders"]',
    `1:42 INSTALLED_APPS names "corsheaders"`,
    "django-cors-headers",
  ],
  [
    'MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware"]',
    `1:15 MIDDLEWARE names "whitenoise.middleware.WhiteNoiseMiddleware"`,
    "whitenoise",
  ],
  [
    'STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}',
    `1:40 STORAGES names "whitenoise.storage.CompressedManifestStaticFilesStorage"`,
    "whitenoise",
  ],
  [
    'AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend"]',
    `1:28 AUTHENTICATION_BACKENDS names "axes.backends.AxesStandaloneBackend"`,
    "django-axes",
  ],
  [
    'EMAIL_BACKEND = "anymail.backends.mailgun.EmailBackend"',
    `1:17 EMAIL_BACKEND names "anymail.backends.mailgun.EmailBackend"`,
    "django-anymail",
  ],
  [
    'CACHES = {"default": {"BACKEND": "django_redis.cache.RedisCache"}}',
    `1:34 CACHES names "django_redis.cache.RedisCache"`,
    "django-redis",
  ],
  [
    'CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}',
    `1:34 CACHES names "django.core.cache.backends.redis.RedisCache"`,
    "redis",
  ],
  [
    'REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework_simplejwt.authentication.JWTAuthentication"]}',
    `1:54 REST_FRAMEWORK names "rest_framework_simplejwt.authentication.JWTAuthentication"`,
    "djangorestframework-simplejwt",
  ],
  ["import sentry_sdk", "1:1 shop/settings.py imports sentry_sdk", "sentry-sdk"],
])("%s", async (settings, what, distribution) => {
  expect(await told(check, project(settings, "django\ngunicorn\n"))).toEqual([
    `error certain shop/settings.py:${missing(what, distribution)}`,
  ]);
});

test("one finding for each package, with the line to add", async () => {
  const settings =
    'INSTALLED_APPS = ["corsheaders", "rest_framework"]\nMIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]';
  expect(await fixes(check, project(settings, "django\ngunicorn\n"))).toEqual([
    "# requirements.txt\ndjango-cors-headers",
    "# requirements.txt\ndjangorestframework",
  ]);
});

test.each<[string, string, string, Readonly<Record<string, string>>]>([
  [
    "an app of the project",
    'INSTALLED_APPS = ["shop", "accounts"]',
    "django\n",
    { "accounts/__init__.py": "" },
  ],
  [
    "an app below a folder of apps",
    'INSTALLED_APPS = ["taggit"]',
    "django\n",
    { "apps/taggit/__init__.py": "" },
  ],
  ["Python's own", "import os, logging.config\nfrom pathlib import Path\nimport zoneinfo", "django\n", {}],
  [
    "what another package brings",
    'INSTALLED_APPS = ["wagtail", "taggit", "modelcluster", "rest_framework"]',
    "wagtail\n",
    {},
  ],
  [
    "what a lock holds",
    'INSTALLED_APPS = ["taggit"]',
    "asgiref==3\ndjango==5.2\nsqlparse==0.5\ndjango-taggit==6\n",
    {},
  ],
  ["an import that may fail", "try:\n    import sentry_sdk\nexcept ImportError:\n    pass", "django\n", {}],
  [
    "an app that only DEBUG adds",
    'import os\nDEBUG = os.environ.get("DEBUG") == "1"\nINSTALLED_APPS = ["django.contrib.auth"]\nif DEBUG:\n    INSTALLED_APPS += ["debug_toolbar"]',
    "django\n",
    {},
  ],
  ["another distribution of the module", 'INSTALLED_APPS = ["captcha"]', "django\ndjango-recaptcha<4\n", {}],
  [
    "a hasher that waits for old passwords",
    'PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", "django.contrib.auth.hashers.Argon2PasswordHasher"]',
    "django\n",
    {},
  ],
  [
    "a short name in a handler",
    'LOGGING = {"version": 1, "handlers": {"console": {"class": "logging.StreamHandler"}}}',
    "django\n",
    {},
  ],
])("%s is fine", async (_, settings, requirements, more) => {
  expect(await told(check, project(settings, requirements, more))).toEqual(["passed"]);
});

test.each([
  ['INSTALLED_APPS = ["shiny_thing"]', "django\n", "shiny_thing"],
  ["import requests", "django\nsome-library\n", "requests"],
])("%s with %j is unknown", async (settings, requirements, name) => {
  const [line] = await told(check, project(settings, requirements));
  expect(line).toMatch(/^unknown shop\/settings\.py:1:\d+ /);
  expect(line).toContain(`it is not known whether ${name} will be installed`);
});

test("what is for development unless a variable says otherwise is a warning", async () => {
  const apps = 'import os\nINSTALLED_APPS = ["django.contrib.auth"]\n';
  const added = (condition: string) => `${apps}if ${condition}:\n    INSTALLED_APPS += ["debug_toolbar"]`;
  const by = async (condition: string) =>
    (await told(check, project(added(condition), "django\ngunicorn\n")))[0];
  expect(await by('os.environ.get("ENVIRONMENT", "LOCAL") == "LOCAL"')).toMatch(/^warning .*ENVIRONMENT/s);
  expect(await by('os.environ.get("DEV_TOOLS", "True") == "True"')).toMatch(/^warning/);
  const insists = `${apps}import json\nif os.environ.get("STAGE") == "production":\n    URL = json.loads(os.environ["SERVICES"])["url"]\n    if not URL.startswith("https:"):\n        raise ValueError(URL)\nelse:\n    INSTALLED_APPS += ["debug_toolbar"]`;
  expect((await told(check, project(insists, "django\ngunicorn\n")))[0]).toMatch(/^warning/);
  expect(await by('os.environ.get("COLOUR", "red") == "red"')).toMatch(/^error/);
});
