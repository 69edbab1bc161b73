# env:
# env also: DJANGO_DEBUG=true
# env: DJANGO_PORT=8000
# env: DJANGO_HOSTS=["a", "b"]
# env: DJANGO_NAME=plain text
# env: FEATURE_CHAT=on
# env: FEATURE_SEARCH=0
# env: DB_MAIN_HOST=pg
# env: DB_MAIN_NAME=shop
# env: DB_LOG_HOST=pg2
# ── settings.py
import ast
import json
import os
import re
from collections import defaultdict

PREFIX = "DJANGO_"
for key, value in sorted(os.environ.items()):
    if key.startswith(PREFIX) and key != "DJANGO_SETTINGS_MODULE":
        try:
            parsed = json.loads(value)
        except json.JSONDecodeError:
            parsed = value
        globals()[key[len(PREFIX):]] = parsed

FEATURES = {
    key.removeprefix("FEATURE_").lower(): value.lower() in {"1", "on", "true", "yes"}
    for key, value in os.environ.items()
    if key.startswith("FEATURE_")
}
databases = defaultdict(dict)
for key in os.environ:
    match = re.fullmatch(r"DB_(?P<alias>[A-Z]+)_(?P<field>HOST|NAME)", key)
    if match:
        databases[match["alias"].lower()][match.group("field")] = os.environ[key]
DATABASES = {alias: {"ENGINE": "django.db.backends.postgresql", **conf} for alias, conf in sorted(databases.items())}
COUNT = len([k for k in os.environ if k.startswith("FEATURE_")])
ON = [name for name, on in sorted(FEATURES.items()) if on]
LITERAL = ast.literal_eval(os.environ.get("LITERAL", "{'a': (1, 2.5, None)}"))
COPY = {k: v for k, v in os.environ.copy().items() if k == "DJANGO_NAME"}
ALL = any(FEATURES.values()), all(FEATURES.values())
if FEATURES.get("chat"):
    INSTALLED_APPS = ["chat"]
else:
    INSTALLED_APPS = []
