import { defineCheck } from "../../check.ts";
import { cacheUses } from "../../facts/django/cache-use.ts";
import type { Settings, SettingsView } from "../../facts/django/settings.ts";
import { leftUnset, whenUnset } from "../../facts/django/unset.ts";
import type { ProjectFacts } from "../../facts/facts.ts";
import { brokerAddress, brokerOf, isNeverImported } from "../../facts/queues/broker.ts";
import { type Address, addressOnThisMachine, onThisMachine } from "../../facts/queues/celery-text.ts";
import { evidence, type Finding, fails, notApplicable } from "../../finding.ts";
import { besidesOnLocalhost } from "../../platforms/rules.ts";
import { entryOf, truthOf } from "../../python/inspect.ts";
import { mergeEnv } from "../../python/value.ts";
import { shop } from "../example-shop.ts";

/** Variables that platforms and add-ons set by themselves, whatever the project says. */
const conventional =
  /^(?:REDIS(?:CLOUD)?_(?:TLS_)?URL|REDIS_HOST|CLOUDAMQP_URL|RABBITMQ_URL|MEMCACHE\w*|VALKEY_URL|KV_URL)$/;
const servers = /^(?:redis-server|valkey-server|rabbitmq-server|memcached|redis)$/;

/** Settings that hold addresses, what they are of, and the library whose tasks use it. */
const addresses = [
  ["CHANNEL_LAYERS", "the channel layer", undefined],
  ["RQ_QUEUES", "RQ's queue", "RQ"],
  ["Q_CLUSTER", "Django Q's broker", "Django Q"],
  ["HUEY", "Huey's queue", "Huey"],
  ["DRAMATIQ_BROKER", "Dramatiq's broker", "Dramatiq"],
] as const;

const settings = (broker: string) =>
  `import os\n\nALLOWED_HOSTS = ["shop.example.com"]\n${broker}\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nWSGI_APPLICATION = "shop.wsgi.application"\n`;
const celery = {
  ...shop,
  Procfile: "web: gunicorn shop.wsgi\nworker: celery -A shop worker\n",
  "app.json": '{ "name": "shop" }\n',
  "requirements.txt": "celery[redis]>=5.5,<6\ndjango>=5.2,<6\ngunicorn>=23,<27\n",
  "shop/__init__.py": "from .celery import app as celery_app\n",
  "shop/celery.py":
    'import os\n\nfrom celery import Celery\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napp = Celery("shop")\napp.config_from_object("django.conf:settings", namespace="CELERY")\n',
};

