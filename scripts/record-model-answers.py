"""Records what real Python and the real libraries say to the cases of fixtures/python/libraries.

    (test/requirements.txt says how to make the environment)
    .cache/venv/bin/python scripts/record-model-answers.py            # writes the answers beside them
    .cache/venv/bin/python scripts/record-model-answers.py --check    # fails if an answer is no longer true
    .cache/venv/bin/python scripts/record-model-answers.py NAME …     # only these

A file of cases is a list of groups: `import` (statements that come first), `files`, `env`, and `code`. Each
line of `code` is a case: an expression, or statements that set RESULT. A paragraph that has an indented line,
or one that starts with RESULT, is one case.

Every case runs in a process of its own, in a fresh folder, which the answers call $ROOT.
"""

import datetime
import json
import os
import pathlib
import re
import sys
import tempfile
import urllib.parse

import yaml

HERE = pathlib.Path(__file__).resolve().parent.parent / "fixtures/python/libraries"


def encode(value):
    if value is None or isinstance(value, (bool, str)) and type(value) in (bool, str):
        return value
    if type(value) is int:
        return value if abs(value) < 2**53 else {"$int": str(value)}
    if type(value) is float:
        return {"$float": repr(value)}
    if isinstance(value, bytes):
        return {"$bytes": value.decode("latin1")}
    if isinstance(value, urllib.parse.ParseResult):
        return {"$url": value.geturl()}
    if isinstance(value, os.PathLike):
        return {"$path": os.fspath(value)}
    if isinstance(value, datetime.timedelta):
        return {"$timedelta": str(value // datetime.timedelta(microseconds=1))}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, tuple):
        return {"$tuple": [encode(item) for item in value]}
    if isinstance(value, (set, frozenset)):
        return {"$set": sorted((encode(item) for item in value), key=json.dumps)}
    if isinstance(value, dict):
        return {"$dict": [[encode(key), encode(item)] for key, item in value.items()]}
    return {"$object": type(value).__name__}


def run(group, expression, root):
    for name, text in (group.get("files") or {}).items():
        path = pathlib.Path(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    code = (group.get("import") or "") + "\n"
    code += expression if "RESULT" in expression else "RESULT = " + expression
    file = pathlib.Path(root, group.get("at") or "shop/settings.py")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(code, encoding="utf-8")
    os.chdir(root)
    os.environ.clear()
    os.environ.update(group.get("env") or {})
    sys.path.insert(0, str(root))
    scope = {"__name__": "shop.settings", "__file__": str(file)}
    try:
        exec(compile(code, str(file), "exec"), scope)
        return encode(scope["RESULT"])
    except BaseException as error:
        message = "" if group.get("message") is False else str(error)
        return {"$raises": type(error).__name__, "message": message}


def answer(group, expression):
    """In a child process, so that nothing a library keeps reaches the next case."""
    with tempfile.TemporaryDirectory() as folder:
        root = os.path.realpath(folder)
        reader, writer = os.pipe()
        if os.fork() == 0:
            os.close(reader)
            sys.stdout = sys.stderr = open(os.devnull, "w")
            with open(writer, "w", encoding="utf-8") as pipe:
                pipe.write(json.dumps(run(group, expression, root)))
                pipe.flush()
                os._exit(0)
        os.close(writer)
        with open(reader, encoding="utf-8") as pipe:
            text = pipe.read()
        os.wait()
        return json.loads(re.sub(" at 0x[0-9a-f]+", "", text.replace(root, "$ROOT")))


def split(code):
    for paragraph in code.strip().split("\n\n"):
        lines = paragraph.split("\n")
        if any(line.startswith((" ", "RESULT")) for line in lines):
            yield paragraph
        else:
            yield from lines


def answers(cases):
    return [
        [{"code": code, "answer": answer(group, code)} for code in split(group["code"])] for group in cases
    ]


def main():
    names = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    stale = []
    for source in sorted(HERE.glob("*.yaml")):
        if names and source.stem not in names:
            continue
        target = HERE / "answers" / (source.stem + ".json")
        text = json.dumps(answers(yaml.safe_load(source.read_text("utf-8"))), indent=1, ensure_ascii=False) + "\n"
        if "--check" not in sys.argv:
            target.write_text(text, encoding="utf-8")
        elif not target.exists() or target.read_text("utf-8") != text:
            stale.append(source.stem)
    if stale:
        sys.exit("These answers are no longer true: " + ", ".join(stale))


main()
