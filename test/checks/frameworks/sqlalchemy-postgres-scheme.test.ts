import { describe, expect, test } from "vitest";
import { flaskShop } from "../../../src/checks/example-apps.ts";
import check from "../../../src/checks/frameworks/sqlalchemy-postgres-scheme.ts";
import { brief, runOn } from "../../support/run-on.ts";

const heroku = { ...flaskShop, "app.json": '{ "stack": "heroku-24" }\n' };
const flask = (
  uri: string,
  requirements = "flask==3.1.3\nflask-sqlalchemy==3.1.1\nsqlalchemy==2.0.44\npsycopg2==2.9.11\ngunicorn==27.0.1\n",
) => ({
  ...heroku,
  "requirements.txt": requirements,
  "app.py": `import os\nfrom flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\napp = Flask(__name__)\napp.config["SQLALCHEMY_DATABASE_URI"] = ${uri}\ndb = SQLAlchemy(app)\n`,
});
const given = 'os.environ["DATABASE_URL"]';
const engine = (call: string, requirements: string) => ({
  ...heroku,
  "requirements.txt": requirements,
  Procfile: "web: uvicorn main:app --host 0.0.0.0 --port $PORT\n",
  "app.py": "",
  "main.py": `import os\nfrom fastapi import FastAPI\nfrom sqlalchemy import create_engine\nfrom sqlalchemy.ext.asyncio import create_async_engine\napp = FastAPI()\nurl = os.environ["DATABASE_URL"]\nengine = ${call}\n`,
});

const said =
  "SQLAlchemy gets $DATABASE_URL as it is, and Heroku's begins with postgres://, which it does not know";

describe("the URL of Heroku", () => {
  test.each<[string, Record<string, string>, string]>([
    ["as it is, in Flask-SQLAlchemy's configuration", flask(given), `error certain app.py:5:41 ${said}`],
    [
      "with a fallback",
      flask('os.environ.get("DATABASE_URL", "sqlite:///a.db")'),
      `error certain app.py:5:41 ${said}`,
    ],
    [
      "as it is, in an engine",
      engine("create_engine(url)", "fastapi==0.165.0\nsqlalchemy==2.0.44\nuvicorn==0.54.0\n"),
      `error certain main.py:6:7 ${said}`,
    ],
    [
      "an asynchronous engine without its driver",
      engine(
        'create_async_engine(url.replace("postgres://", "postgresql://"))',
        "fastapi==0.165.0\nsqlalchemy==2.0.44\nuvicorn==0.54.0\nasyncpg==0.31.0\n",
      ),
      "error certain main.py:7:30 an asynchronous engine gets $DATABASE_URL with postgresql://, which names psycopg2",
    ],
    [
      "SQLAlchemy 2.1, which takes another driver",
      flask(
        `${given}.replace("postgres://", "postgresql://", 1)`,
        "flask==3.1.3\nflask-sqlalchemy==3.1.1\nsqlalchemy==2.1.9\npsycopg2==2.9.11\ngunicorn==27.0.1\n",
      ),
      "error certain app.py:5:41 SQLAlchemy 2.1.9 loads psycopg for postgresql://, and psycopg2 is installed instead",
    ],
  ])("%s", async (_, files, expected) => {
    expect(brief(await runOn(check, files))).toEqual([expected]);
  });

  test("the fix names the driver that is installed", async () => {
    const [finding] = (await runOn(check, flask(given))).findings;
    expect(finding?.fix).toBe(
      'os.environ["DATABASE_URL"].replace("postgres://", "postgresql+psycopg2://", 1)',
    );
  });

  test.each<[string, Record<string, string>]>([
    ["replaced", flask(`${given}.replace("postgres://", "postgresql://", 1)`)],
    ["with its driver", flask(`${given}.replace("postgres://", "postgresql+psycopg2://", 1)`)],
    [
      "replaced by an if",
      {
        ...flask("uri"),
        "app.py": `import os\nfrom flask import Flask\nuri = os.getenv("DATABASE_URL")\nif uri and uri.startswith("postgres://"):\n    uri = uri.replace("postgres://", "postgresql://", 1)\napp = Flask(__name__)\napp.config["SQLALCHEMY_DATABASE_URI"] = uri\n`,
      },
    ],
    ["replaced by an expression", flask(`__import__("re").sub(r"^postgres:", "postgresql:", ${given})`)],
    ["another variable", flask('os.environ["SQLALCHEMY_URL"]')],
    ["SQLite", flask('"sqlite:///app.db"')],
    [
      "SQLAlchemy before 1.4",
      flask(given, "flask==1.1.4\nflask-sqlalchemy==2.4.4\nsqlalchemy==1.3.24\ngunicorn==20.1.0\n"),
    ],
    ["no database", heroku],
  ])("%s is not reported", async (_, files) => {
    expect((await runOn(check, files)).findings).toEqual([]);
  });
});

test("a platform whose URLs begin otherwise, or in a way that is not known", async () => {
  const { "app.json": _, ...plain } = flask(given);
  expect((await runOn(check, plain)).status).toBe("skipped");
  expect((await runOn(check, { ...plain, "railway.json": "{}" })).findings).toEqual([]);
});

test("where sources disagree it is a warning", async () => {
  const { "app.json": _, ...plain } = flask(given);
  const files = {
    ...plain,
    "render.yaml":
      "services:\n  - type: web\n    name: shop\n    runtime: python\n    buildCommand: pip install -r requirements.txt\n    startCommand: gunicorn app:app\n",
  };
  expect(brief(await runOn(check, files))[0]).toMatch(/^warning conditional/);
});
