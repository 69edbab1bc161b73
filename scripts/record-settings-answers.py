"""Records what real Python and Django make of the settings modules of fixtures/python/settings.

    (test/requirements.txt says how to make the environment)
    .cache/venv/bin/python scripts/record-settings-answers.py            # writes the answers beside them
    .cache/venv/bin/python scripts/record-settings-answers.py --check    # fails if an answer is no longer true
    .cache/venv/bin/python scripts/record-settings-answers.py NAME …     # only these

A fixture is a small project in one file: each of its files under a line `# ── path`. Before the first of
them stand, as comments, `module: x.y` (default: settings), `env: NAME=value` (one environment; each such
block of lines, ended by an empty comment, is another) and `opaque: NAME` for what nobody can know. The
answer is, for each environment, how the import ended and what every name holds, unless it came from a
library.
"""

import datetime
import decimal
import enum
import json
import os
import pathlib
import re
import sys
import tempfile
import types

import django.conf

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
    if type(value).__name__ == "ParseResult":
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
    error = None
    try:
        __import__(fixture["module"])
    except BaseException as raised:
        # pydantic adds the input and an address with its version.
        message = re.sub(r" \[type=.*\n.*errors\.pydantic\.dev.*", "", str(raised))
        return {"error": [type(raised).__name__, message]}
    if "django" in sys.modules:
        # So that translations can be shown.
        sys.modules["django"].conf.settings.configure(USE_I18N=False)
    names = vars(sys.modules[fixture["module"]])
    return {
        "names": {
            name: encode(value)
            for name, value in sorted(names.items())
            if not name.startswith("__") and name not in fixture["opaque"] and is_own(value, root)
        }
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
    names = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    stale = []
    for source in sorted(HERE.glob("*.py")):
        if names and source.stem not in names:
            continue
        fixture = parse(source.read_text("utf-8"))
        answers = [answer(fixture, environment) for environment in fixture["environments"]]
        target = HERE / "answers" / (source.stem + ".json")
        text = json.dumps(answers, indent=1, ensure_ascii=False) + "\n"
        if "--check" not in sys.argv:
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8")
        elif not target.exists() or target.read_text("utf-8") != text:
            stale.append(source.stem)
    if stale:
        sys.exit("These answers are no longer true: " + ", ".join(stale))


if __name__ == "__main__":
    main()
