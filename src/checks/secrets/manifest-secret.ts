import { defineCheck } from "../../check.ts";
import { holds } from "../../facts/dotenv/secrecy.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import type { Deployment } from "../../platforms/platform.ts";
import { shop } from "../example-shop.ts";

const blueprint = (line: string) =>
  `services:\n  - type: web\n    name: shop\n    runtime: python\n    buildCommand: pip install -r requirements.txt\n    startCommand: gunicorn shop.wsgi\n    envVars:\n      - key: SECRET_KEY\n        ${line}\n`;

export default defineCheck({
  id: "manifest-secret",
  title: "No secret is in a manifest",
  area: "secrets",
  severity: "error",
  needs: ["deployment"],
  docs: {
    why: "A manifest is a file of the repository: whoever can read it, now or in its history, has the secret, and a change of the secret is a commit.",
    fix: "Declare the name only, and keep the value in the platform's own store:\n\n```yaml\n# render.yaml\n- key: SECRET_KEY\n  generateValue: true\n```",
    bad: { ...shop, "render.yaml": blueprint("value: s9k2v0x7qzl4mfy8w3r5") },
    good: { ...shop, "render.yaml": blueprint("generateValue: true") },
    notReported: [
      "Placeholders, `${NAME}`, and passwords that protect nothing (`postgres`).",
      "Values that are encrypted, and the address of Sentry.",
      "A file that compose's `env_file` names: `dotenv-tracked` answers for it.",
      "`ENV` of a Dockerfile: `dockerfile-secret` answers for it.",
      "A compose file's password for a service that only it starts is a warning.",
    ],
    links: ["https://render.com/docs/configure-environment-variables", "https://fly.io/docs/apps/secrets/"],
  },
  *run({ deployment }) {
    const declared = deployment.env.filter(
      ({ at, value, keptIn }) =>
        value !== undefined && keptIn === undefined && !isDockerfile(at.file, deployment),
    );
    if (deployment.env.length === 0) return yield notApplicable("no manifest declares a variable");
    const open = new Set(
      declared.flatMap(({ name, value = "" }) => (/USER|NAME|HOST|DB$/i.test(name) ? [value] : [])),
    );
    const seen = new Set<string>();
    for (const { name, value = "", at } of declared) {
      if (holds(name, value, open) !== "secret" || seen.has(`${at.file}:${at.line}`)) continue;
      seen.add(`${at.file}:${at.line}`);
      yield fails(`${at.file} gives $${name} its value, a text of ${[...value].length} characters`, {
        at,
        fix: fixFor(name, at.file),
        ...(/compose/i.test(at.file) && isForService(name) && { severity: "warning" }),
      });
    }
    yield evidence("no manifest holds the value of a secret");
  },
});

function isDockerfile(file: string, { image }: Deployment): boolean {
  return file === image?.path || /(?:^|[/.])(?:dockerfile|containerfile)/i.test(file);
}

/** Services that a compose file starts by itself take their passwords from it. */
function isForService(name: string): boolean {
  return /^(?:POSTGRES|MYSQL|MARIADB|MONGO|REDIS|RABBITMQ|MINIO|DB|DATABASE|PG)/.test(name);
}

/** How a manifest declares a variable without its value. */
const forms: readonly (readonly [file: RegExp, text: (name: string) => string])[] = [
  [
    /render\.ya?ml$/,
    (name) => `- key: ${name}\n  ${/SECRET_KEY|SALT/.test(name) ? "generateValue: true" : "sync: false"}`,
  ],
  [/fly[\w.-]*\.toml$/, (name) => `fly secrets set ${name}=…   # and out of [env]`],
  [
    /app\.json$/,
    (name) => `"${name}": {${/SECRET_KEY/.test(name) ? ' "generator": "secret" ' : ' "required": true '}}`,
  ],
  [/compose[\w.-]*\.ya?ml$/, (name) => `${name}: \${${name}}   # from the shell or a .env that git ignores`],
];

function fixFor(name: string, file: string): string | undefined {
  return forms.find(([form]) => form.test(file))?.[1](name);
}
