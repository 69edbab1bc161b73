import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { nodeShop } from "../example-apps.ts";

const loopback = /^(?:localhost|127(?:\.\d+){3}|::1)$/;

const environment = "process.env";

function listenOn(variable: string, fallback: number): string {
  return `app.listen(${environment}.${variable} || ${fallback}, "0.0.0.0")`;
}

export default defineCheck({
  id: "node-port-hardcoded",
  title: "The Node server listens on the port that the platform assigns",
  area: "frameworks",
  severity: "error",
  needs: ["nodeApp", "deployment"],
  docs: {
    why: "The platform picks a port, says which in `PORT`, and sends requests there. A server on another port gets none: Heroku stops it after a minute with `Error R10 (Boot timeout)`. `3000 || process.env.PORT` is always 3000.",
    fix: 'Listen on the variable:\n\n```\napp.listen(process.env.PORT || 3000, "0.0.0.0")\n```',
    bad: {
      ...nodeShop,
      "server.js": (nodeShop["server.js"] ?? "").replace("process.env.PORT || 3000", "3000"),
    },
    good: nodeShop,
    notReported: [
      "`process.env.PORT || 3000`, and a port from a configuration or a function, which cannot be told.",
      "A platform that finds the port by itself (Render), and one that assigns none (Fly.io, Docker).",
      "A `PORT` that a manifest itself sets to that number.",
      "A file that production does not start, and frameworks that read PORT themselves (Next, Nuxt).",
      "Several servers in one file, of which one listens on the variable.",
    ],
    links: ["https://devcenter.heroku.com/articles/error-codes#r10-boot-timeout"],
  },
  *run({ nodeApp, deployment }) {
    const { platform, env } = deployment;
    const { variable, number, otherPort, reachedFrom } = platform.port;
    if (variable === undefined || reachedFrom !== "outside")
      return yield notApplicable(`${platform.name} assigns no port`);
    const listens = nodeApp.entries.flatMap((entry) => entry.listens);
    const [first] = listens;
    if (!first) return yield notApplicable("no call of listen is seen in what the web process starts");
    const set = env.findLast(({ name }) => name === variable)?.value ?? platform.injects[variable];
    const isFixed = listens.every(({ port }) => port.kind === "number");
    const { port, at } = first;
    if (isFixed && port.kind === "number") {
      if (port.number === number || set === String(port.number))
        return yield evidence(`it listens on ${port.number}, as $${variable} says`, at);
      if (otherPort === "found")
        return yield evidence(`${platform.name} finds the port ${port.number} by itself`, at);
      const elsewhere =
        otherPort === "elsewhere" ? [`${platform.name} is not told the port ${port.number} elsewhere`] : [];
      const condition = [...elsewhere, ...(nodeApp.web?.onlyIf === undefined ? [] : [nodeApp.web.onlyIf])];
      const why =
        port.ignores === undefined
          ? ""
          : `: what stands before || is never empty, so ${port.ignores} is not read`;
      return yield fails(
        `it listens on ${port.number}, and ${platform.name} sends requests to the port in $${variable}${why}`,
        {
          at,
          fix: listenOn(variable, port.number),
          when: condition,
          ...(condition.length > 0 && { severity: "warning" as const }),
        },
      );
    }
    const inside = listens.find(({ host }) => host !== undefined && loopback.test(host));
    if (inside && listens.length === 1)
      return yield fails(
        `it listens on ${inside.host} only, where ${platform.name}'s requests do not arrive`,
        {
          at: inside.at,
          fix: listenOn(variable, 3000),
        },
      );
    yield evidence(
      listens.some(({ port: one }) => one.kind === "environment")
        ? "it listens on the port of a variable"
        : "its port is not written in the file",
      at,
    );
  },
});
