#!/usr/bin/env python3
"""Records the defaults of Django's settings, version by version, from the real packages.

    python3 scripts/record-django-defaults.py 3.2 4.2 5.0 5.1 5.2 6.0 6.1

Downloads the newest wheel of each version, reads django/conf/global_settings.py from it, and writes
src/python/models/data/django-settings.json: for each setting, what it was from which version on. Tuples are
{"$tuple": [...]}. A setting that a version does not have is marked by {"$absent": true}.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile

TARGET = pathlib.Path(__file__).resolve().parent.parent / "src/python/models/data/django-settings.json"


def plain(value):
    if isinstance(value, tuple):
        return {"$tuple": [plain(item) for item in value]}
    if isinstance(value, (list, set)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"a default of a type that JSON does not have: {value!r}")


def defaults(version, folder):
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    command += ["--python-version", "3.13", "--dest", folder, f"Django=={version}.*"]
    subprocess.run(command, check=True)
    wheel = next(pathlib.Path(folder).glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        source = archive.read("django/conf/global_settings.py").decode()
    names = {}
    exec(compile(source, "global_settings.py", "exec"), names)
    exact = wheel.name.split("-")[1]
    return exact, {name: plain(value) for name, value in names.items() if name.isupper()}


def main(versions):
    recorded, sources = {}, {}
    for version in versions:
        with tempfile.TemporaryDirectory() as folder:
            sources[version], found = defaults(version, folder)
        for name in sorted({*recorded, *found}):
            value = found.get(name, {"$absent": True})
            history = recorded.setdefault(name, [] if version == versions[0] else [{"since": versions[0], "value": {"$absent": True}}])
            if not history or history[-1]["value"] != value:
                history.append({"since": version, "value": value})
    document = {"source": sources, "settings": dict(sorted(recorded.items()))}
    TARGET.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{len(recorded)} settings of Django {', '.join(sources.values())}")


if __name__ == "__main__":
    main(sys.argv[1:])
