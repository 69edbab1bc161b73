#!/usr/bin/env python3
"""Asks a real Django what its system checks say of the settings modules in fixtures/python/system-checks/cases.py.

    PYTHONPATH=folder/with/django python3 scripts/record-system-checks.py [--check]

Writes answers/<version>.json beside the cases, for the Django that can be imported; with --check it compares instead.
Every case runs in a process of its own, in a folder of its own. Only for systems that can fork.
"""

import importlib
import json
import os
import pathlib
import re
import sys
import tempfile
import warnings

import django
from django.core import checks

# Once, before the processes part: what every case needs and what asks for no settings.
for module in (
    "django.contrib.auth.hashers",
    "django.contrib.sessions.backends.base",
    "django.core.cache.backends.filebased",
    "django.db.models",
    "django.forms",
    "django.middleware.csrf",
    "django.template.backends.django",
    "django.urls",
    "django.views.csrf",
    "django.views.debug",
):
    importlib.import_module(module)

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "fixtures/python/system-checks"
VIEWS = "def failure(request, reason=''):\n    pass\n\n\ndef wrong(request):\n    pass\n"


def cases():
    sections = re.split(r"^# === (.*)\n", (FOLDER / "cases.py").read_text(), flags=re.M)[1:]
    found = dict(zip(sections[::2], sections[1::2]))
    base = found.pop("base")
    for name, code in found.items():
        env = dict(re.findall(r"^# env: (\w+)=(.*)$", code, flags=re.M))
        yield name, code if name.endswith("(bare)") else base + code, env


def answer(code, env):
    os.environ.clear()
    os.environ.update({"DJANGO_SETTINGS_MODULE": "settings", **env})
    pathlib.Path("settings.py").write_text(code)
    pathlib.Path("views.py").write_text(VIEWS)
    pathlib.Path("static").mkdir()
    sys.path.insert(0, os.getcwd())
    from django.conf import settings

    try:
        settings.INSTALLED_APPS
    except Exception as error:
        return {"error": type(error).__name__, "message": str(error)}
    django.setup()
    found, crashes = [], []
    # One after the other, as some raise where the settings are of a type that they do not expect.
    for check in checks.registry.registry.get_checks(include_deployment_checks=True):
        if checks.Tags.database in check.tags:
            continue
        try:
            found += check(app_configs=None, databases=None)
        except Exception as error:
            crashes.append(f"{check.__name__}: {type(error).__name__}")
    return {
        "checks": sorted({each.id for each in found if not each.is_silenced()}),
        "silenced": sorted({each.id for each in found if each.is_silenced()}),
        "crashes": sorted(crashes),
    }


def isolated(code, env):
    """The answer, from a child that may change whatever it likes."""
    read, write = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        child = os.fork()
        if child == 0:
            os.chdir(folder)
            with os.fdopen(write, "w") as pipe:
                json.dump(answer(code, env), pipe)
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as pipe:
            text = pipe.read()
        os.waitpid(child, 0)
    return json.loads(text)


def main(arguments):
    warnings.simplefilter("ignore")
    version = ".".join(map(str, django.VERSION[:2]))
    target = FOLDER / "answers" / f"{version}.json"
    found = {name: isolated(code, env) for name, code, env in cases()}
    if "--check" in arguments:
        recorded = json.loads(target.read_text())["answers"]
        stale = sorted(name for name in {*recorded, *found} if recorded.get(name) != found.get(name))
        if stale:
            sys.exit(f"Django {django.__version__} says otherwise now: {', '.join(stale)}")
    else:
        target.parent.mkdir(exist_ok=True)
        lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(said)}" for name, said in found.items())
        target.write_text('{"django": "%s", "answers": {\n%s\n}}\n' % (django.__version__, lines))
    print(f"{len(found)} cases with Django {django.__version__}")


main(sys.argv[1:])
