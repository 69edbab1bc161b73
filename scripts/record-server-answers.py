"""Asks gunicorn and hypercorn how they understand the cases of fixtures/servers/cases.json.

    python3 -m venv /tmp/servers && /tmp/servers/bin/pip install gunicorn hypercorn
    /tmp/servers/bin/python scripts/record-server-answers.py

Writes fixtures/servers/answers.json: what each server settles on, and which version said so.
"""

import importlib.metadata
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).parent.parent / "fixtures/servers"

GUNICORN = """
import json, sys
from gunicorn.app.wsgiapp import WSGIApplication
cfg = WSGIApplication().cfg
names = "bind workers threads timeout graceful_timeout keepalive reload preload_app daemon forwarded_allow_ips accesslog max_requests raw_env"
# As it is set: with threads, "sync" runs as gthread.
worker = {"worker_class": cfg.settings["worker_class"].get()}
print(json.dumps({name: getattr(cfg, name) for name in names.split()} | worker))
"""

HYPERCORN = """
import json, sys
import hypercorn.__main__ as main
def run(config):
    names = "bind workers graceful_timeout keep_alive_timeout worker_class use_reloader accesslog max_requests"
    print(json.dumps({name: getattr(config, name) for name in names.split()}))
    return 0
main.run = run
main.main(sys.argv[1:])
"""


def ask(case):
    program, *args = shlex.split(case["command"])
    with tempfile.TemporaryDirectory() as folder:
        for path, text in {"app.py": "def application(*_): pass\n", **case["files"]}.items():
            file = pathlib.Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": folder, **case["env"]}
        code = GUNICORN if program == "gunicorn" else HYPERCORN
        done = subprocess.run(
            [sys.executable, "-c", code, *args], cwd=folder, env=env, capture_output=True, text=True
        )
        if done.returncode != 0:
            raise SystemExit(f"{case['name']}: {done.stderr}")
        return json.loads(done.stdout.strip().splitlines()[-1])


cases = json.loads((FOLDER / "cases.json").read_text())
answers = {
    "versions": {name: importlib.metadata.version(name) for name in ("gunicorn", "hypercorn")},
    "answers": [{"command": case["command"], "name": case["name"], "says": ask(case)} for case in cases],
}
(FOLDER / "answers.json").write_text(json.dumps(answers, indent=1) + "\n")
