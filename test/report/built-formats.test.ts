import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import draft04 from "ajv-draft-04";
import formats from "ajv-formats";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { bin, ensureBuilt } from "../support/built.ts";
import { git, onDisk, writeFiles } from "../support/on-disk.ts";
import { unseen } from "./hostile.ts";

beforeAll(ensureBuilt, 180_000);

const standard = (name: string) => readFileSync(join(import.meta.dirname, "standards", name), "utf8");

/** Names that a file system takes and that markup, commands and terminals would make something of. */
const evil = "::error::x]]><script>`${1}|[a](b)\x1b[31m\u202e";
const folder = "back end & co";
const secret = "pa{ss<&>]](word-0123456789";
const project = {
  [`${folder}/manage.py`]: 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  [`${folder}/shop/__init__.py`]: "",
  [`${folder}/shop/settings.py`]:
    'import os\nDEBUG = True\nSECRET_KEY = "django-insecure-zebra-0123456789"\nROOT_URLCONF = "shop.urls"\nCSRF_TRUSTED_ORIGINS = [os.environ["API_TOKEN"]]\nSILENCED_SYSTEM_CHECKS = ["security.W018"]\n',
  [`${folder}/.env`]: `API_TOKEN='${secret}'\n`,
  [`${folder}/Procfile`]: `web: gunicorn --chdir '${evil}' shop.nowhere\n`,
  [`${folder}/requirements.txt`]: "Django==5.2.8\ngunicorn==23.0.0\n",
};

async function reports(argv: readonly string[] = []) {
  const cwd = onDisk({});
  git(cwd, "init", "--quiet");
  writeFiles(cwd, project);
  const formats = ["sarif", "gitlab", "junit", "json"];
  const outputs = formats.flatMap((format) => ["--format", `${format}=${format}.out`]);
  const { exitCode, stderr, stdout } = await execa(process.execPath, [bin, folder, ...outputs, ...argv], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: cwd },
    extendEnv: false,
    reject: false,
  });
  expect(stderr).toBe("");
  expect(stdout).toBe("");
  const [sarif = "", gitlab = "", junit = "", json = ""] = formats.map((format) =>
    readFileSync(join(cwd, `${format}.out`), "utf8"),
  );
  return { exitCode, sarif, gitlab, junit, json, cwd };
}

describe("the published command reports a project below the top of a repository", () => {
  test("as SARIF, for GitLab, as JUnit, and to all the same", async () => {
    const { exitCode, sarif, gitlab, junit, json, cwd } = await reports();
    expect(exitCode).toBe(1);

    const ajv = new draft04.default({ strict: false });
    formats.default(ajv);
    const log = JSON.parse(sarif);
    expect(ajv.validate(JSON.parse(standard("sarif-schema-2.1.0.json")), log), ajv.errorsText()).toBe(true);
    const [run] = log.runs;
    expect(run.invocations[0].exitCode).toBe(1);
    const places = run.results.map(
      (each: { locations: [{ physicalLocation: { artifactLocation: { uri: string } } }] }) =>
        each.locations[0].physicalLocation.artifactLocation.uri,
    );
    expect(places).toContain("back%20end%20%26%20co/shop/settings.py");
    expect(places.every((uri: string) => uri.startsWith("back%20end%20%26%20co/"))).toBe(true);
    expect(
      run.results.find(({ ruleId }: { ruleId: string }) => ruleId === "debug-enabled").suppressions,
    ).toEqual([
      {
        kind: "inSource",
        status: "accepted",
        justification: "SILENCED_SYSTEM_CHECKS names security.W018",
      },
    ]);

    const issues = JSON.parse(gitlab);
    const inside = issues.every(({ location }: { location: { path: string } }) =>
      location.path.startsWith(`${folder}/`),
    );
    expect(inside).toBe(true);
    const { errors } = await validateXML({
      xml: [{ fileName: "junit.xml", contents: junit }],
      schema: [standard("junit-10.xsd")],
    });
    expect(errors).toEqual([]);
    const document = JSON.parse(json);
    expect([...junit.matchAll(/<testcase /g)]).toHaveLength(document.results.length);

    const known = new Set(
      document.results.flatMap(({ findings }: { findings: readonly { fingerprint: string }[] }) =>
        findings.map(({ fingerprint }) => fingerprint),
      ),
    );
    const named = [
      ...run.results.map(
        (each: { partialFingerprints: { primaryLocationLineHash: string } }) =>
          each.partialFingerprints.primaryLocationLineHash,
      ),
      ...issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint),
    ];
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((print) => !known.has(print))).toEqual([]);

    for (const text of [sarif, gitlab, junit]) {
      expect(text).not.toMatch(unseen);
      expect(text).not.toContain(cwd);
      expect(text).not.toContain("zebra");
    }
    expect(junit).not.toContain("<script>");
  });

  test("without a secret that was given, however it is escaped", async () => {
    const argv = ["--env-file", join(folder, ".env")];
    const { sarif, gitlab, junit } = await reports(argv);
    for (const text of [sarif, gitlab, junit]) {
      expect(text).toMatch(/\*{26}\S* of CSRF_TRUSTED_ORIGINS has no scheme/);
      expect(text).not.toContain("word-0123456789");
    }
  });

  test("twice alike", async () => {
    const [one, other] = [await reports(), await reports()];
    for (const format of ["sarif", "gitlab", "junit"] as const) expect(one[format]).toBe(other[format]);
  });
});
