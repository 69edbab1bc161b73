"""Makes a project of a template, and says what Python makes of its settings.

    python generators.py startproject TEMPLATE FOLDER
    python generators.py cookiecutter TEMPLATE FOLDER '{"use_docker": "y"}'
    python generators.py import FOLDER '[["shop.settings", {"DJANGO_SECRET_KEY": "…"}], …]'

The last prints, as JSON, for each module and environment every setting, or how the import failed. Libraries that are not installed
are taken to be there, and to do nothing.
"""

import datetime
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import pathlib
import sys
import types


def startproject(template, folder):
    from django.core.management import call_command

    os.makedirs(folder, exist_ok=True)
    call_command("startproject", "site_", folder, template=template)


def cookiecutter(template, folder, context):
    from cookiecutter.main import cookiecutter as render

    render(template, no_input=True, extra_context=json.loads(context), output_dir=folder, accept_hooks=False)


class Anything(types.ModuleType):
    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Stub()


class Stub:
    """Whatever such a library gives."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args, **kwargs):
        return self


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """For libraries that settings import for what they do, not for what they say."""

    names = ("anymail", "django_stubs_ext", "dmr", "sentry_sdk", "storages")

    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in self.names:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return Anything(spec.name)

    def exec_module(self, module):
        pass


def place(text, root):
    return text.replace(root, "$REPO").replace(os.path.dirname(root), "$PARENT")


def plain(value, root):
    inner = lambda item: plain(item, root)
    if isinstance(value, Stub) or isinstance(value, dict) and any(isinstance(key, Stub) for key in value):
        return "comes from a library"
    if isinstance(value, pathlib.PurePath):
        return {"$path": os.path.relpath(value, root) if value.is_relative_to(root) else str(value)}
    if isinstance(value, datetime.timedelta):
        return {"$timedelta": value.total_seconds()}
    if isinstance(value, dict):
        return {str(key): inner(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return {"$tuple": [inner(item) for item in value]}
    if isinstance(value, (set, frozenset)):
        return {"$set": sorted((inner(item) for item in value), key=json.dumps)}
    if isinstance(value, list):
        return [inner(item) for item in value]
    if type(value).__name__ == "__proxy__":
        return str(value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return place(value, root) if isinstance(value, str) else value
    return {"$object": "…"}


def import_(root, module, env):
    sys.meta_path.append(Finder())
    sys.dont_write_bytecode = True
    os.environ.clear()
    os.environ.update(env, DJANGO_SETTINGS_MODULE=module)
    os.chdir(root)
    sys.path[0] = root
    sys.argv = ["manage.py", "check"]
    try:
        names = vars(importlib.import_module(module))
    except Exception as error:
        return {"error": [type(error).__name__, place(str(error), root)]}
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)
    return {"names": {name: plain(value, root) for name, value in names.items() if name.isupper()}}


def in_a_child(root, module, env):
    """So that nothing that a library keeps reaches the next import."""
    reader, writer = os.pipe()
    if os.fork() == 0:
        os.close(reader)
        with open(writer, "w", encoding="utf-8") as pipe:
            json.dump(import_(root, module, env), pipe)
            pipe.flush()
            os._exit(0)
    os.close(writer)
    with open(reader, encoding="utf-8") as pipe:
        text = pipe.read()
    os.wait()
    return json.loads(text)


command, *arguments = sys.argv[1:]
if command == "import":
    folder, cases = arguments
    print(json.dumps([in_a_child(folder, *case) for case in json.loads(cases)]))
else:
    {"startproject": startproject, "cookiecutter": cookiecutter}[command](*arguments)
