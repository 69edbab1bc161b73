import { defineCheck } from "../../check.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";
import { aboutStart } from "../told-by-platform.ts";

export default defineCheck({
  id: "no-start-command",
  title: "The platform is told how to start the web process",
  area: "processes",
  severity: "error",
  needs: ["project", "deployment", "procfiles"],
  wants: ["imageFile"],
  docs: {
    why: "A platform builds a project without a start command, and then has nothing to run: Heroku answers every request with error H14, `No web processes running`. A start command that is typed into a dashboard is lost with the service.",
    fix: "Write it into a manifest:\n\n```\n# Procfile\nweb: gunicorn shop.wsgi\n```",
    bad: { ...shop, "app.json": '{ "stack": "heroku-24" }\n' },
    good: { ...shop, "app.json": '{ "stack": "heroku-24" }\n', Procfile: "web: gunicorn shop.wsgi\n" },
    notReported: [
      "A Dockerfile with `CMD` or `ENTRYPOINT`, `render.yaml`, `fly.toml` or a compose file for production in place of a Procfile.",
      "Files of platforms that deploy-check does not read yet (`railway.json`, `app.yaml`, systemd units, …): the answer is unknown.",
      "Where a dashboard may hold the command, its absence is a warning.",
      "A Procfile without `web`, or with another name: that is `procfile-process-types` and `procfile-misnamed`.",
      "A project that is no web application.",
    ],
    links: ["https://devcenter.heroku.com/articles/procfile"],
  },
  *run({ project, deployment, procfiles, imageFile }) {
    const { platform, processes, manifests, unread = [] } = deployment;
    const web = processes.find(({ name }) => name === "web");
    if (web) return yield evidence(`${web.at.file} starts the web process`, web.at);
    if (project.framework === "node")
      return yield notApplicable("what starts a Node project, node-start-missing asks");
    if (project.framework === "python") return yield notApplicable("the project is no web application");
    if (platform.start.imports !== undefined)
      return yield notApplicable(
        `${platform.start.imports} imports the application, and no command starts it`,
      );
    const told = aboutStart(deployment);
    if (told) return yield notApplicable(`${told} tells why nothing is started`);
    if (platform.procfile && procfiles.procfile && manifests.includes(procfiles.procfile.path)) {
      return yield notApplicable("there is a Procfile, which procfile-process-types judges");
    }
    if (platform.procfile && procfiles.lookalikes.length > 0) {
      return yield notApplicable(`there is ${procfiles.lookalikes[0]}, which procfile-misnamed judges`);
    }
    const unfollowed = unread.filter((path) => path !== imageFile?.path);
    if (unfollowed.length > 0) {
      return yield cannotTell(
        `${unfollowed.slice(0, 3).join(", ")} may say how the web process is started, and cannot be followed`,
      );
    }
    if (imageFile) return yield notApplicable(`image-no-command judges ${imageFile.path}`);
    const elsewhere = platform.start.elsewhere;
    const read = manifests.length > 0 ? `, not even ${manifests.join(" or ")}` : "";
    yield fails(`nothing in the repository tells ${platform.name} how to start the web process${read}`, {
      fix: platform.start.fix(deployment.suggestedStart),
      ...(elsewhere !== undefined && {
        severity: "warning" as const,
        when: [`${elsewhere} holds no start command either`],
      }),
    });
  },
});
