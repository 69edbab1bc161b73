import { defineCheck } from "../../check.ts";
import type { Settings } from "../../facts/django/settings.ts";
import type { Repository } from "../../facts/repository.ts";
import { evidence, fails } from "../../finding.ts";
import { textOf } from "../../python/inspect.ts";
import { projectRoot } from "../../python/machine.ts";
import { pathOf } from "../../python/models/pathlib.ts";
import { shop } from "../example-shop.ts";

const settingsFile = shop["shop/settings.py"] ?? "";
const withRoot = `${settingsFile}STATIC_ROOT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "staticfiles")\n`;

export default defineCheck({
  id: "build-output-tracked",
  title: "What a build makes is not in the repository",
  area: "secrets",
  severity: "warning",
  needs: ["repository"],
  wants: ["settings"],
  docs: {
    why: "What a command makes is as old as the day it was committed. Styles of yesterday are served after a deployment that did not run `collectstatic`, compiled files are those of another Python, and every commit has changes nobody made.",
    fix: "Take it out of the index and keep it out:\n\n```sh\ngit rm -r --cached staticfiles && printf '/staticfiles/\\n' >> .gitignore\n```",
    bad: { ...shop, "shop/settings.py": withRoot, "staticfiles/admin/css/base.css": "body {}\n" },
    good: { ...shop, "shop/settings.py": withRoot, ".gitignore": "/staticfiles/\n" },
    notReported: [
      "A STATIC_ROOT that holds the project's own sources, and nothing that `collectstatic` brings.",
      "An empty folder with a `.gitkeep`.",
      "Uploads in MEDIA_ROOT are advice: they may be there to begin with.",
    ],
    links: [
      "https://whitenoise.readthedocs.io/en/stable/django.html#make-sure-staticfiles-is-configured-correctly",
    ],
  },
  *run({ repository, settings }) {
    const root = settings && folderIn(settings, "STATIC_ROOT");
    const collected = root === undefined ? [] : repository.below(root);
    const proof = collected.find((path) => collectedFile.test(path.slice((root ?? "").length)));
    if (root !== undefined && proof !== undefined) {
      yield fails(
        `git tracks ${collected.length} files in ${root}/, which collectstatic makes (STATIC_ROOT)`,
        {
          at: { file: proof, line: 1, column: 1 },
          fix: untrack(root),
        },
      );
    }
    const media = settings && folderIn(settings, "MEDIA_ROOT");
    const uploads = media === undefined || media === root ? [] : repository.below(media).filter(isReal);
    if (media !== undefined && uploads.length > 0) {
      yield fails(
        `git tracks ${uploads.length} ${uploads.length === 1 ? "file" : "files"} in ${media}/, where uploads are kept (MEDIA_ROOT)`,
        {
          at: { file: uploads[0] ?? media, line: 1, column: 1 },
          fix: untrack(media),
          severity: "info",
        },
      );
    }
    yield* others(repository);
    yield evidence("git tracks nothing that a build makes");
  },
});

function* others({ compiled, nodeModules }: Repository) {
  const [first] = compiled;
  if (first !== undefined) {
    yield fails(
      `git tracks ${compiled.length} compiled ${compiled.length === 1 ? "file" : "files"} of Python`,
      {
        at: { file: first, line: 1, column: 1 },
        fix: "git ls-files -z '*.pyc' '*.pyo' | xargs -0 git rm --cached && printf '__pycache__/\\n*.py[co]\\n' >> .gitignore",
      },
    );
  }
  for (const folder of nodeModules) {
    yield fails(`git tracks ${folder}/, which npm makes`, {
      at: { file: folder, line: 1, column: 1 },
      fix: untrack(folder),
    });
  }
}

/** Files that only `collectstatic` puts there. */
const collectedFile =
  /^\/(?:admin\/(?:css\/base|js\/core)\b|rest_framework\/|django_extensions\/|staticfiles\.json$|debug_toolbar\/)/;

function isReal(path: string): boolean {
  return !/(?:^|\/)(?:\.git(?:keep|ignore)|\.keep|README[\w.]*)$/i.test(path);
}

/** The folder of the project that a setting names; undefined for one elsewhere, and for the root itself. */
function folderIn(settings: Settings, name: string): string | undefined {
  const { value } = settings.get(name);
  const path = pathOf(value) ?? textOf(value);
  return path?.startsWith(`${projectRoot}/`)
    ? path.slice(projectRoot.length + 1).replace(/\/+$/, "") || undefined
    : undefined;
}

function untrack(folder: string): string {
  return `git rm -r --cached ${folder} && printf '/${folder}/\\n' >> .gitignore`;
}
