/**
 * What well-known distributions bring along, from their metadata, every supported version together.
 * As of 2026-11-20. `name[extra]` is what the extra adds; `?name` came with some versions only.
 *
 * A distribution that stands here brings nothing else that a check asks for: no Django app, no server,
 * no database driver. So an absent package can be called absent although the list is no lock.
 */
const table = `
amqp: vine
argon2-cffi: argon2-cffi-bindings cffi
asgiref: typing-extensions
autobahn: txaio cryptography hyperlink
beautifulsoup4: soupsieve
bleach: webencodings six packaging
boto3: botocore jmespath s3transfer python-dateutil urllib3 six
celery: billiard kombu vine amqp click click-didyoumean click-repl click-plugins python-dateutil pytz tzdata exceptiongroup
celery[redis]: redis
channels: asgiref django ?daphne
channels[daphne]: daphne
channels-redis: channels redis msgpack asgiref
cloudinary: six urllib3 certifi
crispy-bootstrap3: django django-crispy-forms
crispy-bootstrap4: django django-crispy-forms
crispy-bootstrap5: django django-crispy-forms
crispy-tailwind: django django-crispy-forms
daphne: asgiref autobahn twisted
dj-database-url: django typing-extensions
dj-rest-auth: django djangorestframework
dj-rest-auth[with-social]: django-allauth
dj-static: static3
dj-stripe: django stripe
django: asgiref sqlparse pytz tzdata typing-extensions
django[argon2]: argon2-cffi
django[bcrypt]: bcrypt
django-admin-interface: django django-colorfield pillow python-slugify
django-allauth: django asgiref requests requests-oauthlib oauthlib python3-openid pyjwt cryptography
django-allauth[mfa]: fido2 qrcode
django-anymail: django requests urllib3
django-autocomplete-light: django six
django-axes: django asgiref ?django-ipware
django-bootstrap-v5: django beautifulsoup4
django-bootstrap3: django
django-bootstrap4: django beautifulsoup4
django-bootstrap5: django
django-browser-reload: django asgiref
django-celery-beat: django celery django-timezone-field tzdata python-crontab cron-descriptor pytz
django-celery-results: django celery
django-ckeditor: django django-js-asset pillow
django-ckeditor-5: django pillow
django-cleanup: django
django-cloudinary-storage: django cloudinary requests
django-cms: django django-classy-tags django-formtools django-treebeard django-sekizai djangocms-admin-style packaging
django-colorfield: django pillow
django-compressor: django django-appconf rcssmin rjsmin
django-constance: django ?django-picklefield ?redis
django-cors-headers: django asgiref
django-countries: asgiref typing-extensions
django-crispy-forms: django
django-csp: django packaging
django-debug-toolbar: django sqlparse
django-environ:
django-extensions: django
django-filer: django django-mptt django-polymorphic easy-thumbnails unidecode svglib
django-filter: django
django-formtools: django
django-guardian: django typing-extensions
django-heroku: dj-database-url whitenoise psycopg2 django
django-hijack: django
django-htmx: django asgiref
django-imagekit: django-appconf pilkit pillow
django-import-export: django tablib diff-match-patch
django-jazzmin: django
django-js-asset: django
django-markdownx: django markdown pillow
django-model-utils: django
django-modelcluster: django pytz
django-money: django py-moneyed
django-mptt: django django-js-asset
django-ninja: django pydantic
django-oauth-toolkit: django requests oauthlib jwcrypto
django-on-heroku: dj-database-url whitenoise psycopg2-binary ?psycopg2 django
django-oscar: django django-extra-views django-haystack django-treebeard babel purl phonenumbers django-phonenumber-field django-tables2 django-widget-tweaks factory-boy pillow ?sorl-thumbnail ?easy-thumbnails
django-otp: django
django-permissions-policy: django asgiref
django-phonenumber-field: django
django-phonenumber-field[phonenumbers]: phonenumbers
django-phonenumber-field[phonenumberslite]: phonenumberslite
django-polymorphic: django
django-prometheus: django prometheus-client
django-ratelimit:
django-recaptcha: django
django-redis: django redis
django-redis[hiredis]: hiredis
django-rest-framework: djangorestframework
django-rest-knox: django djangorestframework cryptography
django-reversion: django
django-rq: django rq redis
django-select2: django django-appconf
django-ses: django boto3 pytz
django-silk: django sqlparse autopep8 gprof2dot jinja2 python-dateutil requests pytz
django-simple-captcha: django pillow django-ranged-response
django-simple-history: django asgiref
django-storages: django
django-storages[azure]: azure-storage-blob azure-core
django-storages[boto3]: boto3
django-storages[google]: google-cloud-storage
django-storages[s3]: boto3
django-summernote: django bleach
django-tables2: django
django-taggit: django
django-tailwind: django
django-timezone-field: django pytz
django-tinymce: django
django-treebeard: django
django-two-factor-auth: django django-otp django-formtools django-phonenumber-field qrcode
django-unfold: django
django-vite: django
django-waffle: django
django-webpack-loader:
django-widget-tweaks:
djangorestframework: django pytz
djangorestframework-simplejwt: django djangorestframework pyjwt cryptography python-jose
djoser: django djangorestframework djangorestframework-simplejwt social-auth-app-django social-auth-core asgiref
drf-nested-routers: django djangorestframework
drf-spectacular: django djangorestframework pyyaml uritemplate jsonschema inflection
drf-spectacular[sidecar]: drf-spectacular-sidecar
drf-yasg: django djangorestframework coreapi coreschema inflection packaging pytz pyyaml uritemplate ruamel-yaml
easy-thumbnails: django pillow
environs: marshmallow python-dotenv typing-extensions
environs[django]: dj-database-url dj-email-url django-cache-url
fastapi: starlette pydantic typing-extensions anyio
fastapi[all]: uvicorn httpx jinja2 python-multipart email-validator pyyaml itsdangerous orjson ujson python-dotenv
fastapi[standard]: uvicorn httpx jinja2 python-multipart email-validator python-dotenv
flask: werkzeug jinja2 itsdangerous click blinker markupsafe
gevent: greenlet zope-event zope-interface
graphene-django: django graphene graphql-core promise text-unidecode
gunicorn: packaging setuptools
gunicorn[eventlet]: eventlet
gunicorn[gevent]: gevent
gunicorn[gthread]:
honcho:
hypercorn: h11 h2 priority wsproto
kombu: amqp vine tzdata packaging
markdown:
mysqlclient:
oauthlib:
pillow:
pip:
pip-tools: pip setuptools wheel click build
pipenv: certifi setuptools virtualenv
poetry: requests packaging tomlkit virtualenv
psycopg: typing-extensions tzdata
psycopg[binary]: psycopg-binary
psycopg[c]: psycopg-c
psycopg[pool]: psycopg-pool
psycopg2:
psycopg2-binary:
pydantic: pydantic-core typing-extensions annotated-types
pyjwt: cryptography
pymysql:
python-dateutil: six
python-decouple:
python-dotenv:
pytz:
pyyaml:
redis: async-timeout
redis[hiredis]: hiredis
requests: urllib3 idna certifi charset-normalizer chardet
rq: redis click croniter
sentry-sdk: certifi urllib3
setuptools:
six:
social-auth-app-django: django social-auth-core
social-auth-core: requests oauthlib requests-oauthlib pyjwt cryptography defusedxml python3-openid
sorl-thumbnail:
sqlparse:
stripe: requests typing-extensions
typing-extensions:
tzdata:
uv:
uvicorn: click h11 typing-extensions
uvicorn[standard]: httptools python-dotenv pyyaml uvloop watchfiles websockets
uvicorn-worker: uvicorn gunicorn
wagtail: django django-modelcluster django-taggit django-treebeard djangorestframework django-filter pillow beautifulsoup4 requests willow openpyxl xlsxwriter html5lib l18n draftjs-exporter telepath laces permissionedforms anyascii ?django-tasks
waitress:
wheel:
whitenoise: brotli
`;

