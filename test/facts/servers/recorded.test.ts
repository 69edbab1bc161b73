import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Bind } from "../../../src/facts/servers/bind.ts";
import type { ServerOption, ServerTuning } from "../../../src/facts/servers/tuning.ts";
import { factOf } from "../../support/facts.ts";

interface Case {
  readonly name: string;
  readonly command: string;
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}
interface Answer {
  readonly command: string;
  readonly name: string;
  readonly says: Readonly<Record<string, unknown>>;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/servers/${name}`, import.meta.url), "utf8"));
const cases = read("cases.json") as readonly Case[];
const { answers } = read("answers.json") as { readonly answers: readonly Answer[] };

/** What the servers call our options. */
const names: readonly (readonly [keyof ServerTuning, string])[] = [
  ["workers", "workers"],
  ["threads", "threads"],
  ["timeout", "timeout"],
  ["gracefulTimeout", "graceful_timeout"],
  ["keepalive", "keepalive"],
  ["keepalive", "keep_alive_timeout"],
  ["workerClass", "worker_class"],
  ["reload", "reload"],
  ["reload", "use_reloader"],
  ["preload", "preload_app"],
  ["daemon", "daemon"],
  ["forwardedAllowIps", "forwarded_allow_ips"],
  ["accessLog", "accesslog"],
  ["maxRequests", "max_requests"],
];

/** An option as the server would hold it; what nothing sets is the server's default. */
function held(option: ServerOption | undefined, said: unknown, fallback: unknown): unknown {
  if (!option) return fallback;
  if (typeof said === "boolean") return !/^(?:false|0)$/i.test(option.text);
  if (typeof said === "number") return Number(option.text);
  return Array.isArray(said) ? option.text.split(",") : option.text;
}

test("every case has an answer", () => {
  expect(answers.map(({ name, command }) => [name, command])).toEqual(
    cases.map(({ name, command }) => [name, command]),
  );
});

test.each(cases.map((one, index) => [`${one.command.split(" ")[0]}: ${one.name}`, one, index] as const))(
  "%s",
  async (_name, { command, files, env }, index) => {
    const says = answers[index]?.says ?? {};
    const program = command.split(" ")[0] ?? "";
    const defaults =
      answers.find((answer) => answer.name === "defaults" && answer.command.startsWith(program))?.says ?? {};
    const server = await factOf(
      "webServer",
      {
        "manage.py": "import django\n",
        "app.py": "application = 1\n",
        ...files,
        Procfile: `web: ${command}\n`,
      },
      { env: new Map(Object.entries(env)) },
    );
    for (const [ours, theirs] of names) {
      if (!(theirs in says)) continue;
      expect(held(server.options[ours], says[theirs], defaults[theirs]), theirs).toEqual(says[theirs]);
    }
    if (Array.isArray(says.raw_env)) {
      expect([...server.gives].map(([name, { text }]) => `${name}=${text}`).sort()).toEqual(
        [...says.raw_env].sort(),
      );
    }
    // The platform of this test sets $PORT, where the recorded gunicorn had none.
    const binds = says.bind as readonly string[];
    const isDefault = JSON.stringify(binds) === JSON.stringify(defaults.bind);
    if (isDefault && program === "gunicorn") return;
    const outside = binds.filter((bind) => !/^(?:127\.|localhost)/.test(bind));
    expect(server.bind.kind).toBe(outside.length > 0 ? "everywhere" : "loopback");
    expect((outside.length > 0 ? outside : binds).map((bind) => Number(bind.split(":").at(-1)))).toContain(
      portOf(server.bind),
    );
  },
);

function portOf(bind: Bind): number | undefined {
  const port = bind.kind === "everywhere" || bind.kind === "loopback" ? bind.port : undefined;
  return port?.kind === "number" ? port.number : undefined;
}
