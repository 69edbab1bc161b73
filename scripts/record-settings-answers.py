"""Records what real Python and Django make of the settings modules of fixtures/python/settings.

    (test/requirements.txt says how to make the environment)
    .cache/venv/bin/python scripts/record-settings-answers.py            # writes the answers beside them
    .cache/venv/bin/python scripts/record-settings-answers.py --check    # fails if an answer is no longer true
    .cache/venv/bin/python scripts/record-settings-answers.py NAME …     # only these
    another/python         scripts/record-settings-answers.py --print    # says the answers, writes nothing

A fixture is a small project in one file: each of its files under a line `# ── path`. Before the first of
them stand, as comments, `module: x.y` (default: settings), `env: NAME=value` (a variable of the environment;
`env also:` begins another environment), `opaque: NAME` for what nobody can know, and `unknown: id` for system
checks that it decides. The answer is, for each environment, how the import ended: the exception and the line
of the project that raised it; or what every name holds, unless it came from a library, and what Django says
of it: that it refuses the settings, or the ids of its system checks with --deploy.
"""

import datetime
import decimal
import enum
import importlib
import json
import os
import pathlib
import re
import sys
import tempfile
import traceback
import types
import warnings

import django.apps
import django.conf
import django.utils.functional
import django.utils.translation
from django.core import checks

