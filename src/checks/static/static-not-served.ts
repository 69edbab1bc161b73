import { defineCheck } from "../../check.ts";
import { isInstalled, isOpen, staticStorage } from "../../facts/django/static-files.ts";
import { staticElsewhereWith } from "../../facts/django/switches.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import type { StaticMapping, StaticRules } from "../../platforms/rules.ts";
import { textOf, textsIn } from "../../python/inspect.ts";
import { pathOf } from "../../python/models/pathlib.ts";
import type { Value } from "../../python/value.ts";

const servingMiddleware = /whitenoise|servestatic|dj_static|static\w*middleware/i;

export default defineCheck({
  id: "static-not-served",
  title: "Something serves static files in production",
  area: "static",
  severity: "error",
  needs: ["settings", "deployment", "staticServing"],
  docs: {
    why: "`runserver` serves static files while DEBUG is on; application servers never do. The site comes up without style sheets and scripts, the admin included.",
    fix: "Let WhiteNoise serve them from the application, or put them on a CDN or behind a proxy.",
    bad: {
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{"name": "shop"}\n',
      "shop/settings.py":
        'INSTALLED_APPS = ["django.contrib.admin", "django.contrib.staticfiles"]\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSTATIC_URL = "static/"\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{"name": "shop"}\n',
      "shop/settings.py":
        'INSTALLED_APPS = ["django.contrib.admin", "django.contrib.staticfiles"]\nMIDDLEWARE = [\n    "django.middleware.security.SecurityMiddleware",\n    "whitenoise.middleware.WhiteNoiseMiddleware",\n]\nSTATIC_URL = "static/"\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "STATIC_URL on another host, or a remote storage.",
      "A proxy configured in the repository (nginx, Caddy, Apache), WhiteNoise around the application in wsgi.py, or an option of the server.",
      "A folder that the platform itself serves at STATIC_URL: a handler of app.yaml, a location of Upsun's, a mapping of Elastic Beanstalk's.",
      "A project that has no use for static files: no admin, and no template that asks for one.",
      "A host whose proxy we cannot see is a warning.",
    ],
    links: ["https://whitenoise.readthedocs.io/en/stable/django.html"],
  },
  *run({ settings, deployment, staticServing }) {
    const { platform } = deployment;
    const installed = isInstalled(settings, "django.contrib.staticfiles");
    if (installed === false) return yield notApplicable("django.contrib.staticfiles is not installed");
    const url = settings.get("STATIC_URL");
    if (/^(https?:)?\/\//.test(textOf(url.value) ?? ""))
      return yield evidence("STATIC_URL is on another host", url.at);
    const storage = staticStorage(settings);
    if (storage.kind === "remote") return yield evidence(`static files are stored by ${storage.backend}`);
    const middleware = settings.get("MIDDLEWARE");
    const serving = textsIn(middleware.value).find((name) => servingMiddleware.test(name));
    if (serving) return yield evidence(`${serving} serves them`, middleware.at);
    const mapping = mappingFor(platform.statics, url.value, settings.get("STATIC_ROOT").value);
    if (mapping?.serves)
      return yield evidence(
        `${platform.name} serves ${mapping.folder} at ${mapping.url}`,
        mapping.at ?? url.at,
      );
    const [server] = staticServing.servers;
    if (server) return yield evidence(`${server.by} serves them`, server.at);
    const admin = isInstalled(settings, "django.contrib.admin");
    if (admin === false && !staticServing.usedBy) {
      return yield notApplicable(
        "nothing asks for static files: there is no admin, and no template that loads them",
      );
    }
    if (isOpen(middleware.value) || storage.kind === "unknown" || url.value.kind === "opaque") {
      return yield cannotTell(
        "whether anything serves static files cannot be told: MIDDLEWARE, STATIC_URL or the storage is only partly known",
        {
          at: middleware.at,
        },
      );
    }
    const elsewhere = staticElsewhereWith(settings);
    const certain =
      platform.port.reachedFrom === "outside" && platform.disk === "ephemeral" && elsewhere === undefined;
    const mappedIn = platform.statics?.elsewhere;
    if (mapping) {
      const root = settings.get("STATIC_ROOT");
      return yield fails(
        `${platform.name} serves the folder ${mapping.folder} at ${mapping.url}, and static files are collected into another`,
        {
          at: root.at ?? url.at,
          severity: "warning",
          fix: `STATIC_ROOT = BASE_DIR / "${segments(mapping.folder).join("/")}"`,
        },
      );
    }
    const when = [
      ...(elsewhere === undefined ? [] : [`$${elsewhere} is unset`]),
      ...(mappedIn === undefined ? [] : [`no folder is mapped to STATIC_URL in ${mappedIn}`]),
    ];
    yield fails(
      elsewhere === undefined
        ? "nothing in the repository serves static files when DEBUG is off: no WhiteNoise, no remote storage, no proxy"
        : `nothing in the repository serves static files unless $${elsewhere} is set: no WhiteNoise, no proxy`,
      {
        at: middleware.at,
        fix: mappedIn === undefined ? whitenoise : `# ${mappedIn}: STATIC_URL, and the folder STATIC_ROOT`,
        ...(!certain && { severity: mappedIn === undefined ? "warning" : "info" }),
        ...(when.length > 0 && { when }),
      },
    );
  },
});

const whitenoise = [
  "# requirements.txt: whitenoise",
  "MIDDLEWARE = [",
  '    "django.middleware.security.SecurityMiddleware",',
  '    "whitenoise.middleware.WhiteNoiseMiddleware",  # directly after SecurityMiddleware',
  "    # … the rest as it is",
  "]",
].join("\n");

/** The folder that the platform serves at STATIC_URL, and whether it is the one that files are collected into. */
function mappingFor(
  statics: StaticRules | undefined,
  url: Value,
  root: Value,
): (StaticMapping & { readonly serves: boolean }) | undefined {
  const address = segments(textOf(url) ?? "/static/");
  const mapping = statics?.mapped.find(({ url: one }) => isBelow(address, segments(one)));
  if (!mapping) return undefined;
  const collected = pathOf(root) ?? textOf(root);
  const below = segments(mapping.folder);
  const serves =
    collected === undefined
      ? root.kind !== "none" || mapping.at !== undefined
      : endsWith(segments(collected), below);
  return { ...mapping, serves };
}

function segments(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

function isBelow(path: readonly string[], folder: readonly string[]): boolean {
  return folder.length > 0 && folder.every((part, index) => path[index] === part);
}

function endsWith(path: readonly string[], end: readonly string[]): boolean {
  return end.every((part, index) => path[path.length - end.length + index] === part);
}
