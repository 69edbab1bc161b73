import { defineCheck } from "../../check.ts";
import type { SourceFile } from "../../facts/code/source-file.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import type { Location } from "../../location.ts";
import type { Call } from "../../python/tree.ts";
import { shop } from "../example-shop.ts";

const dockerfile = (line: string) =>
  `FROM python:3.13-slim\n${line}WORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]\n`;
const views = { "shop/views.py": 'def pay(request):\n    print("paid", request.user)\n' };

/**
 * The catalogue has handlers of logging that write to stdout among the causes. They are none: `StreamHandler` flushes
 * behind every record (CPython 3.14, Lib/logging/__init__.py), and so does gunicorn's access log. Only `print()` waits.
 */
export default defineCheck({
  id: "python-output-buffered",
  title: "What the app prints reaches the container's log at once",
  area: "images",
  severity: "warning",
  needs: ["deployment", "imageFile", "code"],
  docs: {
    why: "Where stdout is no terminal, Python keeps what is printed until it has 8 KB of it. In a container the lines appear long after the fact, and those before a crash never: the very ones that would tell of it.",
    fix: "Switch it off for all that runs in the image:\n\n```dockerfile\nENV PYTHONUNBUFFERED=1\n```",
    bad: { ...shop, ...views, Dockerfile: dockerfile("") },
    good: { ...shop, ...views, Dockerfile: dockerfile("ENV PYTHONUNBUFFERED=1\n") },
    notReported: [
      "A project that prints nothing: logging, gunicorn's logs and what goes to stderr are not kept back.",
      "`print(..., flush=True)`, `print(..., file=sys.stderr)`, and what management commands and scripts print.",
      "A platform or manifest that sets the variable, and `python -u`.",
    ],
    links: [
      "https://docs.python.org/3/using/cmdline.html#envvar-PYTHONUNBUFFERED",
      "https://github.com/docker-library/python/issues/604",
    ],
  },
  *run({ deployment, imageFile, code }) {
    const { platform, env, processes } = deployment;
    const set = env.findLast(({ name }) => name === "PYTHONUNBUFFERED");
    if (set ? set.value !== "" : "PYTHONUNBUFFERED" in platform.injects)
      return yield evidence("PYTHONUNBUFFERED is set", set?.at);
    if (processes.some(({ command }) => /\bpython[\d.]*\s+-\w*u/.test(command)))
      return yield evidence("Python is started with -u");
    if (deployment.envElsewhere !== undefined)
      return yield notApplicable(`${deployment.envElsewhere} may set PYTHONUNBUFFERED`);
    const prints = code
      .mentioning(printing)
      .filter(({ path }) => !notTheApp.test(path))
      .flatMap(printsIn);
    const [first] = prints;
    if (!first) return yield evidence("the project prints nothing, and logging does not wait");
    yield fails(
      `${first.file} prints, and ${imageFile.path} does not set PYTHONUNBUFFERED, so that the log has it late, or never`,
      { at: first, fix: `# ${imageFile.path}\nENV PYTHONUNBUFFERED=1` },
    );
  },
});

/** A line that prints, before it is known whether it says `flush`. */
const printing = /^[ \t]*print\(/m;
/** What somebody runs and looks at. */
const notTheApp =
  /(?:^|\/)(?:management|scripts?|bin|tools|ci|checks|_?misc|docker|hack|perf\w*|benchmarks?|utils?\/scripts|manage\.py|settings)(?:\/|$)|(?:^|\/)(?:settings[^/]*|manage|management)\.py$/;

function printsIn(file: SourceFile): readonly Location[] {
  const main = file.text.search(/^if __name__\b/m);
  const lastLine = main < 0 ? Number.POSITIVE_INFINITY : file.text.slice(0, main).split("\n").length;
  const isFlushed = ({ keywords }: Call) => keywords.some(({ arg }) => arg === "flush" || arg === "file");
  return file.calls
    .filter(({ name, node }) => name === "print" && !isFlushed(node))
    .map(({ node }) => file.at(node))
    .filter(({ line }) => line < lastLine);
}
