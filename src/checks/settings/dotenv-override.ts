import { defineCheck } from "../../check.ts";
import { type NamedCall, nodesIn } from "../../facts/code/source-file.ts";
import type { ImageFile } from "../../facts/image-file.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const settings = (call: string) =>
  `import os\n\nfrom dotenv import load_dotenv\n\n${call}\n\nROOT_URLCONF = "shop.urls"\nDATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": os.environ["DATABASE_HOST"]}}\n`;

const dotenv = { ".env": "DATABASE_HOST=localhost\n" };

/** What loads a file of variables, and the keyword by which the file wins. */
const loaders: readonly { readonly name: RegExp; readonly keyword: string }[] = [
  { name: /^(?:python_)?dotenv\.(?:main\.)?load_dotenv$/, keyword: "override" },
  // django-environ calls it overwrite, environs override.
  { name: /(?:^|\.)read_env$/, keyword: "overwrite" },
  { name: /(?:^|\.)read_env$/, keyword: "override" },
];

/** Files that production imports before anything is served. */
const loadedFirst =
  /(?:^|\/)(?:settings|config|conf|core)[^/]*(?:\/|\.py$)|(?:^|\/)(?:manage|wsgi|asgi|celery|env|environment|__init__|base|production|prod)\.py$/;

export default defineCheck({
  id: "dotenv-override",
  title: "The platform's variables win over a .env file",
  area: "settings",
  severity: "warning",
  needs: ["code", "dotenvFiles", "deployment"],
  wants: ["imageFile"],
  docs: {
    why: "With `override=True` (django-environ: `overwrite=True`) a .env file wins over the variables of the process. One that is committed, or copied into the image, then decides in production: a variable that is changed on the platform has no effect, and the database may be the one for development.",
    fix: "Let the platform win:\n\n```python\nload_dotenv()\n```",
    bad: { ...shop, ...dotenv, "shop/settings.py": settings("load_dotenv(override=True)") },
    good: { ...shop, ...dotenv, "shop/settings.py": settings("load_dotenv()") },
    notReported: [
      "A .env that git ignores and that no image takes along: it is not there in production, or somebody put it there.",
      "A file for tests or for development, and a script that production does not run.",
      "A value that is not True as it stands: `override=DEBUG`.",
    ],
    links: [
      "https://saurabh-kumar.com/python-dotenv/reference/",
      "https://django-environ.readthedocs.io/en/latest/api.html",
    ],
  },
  *run({ code, dotenvFiles, deployment, imageFile }) {
    const loading = code
      .mentioning(/\b(?:load_dotenv|read_env)\b/)
      .filter(({ path }) => loadedFirst.test(path))
      .flatMap((file) => file.calls.filter(loads).map((call) => ({ file, call })));
    const [first] = loading;
    if (!first) return yield notApplicable("no code that production runs loads a .env file");
    const found = loading.filter(({ call }) => keywordOf(call) !== undefined);
    if (found.length === 0)
      return yield evidence("the platform's variables win over a .env file", first.file.at(first.call.node));
    for (const { file, call } of found) {
      const at = file.at(call.node);
      const wanted = fileNames(call);
      const committed = dotenvFiles.find(
        ({ path, tracked, isExample, isForDevelopment, entries }) =>
          tracked !== false &&
          !isExample &&
          !isForDevelopment &&
          entries.length > 0 &&
          wanted.includes(path.slice(path.lastIndexOf("/") + 1)),
      );
      const name = `${call.name?.split(".").at(-1)}(…, ${keywordOf(call)}=True)`;
      const fix = `${call.name?.split(".").at(-1)}()`;
      if (committed) {
        const declared = new Set([
          ...Object.keys(deployment.platform.injects),
          ...deployment.env.map((each) => each.name),
        ]);
        const both = committed.entries.find((entry) => declared.has(entry.name));
        yield fails(
          both
            ? `${name} lets ${committed.path} decide what $${both.name} is, whatever ${deployment.platform.name} sets`
            : `${name} lets ${committed.path}, which is in the repository, win over the platform's variables`,
          { at, fix, ...(both && { severity: "error" }) },
        );
        continue;
      }
      const copied =
        deployment.platform.images?.builtFrom === "folder" ? takesAlong(imageFile, wanted) : undefined;
      if (copied === undefined) yield evidence("no .env reaches the deployment by way of the repository", at);
      else
        yield fails(
          `${name} lets a .env file win over the platform's variables, and the image takes along the one of the machine that builds it`,
          {
            at,
            fix: `# ${copied}\n${wanted[0]}`,
          },
        );
    }
  },
});

function keywordOf({ name = "", node }: NamedCall): string | undefined {
  return loaders.find(
    (loader) =>
      loader.name.test(name) &&
      node.keywords.some(
        ({ arg, value }) => arg === loader.keyword && value.nodeType === "Constant" && value.value === true,
      ),
  )?.keyword;
}

function loads({ name = "" }: NamedCall): boolean {
  return loaders.some((loader) => loader.name.test(name));
}

/** The names of the files that a call reads: those in its arguments, else `.env`. */
function fileNames({ node }: Pick<NamedCall, "node">): readonly string[] {
  const texts = [...nodesIn(node.args), ...nodesIn(node.keywords.map(({ value }) => value))].flatMap(
    (part) => (part.nodeType === "Constant" && typeof part.value === "string" ? [part.value] : []),
  );
  const named = texts
    .map((text) => text.slice(text.lastIndexOf("/") + 1))
    .filter((text) => /env/i.test(text));
  return named.length > 0 ? named : [".env"];
}

/** The file that would have to name `.env` to keep it out of the image; undefined where it is not copied. */
function takesAlong(image: ImageFile | undefined, names: readonly string[]): string | undefined {
  if (!image) return undefined;
  const { context, ignoreFile } = image;
  const below = (name: string) => (context === "" ? name : `${context}/${name}`);
  const sources = image.stages.flatMap(({ copies }) => copies.flatMap((copy) => copy.sources));
  const isCopied = sources.some((source) => [".", "./", ...names].includes(source));
  return isCopied && names.some((name) => !ignoreFile.keepsOut(below(name))) ? ignoreFile.path : undefined;
}
