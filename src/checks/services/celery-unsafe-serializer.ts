import { defineCheck } from "../../check.ts";
import { celeryValue } from "../../facts/queues/celery-app.ts";
import { celeryList, celeryText } from "../../facts/queues/celery-text.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { celeryShop, withCelery } from "../example-celery.ts";

const isPickle = (name: string) => /^(?:pickle|application\/x-python-serialize)$/i.test(name);

export default defineCheck({
  id: "celery-unsafe-serializer",
  title: "Celery takes no pickled messages",
  area: "services",
  // Whoever reaches the broker is a matter of the network, which no file tells: a warning, where the catalogue has an error.
  severity: "warning",
  needs: ["settings", "taskQueues"],
  docs: {
    why: "A worker that accepts pickle runs whatever a message tells it to. Everybody who can write to the broker, or finds an open Redis, runs code with all that the project may do. And a serializer that the workers do not accept is no task at all: they refuse each message with ContentDisallowed.",
    fix: 'Take JSON only:\n\n```python\nCELERY_ACCEPT_CONTENT = ["json"]\nCELERY_TASK_SERIALIZER = "json"\n```',
    bad: { ...celeryShop, "shop/settings.py": withCelery('CELERY_ACCEPT_CONTENT = ["json", "pickle"]\n') },
    good: { ...celeryShop, "shop/settings.py": withCelery('CELERY_ACCEPT_CONTENT = ["json"]\n') },
    notReported: [
      "JSON, msgpack, and YAML, which kombu loads safely.",
      "Celery's own defaults, which are JSON since 4.0.",
    ],
    links: ["https://docs.celeryq.dev/en/stable/userguide/security.html#serializers"],
  },
  *run({ settings, taskQueues: { celery } }) {
    if (!celery) return yield notApplicable("the code makes no Celery application");
    const accepted = celeryValue(celery, settings, "accept_content");
    const accepts = celeryList(celery, accepted);
    const serializer = celeryText(celery, celeryValue(celery, settings, "task_serializer"), settings);
    const pickled = accepts?.names.find(isPickle);
    if (accepts && pickled !== undefined)
      return yield fails(
        `Celery accepts ${pickled}, so whoever writes to the broker runs code in the workers`,
        {
          at: accepts.at,
        },
      );
    const refused = accepts?.complete ? !accepts.names.some(isPickle) : accepted.kind === "default";
    if (serializer?.text !== undefined && isPickle(serializer.text) && refused)
      return yield fails(
        `tasks are sent as ${serializer.text}, which the workers refuse: Celery accepts JSON only`,
        {
          at: serializer.at,
          severity: "error",
          fix: 'CELERY_TASK_SERIALIZER = "json"',
        },
      );
    if (accepted.kind === "elsewhere")
      return yield notApplicable("Celery is configured where it cannot be read");
    yield evidence(`Celery accepts ${accepts?.names.join(", ") || "JSON, by default"}`, accepts?.at);
  },
});
