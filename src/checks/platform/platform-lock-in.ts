import { defineCheck } from "../../check.ts";
import { evidence, fails } from "../../finding.ts";
import { hostThatSets } from "../../platforms/host-variables.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "platform-lock-in",
  title: "The settings do not depend on another platform's variables",
  area: "platform",
  severity: "info",
  needs: ["settings", "deployment"],
  docs: {
    why: 'A variable that one platform sets by itself is a handy sign of it, and dead code everywhere else: after a move, what stands under `if "DYNO" in os.environ:` never runs again, and nobody is told.',
    fix: "Ask for what the code needs to know (`DATABASE_URL`, `ALLOWED_HOSTS`, `PORT`), or remove the block of the platform that was left.",
    bad: {
      ...shop,
      "render.yaml": "services:\n  - type: web\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n",
      "shop/settings.py":
        'import os\n\nALLOWED_HOSTS = ["shop.example.com"]\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nSECURE_SSL_REDIRECT = "DYNO" in os.environ\nWSGI_APPLICATION = "shop.wsgi.application"\n',
    },
    good: {
      ...shop,
      "render.yaml": "services:\n  - type: web\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n",
      "shop/settings.py":
        'import os\n\nALLOWED_HOSTS = ["shop.example.com"]\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nSECURE_SSL_REDIRECT = "RENDER" in os.environ\nWSGI_APPLICATION = "shop.wsgi.application"\n',
    },
    notReported: [
      "Variables that the platform in question sets.",
      "Settings that ask for several platforms, the one in question among them.",
    ],
    links: ["https://12factor.net/config"],
  },
  *run({ settings, deployment: { platform, env } }) {
    const own = new Set([...Object.keys(platform.injects), ...env.map(({ name }) => name)]);
    const asked = new Map(settings.reads.map(({ name, at }) => [name, at] as const));
    const isPortable = [...asked.keys()].some((name) => own.has(name) && hostThatSets(name) !== undefined);
    if (!isPortable) {
      for (const [name, at] of asked) {
        const host = own.has(name) ? undefined : hostThatSets(name);
        if (host === undefined || host === platform.name) continue;
        yield fails(
          `the settings ask for $${name}, which only ${host} sets, so what depends on it never happens on ${platform.name}`,
          { at },
        );
      }
    }
    yield evidence("the settings ask for no other platform's variables");
  },
});