export default defineCheck({
  id: "broker-localhost-default",
  title: "Brokers, caches and channel layers are not looked for on localhost",
  area: "services",
  severity: "error",
  needs: ["settings", "deployment", "taskQueues"],
  wants: ["deploySteps", "code"],
  docs: {
    why: "In a container of its own nothing answers on localhost but the app itself. Celery without a broker looks for RabbitMQ there, too. What then fails is not the deployment but the first request that queues a task: `[Errno 111] Connection refused`, or it hangs.",
    fix: 'Read the address from the variable that the platform sets, without a fallback:\n\n```python\nCELERY_BROKER_URL = os.environ["REDIS_URL"]\n```',
    bad: { ...celery, "shop/settings.py": settings('CELERY_BROKER_URL = "redis://localhost:6379/0"') },
    good: { ...celery, "shop/settings.py": settings('CELERY_BROKER_URL = os.environ["REDIS_URL"]') },
    notReported: [
      "A broker that the deployment starts beside the app, and machines that are the project's own.",
      "A variable that a manifest declares; a fallback that only development reaches.",
      "The fallback of a variable that is the project's own is a warning; of one that platforms set (`REDIS_URL`) it is advice.",
      "A broker for which nothing queues tasks.",
    ],
    links: ["https://docs.celeryq.dev/en/stable/django/first-steps-with-django.html"],
  },
  *run({ settings, deployment: { platform, env }, taskQueues, deploySteps, code }) {
    const besides = besidesOnLocalhost(platform);
    if (besides !== "nothing")
      return yield notApplicable(
        `other programs may answer on localhost of ${platform.name}, as far as the files tell`,
      );
    const server = deploySteps?.all.find(({ launch }) => servers.test(launch.program));
    if (server)
      return yield evidence(`the deployment starts ${server.launch.program} itself`, server.launch.at);
    const celery = queuesWithCelery(taskQueues, deploySteps) ? taskQueues.celery : undefined;
    const broker = celery && brokerOf(celery, settings);
    const found: Finding[] = [];
    if (broker?.kind === "address")
      found.push(...local("Celery's broker", (view) => celery && brokerAddress(celery, view), settings));
    const assigned = (name: string) =>
      code?.mentioning(new RegExp(`\\b${name}\\s*(?::[^=\n]*)?=[^=]`)).length;
    const isDefault = broker?.kind === "default" && (broker.ignored !== undefined || !assigned(broker.name));
    if (isDefault && !env.some(({ name }) => name === "CELERY_BROKER_URL"))
      found.push(
        fails(
          broker.ignored === undefined
            ? "no setting names Celery's broker, so it is amqp://localhost"
            : `Celery takes its broker from ${broker.name}, not from ${broker.ignored}, so it is amqp://localhost`,
          {
            at: broker.at,
            when: broker.ignored === undefined ? ["$CELERY_BROKER_URL is unset"] : [],
            ...(broker.ignored === undefined && { severity: "warning" }),
            fix:
              broker.name === "BROKER_URL" && broker.ignored !== undefined
                ? 'app.config_from_object("django.conf:settings", namespace="CELERY")'
                : `${broker.name} = os.environ["REDIS_URL"]`,
          },
        ),
      );
    const queued = taskQueues.sendings.find(({ library, shared }) => library === "Celery" && shared);
    const ownVariable = settings.reads.some(({ name }) => name === "CELERY_BROKER_URL");
    if (
      celery &&
      queued &&
      code &&
      broker?.kind !== "default" &&
      !ownVariable &&
      isNeverImported(celery, code)
    )
      found.push(
        fails(
          `nothing imports ${celery.file.path}, so ${queued.call}() looks for a broker at amqp://localhost`,
          {
            at: celery.at,
            fix: `# __init__.py beside it\nfrom .${celery.file.dotted.split(".").at(-1)} import ${celery.variable ?? "app"} as celery_app`,
          },
        ),
      );
    const cache = entryOf(settings.get("CACHES").value, "default");
    const ignores =
      entryOf(entryOf(cache, "OPTIONS"), "IGNORE_EXCEPTIONS") ??
      settings.get("DJANGO_REDIS_IGNORE_EXCEPTIONS").value;
    if (cache && truthOf(ignores) !== true && cacheUses(settings, code).length > 0)
      found.push(...local("the default cache", inSetting("CACHES", "default"), settings));
    for (const [name, what, library] of addresses) {
      const used =
        library === undefined
          ? code?.mentioning(/channel_layer|group_send|group_add/).length
          : taskQueues.sendings.some((each) => each.library === library);
      if (used) found.push(...local(what, inSetting(name), settings));
    }
    yield* found;
    if (found.length === 0) yield evidence("no service that is used is looked for on localhost");
  },
});

/** Whether anything queues tasks with Celery, or works them off. */
function queuesWithCelery(
  { sendings }: ProjectFacts["taskQueues"],
  steps: ProjectFacts["deploySteps"] | undefined,
): boolean {
  const works = steps?.all.some(({ phase, launch }) => phase === "start" && launch.program === "celery");
  return works === true || sendings.some(({ library }) => library === "Celery");
}

type Look = (view: SettingsView) => Address | undefined;

function local(what: string, look: Look, settings: Settings): readonly Finding[] {
  const address = look(settings);
  const shown = address?.text === undefined ? undefined : onThisMachine(address.text);
  if (!address || shown === undefined) return [];
  const found = leftUnset(settings, address.env);
  const unset = found.length > 0 ? found : replacing(look, settings);
  const advice = unset.some((name) => conventional.test(name));
  return [
    fails(`${what} is ${shown}, where nothing answers`, {
      at: address.at,
      when: whenUnset(unset),
      ...(unset.length > 0 && { severity: advice ? "info" : "warning" }),
    }),
  ];
}

/** The variables that bring another address although it does not show that it depends on them. */
function replacing(look: Look, settings: Settings): readonly string[] {
  const asked = settings.reads
    .map(({ name }) => name)
    .filter((name) => /REDIS|BROKER|AMQP|RABBIT|CACHE|CELERY|VALKEY/.test(name));
  return leftUnset(settings, asked)
    .slice(0, 3)
    .filter((name) => {
      const text = look(settings.under({ [name]: "redis://redis.example.com:6379/0" }))?.text;
      return text === undefined || onThisMachine(text) === undefined;
    });
}

/** The address in a setting, or in one entry of it. */
function inSetting(name: string, key?: string): Look {
  return (view) => {
    const { value, env, at } = view.get(name);
    const held = key === undefined ? value : entryOf(value, key);
    const address = held && addressOnThisMachine(held);
    return address && { text: address.text, env: mergeEnv(address.env, env), at: address.at ?? at };
  };
}
