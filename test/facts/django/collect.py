"""Collects small folders of static files, each by itself, and prints how that ends.

Takes a JSON file: {"case": {"files": {"css/a.css": "..."}, "modules": false}}. Prints {"case": "" or the error}.
"""

import json
import os
import sys
import tempfile

import django
from django.conf import settings

settings.configure(
    DEBUG=False,
    INSTALLED_APPS=["django.contrib.staticfiles"],
    STATIC_URL="/static/",
    STATICFILES_DIRS=[],
)
django.setup()

from django.contrib.staticfiles.finders import get_finder
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command


class WithModules(ManifestStaticFilesStorage):
    support_js_module_import_aggregation = True


def collect(files, modules):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = os.path.join(folder, "static", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
        settings.STATICFILES_DIRS = [os.path.join(folder, "static")]
        get_finder.cache_clear()
        command = Command(stdout=open(os.devnull, "w"), stderr=open(os.devnull, "w"))
        storage = WithModules if modules else ManifestStaticFilesStorage
        command.storage = storage(location=os.path.join(folder, "staticfiles"))
        try:
            call_command(command, interactive=False, verbosity=0)
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        return ""


with open(sys.argv[1], encoding="utf-8") as given:
    cases = json.load(given)
print(json.dumps({name: collect(case["files"], case["modules"]) for name, case in cases.items()}))
