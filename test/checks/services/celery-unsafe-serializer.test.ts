import { expect, test } from "vitest";
import { celeryShop, withCelery } from "../../../src/checks/example-celery.ts";
import check from "../../../src/checks/services/celery-unsafe-serializer.ts";
import { brief, runOn } from "../../support/run-on.ts";

const settings = (lines: string) => ({ ...celeryShop, "shop/settings.py": withCelery(lines) });

test.each([
  [
    "pickle",
    settings('CELERY_ACCEPT_CONTENT = ["json", "pickle"]\n'),
    "warning certain shop/settings.py:5:25 Celery accepts pickle, so whoever writes to the broker runs code in the workers",
  ],
  [
    "pickle in the code",
    {
      ...celeryShop,
      "shop/celery.py": `${celeryShop["shop/celery.py"]}app.conf.update(accept_content=["pickle"])\n`,
    },
    "warning certain shop/celery.py:9:32 Celery accepts pickle, so whoever writes to the broker runs code in the workers",
  ],
  // Tried with Celery 5.7: ContentDisallowed.
  [
    "tasks that no worker takes",
    settings('CELERY_TASK_SERIALIZER = "pickle"\n'),
    "error certain shop/settings.py:5:26 tasks are sent as pickle, which the workers refuse: Celery accepts JSON only",
  ],
])("reports %s", async (_, files, expected) => {
  expect(brief(await runOn(check, files))).toEqual([expected]);
});

test.each([
  ["JSON", "passed", settings('CELERY_ACCEPT_CONTENT = ["json"]\nCELERY_TASK_SERIALIZER = "json"\n')],
  ["the defaults", "passed", celeryShop],
  [
    "a list that cannot be read",
    "passed",
    settings("from elsewhere import kinds\nCELERY_ACCEPT_CONTENT = kinds\n"),
  ],
  ["a project without Celery", "skipped", { ...celeryShop, "shop/celery.py": "" }],
  [
    "a configuration of another module",
    "skipped",
    {
      ...celeryShop,
      "shop/celery.py": 'from celery import Celery\napp = Celery("a")\napp.config_from_object("a.b")\n',
    },
  ],
])("is silent about %s", async (_, status, files) => {
  const result = await runOn(check, files);
  expect([...brief(result), result.status]).toEqual([status]);
});
