import { defineCheck } from "../../check.ts";
import type { WebServer } from "../../facts/web-server.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import type { Platform } from "../../platforms/platform.ts";
import { shop } from "../example-shop.ts";
import { aboutStart } from "../told-by-platform.ts";

export default defineCheck({
  id: "start-target-missing",
  title: "The start command names an application that exists",
  area: "processes",
  severity: "error",
  needs: ["webServer", "deployment"],
  docs: {
    why: "The server imports the application when it starts. If there is no such module, or it has no such name, every worker ends with `ModuleNotFoundError` or `Failed to find attribute`, and the platform reports a crashed application.",
    fix: "Name the module that holds the application, with dots, seen from the folder that the server starts in:\n\n```\nweb: gunicorn --chdir backend shop.wsgi\n```",
    bad: { ...shop, Procfile: "web: gunicorn mysite.wsgi\n" },
    good: { ...shop, Procfile: "web: gunicorn shop.wsgi\n" },
    notReported: [
      "An application that is imported under another name, assigned in a branch, or returned by a function.",
      "`--chdir`, `--app-dir`, `--pythonpath`, `cd`, `$PYTHONPATH` and a Dockerfile's WORKDIR are followed.",
      "A module that an installed package may bring, or names that are made at run time: the answer is unknown.",
    ],
    links: [
      "https://docs.gunicorn.org/en/stable/run.html",
      "https://uvicorn.dev/#running-from-the-command-line",
    ],
  },
  *run({ webServer, deployment }) {
    const { platform } = deployment;
    const { target, program, process } = webServer;
    const told = aboutStart(deployment);
    if (told) return yield notApplicable(`${told} tells what is wrong with the start`);
    if (!target) return yield notApplicable(`${program} is given no application`);
    const { text, at, state } = target;
    switch (state.kind) {
      case "found":
        return yield evidence(`${text} is ${state.attribute} in ${state.file}`, at);
      case "unclear":
        return yield cannotTell(
          `${text === "" ? `which application ${program} serves` : `whether "${text}" exists`} cannot be told: ${state.because}`,
          { at },
        );
      case "missing":
        yield fails(
          text === ""
            ? `the web process fails: ${state.because}`
            : `the web process starts "${text}", but ${state.because}`,
          {
            at,
            fix: fixFor(webServer, platform, text, state.instead),
            ...(process.onlyIf !== undefined && { severity: "warning" as const, when: [process.onlyIf] }),
          },
        );
    }
  },
});

/** The whole command where the manifest holds it and it sets no variables; otherwise what to put in. */
function fixFor(
  { process, at }: WebServer,
  platform: Platform,
  text: string,
  instead: string | undefined,
): string | undefined {
  if (instead === undefined || text === "") return undefined;
  // A Dockerfile may hold the half of a command only: what its entry point starts, or what that is given.
  const isOwn =
    at.file === process.at.file &&
    !/dockerfile|containerfile/i.test(at.file) &&
    process.command.includes(text) &&
    !/\w=/.test(process.command);
  return isOwn ? platform.start.fix(process.command.replace(text, () => instead)) : instead;
}
