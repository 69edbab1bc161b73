import { defineCheck } from "../../check.ts";
import { allowedHosts } from "../../facts/django/allowed-hosts.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const withHosts = (hosts: string, more = "") =>
  `import os\n\nALLOWED_HOSTS = ${hosts}\n${more}ROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nWSGI_APPLICATION = "shop.wsgi.application"\n`;

const render = {
  "render.yaml": "services:\n  - type: web\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n",
};

export default defineCheck({
  id: "platform-host-absent",
  title: "ALLOWED_HOSTS names a host that the platform serves",
  area: "settings",
  severity: "error",
  needs: ["settings", "deployment"],
  docs: {
    why: "With DEBUG off Django answers 400 (Bad Request) to every host that ALLOWED_HOSTS does not name. A list with nothing but the developer's own machine answers nobody; one with the own domain only answers nobody at the address that the platform gives, at which most people look first.",
    fix: 'Add the platform\'s host, from the variable that the platform sets:\n\n```python\nif host := os.environ.get("RENDER_EXTERNAL_HOSTNAME"):\n    ALLOWED_HOSTS.append(host)\n```',
    bad: { ...shop, ...render, "shop/settings.py": withHosts('["localhost", "127.0.0.1"]') },
    good: {
      ...shop,
      ...render,
      "shop/settings.py": withHosts(
        '["localhost"]',
        'if host := os.environ.get("RENDER_EXTERNAL_HOSTNAME"):\n    ALLOWED_HOSTS.append(host)\n',
      ),
    },
    notReported: [
      "A list that a variable fills, or that holds more than is known.",
      "The own domain without the platform's is advice only: it may be meant so.",
      "A platform whose host names we do not know.",
      "An empty list, and one whose entries can never match: `allowed-hosts-empty`, `allowed-hosts-malformed`.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#allowed-hosts"],
  },
  *run({ settings, deployment: { platform } }) {
    const { suffix, variable } = platform.hosts;
    if (suffix === undefined) return yield notApplicable(`no host name of ${platform.name} is known`);
    const hosts = allowedHosts(settings);
    if (!hosts || hosts.open || hosts.variables.length > 0 || hosts.setting.otherwise.length > 0)
      return yield evidence("ALLOWED_HOSTS is filled when the app starts", hosts?.setting.at);
    if (hosts.entries.length === 0) return yield notApplicable("ALLOWED_HOSTS is empty");
    const names = hosts.entries.map(({ text }) => text.toLowerCase());
    const own = names.find(
      (name) =>
        name === "*" ||
        name.endsWith(suffix) ||
        name === suffix.slice(1) ||
        // ".railway.app" takes in what is below .up.railway.app.
        (name.startsWith(".") && suffix.endsWith(name)),
    );
    if (own !== undefined) return yield evidence(`ALLOWED_HOSTS holds "${own}"`, hosts.setting.at);
    const isAsked = variable !== undefined && settings.reads.some(({ name }) => name === variable);
    if (isAsked) return yield evidence(`the settings read $${variable}`, hosts.setting.at);
    const shown = hosts.entries.map(({ text }) => `"${text}"`).join(", ");
    const onlyLocal = names.every((name) => isLocal(name));
    const fix =
      variable === undefined
        ? `ALLOWED_HOSTS += ["your-app${suffix}"]`
        : `import os\n\nif host := os.environ.get("${variable}"):\n    ALLOWED_HOSTS.append(host)`;
    yield fails(
      onlyLocal
        ? `ALLOWED_HOSTS names nothing but this machine (${shown}), so every request on ${platform.name} is answered with 400`
        : `ALLOWED_HOSTS names no host below ${suffix}, so the address that ${platform.name} gives is answered with 400`,
      { at: hosts.setting.at, fix, ...(!onlyLocal && { severity: "info" }) },
    );
  },
});

/** Names that a browser elsewhere never sends. */
function isLocal(name: string): boolean {
  return /^(?:localhost|\.localhost|127(?:\.\d+){3}|\[?::1\]?|0\.0\.0\.0|testserver|backend|web|django|app)$/.test(
    name,
  );
}
