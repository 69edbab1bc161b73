import { expect, test } from "vitest";
import check from "../../../src/checks/services/channel-layer-in-memory.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const memory = 'CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}';
const chat = (call = "channel_layer.group_send('a', {})") => ({
  "chat/a.py": `channel_layer = get()\n${call}\n`,
});
const web = (command: string) => ({ Procfile: `web: ${command}\n`, "app.json": "{}\n" });

test.each([
  [
    "two processes",
    memory,
    { ...chat(), ...web("uvicorn shop.asgi:application --workers 2") },
    "error certain shop/settings.py:1:42 the channel layer is in memory, and 2 processes do not see each other's messages",
  ],
  [
    "a task that sends",
    memory,
    {
      "chat/tasks.py": "layer.group_send('a', {})\n",
      Procfile: "web: daphne shop.asgi:application\nworker: celery -A shop worker\n",
      "app.json": "{}\n",
    },
    "error certain shop/settings.py:1:42 the channel layer is in memory, and the web process and worker do not see each other's messages",
  ],
  [
    "one process, as advice",
    memory,
    { ...chat(), ...web("daphne shop.asgi:application") },
    "info conditional shop/settings.py:1:42 the channel layer is in memory, and reaches nobody who is connected to another process",
  ],
  [
    "as many as nobody knows",
    memory,
    chat(),
    "warning conditional shop/settings.py:1:42 the channel layer is in memory, and reaches nobody who is connected to another process",
  ],
  [
    "no layer",
    "DEBUG = False",
    chat("async_to_sync(layer.group_send)('a', {})"),
    "error certain chat/a.py:2:1 group_send() needs a channel layer, and CHANNEL_LAYERS has no default one",
  ],
])("reports %s", async (_, text, more, expected) => {
  const platform = "app.json" in more ? { platform: "heroku" } : {};
  expect(brief(await runOn(check, settingsOnly(text, more), platform))).toEqual([expected]);
});

test.each([
  ["channels without groups", "skipped", memory, { "chat/a.py": "class Echo(WebsocketConsumer): pass\n" }],
  [
    "another layer",
    "passed",
    'CHANNEL_LAYERS = {"default": {"BACKEND": "channels_redis.core.RedisChannelLayer"}}',
    chat(),
  ],
  [
    "code that asks for a layer",
    "skipped",
    "DEBUG = False",
    chat("if channel_layer is not None:\n    channel_layer.group_send('a', {})"),
  ],
])("is silent about %s", async (_, status, text, more) => {
  const result = await runOn(check, settingsOnly(text, more));
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: layers from elsewhere", async () => {
  const result = await runOn(
    check,
    settingsOnly("from elsewhere import layers\nCHANNEL_LAYERS = layers()", chat()),
  );
  expect(brief(result)).toEqual(["unknown shop/settings.py:2:18 CHANNEL_LAYERS cannot be read statically"]);
});

test("says nothing of consumers that a WSGI server cannot reach", async () => {
  const wsgi = {
    ...chat(),
    ...web("gunicorn shop.wsgi --workers 3"),
    "shop/wsgi.py":
      "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n",
  };
  const result = await runOn(check, settingsOnly(memory, wsgi), { platform: "heroku" });
  expect([...brief(result), result.status]).toEqual(["skipped"]);
});
