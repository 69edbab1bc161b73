import { defineCheck } from "../../check.ts";
import type { ImageFile } from "../../facts/image-file.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const project = {
  ...shop,
  Dockerfile:
    'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]\n',
  ".env": "EMAIL_HOST_PASSWORD=s9k2v0x7qzl4mfy8w3r5\n",
};

/**
 * The catalogue has an error for every `COPY . .` without a .dockerignore that names .env, .git and databases. Where
 * the image is built from a clone they are not there, so it is one only for secrets that are in the repository.
 */
export default defineCheck({
  id: "dockerignore-missing",
  title: "What is secret stays out of the image",
  area: "images",
  severity: "error",
  needs: ["deployment", "imageFile", "dotenvFiles"],
  wants: ["repository"],
  docs: {
    why: "`COPY . .` takes everything along that .dockerignore does not keep out: `.env` with its passwords, `.git` with all that was ever committed, the database and the virtual environment of the laptop. Whoever can pull the image has them, and no later line takes them out of its layers.",
    fix: "Keep them out:\n\n```\n# .dockerignore\n.git\n**/.env\n**/.env.*\n!**/.env.example\n**/*.sqlite3\n**/__pycache__\n.venv\nnode_modules\n```",
    bad: project,
    good: { ...project, ".dockerignore": ".git\n**/.env\n" },
    notReported: [
      "A `.dockerignore` that keeps them out in any way, `Dockerfile.dockerignore`, and `COPY --exclude`.",
      "`COPY` of single folders and files that hold none of them.",
      "A stage that is thrown away, and of which nothing with a secret is taken.",
      "A platform that builds from a clone of the repository, where an ignored `.env` is not there.",
      "`.env.example`, a `.env` without secrets, and one that is for development.",
      "`.git` by itself is advice.",
    ],
    links: [
      "https://docs.docker.com/build/concepts/context/#dockerignore-files",
      "https://docs.docker.com/build/building/best-practices/#exclude-with-dockerignore",
    ],
  },
  *run({ deployment, imageFile, dotenvFiles, repository }) {
    const { final, ignoreFile, context } = imageFile;
    if (!final) return yield notApplicable(`${imageFile.path} makes no image`);
    if (ignoreFile.state === "malformed")
      return yield fails(`${ignoreFile.path} has a pattern that Docker refuses, so that nothing is built`, {
        at: { file: ignoreFile.path, line: 1, column: 1 },
      });
    const secrets = dotenvFiles
      .filter(
        ({ isExample, isForDevelopment, entries }) =>
          !isExample && !isForDevelopment && entries.some(({ holds }) => holds === "secret"),
      )
      .flatMap(({ path, tracked }) => ({ path, tracked, copied: copying(path, imageFile) }))
      .filter(({ copied }) => copied !== undefined);
    const lines = (paths: readonly string[]) => `# ${ignoreFile.path}\n${paths.join("\n")}`;
    const committed = secrets.find(({ tracked }) => tracked !== false);
    if (committed)
      return yield fails(`${committed.path} is copied into the image, with the secrets that are in it`, {
        at: committed.copied,
        fix: lines(["**/.env", "**/.env.*", "!**/.env.example"]),
      });
    const env = inFolder(context, ".env");
    const isKept = repository?.ignores(env) ?? false;
    const [here] = secrets;
    const place = here?.copied ?? copying(env, imageFile);
    if (
      deployment.platform.images?.builtFrom === "folder" &&
      place &&
      (here || (isKept && readsDotenv(dotenvFiles, env)))
    )
      return yield fails(`${place.file} copies ${here?.path ?? env} into the image, and ${said(imageFile)}`, {
        at: place,
        severity: "warning",
        when: ["the image is built from a folder that has one"],
        fix: lines(["**/.env", "**/.env.*", "!**/.env.example", ".git"]),
      });
    const git = copying(".git", imageFile);
    if (git && context === "")
      return yield fails(`${git.file} copies .git into the image, with all that was ever committed`, {
        at: git,
        severity: "info",
        fix: lines([".git"]),
      });
    yield evidence(`nothing that is secret is copied into the image`, final.image.at);
  },
});

/** The COPY by which a file of the project gets into the image. */
function copying(path: string, { final, ignoreFile }: ImageFile) {
  if (ignoreFile.keepsOut(path)) return undefined;
  return final?.copies.find(
    ({ from, without }) =>
      (from === "" || path.startsWith(`${from}/`)) &&
      !without.some((pattern) => path.split("/").some((part) => pattern.includes(part))),
  )?.at;
}

function inFolder(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function said({ ignoreFile }: ImageFile): string {
  return ignoreFile.state === "absent"
    ? "there is no .dockerignore"
    : `${ignoreFile.path} does not keep it out`;
}

/** A file beside it shows what it is made of. */
function readsDotenv(files: readonly { readonly path: string; readonly isExample: boolean }[], env: string) {
  return files.some(({ path, isExample }) => isExample && path.startsWith(env.replace(/\.env$/, "")));
}
