import { defineCheck } from "../../check.ts";
import { manifestStorage } from "../../facts/django/manifest-storage.ts";
import type { OtherCase } from "../../facts/other-case.ts";
import { evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const views = (module: string) => ({
  ...shop,
  "shop/__init__.py": "",
  "shop/views.py": `from shop.${module} import prices\n\n\ndef index(request):\n    return prices\n`,
  "shop/models.py": "prices = []\n",
});

export default defineCheck({
  id: "case-mismatched-path",
  title: "Files are named in the case that they have",
  area: "static",
  severity: "error",
  needs: ["otherCase"],
  wants: ["settings"],
  docs: {
    why: "macOS and Windows take `Models.py` and `models.py` for the same file; Linux, where the project is deployed, does not. What worked where it was written ends there in ModuleNotFoundError, TemplateDoesNotExist, or a style sheet that is a 404.",
    fix: "Write the name as the file has it, or rename the file so that git notices:\n\n```\ngit mv -f static/css/Style.css static/css/style.css\n```",
    bad: views("Models"),
    good: views("models"),
    notReported: [
      "Names that are put together when the code runs.",
      "An import that a `try` guards, and modules of installed packages.",
      "A name that is there exactly as written in another folder.",
      "A static file without a manifest storage, which is a 404 and no more: a warning.",
    ],
    links: ["https://github.com/evansd/whitenoise/issues/168"],
  },
  *run({ otherCase, settings }) {
    const strict = settings && manifestStorage(settings, settings.djangoVersion).kind === "strict";
    const seen = new Set<string>();
    for (const one of otherCase) {
      const key = `${one.kind} ${one.written}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield fails(
        `${nouns[one.kind]} ${one.written} is ${one.path} in the repository, ${says(one, strict)}`,
        {
          at: one.at,
          fix: asTheFileHasIt(one),
          ...(one.kind === "static" && strict !== true && { severity: "warning" }),
        },
      );
    }
    yield evidence("files are named in the case that they have");
  },
});

/** The name in the file's own case; undefined where it is put together in another way. */
function asTheFileHasIt({ kind, written, path }: OtherCase): string | undefined {
  const name = kind === "module" ? path.replace(/(?:\/__init__)?\.py$/, "").replaceAll("/", ".") : path;
  const actual = name.slice(-written.length);
  return actual.toLowerCase() === written.toLowerCase() ? actual : undefined;
}

const nouns = { module: "the module", template: "the template", static: "the static file" } as const;

function says({ kind }: OtherCase, strict: boolean | undefined): string {
  if (kind === "module") return "so that Linux does not find it (ModuleNotFoundError)";
  if (kind === "template") return "so that Linux does not find it (TemplateDoesNotExist)";
  return strict
    ? "so that Linux does not find it, and the page ends in a ValueError"
    : "so that it is a 404 on Linux";
}
