import { expect, test } from "vitest";
import check from "../../../src/checks/settings/dotenv-override.ts";
import { brief, type RunOnOptions, runOn } from "../../support/run-on.ts";

const run = (
  settings: string,
  files: Readonly<Record<string, string>> = {},
  options: RunOnOptions = { platform: "heroku" },
) =>
  runOn(
    check,
    {
      "manage.py": "import django\n",
      "shop/__init__.py": "",
      "shop/settings.py": `import os\nimport environ\nfrom dotenv import load_dotenv\nROOT_URLCONF = "shop.urls"\n${settings}\n`,
      ...files,
    },
    options,
  );
const dotenv = { ".env": "SHOP_HOST=localhost\n" };

test.each([
  "load_dotenv(override=True)",
  'load_dotenv(os.path.join("x", ".env"), override=True)',
  'environ.Env.read_env(".env", overwrite=True)',
  "env = environ.Env()\nenv.read_env(overwrite=True)",
])("%s lets a file of the repository win", async (call) => {
  expect(brief(await run(call, dotenv))).toEqual([
    expect.stringMatching(
      /^warning certain shop\/settings\.py\S+ .* lets \.env, which is in the repository, win over/,
    ),
  ]);
});

test("over a variable that the platform sets it is an error", async () => {
  expect(brief(await run("load_dotenv(override=True)", { ".env": "PORT=8000\n" }))).toEqual([
    expect.stringMatching(
      /^error certain \S+ load_dotenv\(…, override=True\) lets \.env decide what \$PORT is, whatever Heroku sets$/,
    ),
  ]);
});

test("an image takes along the file of the machine that builds it", async () => {
  const image = { Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "shop.wsgi"]\n' };
  const call = "load_dotenv(override=True)";
  expect(brief(await run(call, image, { platform: "docker" }))).toEqual([
    expect.stringMatching(
      /^warning certain .* and the image takes along the one of the machine that builds it$/,
    ),
  ]);
  const kept = { ...image, ".dockerignore": ".env\n" };
  expect((await run(call, kept, { platform: "docker" })).findings).toEqual([]);
});

test.each<[string, string, Readonly<Record<string, string>>?]>([
  ["the platform wins", "load_dotenv()", dotenv],
  ["what it depends on is not known", 'load_dotenv(override=os.environ.get("LOCAL") == "1")', dotenv],
  ["there is no such file", "load_dotenv(override=True)"],
  ["the file is an example", "load_dotenv(override=True)", { ".env.example": "SHOP_HOST=\n" }],
  ["the file is for development", 'load_dotenv(".env.dev", override=True)', { ".env.dev": "SHOP_HOST=x\n" }],
  ["another file is read", 'load_dotenv(".env.live", override=True)', dotenv],
  [
    "a script that production does not run",
    "",
    { ...dotenv, "scripts/load.py": "from dotenv import load_dotenv\nload_dotenv(override=True)\n" },
  ],
])("silent: %s", async (_name, settings, files) => {
  expect((await run(settings, files)).findings).toEqual([]);
});
