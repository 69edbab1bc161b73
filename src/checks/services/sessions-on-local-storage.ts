import { defineCheck } from "../../check.ts";
import { backendOf, dummyCache, localMemory } from "../../facts/django/cache-use.ts";
import { middlewareIn } from "../../facts/django/middleware.ts";
import { leftUnset, whenUnset } from "../../facts/django/unset.ts";
import { processCount } from "../../facts/servers/process-count.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { textOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const sessionMiddleware = "django.contrib.sessions.middleware.SessionMiddleware";
const backends = "django.contrib.sessions.backends.";
const fileCache = "django.core.cache.backends.filebased.FileBasedCache";

const settings = (engine: string) =>
  `import os\n\nALLOWED_HOSTS = ["shop.example.com"]\nMIDDLEWARE = ["${sessionMiddleware}"]\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nSESSION_ENGINE = "${backends}${engine}"\nWSGI_APPLICATION = "shop.wsgi.application"\n`;
const two = { ...shop, Procfile: "web: gunicorn --workers 2 shop.wsgi\n" };

export default defineCheck({
  id: "sessions-on-local-storage",
  title: "Every process finds every session, also after a deployment",
  area: "services",
  severity: "error",
  needs: ["settings", "deployment"],
  wants: ["webServer"],
  docs: {
    why: "A session in the memory of one process is not there for the others: people are logged in with one request and logged out with the next. A session in a file is gone when the platform replaces the disk, which it does at every deployment.",
    fix: 'Keep sessions in the database, which is Django\'s own default:\n\n```python\nSESSION_ENGINE = "django.contrib.sessions.backends.db"\n```',
    bad: { ...two, "shop/settings.py": settings("cache") },
    good: { ...two, "shop/settings.py": settings("db") },
    notReported: [
      "One process is advice: sessions then last until it restarts.",
      "`cached_db` over LocMemCache loses no session, and is a warning: a process may go on with one that another has ended.",
      "Sessions in files on a disk that stays, or that we know nothing of.",
      "Sessions in signed cookies.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/topics/http/sessions/#configuring-the-session-engine"],
  },
  *run({ settings, deployment: { platform }, webServer }) {
    if (middlewareIn(settings).has(sessionMiddleware) !== true)
      return yield notApplicable("SessionMiddleware is not installed, as far as MIDDLEWARE can be read");
    const setting = settings.get("SESSION_ENGINE");
    const engine = textOf(setting.value);
    if (setting.value.kind === "opaque" && setting.value.cause === "environment")
      return yield evidence("the environment says where sessions are kept", setting.at);
    if (engine === undefined)
      return yield cannotTell("SESSION_ENGINE cannot be read statically", { at: setting.at });
    const { at } = setting;
    const fix = `SESSION_ENGINE = "${backends}db"`;
    const discards = platform.disk === "ephemeral" || platform.disk === "read-only";
    if (engine === `${backends}file`) {
      if (!discards)
        return yield evidence("sessions are in files, on a disk that is not known to be lost", at);
      return yield fails(
        `SESSION_ENGINE keeps sessions in files, and ${platform.name} ${platform.disk === "ephemeral" ? "discards them at every deploy and restart" : "lets no app write any"}`,
        { at, fix },
      );
    }
    if (engine !== `${backends}cache` && engine !== `${backends}cached_db`)
      return yield evidence(`sessions are kept by ${engine}`, at);
    const alias = textOf(settings.get("SESSION_CACHE_ALIAS").value) ?? "default";
    const backend = backendOf(settings, alias);
    if (!backend) return yield notApplicable(`nothing tells what the cache "${alias}" is`);
    const alone = engine === `${backends}cache`;
    const place = backend.at ?? at;
    if (backend.name === dummyCache && alone)
      return yield fails(
        "SESSION_ENGINE keeps sessions in DummyCache, which keeps nothing, so nobody stays logged in",
        { at: place, fix },
      );
    if (backend.name === fileCache && alone && discards)
      return yield fails(
        `SESSION_ENGINE keeps sessions in a cache of files, which ${platform.name} discards at every deploy and restart`,
        { at: place, fix, severity: "warning" },
      );
    if (backend.name !== localMemory) return yield evidence(`sessions are cached by ${backend.name}`, place);
    const count = webServer && processCount(webServer);
    const each = count?.several ? `each of ${count.says}` : "each process";
    const unset = leftUnset(settings, backend.env, setting.value.env, setting.env);
    const details = {
      at: place,
      fix,
      when: [...whenUnset(unset), ...(count?.several ? [] : ["more than one process runs"])],
    };
    if (!alone && count?.several === false) return yield evidence("one process has the whole cache", place);
    if (!alone)
      return yield fails(
        `sessions are cached in LocMemCache, one for ${each}, so a process may go on with a session that another has ended`,
        { ...details, severity: "warning" },
      );
    if (count?.several === false)
      return yield fails(
        "SESSION_ENGINE keeps sessions in LocMemCache, so every restart logs everybody out",
        {
          at: place,
          fix,
          severity: "info",
        },
      );
    yield fails(
      `SESSION_ENGINE keeps sessions in LocMemCache, one for ${each}, which no other process sees`,
      {
        ...details,
        ...((!count?.several || unset.length > 0) && { severity: "warning" }),
      },
    );
  },
});
