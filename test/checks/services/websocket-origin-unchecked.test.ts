import { expect, test } from "vitest";
import check from "../../../src/checks/services/websocket-origin-unchecked.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const asgi = (routing: string, before = "") => ({
  "shop/asgi.py": `from channels.auth import AuthMiddlewareStack\nfrom channels.routing import ProtocolTypeRouter, URLRouter\nfrom channels.security.websocket import AllowedHostsOriginValidator\n${before}application = ProtocolTypeRouter({"websocket": ${routing}})\n`,
});
const open = "AuthMiddlewareStack(URLRouter([]))";
const uvicorn = (requirements: string, options = "") => ({
  ...asgi(`AllowedHostsOriginValidator(${open})`),
  Procfile: `web: uvicorn shop.asgi:application${options}\n`,
  "app.json": "{}\n",
  "requirements.txt": requirements,
});
const unchecked =
  "AuthMiddlewareStack logs people in by cookies, and nothing around it asks which site opens the WebSocket";

test.each([
  ["cookies without a check", asgi(open), `info certain shop/asgi.py:4:48 ${unchecked}`],
  [
    "the same by way of a name",
    asgi("sockets", `sockets = ${open}\n`),
    `info certain shop/asgi.py:5:48 ${unchecked}`,
  ],
  [
    "a server without a library",
    uvicorn("uvicorn==0.38.0\n"),
    "error certain Procfile:1:1 uvicorn has no library for WebSockets: neither websockets nor wsproto is installed, so it refuses each of them",
  ],
])("reports %s", async (_, more, expected) => {
  const platform = "app.json" in more ? { platform: "heroku" } : {};
  expect(brief(await runOn(check, settingsOnly("DEBUG = False", more), platform))).toEqual([expected]);
});

test.each([
  ["a validator", "passed", asgi(`AllowedHostsOriginValidator(${open})`)],
  [
    "a validator by way of a name",
    "passed",
    asgi("sockets", `inner = ${open}\nsockets = AllowedHostsOriginValidator(inner)\n`),
  ],
  ["one of one's own", "passed", asgi(`CheckOrigin(${open})`)],
  ["sockets without cookies", "passed", asgi("TokenAuth(URLRouter([]))")],
  ["no WebSockets", "skipped", {}],
  ["uvicorn with its library", "passed", uvicorn("uvicorn[standard]==0.38.0\n")],
  ["uvicorn with another library", "passed", uvicorn("uvicorn==0.38.0\nwsproto==1.2.0\n")],
  ["uvicorn without WebSockets by an option", "passed", uvicorn("uvicorn==0.38.0\n", " --ws none")],
])("is silent about %s", async (_, status, more) => {
  const platform = "app.json" in more ? { platform: "heroku" } : {};
  const result = await runOn(check, settingsOnly("DEBUG = False", more), platform);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("is a warning where other sites' pages send the cookie", async () => {
  expect(
    brief(await runOn(check, settingsOnly('DEBUG = False\nSESSION_COOKIE_SAMESITE = "None"', asgi(open)))),
  ).toEqual([`warning certain shop/asgi.py:4:48 ${unchecked}`]);
});

test("says nothing where the web process speaks WSGI", async () => {
  const wsgi = {
    ...asgi(open),
    Procfile: "web: gunicorn shop.wsgi\n",
    "app.json": "{}\n",
    "shop/wsgi.py":
      "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n",
  };
  const result = await runOn(check, settingsOnly("DEBUG = False", wsgi), { platform: "heroku" });
  expect([...brief(result), result.status]).toEqual(["skipped"]);
});
