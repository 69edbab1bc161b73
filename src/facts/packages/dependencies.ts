/**
 * What well-known distributions bring along, from their metadata, every supported version together.
 * As of 2026-11-20, when pip agreed on the larger ones. `name[extra]` is what the extra adds; `?name` came with some versions only.
 *
 * A distribution that stands here brings nothing else that a check asks for: no Django app, no server,
 * no database driver. So an absent package can be called absent although the list is no lock.
 */
const table = `
amqp: vine
argon2-cffi: argon2-cffi-bindings cffi
argon2-cffi-bindings: cffi
asgiref: typing-extensions
async-timeout:
autobahn: txaio cryptography hyperlink
bcrypt:
beautifulsoup4: soupsieve typing-extensions
billiard:
bleach: webencodings six packaging
boto3: botocore jmespath s3transfer python-dateutil urllib3 six
botocore: jmespath python-dateutil urllib3
brotli:
celery: billiard kombu vine amqp click click-didyoumean click-repl click-plugins python-dateutil pytz tzdata exceptiongroup tzlocal
celery[redis]: redis
celery[sqs]: boto3 pycurl urllib3
certifi:
cffi: pycparser
channels: asgiref django ?daphne
channels[daphne]: daphne
channels-redis: channels redis msgpack asgiref
charset-normalizer:
click: colorama
cloudinary: six urllib3 certifi
crispy-bootstrap3: django django-crispy-forms
crispy-bootstrap4: django django-crispy-forms
crispy-bootstrap5: django django-crispy-forms
crispy-tailwind: django django-crispy-forms
cron-descriptor:
cryptography: cffi typing-extensions
daphne: asgiref autobahn twisted
defusedxml:
dj-database-url: django typing-extensions
dj-email-url:
dj-rest-auth: django djangorestframework
dj-rest-auth[with-social]: django-allauth
dj-static: static3
dj-stripe: django stripe
dj3-cloudinary-storage: cloudinary requests django
django: asgiref sqlparse pytz tzdata typing-extensions
django[argon2]: argon2-cffi
django[bcrypt]: bcrypt
django-admin-interface: django django-colorfield pillow python-slugify
django-allauth: django asgiref requests requests-oauthlib oauthlib python3-openid pyjwt cryptography
django-allauth[mfa]: fido2 qrcode
django-allauth[socialaccount]: requests requests-oauthlib oauthlib pyjwt cryptography
django-allauth[user-sessions]: django-ipware
django-anymail: django requests urllib3
django-appconf: django
django-autocomplete-light: django six
django-axes: django asgiref ?django-ipware
django-bootstrap-v5: django beautifulsoup4
django-bootstrap3: django
django-bootstrap4: django beautifulsoup4
django-bootstrap5: django
django-browser-reload: django asgiref
django-cache-url: django
django-celery-beat: django celery django-timezone-field tzdata python-crontab cron-descriptor pytz
django-celery-email: celery django-appconf django
django-celery-results: django celery
django-ckeditor: django django-js-asset pillow
django-ckeditor-5: django pillow
django-cleanup: django
django-cloudinary-storage: django cloudinary requests
django-cms: django django-classy-tags django-formtools django-treebeard django-sekizai djangocms-admin-style packaging
django-colorfield: django pillow
django-compressor: django django-appconf rcssmin rjsmin
django-compressor[brotli]:
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
django-pghistory: django django-pgtrigger
django-pgtrigger: django
django-permissions-policy: django asgiref
django-phonenumber-field: django
django-phonenumber-field[phonenumbers]: phonenumbers
django-phonenumber-field[phonenumberslite]: phonenumberslite
django-picklefield: django
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
django-toolbelt: django psycopg2 gunicorn dj-database-url dj-static
django-webpack-loader:
django-widget-tweaks:
djangorestframework: django pytz
djangorestframework-simplejwt: django djangorestframework pyjwt cryptography python-jose
djangorestframework-simplejwt[crypto]: cryptography
djoser: django djangorestframework djangorestframework-simplejwt social-auth-app-django social-auth-core asgiref
drf-nested-routers: django djangorestframework
drf-spectacular: django djangorestframework pyyaml uritemplate jsonschema inflection typing-extensions
drf-spectacular[sidecar]: drf-spectacular-sidecar
drf-yasg: django djangorestframework coreapi coreschema inflection packaging pytz pyyaml uritemplate ruamel-yaml
easy-thumbnails: django pillow
environs: marshmallow python-dotenv typing-extensions
environs[django]: dj-database-url dj-email-url django-cache-url
et-xmlfile:
fastapi: starlette pydantic typing-extensions anyio
fastapi[all]: ?fastapi-cli uvicorn httpx jinja2 python-multipart email-validator pyyaml itsdangerous orjson ujson python-dotenv
fastapi[standard]: fastapi-cli uvicorn httpx jinja2 python-multipart email-validator python-dotenv
flask: werkzeug jinja2 itsdangerous click blinker markupsafe
flower: celery tornado prometheus-client humanize pytz
gevent: greenlet zope-event zope-interface
graphene-django: django graphene graphql-core promise text-unidecode
greenlet:
gunicorn: packaging setuptools
gunicorn[eventlet]: eventlet
gunicorn[gevent]: gevent
gunicorn[gthread]:
h11:
hiredis:
honcho:
html5lib: six webencodings
httpx: anyio certifi httpcore idna
hypercorn: h11 h2 priority wsproto
idna:
itsdangerous:
jinja2: markupsafe
jmespath:
kombu: amqp vine tzdata packaging
lxml:
markdown:
markupsafe:
mysqlclient:
oauthlib:
openpyxl: et-xmlfile
packaging:
phonenumbers:
pillow:
pip:
pip-tools: pip setuptools wheel click build
pipenv: certifi setuptools virtualenv
poetry: requests packaging tomlkit virtualenv
psutil:
psycopg: typing-extensions tzdata
psycopg[binary]: psycopg-binary
psycopg[c]: psycopg-c
psycopg[pool]: psycopg-pool
psycopg-binary:
psycopg-c:
psycopg-pool: typing-extensions
psycopg2:
psycopg2-binary:
psycopg2-binary[pool]:
pycparser:
pydantic: pydantic-core typing-extensions annotated-types typing-inspection
pyjwt: cryptography typing-extensions
pyjwt[crypto]: cryptography
pylibmc:
pymemcache: six
pymysql:
python-crontab: python-dateutil
python-dateutil: six
python-decouple:
python-dotenv:
python-slugify: text-unidecode
pytz:
pyyaml:
qrcode: pypng typing-extensions
rcssmin:
redis: async-timeout
redis[hiredis]: hiredis
requests: urllib3 idna certifi charset-normalizer chardet
rjsmin:
rq: redis click croniter
s3transfer: botocore
sentry-sdk: certifi urllib3
sentry-sdk[celery]: celery
sentry-sdk[django]:
sentry-sdk[opentelemetry]: opentelemetry-distro
setuptools:
six:
social-auth-app-django: django social-auth-core asgiref
social-auth-core: requests oauthlib requests-oauthlib pyjwt cryptography defusedxml python3-openid
sorl-thumbnail:
soupsieve:
sqlparse:
static3:
stripe: requests typing-extensions
tablib:
text-unidecode:
typing-extensions:
tzdata:
urllib3:
uv:
uvicorn: click h11 typing-extensions
uvicorn[standard]: httptools python-dotenv pyyaml uvloop watchfiles websockets
uvicorn-worker: uvicorn gunicorn
vine:
wagtail: django django-modelcluster django-taggit django-treebeard djangorestframework django-filter pillow beautifulsoup4 requests willow openpyxl xlsxwriter html5lib l18n draftjs-exporter telepath laces permissionedforms anyascii ?django-tasks django-permissionedforms ?modelsearch ?django-ninja ?pydantic ?swapper
waitress:
webencodings:
werkzeug: markupsafe
wheel:
whitenoise: brotli
whitenoise[brotli]: brotli
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

/** Whether everything that a requirement brings is known, its extras included. */
export function isCharted({ name, extras }: Asked): boolean {
  return brings.has(name) && extras.every((extra) => brings.has(`${name}[${extra}]`));
}

interface Asked {
  readonly name: string;
  readonly extras: readonly string[];
}

/** What is installed along with these: `surely`, and with `perhaps` by some of their versions. */
export function along(requirements: Iterable<Asked>) {
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
