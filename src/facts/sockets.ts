import type { Location } from "../location.ts";
import type { Expression, Statement } from "../python/tree.ts";
import type { Application } from "./application.ts";
import { nodesIn, type SourceFile } from "./code/source-file.ts";
import type { Code } from "./code.ts";
import type { DeploySteps } from "./deploy-steps.ts";

/** Code that sends to groups of Django Channels, or is in one. */
export interface GroupUse {
  /** "self.channel_layer.group_add()" */
  readonly by: string;
  readonly at: Location;
  /** The code asks whether there is a channel layer at all. */
  readonly guarded: boolean;
  /** A module of tasks does, which runs in a worker. */
  readonly inTasks: boolean;
}

/** The first use of a channel layer in the code; undefined if there is none. */
export function groupUses(code: Code): GroupUse | undefined {
  const files = code.mentioning(/\bgroup_(?:add|send)\b/);
  const guarded = files.some(({ text }) =>
    /\bif\s+(?:not\s+)?(?:self\.)?\w*(?:channel_)?layer\b(?:\s+is\b|\s*:|\s+and\b)|channel_layer\s+is\s+(?:not\s+)?None/.test(
      text,
    ),
  );
  const inTasks = files.some(
    ({ path, text }) =>
      /(?:^|\/)tasks?(?:\.py|\/)|(?:^|\/)celery/.test(path) || /@(?:shared_task|\w+\.task)\b/.test(text),
  );
  for (const file of files) {
    for (const { node } of file.calls) {
      const used = groupMethod(node.func) ?? node.args.map(groupMethod).find((name) => name !== undefined);
      if (used !== undefined) return { by: `${used}()`, at: file.at(node), guarded, inTasks };
    }
  }
  return undefined;
}

/** `layer.group_send`, called or handed to `async_to_sync`. */
function groupMethod(expression: Expression): string | undefined {
  return expression.nodeType === "Attribute" && /^group_(?:add|send)$/.test(expression.attr)
    ? expression.attr
    : undefined;
}

/** What a ProtocolTypeRouter does with WebSockets. */
export interface SocketRouting {
  readonly at: Location;
  readonly file: string;
  /** Something in it looks at the Origin header. */
  readonly checksOrigin: boolean;
  /** It logs people in by their cookies: "AuthMiddlewareStack". */
  readonly cookies: string | undefined;
}

/** The routing of WebSockets; undefined if the code has none. */
export function socketRouting(code: Code): SocketRouting | undefined {
  for (const file of code.mentioning(/\bProtocolTypeRouter\b/)) {
    const router = file.calls.find(({ name }) => name?.endsWith("ProtocolTypeRouter"));
    const [table] = router?.node.args ?? [];
    if (table?.nodeType !== "Dict") continue;
    const index = table.keys.findIndex((key) => key?.nodeType === "Constant" && key.value === "websocket");
    const routed = table.values[index];
    if (!routed) continue;
    const names = namesIn(routed, file);
    return {
      at: file.at(routed),
      file: file.path,
      checksOrigin: names.some((name) => /Origin/.test(name)),
      cookies: names.find((name) => /^(?:AuthMiddlewareStack|SessionMiddlewareStack)$/.test(name)),
    };
  }
  return undefined;
}

/** What is called in an expression, through names that the module assigns, and modules it may be imported from. */
function namesIn(expression: Expression, file: SourceFile): readonly string[] {
  const found: string[] = [];
  const open: Expression[] = [expression];
  const seen = new Set<string>();
  for (let node = open.pop(); node; node = open.pop()) {
    for (const inner of nodesIn([node])) {
      if (inner.nodeType === "Attribute") found.push(inner.attr);
      if (inner.nodeType !== "Name") continue;
      found.push(file.qualified(inner)?.split(".").at(-1) ?? inner.id);
      if (seen.has(inner.id)) continue;
      seen.add(inner.id);
      const assigned = file.module.body.find((statement) => assigns(statement, inner.id));
      if (assigned?.nodeType === "Assign") open.push(assigned.value);
    }
  }
  return found;
}

function assigns(statement: Statement, name: string): boolean {
  return (
    statement.nodeType === "Assign" &&
    statement.targets.some((target) => target.nodeType === "Name" && target.id === name)
  );
}

/** The web process speaks WSGI, which has no WebSockets, and nothing else that is started may serve them. */
export function reachNoSocket(application: Application | undefined, steps: DeploySteps | undefined): boolean {
  return (
    application?.taken === "wsgi" &&
    steps?.unclear.length === 0 &&
    !steps.all.some(({ launch }) => /^(?:daphne|uvicorn|hypercorn|granian)$/.test(launch.program))
  );
}
