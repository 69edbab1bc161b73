import type { Machine, Model } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { mergeEnv } from "../value.ts";
import { byName, creator, define, instance, method, model, nativeClass } from "./define.ts";
import { inertClass, inertClasses, notModelled, transparent } from "./inert.ts";
import { bool, none, notImplemented, str, textOf } from "./make.ts";

/** Celery and kombu: schedules and queues as they were given; an application does nothing. */

const parts = ["minute", "hour", "day_of_week", "day_of_month", "month_of_year"] as const;
const shownInOrder = ["minute", "hour", "day_of_month", "month_of_year", "day_of_week"] as const;

/** Of a native object, the attributes that its class was made with. */
const partOf = (value: Value, name: string): Value =>
  (value.kind === "instance" ? value.attributes.get(name) : undefined) ?? none();

/** `crontab`: what it was given for each part, "*" for the others. Equal if all parts are. */
function crontab(machine: Machine): Class {
  return nativeClass(machine, "celery.schedules.crontab", [
    creator({ optional: parts, others: true }, ({ given }) => ({
      env: mergeEnv(...parts.map((name) => given[name]?.env ?? [])),
      attributes: parts.map((name) => [`_orig_${name}`, given[name] ?? str("*")] as const),
    })),
    ...byName(
      method("__eq__", { required: ["other"] }, (self, { machine: m, at, given: { other } }) => {
        if (other.kind !== "instance" || self.kind !== "instance" || other.class !== self.class)
          return notImplemented(m);
        // Texts that differ may still stand for the same minutes: "0,30" and "*/30".
        const same = parts.every((name) => {
          const [mine, others] = [self, other].map((one) => m.str(partOf(one, `_orig_${name}`)));
          return typeof mine === "string" && mine === others;
        });
        return same
          ? bool(true, at, mergeEnv(self.env, other.env))
          : m.opaque("compares schedules, which is not modelled", at, [self, other], { type: "bool" });
      }),
      method("__hash__", {}, (self, { machine: m, at }) => {
        const text = m.repr(self);
        return typeof text === "string" ? str(text, at) : text;
      }),
      method("__repr__", {}, (self, { machine: m, at }) => {
        const texts = shownInOrder.map((name) => m.str(partOf(self, `_orig_${name}`)));
        const unseen = texts.find((text) => typeof text !== "string");
        return unseen !== undefined && typeof unseen !== "string"
          ? unseen
          : str(`<crontab: ${texts.join(" ")} (m/h/dM/MY/d)>`, at, self.env);
      }),
      method("__getattr__", { required: ["name"] }, (self, { machine: m, at, given }) =>
        notModelled(m, self, textOf(given.name) ?? "", at),
      ),
    ),
  ]);
}

/** A class whose objects keep what they were given under the names of its parameters. */
function kept(
  machine: Machine,
  path: string,
  parameters: readonly string[],
  defaults: Readonly<Record<string, Value>> = {},
): Class {
  return nativeClass(machine, path, [
    creator({ optional: parameters, others: true }, ({ given, others }) => ({
      attributes: [
        ...Object.entries(defaults),
        ...Object.entries(given as Readonly<Record<string, Value>>),
        ...others,
      ],
    })),
    ...byName(
      method("__getattr__", { required: ["name"] }, (self, { machine: m, at, given }) =>
        notModelled(m, self, textOf(given.name) ?? "", at),
      ),
    ),
  ]);
}

function celeryApplication(machine: Machine): Value {
  const of = inertClass(machine, "celery.Celery");
  of.attributes.set("task", transparent("task")[1]);
  return of;
}

/** `quote` of kombu: as of `urllib.parse`; `safequote` of the slash, too. */
const quoting = (machine: Machine): (readonly [string, Value])[] => {
  const quote = machine.attribute(machine.import("urllib.parse"), "quote");
  return [
    ["quote", quote],
    ["unquote", machine.attribute(machine.import("urllib.parse"), "unquote")],
    [
      "safequote",
      define("safequote", { required: ["string"] }, ({ machine: m, at, given }) =>
        m.call(quote, [given.string], new Map([["safe", str("")]]), at),
      ),
    ],
  ];
};

export const taskQueueModels: readonly Model[] = [
  model("celery.schedules", (machine) => [
    ["crontab", crontab(machine)],
    ["schedule", kept(machine, "celery.schedules.schedule", ["run_every", "relative", "nowfun", "app"])],
    ["solar", kept(machine, "celery.schedules.solar", ["event", "lat", "lon"])],
  ]),
  model("celery", (machine) => [
    ["Celery", celeryApplication(machine)],
    ["Task", inertClass(machine, "celery.Task")],
    transparent("shared_task"),
    ["current_app", machine.opaque("is the running application", undefined, [], { cause: "unmodelled" })],
  ]),
  model("celery.signals", (machine) =>
    ["setup_logging", "worker_process_init", "task_prerun", "task_failure", "beat_init", "worker_ready"].map(
      (name) => [name, instance(inertClass(machine, "celery.signals.Signal"), undefined)] as const,
    ),
  ),
  model("kombu", (machine) => [
    [
      "Exchange",
      kept(machine, "kombu.entity.Exchange", ["name", "type", "channel"], {
        name: str(""),
        type: str("direct"),
      }),
    ],
    [
      "Queue",
      kept(machine, "kombu.entity.Queue", ["name", "exchange", "routing_key", "channel", "bindings"], {
        name: str(""),
        routing_key: str(""),
      }),
    ],
    ...inertClasses(machine, "kombu", "Connection"),
  ]),
  model("kombu.utils.url", quoting),
];
