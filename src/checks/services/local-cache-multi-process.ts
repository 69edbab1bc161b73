import { defineCheck } from "../../check.ts";
import { backendOf, cacheUses, dummyCache, localMemory } from "../../facts/django/cache-use.ts";
import { leftUnset, whenUnset } from "../../facts/django/unset.ts";
import { processCount } from "../../facts/servers/process-count.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const settings = (caches: string) =>
  `import os\n\nALLOWED_HOSTS = ["shop.example.com"]\n${caches}ROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nWSGI_APPLICATION = "shop.wsgi.application"\n`;
const code = {
  ...shop,
  Procfile: "web: gunicorn --workers 3 shop.wsgi\n",
  "orders/views.py":
    'from django.core.cache import cache\n\n\ndef order(request):\n    if not cache.add(f"order-{request.user.pk}", True, 5):\n        raise RuntimeError("twice")\n',
};

export default defineCheck({
  id: "local-cache-multi-process",
  title: "What processes have to share is in a cache that they share",
  area: "services",
  severity: "warning",
  needs: ["settings", "deployment"],
  wants: ["webServer", "code", "deploySteps"],
  docs: {
    why: "LocMemCache, which Django takes where CACHES is not set, keeps a cache of its own in every process. A limit counts a part of the requests, a lock locks nobody else out, and what one process deletes the others go on serving.",
    fix: 'Give the processes one cache:\n\n```python\nCACHES = {\n    "default": {\n        "BACKEND": "django.core.cache.backends.redis.RedisCache",\n        "LOCATION": os.environ["REDIS_URL"],\n    }\n}\n```',
    bad: { ...code, "shop/settings.py": settings("") },
    good: {
      ...code,
      "requirements.txt": "django>=5.2,<6\ngunicorn>=23,<27\nredis>=6,<7\n",
      "shop/settings.py": settings(
        'CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": os.environ["REDIS_URL"]}}\n',
      ),
    },
    notReported: [
      "A cache that only remembers what was worked out: pages, queries, fragments of templates.",
      "One process, with as many threads as you like.",
      "What a process deletes from a cache of its own is advice: it may be there for that process alone.",
      "Sessions: `sessions-on-local-storage` tells of them.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/topics/cache/#local-memory-caching"],
  },
  *run({ settings, webServer, code, deploySteps }) {
    const [use] = cacheUses(settings, code);
    if (!use) return yield notApplicable("nothing is found that uses the cache");
    const backend = backendOf(settings, "default");
    if (!backend) return yield notApplicable("nothing tells which cache is the default one");
    const cache = backend.name.split(".").at(-1);
    const isDummy = backend.name === dummyCache;
    if (backend.name !== localMemory && !isDummy)
      return yield evidence(`the default cache is ${backend.name}`, backend.at);
    if (use.alone === "fine")
      return yield evidence(`${use.by} only remembers what a process worked out`, use.at);
    if (isDummy && use.alone === "broken")
      return yield fails(`${use.by} keeps nothing: the default cache is DummyCache`, {
        at: backend.at ?? use.at,
      });
    if (isDummy) return yield evidence("DummyCache keeps nothing that could be stale", backend.at);
    if (!webServer) return yield notApplicable("no server is known, nor how many processes it has");
    const { several, says } = processCount(webServer);
    const worker = deploySteps?.all.find(({ phase, kind }) => phase === "start" && kind === "worker");
    const isCode = use.by.startsWith("cache.");
    if (several !== true && several !== undefined && !(worker && isCode))
      return yield evidence(`${says} answers requests, so it has the whole cache`, webServer.at);
    const who = several === false ? "the web process and the workers" : says;
    yield fails(
      `${use.by} ${use.alone === "broken" ? "needs a cache that all share" : "reaches one process only"}, and LocMemCache is one for each of ${who}`,
      {
        at: use.at,
        when: [
          ...whenUnset(leftUnset(settings, backend.env)),
          ...(several === undefined ? ["more than one process runs"] : []),
        ],
        ...(use.alone === "stale" && { severity: "info" }),
      },
    );
    yield evidence(`the default cache is ${cache}`, backend.at);
  },
});
