"""What real Django answers each path of each project with: its status, as a word. Read from stdin, written to stdout."""

import json
import sys
import tempfile
from pathlib import Path

import django
from django.conf import settings
from django.test import Client, override_settings
from django.urls import clear_url_caches

settings.configure(ALLOWED_HOSTS=["*"], SECRET_KEY="test", ROOT_URLCONF="none")
django.setup()

words = {200: "yes", 301: "slash", 302: "no", 404: "no"}


def answers(project):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in project["files"].items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        sys.path.insert(0, folder)
        names = {}
        exec(Path(folder, "shop/settings.py").read_text(), names)
        chosen = {name: value for name, value in names.items() if name.isupper()}
        with override_settings(**chosen):
            clear_url_caches()
            found = {path: words[Client().get(path).status_code] for path in project["paths"]}
        sys.path.remove(folder)
        for name, module in list(sys.modules.items()):
            if (getattr(module, "__file__", None) or "").startswith(folder):
                del sys.modules[name]
        return found


print(json.dumps([answers(project) for project in json.load(sys.stdin)]))
