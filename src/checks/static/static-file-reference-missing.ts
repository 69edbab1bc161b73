import { defineCheck } from "../../check.ts";
import { collecting } from "../../facts/collecting.ts";
import { hashingStorage } from "../../facts/django/hashing-storage.ts";
import { isInstalled } from "../../facts/django/static-files.ts";
import type { MissingTarget } from "../../facts/static-file-references.ts";
import { collectRuns } from "../../facts/steps/collect-runs.ts";
import { evidence, type Finding, fails, notApplicable } from "../../finding.ts";
import { textsIn } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const project = {
  ...shop,
  "shop/settings.py": `import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
ALLOWED_HOSTS = ["shop.example.com"]
INSTALLED_APPS = ["django.contrib.staticfiles"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
]
ROOT_URLCONF = "shop.urls"
SECRET_KEY = os.environ["SECRET_KEY"]
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
`,
  "static/css/site.css": "body {\n  background: url(../img/paper.svg);\n}\n",
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": '{"name": "shop"}\n',
};
const paper = '<svg xmlns="http://www.w3.org/2000/svg"/>\n';

export default defineCheck({
  id: "static-file-reference-missing",
  title: "Files that style sheets and scripts refer to are there",
  area: "static",
  severity: "error",
  needs: ["settings", "staticFileReferences", "deployment", "deploySteps", "systemChecks"],
  wants: ["project", "staticReferences", "settingsModule", "imageFile", "code"],
  docs: {
    why: "A manifest storage rewrites each `url(…)`, `@import` and `sourceMappingURL` to the name with the hash in it. For a file that is not there collectstatic ends in \"ValueError: The file 'img/paper.svg' could not be found\", and the build with it. A comment with the name of a source map is enough, and before Django 6.1 so is a `url(…)` that is commented out. WHITENOISE_MANIFEST_STRICT does not help: it is for names in templates.",
    fix: "Commit the file, or take the line out that names it:\n\n```\nsed -i '/sourceMappingURL=/d' static/css/bootstrap.min.css\n```",
    bad: { ...project, "static/images/paper.svg": paper },
    good: { ...project, "static/img/paper.svg": paper },
    notReported: [
      "A storage without hashes, one of the project's own that overrides a method, and `--no-post-process`.",
      "Addresses with a scheme, `data:`, `#fragment`, folders, and what begins with a slash but not with STATIC_URL.",
      "Files that a front end builds, that git ignores, or that an installed package may bring.",
      "What collectstatic leaves out: hidden files, `--ignore`, files that .dockerignore keeps out of the image, and of two with one name the second.",
      "What is left of earlier deployments: where the disk or the bucket stays, it is a warning.",
      "Where nothing collects, `collectstatic-not-run` says so; where the settings do not import, `collectstatic-needs-secrets`.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/ref/contrib/staticfiles/#manifeststaticfilesstorage",
      "https://github.com/evansd/whitenoise/issues/572",
    ],
  },
  *run(facts) {
    const { settings, staticFileReferences, deployment, systemChecks, code } = facts;
    const { djangoVersion } = settings;
    if (isInstalled(settings, "django.contrib.staticfiles") !== true)
      return yield notApplicable("django.contrib.staticfiles is not installed");
    const storage = hashingStorage(settings, djangoVersion, code);
    if (storage.kind === "other") return yield notApplicable(storage.because);
    const collected = collecting(facts);
    if (collected.kind === "unknown") return yield notApplicable(collected.because);
    if (collected.kind === "nobody" || collected.kind === "committed")
      return yield notApplicable("nothing collects static files: collectstatic-not-run");
    if (systemChecks.answer("staticfiles.E002") === true)
      return yield notApplicable("collectstatic does not start: staticfiles-dirs-contains-root");
    if (code?.paths.some((path) => path.endsWith("/management/commands/collectstatic.py")))
      return yield notApplicable("the project has a collectstatic of its own");
    if (textsIn(settings.get("INSTALLED_APPS").value).some((app) => app.startsWith("collectfast")))
      return yield notApplicable("collectfast has a collectstatic of its own");
    const runs = collectRuns(facts).filter(
      ({ view }) => hashingStorage(view, djangoVersion, code).kind === "hashing",
    );
    const run = runs.find(({ isCertain }) => isCertain) ?? runs[0];
    if (run === undefined) return yield notApplicable("collectstatic is run with other settings");
    const when = [
      ...(run.isCertain ? [] : [run.when]),
      ...(storage.keeps === "remote" ? ["the bucket does not have it from before"] : []),
      ...(storage.keeps === "local" && deployment.platform.disk !== "ephemeral"
        ? ["STATIC_ROOT does not have it from before"]
        : []),
    ];
    const missing = staticFileReferences.missing(storage);
    for (const target of missing) yield finding(target, when);
    if (missing.length === 0)
      yield evidence("no style sheet or script refers to a file that is certain to be missing", storage.at);
  },
});

function finding(target: MissingTarget, when: readonly string[]): Finding {
  const { name, kind, path, referrers } = target;
  const [first] = referrers;
  const names = `which ${listed(referrers.map(({ at }) => at.file))}`;
  const message = {
    absent: `no folder of static files has ${name}, ${names}, so collectstatic fails`,
    "other-case": `no folder of static files has ${name}, ${names}, but ${path}, so collectstatic fails where case counts`,
    outside: `${name}, ${names}, lies above all static files, where collectstatic refuses to look and fails`,
  }[kind];
  return fails(message, {
    at: first?.at,
    fix: first && fixFor(target, first),
    ...(when.length > 0 && { severity: "warning", when }),
  });
}

/** At most three by name. */
function listed(files: readonly string[]): string {
  const [only = "", second] = files;
  if (second === undefined) return `${only} refers to`;
  const shown = files.slice(0, 3);
  const more = files.length - shown.length;
  const last = more > 0 ? `${more} more` : shown.pop();
  return `${shown.join(", ")} and ${last} refer to`;
}

function fixFor(
  { name, kind, path }: MissingTarget,
  { url, at, isSourceMap }: MissingTarget["referrers"][number],
): string | undefined {
  if (kind === "other-case") return path === undefined ? undefined : inCaseOf(url, path.slice(-name.length));
  if (isSourceMap && /^[\w./-]+$/.test(url.trim()))
    return `sed -i '/sourceMappingURL=${url.trim().replaceAll(/[./]/g, "\\$&")}/d' ${at.file}`;
  return path === undefined ? undefined : `git add ${path}`;
}

/** The reference with the last steps written as the file has them. */
function inCaseOf(url: string, name: string): string {
  const steps = url.split("/");
  const actual = name.split("/");
  for (let back = 1; back <= Math.min(steps.length, actual.length); back++) {
    const step = actual.at(-back) ?? "";
    if (steps.at(-back)?.toLowerCase().startsWith(step.toLowerCase()) !== true) break;
    const written = steps[steps.length - back] ?? "";
    steps[steps.length - back] = step + written.slice(step.length);
  }
  return steps.join("/");
}
