import { expect, test } from "vitest";
import check from "../../../src/checks/platform/fly-internal-port.ts";
import { brief, runOn } from "../../support/run-on.ts";

const shop = {
  "manage.py": "",
  "requirements.txt": "django\ngunicorn\nuvicorn\n",
  "shop/settings.py": 'ROOT_URLCONF = "shop.urls"\nSECRET_KEY = "x"\n',
  "shop/urls.py": "urlpatterns = []\n",
  "shop/wsgi.py": "application = None\n",
};
const image = (cmd: string, before = "") => `FROM python:3.13\nWORKDIR /app\nCOPY . .\n${before}CMD ${cmd}\n`;
const onFly = (cmd: string, fly = "", before = "") => ({
  ...shop,
  Dockerfile: image(cmd, before),
  "fly.toml": `[http_service]\ninternal_port = 8080\n${fly}`,
});

test.each([
  ["an option", "gunicorn --bind :8000 shop.wsgi", "gunicorn listens on 8000"],
  ["the server's own default", "uvicorn --host 0.0.0.0 shop.asgi:application", "uvicorn listens on 8000"],
])("a server at another port by %s", async (_name, cmd, says) => {
  expect(brief(await runOn(check, onFly(cmd)))).toEqual([
    `error certain fly.toml:2:1 Fly.io sends requests to port 8080 (internal_port), and ${says}`,
  ]);
});

test.each([
  ["the same port", onFly("gunicorn --bind :8080 shop.wsgi")],
  ["a variable of the manifest", onFly("gunicorn --bind :$PORT shop.wsgi", '[env]\nPORT = "8080"\n')],
  ["a variable of the image", onFly("gunicorn --bind :$PORT shop.wsgi", "", "ENV PORT=8080\n")],
  ["gunicorn takes $PORT by itself", onFly("gunicorn shop.wsgi", '[env]\nPORT = "8080"\n')],
  [
    "another group that the service does not ask",
    onFly(
      "true",
      'processes = ["app"]\n[processes]\napp = "gunicorn --bind :8080 shop.wsgi"\nother = "gunicorn --bind :9000 shop.wsgi"\n',
    ),
  ],
])("%s passes", async (_name, files) => {
  expect((await runOn(check, files)).status).toBe("passed");
});

test("a port that only the operator knows cannot be told", async () => {
  const result = await runOn(check, onFly("gunicorn --bind :$WEB_PORT shop.wsgi"));
  expect(brief(result)).toEqual([
    "unknown Dockerfile:4:1 gunicorn takes its port from $WEB_PORT, whose value is not known",
  ]);
});

test("Kamal's port is 80 unless it is set", async () => {
  const files = (proxy: string) => ({
    ...shop,
    Dockerfile: image("gunicorn --bind :8000 shop.wsgi"),
    "config/deploy.yml": `service: shop\nimage: acme/shop\nservers: [a]\n${proxy}`,
  });
  expect(brief(await runOn(check, files("proxy:\n  host: shop.example.com\n")))).toEqual([
    "error certain config/deploy.yml:5:3 Kamal sends requests to port 80 (proxy.app_port), and gunicorn listens on 8000",
  ]);
  expect((await runOn(check, files("proxy: {app_port: 8000}\n"))).status).toBe("passed");
});

test("a platform whose manifest names no port does not ask", async () => {
  const files = { ...shop, Procfile: "web: gunicorn --bind :8000 shop.wsgi\n" };
  expect((await runOn(check, files, { platform: "procfile-host" })).status).toBe("skipped");
});
