import { expect, test } from "vitest";
import check from "../../../src/checks/processes/workers-vs-memory.ts";
import { told } from "../../support/told.ts";

const base = {
  "manage.py": "import django\n",
  "requirements.txt": "django==5.2\ngunicorn==23.0\n",
  Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "-w", "9", "shop.wsgi"]\n',
};
const render = (plan: string, command = "gunicorn --workers 9 shop.wsgi") =>
  `services:\n  - type: web\n    name: shop\n    runtime: python\n    plan: ${plan}\n    startCommand: ${command}\n`;
const ask = (files: Readonly<Record<string, string>>, on: string) => told(check, { ...base, ...files }, on);

test.each([
  [
    "a plan",
    { "render.yaml": render("starter") },
    "render",
    "render.yaml gives them 512 MB (starter), 56 MB each",
  ],
  [
    "a size",
    { "fly.toml": "[[vm]]\n  size = 'shared-cpu-2x'\n" },
    "fly",
    "fly.toml gives them 512 MB (shared-cpu-2x)",
  ],
  ["memory", { "fly.toml": "[[vm]]\n  memory = '256mb'\n" }, "fly", "256 MB (256mb), 28 MB each"],
  ["a bare number", { "fly.toml": "[[vm]]\n  memory_mb = 512\n" }, "fly", "512 MB (512)"],
  [
    "compose",
    { "docker-compose.prod.yml": "services:\n  web: {build: ., mem_limit: 512m}\n" },
    "docker",
    "512 MB (512m)",
  ],
])("%s", async (_name, files, on, end) => {
  const lines = await ask(files, on);
  expect(lines).toEqual([expect.stringMatching(/^warning certain .* gunicorn has 9 workers, and /)]);
  expect(lines[0]).toContain(end);
});

test("Kubernetes' limit", async () => {
  const pod =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: web, image: shop, command: [gunicorn, -w, '8', shop.wsgi], resources: {limits: {memory: 512Mi}}}\n";
  expect((await ask({ "k8s/web.yaml": pod }, "kubernetes"))[0]).toContain("8 workers");
});

test.each([
  ["they fit", { "render.yaml": render("standard") }, "render", "passed"],
  [
    "few",
    { "fly.toml": "[[vm]]\n  memory = '64mb'\n[processes]\n  app = 'gunicorn -w 2 shop.wsgi'\n" },
    "fly",
    "passed",
  ],
  [
    "a variable",
    { "render.yaml": render("starter", "gunicorn -w $WORKERS shop.wsgi") },
    "render",
    "skipped: nothing tells how many workers gunicorn has",
  ],
  [
    "no number",
    { "render.yaml": render("starter", "gunicorn shop.wsgi") },
    "render",
    "skipped: nothing tells how many workers gunicorn has",
  ],
  ["no plan", { "fly.toml": "app = 'x'\n" }, "fly", "skipped: no manifest says how much memory there is"],
  [
    "a plan of one's own",
    { "render.yaml": render("custom") },
    "render",
    "skipped: no manifest says how much memory there is",
  ],
])("%s", async (_name, files, on, line) => {
  expect(await ask(files, on)).toEqual([line]);
});
