import { expect, test } from "vitest";
import check from "../../../src/checks/platform/render-scripts.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const blueprint = (build: string, before = "python manage.py migrate") =>
  `services:\n  - type: web\n    name: shop\n    runtime: python\n    buildCommand: ${JSON.stringify(build)}\n    preDeployCommand: ${JSON.stringify(before)}\n    startCommand: gunicorn shop.wsgi\n`;
const judge = async (files: Record<string, string>) =>
  brief(await runOn(check, settingsOnly("DEBUG = False", files), { platform: "render" }));
const commands = "pip install -r requirements.txt\npython manage.py collectstatic --no-input\n";
const goesOn =
  "warning certain build.sh:1:1 build.sh goes on behind a command that fails, so a broken build is deployed";

test.each([
  "./build.sh",
  "bash build.sh",
  "chmod a+x build.sh && ./build.sh",
  "sh ./build.sh",
  "pip list\n./build.sh",
])("%s runs a script that goes on", async (build) => {
  expect(await judge({ "render.yaml": blueprint(build), "build.sh": `#!/bin/bash\n${commands}` })).toEqual([
    goesOn,
  ]);
});

test.each<[string, string]>([
  ["set -e", `#!/bin/sh\nset -e\n${commands}`],
  ["several options", `#!/bin/bash\nset -euo pipefail\n${commands}`],
  ["the long name", `set -o errexit\n${commands}`],
  ["the long name behind others", `set -o pipefail -o errexit\n${commands}`],
  ["the shebang", `#!/bin/bash -e\n${commands}`],
  ["&&", "pip install -r requirements.txt && \\\n  python manage.py collectstatic --no-input\n"],
  ["one command", "#!/bin/sh\npip install -r requirements.txt\n"],
])("a script that stops, by %s", async (_name, script) => {
  expect(await judge({ "render.yaml": blueprint("./build.sh"), "build.sh": script })).toEqual([]);
});

test.each([
  ["python manage.py migrate && python manage.py createcachetable", "&&"],
  ["python manage.py migrate --database=$ALIAS", "$ALIAS"],
  ["python manage.py migrate || true", "||"],
])("no shell reads %s", async (before, reason) => {
  expect(await judge({ "render.yaml": blueprint("pip install .", before) })).toEqual([
    `warning certain render.yaml:6:23 no shell reads preDeployCommand, so its first program gets "${reason}" as an argument`,
  ]);
});

test.each(["python manage.py migrate", "bash -c 'a && b'", "./release.sh", 'python -c "print(1); print(2)"'])(
  "%s needs none",
  async (before) => {
    expect(await judge({ "render.yaml": blueprint("pip install .", before) })).toEqual([]);
  },
);

test("a script that the repository does not hold cannot be judged", async () => {
  expect(await judge({ "render.yaml": blueprint("./build.sh") })).toEqual([]);
});

test("a build on another platform is none of its business", async () => {
  const files = settingsOnly("DEBUG = False", { Procfile: "web: gunicorn shop.wsgi\n" });
  expect((await runOn(check, files, { platform: "heroku" })).status).toBe("skipped");
});
