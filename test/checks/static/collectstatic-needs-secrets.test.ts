import { expect, test } from "vitest";
import check from "../../../src/checks/static/collectstatic-needs-secrets.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { heroku, image, staticShop } from "../../support/static-shop.ts";

const key = 'SECRET_KEY = os.environ["SECRET_KEY"]\n';
const collect = "RUN python manage.py collectstatic --noinput";

test("an image that is built without the variables of the app", async () => {
  const result = await runOn(check, staticShop(`${key}DB = os.environ["DATABASE_URL"]\n`, image(collect)));
  expect(brief(result)).toEqual([
    "error certain Dockerfile:5:1 the image's build runs manage.py collectstatic without $SECRET_KEY, and the settings end in KeyError without it",
  ]);
  expect(result.findings[0]?.fix).toBe(
    "RUN SECRET_KEY=build-only DATABASE_URL=sqlite://:memory: python manage.py collectstatic --noinput",
  );
});

test("variables of fly.toml do not reach the build", async () => {
  const fly = 'app = "shop"\n\n[env]\nSECRET_KEY = "x"\n\n[http_service]\ninternal_port = 8080\n';
  const result = await runOn(check, staticShop(key, { ...image(collect), "fly.toml": fly }));
  expect(brief(result)).toEqual([expect.stringMatching(/^error certain Dockerfile:5:1 .*\$SECRET_KEY/)]);
});

test("an ENV behind the step comes too late", async () => {
  const result = await runOn(check, staticShop(key, image(collect, "ENV SECRET_KEY=x")));
  expect(result.status).toBe("failed");
});

test("with a .env that may be copied it is a warning, unless .dockerignore names it", async () => {
  const decouple = 'from decouple import config\nSECRET_KEY = config("SECRET_KEY")\n';
  expect(brief(await runOn(check, staticShop(decouple, image(collect))))).toEqual([
    expect.stringMatching(/^warning conditional Dockerfile:5:1 .*\$SECRET_KEY.* UndefinedValueError/),
  ]);
  const files = { ...image(collect), ".dockerignore": ".env\n" };
  expect(brief(await runOn(check, staticShop(decouple, files)))).toEqual([
    expect.stringMatching(/^error certain Dockerfile:5:1/),
  ]);
});

test.each([
  ["a value of its own", "passed", staticShop(key, image("RUN SECRET_KEY=x python manage.py collectstatic"))],
  [
    "an exported one",
    "passed",
    staticShop(key, image("RUN export SECRET_KEY=x && python manage.py collectstatic")),
  ],
  ["an ENV", "passed", staticShop(key, image("ENV SECRET_KEY=x", collect))],
  ["an ARG with a default", "passed", staticShop(key, image("ARG SECRET_KEY=x", collect))],
  ["an ARG that the builder gives", "passed", staticShop(key, image("ARG SECRET_KEY", collect))],
  [
    "an ENV that is made from one",
    "passed",
    staticShop(key, image("ARG KEY", "ENV SECRET_KEY=$KEY", collect)),
  ],
  [
    "an ENV of the stage that it is made from",
    "passed",
    staticShop(key, image("ENV SECRET_KEY=x", "FROM base", collect)),
  ],
  [
    "a secret",
    "passed",
    staticShop(key, image("RUN --mount=type=secret,id=key,env=SECRET_KEY python manage.py collectstatic")),
  ],
  [
    "a key that is not insisted on",
    "passed",
    staticShop('SECRET_KEY = os.environ.get("SECRET_KEY")\n', image(collect)),
  ],
  [
    "settings for the build",
    "passed",
    staticShop(key, { ...image(`${collect} --settings=shop.build`), "shop/build.py": "" }),
  ],
  [
    "settings that look what runs",
    "skipped",
    staticShop(`import sys\nif "collectstatic" not in sys.argv:\n    ${key}`, image(collect)),
  ],
  ["a failure that counts as success", "passed", staticShop(key, image(`${collect} || true`))],
  ["Heroku, whose builds have the variables", "skipped", staticShop(key, heroku)],
  ["an image that runs no command of Django's", "skipped", staticShop(key, image())],
])("is silent about %s", async (_, status, files) => {
  const result = await runOn(check, files);
  expect([...brief(result), result.status]).toEqual([status]);
});
