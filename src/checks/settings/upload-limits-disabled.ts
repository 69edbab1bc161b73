import { defineCheck } from "../../check.ts";
import { evidence, fails } from "../../finding.ts";
import { show } from "../../python/inspect.ts";

const mebibyte = 1024n * 1024n;

/** What bounds a request, what is far too much of it, and its default as text. */
const limits = [
  {
    name: "DATA_UPLOAD_MAX_MEMORY_SIZE",
    most: 50n * mebibyte,
    fix: "10 * 1024 * 1024",
    what: "a request's data",
  },
  { name: "FILE_UPLOAD_MAX_MEMORY_SIZE", most: 50n * mebibyte, fix: "2621440", what: "an upload in memory" },
  { name: "DATA_UPLOAD_MAX_NUMBER_FIELDS", most: 100_000n, fix: "10_000", what: "the fields of a form" },
  { name: "DATA_UPLOAD_MAX_NUMBER_FILES", most: 10_000n, fix: "100", what: "the files of a form" },
] as const;

export default defineCheck({
  id: "upload-limits-disabled",
  title: "Requests are bounded in size",
  area: "settings",
  severity: "warning",
  needs: ["settings"],
  docs: {
    why: "Django keeps the data of a request in memory. Without a limit one request fills it, the worker is killed, and everybody else's requests with it.",
    fix: "Name a limit that fits the largest form:\n\n```python\nDATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024\n```",
    bad: { "shop/settings.py": 'DATA_UPLOAD_MAX_MEMORY_SIZE = None\nROOT_URLCONF = "shop.urls"\n' },
    good: {
      "shop/settings.py": 'DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "A limit that is raised within reason: up to 50 MiB, or 100,000 fields.",
      "A limit above that is advice: the project may need it, and a proxy may bound it.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#data-upload-max-memory-size"],
  },
  *run({ settings }) {
    for (const { name, most, fix, what } of limits) {
      const { value, at, explicit } = settings.get(name);
      if (!explicit) continue;
      const line = `${name} = ${fix}`;
      if (value.kind === "none") yield fails(`${name} is None, so nothing bounds ${what}`, { at, fix: line });
      else if (value.kind === "int" && value.value > most)
        yield fails(`${name} is ${show(value)}, so one request may take that much for ${what}`, {
          at,
          fix: line,
          severity: "info",
        });
    }
    yield evidence("the limits of Django, or others of the project's own, bound each request");
  },
});
