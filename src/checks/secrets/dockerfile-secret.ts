import { defineCheck } from "../../check.ts";
import { holds } from "../../facts/dotenv/secrecy.ts";
import type { ImageStage } from "../../facts/image-file.ts";
import { evidence, type Finding, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const dockerfile = (line: string) =>
  `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n${line}CMD ["gunicorn", "shop.wsgi", "-b", "0.0.0.0:8000"]\n`;

export default defineCheck({
  id: "dockerfile-secret",
  title: "No secret is baked into the image",
  area: "secrets",
  severity: "error",
  needs: ["imageFile"],
  wants: ["dotenvFiles"],
  docs: {
    why: "Every layer keeps what was ever in it: `docker history` shows the values of ENV and ARG to everybody who can pull the image, and a file that a later line deletes is still there.",
    fix: "Give the value when the container starts, as the platform's variable or secret. What only the build needs is mounted for one command:\n\n```dockerfile\nRUN --mount=type=secret,id=pip_token PIP_TOKEN=$(cat /run/secrets/pip_token) pip install -r requirements.txt\n```",
    bad: { ...shop, Dockerfile: dockerfile("ENV SECRET_KEY=s9k2v0x7qzl4mfy8w3r5\n") },
    good: { ...shop, Dockerfile: dockerfile("RUN SECRET_KEY=build-only python manage.py check\n") },
    notReported: [
      "A dummy for the build: `RUN SECRET_KEY=x python manage.py collectstatic`, `ENV SECRET_KEY=build-only`.",
      "`ARG TOKEN` without a value, and references such as `ENV TOKEN=$TOKEN` to one that has none.",
      "`COPY . .`: what of it reaches the image depends on .dockerignore.",
      "A `.env` without secrets in it.",
    ],
    links: [
      "https://docs.docker.com/build/building/secrets/",
      "https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/",
    ],
  },
  *run({ imageFile, dotenvFiles = [] }) {
    const secretFiles = dotenvFiles
      .filter(({ isExample, entries }) => !isExample && entries.some((entry) => entry.holds === "secret"))
      .map(({ path }) => path);
    for (const stage of imageFile.stages) yield* findings(stage, secretFiles);
    yield evidence(`${imageFile.path} sets no secret`);
  },
});

function* findings(stage: ImageStage, secretFiles: readonly string[]): Generator<Finding> {
  for (const { keyword, name, value, at } of stage.variables) {
    if (value === undefined || holds(name, value) !== "secret") continue;
    const keeps =
      keyword === "ENV" ? "every container and every layer has it" : "the image's history keeps it";
    yield fails(
      `${keyword} gives ${name} a value of ${[...value].length} characters in the image, and ${keeps}`,
      { at },
    );
  }
  for (const { sources, at } of stage.copies) {
    const file = sources
      .map((source) => source.replace(/^\.?\//, ""))
      .find((source) => secretFiles.includes(source) || keyFile.test(source));
    if (file !== undefined)
      yield fails(`${file} is copied into the image, where every layer keeps it`, { at });
  }
}

/** Files that hold a private key, by the names that programs give them. */
const keyFile =
  /(?:^|\/)(?:id_(?:rsa|dsa|ecdsa|ed25519)|[\w.-]*service[-_]?account[\w.-]*\.json|[\w.-]*(?:private|privkey)[\w.-]*\.(?:pem|key))$/i;
