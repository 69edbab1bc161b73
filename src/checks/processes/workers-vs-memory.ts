import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

/** A worker with Django and a few packages has 80 to 250 MB; less than this is too little for any. */
const least = 80;

const render = (workers: number) =>
  `services:\n  - type: web\n    name: shop\n    runtime: python\n    plan: starter\n    buildCommand: pip install -r requirements.txt\n    startCommand: gunicorn --workers ${workers} shop.wsgi\n    envVars:\n      - key: SECRET_KEY\n        generateValue: true\n`;

/** Only where both numbers are written: what `cpu_count()` gives on the machine that it will be is not known. */
export default defineCheck({
  id: "workers-vs-memory",
  title: "The workers fit into the memory",
  area: "processes",
  severity: "warning",
  needs: ["webServer", "deployment"],
  docs: {
    why: "Each worker is a process with Django, its packages and your code in it. When their sum is more than the container has, the kernel kills one of them in the middle of a request, again and again: `Worker (pid:7) was sent SIGKILL! Perhaps out of memory?`",
    fix: "Fewer processes, and threads in them:\n\n```\ngunicorn --workers 2 --threads 4 shop.wsgi\n```",
    bad: { ...shop, "render.yaml": render(9) },
    good: { ...shop, "render.yaml": render(2) },
    notReported: [
      "A number that a variable gives, such as `$WEB_CONCURRENCY`, or that the machine's CPUs decide.",
      "A platform or manifest that does not say how much memory there is.",
      "Workers that need more than 80 MB each: how much yours need, only measuring tells.",
    ],
    links: [
      "https://docs.gunicorn.org/en/stable/design.html#how-many-workers",
      "https://github.com/benoitc/gunicorn/issues/1250",
    ],
  },
  *run({ webServer, deployment: { memory } }) {
    const { workers } = webServer.options;
    if (!memory) return yield notApplicable("no manifest says how much memory there is");
    if (!workers?.known || !/^\d+$/.test(workers.text))
      return yield notApplicable(`nothing tells how many workers ${webServer.program} has`);
    const count = Number(workers.text);
    const fits = Math.max(1, Math.floor(memory.megabytes / 160));
    const size = `${Math.round(memory.megabytes)} MB`;
    if (count < 3 || count * least <= memory.megabytes)
      return yield evidence(`${count} workers may fit into ${size}`, workers.at);
    yield fails(
      `${webServer.program} has ${count} workers, and ${memory.at.file} gives them ${size} (${memory.text}), ${Math.floor(memory.megabytes / count)} MB each`,
      { at: workers.at, fix: `--workers ${fits} --threads 4` },
    );
  },
});
