import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { startOf } from "../../location.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "procfile-misnamed",
  title: "The Procfile is where the platform looks for it, and readable",
  area: "processes",
  severity: "error",
  needs: ["procfiles", "deployment"],
  docs: {
    why: "Platforms read a file with exactly the name `Procfile`, in the root of what is deployed. With another name, another case or an extension it is silently ignored, and no web process runs. PowerShell's `>` writes UTF-16, which no platform understands.",
    fix: "Rename it:\n\n```\ngit mv procfile Procfile\n```",
    bad: { ...shop, procfile: "web: gunicorn shop.wsgi\n" },
    good: { ...shop, Procfile: "web: gunicorn shop.wsgi\n" },
    notReported: [
      "`Procfile.dev`, `Procfile.windows` and the like beside a Procfile or without one.",
      "A Procfile beside the project in a subfolder, where a buildpack may make that the root: a warning.",
      "A project that is deployed by another manifest.",
    ],
    links: ["https://devcenter.heroku.com/articles/procfile#procfile-naming-and-location"],
  },
  *run({ procfiles: { procfile, lookalikes }, deployment }) {
    const { platform, manifests, processes } = deployment;
    if (platform.procfile === undefined) return yield notApplicable(`${platform.name} reads no Procfile`);
    if (procfile) {
      const at = startOf(procfile.path);
      const fix = "Save Procfile as UTF-8 without a byte order mark";
      if (procfile.encoding.startsWith("utf-16")) {
        return yield fails(`Procfile is saved as UTF-16, and ${platform.name} reads UTF-8`, { at, fix });
      }
      if (procfile.encoding === "utf-8-bom") {
        return yield fails("Procfile starts with a byte order mark, which becomes part of its first line", {
          at,
          fix,
          severity: "warning",
        });
      }
      return yield evidence("Procfile is in the root", at);
    }
    const [lookalike] = lookalikes;
    if (lookalike === undefined) return yield notApplicable("there is no Procfile");
    const other = manifests.find((path) => path !== lookalike);
    if (other !== undefined && processes.some(({ name }) => name === "web")) {
      return yield notApplicable(`${other} says what is started`);
    }
    if (lookalike === "Procfile") {
      return yield fails("Procfile is a folder, and nothing in it is read");
    }
    const at = startOf(lookalike);
    const fix = `git mv ${lookalike} Procfile`;
    if (!lookalike.includes("/")) {
      return yield fails(`${lookalike} is ignored, because only the name "Procfile" counts`, { at, fix });
    }
    const folder = lookalike.slice(0, lookalike.lastIndexOf("/"));
    yield fails(`${lookalike} is not in the root, where ${platform.name} looks for it`, {
      at,
      fix,
      severity: "warning",
      when: [`the root of the repository is deployed, and not ${folder}`],
    });
  },
});