# Once, before the processes part: what the checks need and what asks for no settings.
for module in (
    "django.contrib.sessions.backends.base",
    "django.contrib.staticfiles",
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

HERE = pathlib.Path(__file__).resolve().parent.parent / "fixtures/python/settings"


def encode(value, depth=0):
    if depth > 12:
        return {"$object": "deep"}
    inner = lambda item: encode(item, depth + 1)
    kind = type(value)
    if value is None or kind in (bool, str):
        return value
    if isinstance(value, enum.Enum):
        return {"$enum": f"{kind.__name__}.{value.name}"}
    if kind is int:
        return value if abs(value) < 2**53 else {"$int": str(value)}
    if kind is float:
        return {"$float": repr(value)}
    if kind is bytes:
        return {"$bytes": value.decode("latin1")}
    if isinstance(value, os.PathLike):
        return {"$path": os.fspath(value)}
    if kind is datetime.timedelta:
        return {"$timedelta": str(value // datetime.timedelta(microseconds=1))}
    if kind is re.Pattern:
        return {"$regex": value.pattern}
    if kind in (decimal.Decimal, complex):
        return {"$number": str(value)}
    if isinstance(value, (types.FunctionType, type)):
        return {"$object": f"{value.__module__}.{value.__qualname__}"}
    if isinstance(value, list):
        return [inner(item) for item in value]
    if type(value).__name__ in ("ParseResult", "SplitResult"):
        return {"$url": value.geturl()}
    if isinstance(value, tuple):
        return {"$tuple": [inner(item) for item in value]}
    if isinstance(value, (set, frozenset)):
        return {"$set": sorted((inner(item) for item in value), key=json.dumps)}
    if isinstance(value, dict):
        return {"$dict": [[inner(key), inner(item)] for key, item in value.items() if key != "__builtins__"]}
    if isinstance(value, str) or type(value).__name__ == "__proxy__":
        return str(value)
    return {"$object": type(value).__name__}


def parse(text):
    head, *parts = re.split(r"^# ── ", text, flags=re.M)
    files = {part.split("\n", 1)[0].strip(): part.split("\n", 1)[1] for part in parts}
    module, opaque, environments = "settings", [], [{}]
    for line in head.splitlines():
        said = re.match(r"# (module|opaque|env|env also): ?(.*)", line)
        if said is None:
            continue
        key, rest = said.groups()
        if key == "module":
            module = rest
        elif key == "opaque":
            opaque += rest.split()
        else:
            if key == "env also":
                environments.append({})
            name, sign, content = rest.partition("=")
            if sign:
                environments[-1][name] = content.replace("\\n", "\n")
    return {"files": files, "module": module, "opaque": opaque, "environments": environments}


def run(fixture, environment, root):
    for name, text in fixture["files"].items():
        path = pathlib.Path(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    os.chdir(root)
    os.environ.clear()
    os.environ.update({"DJANGO_SETTINGS_MODULE": fixture["module"], **environment})
    sys.path[0] = str(root)
    sys.argv = ["manage.py", "check", "--deploy"]
    sys.dont_write_bytecode = True
    try:
        if "DJANGO_CONFIGURATION" in environment:
            importlib.import_module("configurations.importer").install()
        __import__(fixture["module"])
    except BaseException as raised:
        # pydantic adds the input and an address with its version.
        message = re.sub(r" \[type=.*\n.*errors\.pydantic\.dev.*", "", str(raised))
        return {"error": [type(raised).__name__, message], "at": place(raised, root)}
    if not django.conf.settings.configured:
        # So that translations can be shown.
        django.conf.settings.configure(USE_I18N=False)
    names = vars(sys.modules[fixture["module"]])
    shown = {
        name: encode(value)
        for name, value in sorted(names.items())
        if not name.startswith("__") and name not in fixture["opaque"] and is_own(value, root)
    }
    return {"names": shown, **judged(fixture["module"])}


def place(raised, root):
    """The innermost line of the project: where a traceback's reader would look."""
    if isinstance(raised, SyntaxError) and str(raised.filename).startswith(root):
        return f"{os.path.relpath(raised.filename, root)}:{raised.lineno}"
    frames = [frame for frame in traceback.extract_tb(raised.__traceback__) if frame.filename.startswith(root)]
    return f"{os.path.relpath(frames[-1].filename, root)}:{frames[-1].lineno}" if frames else None


def judged(module):
    """What Django says of settings that import. Of the apps, only those that register checks of settings are set up."""
    django.conf.settings._wrapped = django.utils.functional.empty
    vars(django.utils.translation._trans).clear()
    try:
        settings = django.conf.Settings(module)
    except Exception as error:
        return {"refused": [type(error).__name__, str(error)]}
    apps = [app for app in settings.INSTALLED_APPS if app in ("django.contrib.sites", "django.contrib.staticfiles")]
    # No driver is installed for most databases, and no check asks for one.
    settings.DATABASES = {}
    django.conf.settings._wrapped = settings
    django.apps.apps.populate(apps)
    found = []
    for check in checks.registry.registry.get_checks(include_deployment_checks=True):
        try:
            found += [] if checks.Tags.database in check.tags else check(app_configs=None, databases=None)
        except Exception:
            # It asks for a package that is not installed.
            continue
    return {
        "checks": sorted({each.id for each in found if not each.is_silenced()}),
        "silenced": sorted({each.id for each in found if each.is_silenced()}),
    }


def is_own(value, root):
    """Whether a value is data, or a function or class of the project."""
    if isinstance(value, types.ModuleType) or isinstance(encode(value), dict) and "$object" in encode(value):
        module = sys.modules.get(getattr(value, "__module__", None))
        return isinstance(value, (types.FunctionType, type)) and str(getattr(module, "__file__", "")).startswith(root)
    return True


def answer(fixture, environment):
    """In a child process, so that nothing a library keeps reaches the next case."""
    with tempfile.TemporaryDirectory() as folder:
        root = os.path.realpath(folder)
        reader, writer = os.pipe()
        if os.fork() == 0:
            os.close(reader)
            sys.stdout = sys.stderr = open(os.devnull, "w")
            with open(writer, "w", encoding="utf-8") as pipe:
                pipe.write(json.dumps(run(fixture, environment, root)))
                pipe.flush()
                os._exit(0)
        os.close(writer)
        with open(reader, encoding="utf-8") as pipe:
            text = pipe.read()
        os.wait()
        return json.loads(re.sub(" at 0x[0-9a-f]+", "", text.replace(root, "$ROOT")))


def main():
    warnings.simplefilter("ignore")
    names = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    stale, all_answers = [], {}
    for source in sorted(HERE.glob("*.py")):
        if names and source.stem not in names:
            continue
        fixture = parse(source.read_text("utf-8"))
        answers = [answer(fixture, environment) for environment in fixture["environments"]]
        target = HERE / "answers" / (source.stem + ".json")
        text = json.dumps(answers, indent=1, ensure_ascii=False) + "\n"
        if "--print" in sys.argv:
            all_answers[source.stem] = answers
        elif "--check" not in sys.argv:
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8")
        elif not target.exists() or target.read_text("utf-8") != text:
            stale.append(source.stem)
    if "--print" in sys.argv:
        version = ".".join(map(str, sys.version_info[:2]))
        print(json.dumps({"django": django.__version__, "python": version, "answers": all_answers}))
    if stale:
        sys.exit("These answers are no longer true: " + ", ".join(stale))


if __name__ == "__main__":
    main()
