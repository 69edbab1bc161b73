import { expect, test } from "vitest";
import { readYamlProcfile } from "../../../src/platforms/manifests/procfile-yaml.ts";

const read = (text: string) => {
  const { entries, problems } = readYamlProcfile("Procfile", text);
  return [
    Object.fromEntries(entries.map(({ name, command }) => [name, command])),
    problems.map(({ fix }) => fix),
  ];
};

test.each<[string, Record<string, string>]>([
  [
    "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\nworker: celery -A shop worker\n",
    {
      web: "gunicorn shop.wsgi --bind 0.0.0.0:$PORT",
      worker: "celery -A shop worker",
    },
  ],
  ["web: gunicorn a\nweb: gunicorn b\n", { web: "gunicorn b" }],
  ["web: 'gunicorn shop.wsgi'\n", { web: "gunicorn shop.wsgi" }],
  ["web: >-\n  gunicorn\n  shop.wsgi\n", { web: "gunicorn shop.wsgi" }],
  ["web: gunicorn shop.wsgi # the site\n", { web: "gunicorn shop.wsgi" }],
  ["# nothing\n", {}],
  ["web:\n", { web: "" }],
])("%j", (text, entries) => {
  expect(read(text)).toEqual([entries, []]);
});

test.each<[string, string | undefined]>([
  ['web: sh -c "echo: x" --a: b\n', 'web: >-\n  sh -c "echo: x" --a: b'],
  ["web: @gunicorn\n", "web: >-\n  @gunicorn"],
  ['web: run --name "a #1"\n', 'web: >-\n  run --name "a #1"'],
  ["web: [gunicorn]\n", undefined],
  ["gunicorn shop.wsgi\n", undefined],
])("%j stops the builder", (text, fix) => {
  expect(read(text)[1]).toEqual([fix]);
});