const brings: ReadonlyMap<string, readonly string[]> = new Map(
  table
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", names = ""] = line.split(":");
      return [name, names.trim().split(/\s+/).filter(Boolean)];
    }),
);

/** Whether everything that a distribution brings is known. */
export function isCharted(name: string): boolean {
  return brings.has(name);
}

/** What is installed along with these: `surely`, and with `perhaps` by some of their versions. */
export function along(requirements: Iterable<{ readonly name: string; readonly extras: readonly string[] }>) {
  const surely = new Set<string>();
  const perhaps = new Set<string>();
  const queue = [...requirements].flatMap(({ name, extras }) => [
    name,
    ...extras.map((extra) => `${name}[${extra}]`),
  ]);
  for (let each = queue.pop(); each !== undefined; each = queue.pop()) {
    for (const brought of brings.get(each) ?? []) {
      if (brought.startsWith("?")) perhaps.add(brought.slice(1));
      else if (!surely.has(brought)) {
        surely.add(brought);
        queue.push(brought);
      }
    }
  }
  return { surely, perhaps };
}

/** Libraries of which each brings only libraries like itself: no Django app, no server, no driver. As of 2026-11-20. */
const plain: ReadonlySet<string> = new Set(
  `aiohttp anthropic arrow attrs authlib azure-identity azure-storage-blob babel backoff bcrypt black boltons
  botocore brotli brotlipy cachetools certifi cffi chardet charset-normalizer click colorama coverage cryptography
  cssselect cycler decorator defusedxml docutils email-validator et-xmlfile factory-boy faker feedparser filelock
  flake8 fonttools freezegun future geopy google-api-python-client google-auth google-cloud-storage greenlet h11
  hiredis html5lib httplib2 httpx humanize idna importlib-metadata inflection iniconfig ipython isort
  itsdangerous jinja2 jmespath joblib jsonschema kiwisolver lxml markdown markdown2 markupsafe matplotlib mccabe
  mistune mock msgpack mypy nltk numpy oauthlib openai openpyxl orjson packaging pandas paramiko
  passlib pathspec pexpect phonenumbers phonenumberslite pip pip-tools platformdirs plotly pluggy
  pre-commit protobuf psutil py pyasn1 pycodestyle pycountry pycparser pydantic pyflakes pygments
  pylint pymongo pyopenssl pyparsing pypdf pypdf2 pytest pytest-cov pytest-django python-magic
  python-slugify python3-openid qrcode regex reportlab requests-oauthlib rsa ruff s3transfer scikit-learn scipy
  selenium simplejson soupsieve sqlalchemy svglib tablib tenacity text-unidecode toml tomli tornado tqdm
  twilio tzlocal ua-parser unidecode uritemplate urllib3 user-agents vine watchdog webencodings werkzeug wrapt xlrd
  xlsxwriter xlwt xmltodict zipp`
    .trim()
    .split(/\s+/),
);

/** Whether a distribution can bring no Django app, no server and no driver but those that `along` tells. */
export function bringsNoApp(name: string): boolean {
  return brings.has(name) || plain.has(name);
}
