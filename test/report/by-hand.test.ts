import { expect, test } from "vitest";
import { checks } from "../../src/checks/index.ts";
import { listByHand } from "../../src/commands/list.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { judge } from "../../src/judge.ts";
import { byHand, byHandFor } from "../../src/report/by-hand.ts";
import { checklist } from "../../src/report/checklist.ts";
import { plain, report } from "./sample.ts";

const shop = {
  "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/settings.py":
    'import os\nimport dj_database_url\nROOT_URLCONF = "shop.urls"\nDATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}\n',
  Procfile: "web: gunicorn shop.wsgi\nrelease: python manage.py migrate\n",
};

async function idsFor(tree: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const files = memoryFiles(tree);
  const judgement = await judge({
    files,
    checks: checks.slice(0, 1),
    options: { env: new Map(), closed: false, platformNamed: false },
  });
  if (judgement.kind !== "judged") throw new Error(judgement.kind);
  return byHandFor({ files, result: judgement.result }).map(({ id }) => id);
}

test("a database and a release that migrates ask for three", async () => {
  expect(await idsFor(shop)).toEqual(["backups", "rollback", "staging"]);
});

test("what the repository shows is not asked for", async () => {
  const { Procfile: _, ...without } = shop;
  expect(await idsFor({ ...without, "scripts/backup.sh": "pg_dump\n", "config/staging.py": "" })).toEqual([]);
  expect(await idsFor({ ...without, "litestream.yml": "dbs: []\n" })).toEqual(["staging"]);
});

test("a project without a database has nothing of it", async () => {
  expect(
    await idsFor({
      ...shop,
      "shop/settings.py": 'ROOT_URLCONF = "shop.urls"\n',
      Procfile: "web: gunicorn shop.wsgi\n",
    }),
  ).toEqual([]);
});

test("the checklist ends with one line of it, and not with --quiet or --select", async () => {
  const files = memoryFiles(shop);
  const judgement = await judge({
    files,
    checks: checks.slice(0, 1),
    options: { env: new Map(), closed: false, platformNamed: false },
  });
  if (judgement.kind !== "judged") throw new Error(judgement.kind);
  const told = report([], { files, result: judgement.result });
  const line = "To verify by hand: backups, rollback, staging (deploy-check list --manual)";
  expect(checklist.render(told, plain).split("\n")).toContain(line);
  expect(checklist.render(told, { ...plain, quiet: true })).not.toContain("by hand");
  expect(checklist.render({ ...told, everyCheck: false }, plain)).not.toContain("by hand");
});

test("the whole list has each once, with one line of advice", () => {
  const { stdout } = listByHand(byHand);
  const wanted =
    "backups external-copies rollback staging alerts scaling http-server compliance geography pricing uptime staffing documentation company-stability";
  expect(byHand.map(({ id }) => id).sort()).toEqual(wanted.split(" ").sort());
  for (const { title, advice } of byHand) {
    expect(stdout.split(title)).toHaveLength(2);
    expect(stdout).toContain(`      ${advice}\n`);
    expect(advice.length).toBeLessThan(120);
    expect(advice).not.toContain("\n");
  }
});
