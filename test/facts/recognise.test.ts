import { describe, expect, test } from "vitest";
import { recognise } from "../../src/facts/recognise.ts";
import { memoryFiles } from "../../src/files/memory.ts";

const manage = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n';

/** The folder and what it was recognised by, or what stood in the way. */
function found(files: Record<string, string>, settings?: string) {
  const recognition = recognise(memoryFiles(files), { settings });
  if (recognition.kind === "found") {
    const { folder, recognisedBy, framework } = recognition.project;
    return `${framework} in "${folder}" by ${recognisedBy}`;
  }
  if (recognition.kind === "ambiguous")
    return `one of ${recognition.candidates.map(({ folder }) => folder).join(", ")}`;
  return `nothing; passed over ${recognition.passedOver.join(", ") || "nothing"}`;
}

describe("a project is recognised by", () => {
  test.each<[string, Record<string, string>, string]>([
    ["manage.py", { "manage.py": manage }, 'django in "" by manage.py'],
    ["manage.py in a subfolder", { "backend/manage.py": manage }, 'django in "backend" by backend/manage.py'],
    [
      "the root before a subfolder",
      { "manage.py": manage, "api/manage.py": manage },
      'django in "" by manage.py',
    ],
    [
      "wsgi.py",
      { "shop/wsgi.py": "from django.core.wsgi import get_wsgi_application\n" },
      'django in "" by shop/wsgi.py',
    ],
    [
      "a settings module",
      { "shop/settings.py": "INSTALLED_APPS = []\n" },
      'django in "" by shop/settings.py',
    ],
    [
      "a settings package",
      { "src/shop/settings/base.py": "INSTALLED_APPS = []\n" },
      'django in "src" by src/shop/settings/base.py',
    ],
    ["requirements", { "requirements.txt": "Django>=5\n" }, 'django in "" by Django in requirements.txt'],
    [
      "pyproject.toml",
      { "pyproject.toml": '[project]\ndependencies = ["django>=5"]\n' },
      'django in "" by Django in pyproject.toml',
    ],
    [
      "an application of Flask",
      { "app.py": "from flask import Flask\napp = Flask(__name__)\n", Procfile: "web: gunicorn app:app\n" },
      'flask in "" by app.py',
    ],
    [
      "a factory, in the folder that is installed",
      {
        "backend/pyproject.toml": "",
        "backend/api/main.py":
          "from fastapi import FastAPI\ndef create_app():\n    app = FastAPI()\n    return app\n",
        "frontend/package.json": '{"scripts": {"dev": "vite"}, "devDependencies": {"vite": "7"}}',
      },
      'fastapi in "backend" by backend/api/main.py',
    ],
    [
      "a server of Node's",
      { "package.json": '{"scripts": {"start": "node server.js"}, "dependencies": {"express": "5"}}' },
      'node in "" by package.json',
    ],
    [
      "manage.py before a front end that has a server",
      {
        "manage.py": manage,
        "package.json": '{"scripts": {"start": "node s.js"}, "dependencies": {"express": "5"}}',
      },
      'django in "" by manage.py',
    ],
    [
      "the Procfile of the root, of several services",
      {
        Procfile: "web: python run.py\n",
        "run.py": "",
        "a/requirements.txt": "flask\n",
        "a/app.py": "from flask import Flask\napp = Flask(__name__)\n",
        "b/requirements.txt": "flask\n",
        "b/app.py": "from flask import Flask\napp = Flask(__name__)\n",
      },
      'python in "" by Procfile',
    ],
    [
      "a Procfile over Python",
      { Procfile: "web: python app.py\n", "app.py": "" },
      'python in "" by Procfile',
    ],
  ])("%s", (_, files, expected) => {
    expect(found(files)).toBe(expected);
  });
});

test.each<[string, Record<string, string>, string]>([
  [
    "examples and tests are not deployed",
    { "example/manage.py": manage },
    "nothing; passed over example/manage.py",
  ],
  [
    "nor are templates of projects",
    { "{{cookiecutter.slug}}/manage.py": manage },
    "nothing; passed over {{cookiecutter.slug}}/manage.py",
  ],
  [
    "a manage.py of something else is none",
    { "manage.py": "from flask_script import Manager\n" },
    "nothing; passed over manage.py",
  ],
  [
    "packages that only begin with django are not Django",
    { "requirements.txt": "django-environ\n" },
    "nothing; passed over nothing",
  ],
  [
    "a Procfile over something else is no Python project",
    { Procfile: "web: node index.js\n" },
    "nothing; passed over nothing",
  ],
  ["several projects are asked about", { "a/manage.py": manage, "b/manage.py": manage }, "one of a, b"],
])("%s", (_, files, expected) => {
  expect(found(files)).toBe(expected);
});

test("--settings tells several projects apart", () => {
  const files = {
    "a/manage.py": manage,
    "a/alpha/settings.py": "",
    "b/manage.py": manage,
    "b/beta/settings.py": "",
  };
  expect(found(files, "beta.settings")).toBe('django in "b" by b/manage.py');
});

test.each<[string, Record<string, string>]>([
  ["a front end", { "package.json": '{"scripts": {"start": "vite"}, "dependencies": {"react": "19"}}' }],
  [
    "a command-line tool",
    { "package.json": '{"bin": "cli.js", "scripts": {"dev": "x"}, "dependencies": {"express": "5"}}' },
  ],
  [
    "a library for Flask, with an application in its tests",
    {
      "setup.py": "",
      "flask_x/__init__.py": "from flask import current_app\n",
      "tests/app.py": "from flask import Flask\napp = Flask(__name__)\n",
      "examples/app.py": "from flask import Flask\napp = Flask(__name__)\n",
    },
  ],
])("%s is no project to deploy", (_, files) => {
  expect(found(files)).toMatch(/^nothing/);
});
