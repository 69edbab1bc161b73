import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const dockerfile =
  "FROM python:3.13-slim\nENV PYTHONUNBUFFERED=1\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n";

export default defineCheck({
  id: "image-no-command",
  title: "The image starts the server",
  area: "images",
  severity: "error",
  needs: ["deployment", "imageFile", "project"],
  docs: {
    why: "An image without `CMD` and `ENTRYPOINT` runs what its base image runs: Python's own prompt, which finds nobody at the keyboard and ends. The container stops at once, with status 0 and without a word in the log.",
    fix: 'Tell it what to run:\n\n```dockerfile\nCMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]\n```',
    bad: { ...shop, Dockerfile: dockerfile },
    good: {
      ...shop,
      Dockerfile: `${dockerfile}CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]\n`,
    },
    notReported: [
      "A manifest that gives the command: compose, `fly.toml`, `render.yaml`, Kubernetes, a Procfile.",
      "An image of somebody else's, which may bring a command.",
      "A command that stands in a stage that this one is made from.",
      "A compose file that may give it, and is not known to be for production.",
      "Where whoever starts the container may give it, it is a warning.",
    ],
    links: ["https://docs.docker.com/reference/dockerfile/#cmd"],
  },
  *run({ deployment, imageFile, project }) {
    const { processes, platform, suggestedStart } = deployment;
    const { final, path } = imageFile;
    const command = final?.cmd ?? final?.entrypoint;
    if (command) return yield evidence(`${path} gives a command`, command.at);
    const [started] = processes;
    if (started) return yield evidence(`${started.at.file} gives the command`, started.at);
    if (project.framework === "python") return yield notApplicable("the project is no web application");
    if (!final) return yield notApplicable(`${path} makes no image`);
    if (final.flavour === undefined)
      return yield notApplicable(`${final.image.name} may bring a command of its own`);
    const others = (deployment.unread ?? []).filter((one) => one !== path);
    if (others.length > 0)
      return yield notApplicable(`${others.slice(0, 3).join(", ")} may give the command`);
    const { elsewhere } = platform.start;
    yield fails(`${path} has neither CMD nor ENTRYPOINT, and what ${final.image.name} runs ends at once`, {
      at: final.image.at,
      fix: `CMD ["sh", "-c", ${JSON.stringify(`exec ${suggestedStart}`)}]`,
      ...(elsewhere !== undefined && { severity: "warning", when: [`${elsewhere} gives none either`] }),
    });
  },
});
