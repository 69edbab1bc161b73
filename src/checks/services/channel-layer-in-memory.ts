import { defineCheck } from "../../check.ts";
import { leftUnset, whenUnset } from "../../facts/django/unset.ts";
import { processCount } from "../../facts/servers/process-count.ts";
import { groupUses, reachNoSocket } from "../../facts/sockets.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { entryOf, textOf, truthOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const inMemory = "channels.layers.InMemoryChannelLayer";
const redis = "channels_redis.core.RedisChannelLayer";

const settings = (layers: string) =>
  `import os\n\nALLOWED_HOSTS = ["shop.example.com"]\nASGI_APPLICATION = "shop.asgi.application"\nCHANNEL_LAYERS = {"default": ${layers}}\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nWSGI_APPLICATION = "shop.wsgi.application"\n`;
const chat = {
  ...shop,
  Procfile: "web: uvicorn shop.asgi:application --host 0.0.0.0 --port $PORT --workers 2\n",
  "requirements.txt": "channels>=4,<5\nchannels-redis>=4,<5\ndjango>=5.2,<6\nuvicorn[standard]>=0.35,<1\n",
  "chat/consumers.py":
    'from channels.generic.websocket import AsyncWebsocketConsumer\n\n\nclass Chat(AsyncWebsocketConsumer):\n    async def connect(self):\n        await self.channel_layer.group_add("room", self.channel_name)\n        await self.accept()\n',
  "shop/asgi.py":
    'import os\n\nfrom django.core.asgi import get_asgi_application\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
};

export default defineCheck({
  id: "channel-layer-in-memory",
  title: "Channel layers reach every process",
  area: "services",
  severity: "error",
  needs: ["settings", "code"],
  wants: ["webServer", "deploySteps", "application"],
  docs: {
    why: "InMemoryChannelLayer keeps groups and messages in one process. With a second one, be it a worker of the server or one that runs tasks, a message reaches those only who are connected to the process that sends it. Without CHANNEL_LAYERS there is no layer at all: `get_channel_layer()` gives None.",
    fix: `Send messages through Redis:\n\n\`\`\`python\nCHANNEL_LAYERS = {\n    "default": {\n        "BACKEND": "${redis}",\n        "CONFIG": {"hosts": [os.environ["REDIS_URL"]]},\n    }\n}\n\`\`\``,
    bad: { ...chat, "shop/settings.py": settings(`{"BACKEND": "${inMemory}"}`) },
    good: {
      ...chat,
      "shop/settings.py": settings(`{"BACKEND": "${redis}", "CONFIG": {"hosts": [os.environ["REDIS_URL"]]}}`),
    },
    notReported: [
      "Channels without groups: consumers that answer whom they are connected to.",
      "One process, as daphne is, without others that send messages: advice.",
      "Consumers that nothing serves, because the web process speaks WSGI: `wsgi-asgi-mismatch`.",
      "Code that asks whether there is a layer, where none is configured.",
    ],
    links: ["https://channels.readthedocs.io/en/stable/topics/channel_layers.html#in-memory-channel-layer"],
  },
  *run({ settings, code, webServer, deploySteps, application }) {
    const use = groupUses(code);
    if (!use) return yield notApplicable("nothing is found that uses channel layers");
    if (reachNoSocket(application, deploySteps))
      return yield notApplicable(
        "no WebSocket reaches the web process, which speaks WSGI: wsgi-asgi-mismatch",
      );
    const setting = settings.get("CHANNEL_LAYERS");
    const layer = entryOf(setting.value, "default");
    if (setting.value.kind === "opaque" || layer?.kind === "opaque")
      return yield cannotTell("CHANNEL_LAYERS cannot be read statically", { at: setting.at });
    if (!layer) {
      if (use.guarded || (setting.value.kind === "dict" && setting.value.open))
        return yield notApplicable("the code asks whether there is a channel layer");
      return yield fails(`${use.by} needs a channel layer, and CHANNEL_LAYERS has no default one`, {
        at: setting.explicit ? setting.at : use.at,
        ...(setting.otherwise.some(({ value }) => truthOf(value) !== false) && { severity: "warning" }),
      });
    }
    const backend = textOf(entryOf(layer, "BACKEND"));
    const at = entryOf(layer, "BACKEND")?.at ?? setting.at;
    if (backend !== inMemory)
      return yield evidence(`the channel layer is ${backend ?? "known at run time"}`, at);
    const unset = leftUnset(settings, entryOf(layer, "BACKEND")?.env ?? [], setting.env);
    const when = whenUnset(unset);
    const count = webServer && processCount(webServer);
    const worker = deploySteps?.all.find(({ phase, kind }) => phase === "start" && kind === "worker");
    const others = count?.several
      ? count.says
      : worker && use.inTasks
        ? `the web process and ${worker.process ?? "the worker"}`
        : undefined;
    if (others !== undefined)
      return yield fails(`the channel layer is in memory, and ${others} do not see each other's messages`, {
        at,
        when,
        ...(unset.length > 0 && { severity: "warning" }),
      });
    yield fails("the channel layer is in memory, and reaches nobody who is connected to another process", {
      at,
      when: [...when, "more than one process runs"],
      severity: count?.several === false ? "info" : "warning",
    });
  },
});
