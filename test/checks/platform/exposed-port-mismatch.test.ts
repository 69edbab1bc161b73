import { expect, test } from "vitest";
import check from "../../../src/checks/platform/exposed-port-mismatch.ts";
import { brief, runOn } from "../../support/run-on.ts";

const shop = {
  "manage.py": "",
  "requirements.txt": "django\ngunicorn\n",
  "shop/settings.py": 'ROOT_URLCONF = "shop.urls"\nSECRET_KEY = "x"\n',
  "shop/urls.py": "urlpatterns = []\n",
  "shop/wsgi.py": "application = None\n",
};
const image = (more: string, cmd = "gunicorn --bind 0.0.0.0:8000 shop.wsgi") => ({
  ...shop,
  Dockerfile: `FROM python:3.13\nWORKDIR /app\nCOPY . .\n${more}CMD ${cmd}\n`,
});

test("EXPOSE names another port", async () => {
  expect(brief(await runOn(check, image("EXPOSE 8080\n")))).toEqual([
    "warning certain Dockerfile:4:1 EXPOSE names port 8080, and gunicorn listens on 8000",
  ]);
});

test("a compose file publishes another port, whatever the image says", async () => {
  const compose = 'services:\n  web:\n    build: .\n    ports: ["80:9000"]\n';
  const files = { ...image("EXPOSE 8000\n"), "docker-compose.prod.yml": compose };
  expect(brief(await runOn(check, files))).toEqual([
    "warning certain docker-compose.prod.yml:4:13 ports names port 9000, and gunicorn listens on 8000",
  ]);
});

test("the health check asks another port", async () => {
  const files = image("HEALTHCHECK CMD curl -f http://localhost:8080/ || exit 1\n");
  expect(brief(await runOn(check, files))).toEqual([
    "warning certain Dockerfile:4:1 the health check names port 8080, and gunicorn listens on 8000",
  ]);
});

test.each([
  ["the same port", image("EXPOSE 8000\n")],
  ["several ports, the server's among them", image("EXPOSE 8000 9090\n")],
  [
    "a variable with its value in the image",
    image("ENV PORT=9000\nEXPOSE 9000\n", "gunicorn --bind :$PORT shop.wsgi"),
  ],
])("%s passes", async (_name, files) => {
  expect((await runOn(check, files)).status).toBe("passed");
});

test.each([
  ["no port is named", image("")],
  ["the port is the operator's", image("EXPOSE 8080\n", "gunicorn --bind :$WEB_PORT shop.wsgi")],
])("nothing is asked where %s", async (_name, files) => {
  expect((await runOn(check, files)).status).toBe("skipped");
});

test("nginx in front of the server may listen there", async () => {
  const files = image("EXPOSE 80\n", "service nginx start && gunicorn --bind 127.0.0.1:8000 shop.wsgi");
  expect((await runOn(check, files)).findings).toEqual([]);
});
