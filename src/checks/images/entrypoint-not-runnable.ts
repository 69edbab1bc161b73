import { defineCheck } from "../../check.ts";
import type { FinalImage } from "../../facts/image/final-image.ts";
import type { IgnoreFile } from "../../facts/image-file.ts";
import type { Scripts, StartedScript } from "../../facts/scripts.ts";
import { evidence, type Finding, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const dockerfile =
  'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nENTRYPOINT ["/app/entrypoint.sh"]\n';
const server = "exec gunicorn --bind 0.0.0.0:8000 shop.wsgi\n";

/** Told of with the kernel's own answers: execve of such files on Linux 6, and `/bin/sh` of Debian, 2026-11-20. */
export default defineCheck({
  id: "entrypoint-not-runnable",
  title: "The scripts that the deployment starts can be started",
  area: "images",
  severity: "error",
  needs: ["scripts"],
  wants: ["imageFile"],
  docs: {
    why: 'A script that works on the laptop ends the container before anything runs: "permission denied" where git holds it without the mode to execute it, "no such file or directory" where its lines end as on Windows (the system looks for `/bin/sh` and a carriage return) or the image lacks its interpreter, "exec format error" where its first line names none.',
    fix: "Let git keep the mode and the line endings:\n\n```sh\ngit update-index --chmod=+x entrypoint.sh\necho '*.sh text eol=lf' >> .gitattributes\n```",
    bad: { ...shop, Dockerfile: dockerfile, "entrypoint.sh": server },
    good: { ...shop, Dockerfile: dockerfile, "entrypoint.sh": `#!/bin/sh\n${server}` },
    notReported: [
      "`sh entrypoint.sh`, which needs no mode and no first line.",
      "`RUN chmod +x entrypoint.sh`, `COPY --chmod=755`, `RUN sed -i 's/\\r$//' entrypoint.sh`, `dos2unix`.",
      "A script that git does not track, or without git: nobody knows its mode.",
      "A first line that is missing where a shell starts the script, which then reads it itself.",
      "Line endings that `.gitattributes` sets to `eol=lf`.",
      "A script that another command mentions, as it may make it.",
    ],
    links: [
      "https://git-scm.com/docs/git-update-index#Documentation/git-update-index.txt---chmod-x",
      "https://git-scm.com/docs/gitattributes#_eol",
      "https://docs.docker.com/reference/dockerfile/#entrypoint",
    ],
  },
  *run({ scripts, imageFile }) {
    if (scripts.started.length === 0)
      return yield notApplicable("no command of the deployment starts a script of the project");
    for (const script of scripts.started) {
      const found = mistake(script, scripts, imageFile?.final) ?? left(script, imageFile?.ignoreFile);
      if (found) yield found;
      else yield evidence(`${script.path} can be started`, script.at);
    }
  },
});

function mistake(
  script: StartedScript,
  scripts: Scripts,
  image: FinalImage | undefined,
): Finding | undefined {
  const { path, written, startedBy, strict, file } = script;
  if (!file) return missingFile(script, scripts);
  const { shebang, endings, marked, executable } = file;
  const isKernels = startedBy === "kernel";
  const lf = "git add --renormalize .";
  if (endings !== "lf" && !scripts.convertsEndings) {
    const fix = `echo '*.sh text eol=lf' >> .gitattributes\n${lf}`;
    const lines = `the lines of ${path} end with a carriage return`;
    if (isKernels && shebang !== undefined)
      return tell(`${lines}, and there is no program named "${shebang.split(" ")[0]}\\r" to run it`, fix);
    return tell(`${lines}, which the shell takes for a part of the commands`, fix, "warning");
  }
  if (!isKernels) return undefined;
  if (executable === false && !scripts.makesExecutable(script))
    return tell(
      `${path} is not executable in git, and ${written} is executed: "permission denied"`,
      `git update-index --chmod=+x ${path}`,
    );
  if (shebang === undefined && strict) {
    const begins = marked ? "begins with a byte order mark" : "names no interpreter in its first line";
    return tell(`${path} ${begins}, and no shell starts it: "exec format error"`, "#!/bin/sh");
  }
  const interpreter = shebang === undefined ? undefined : program(shebang);
  if (interpreter !== undefined && image?.lacks(interpreter))
    return tell(
      `the first line of ${path} asks for ${interpreter}, which ${image.image.name} does not have`,
      `RUN apk add --no-cache ${interpreter}`,
    );
  return undefined;

  function tell(message: string, fix: string, severity?: "warning"): Finding {
    const isHere = file?.endings === "crlf-here";
    return fails(message, {
      at: script.at,
      fix,
      when: [
        ...(script.onlyIf === undefined ? [] : [script.onlyIf]),
        ...(isHere ? ["the lines end so in every checkout"] : []),
      ],
      ...((severity || isHere) && { severity: "warning" }),
    });
  }
}

/** `/bin/bash -e`, `/usr/bin/env -S bash -e` */
function program(shebang: string): string | undefined {
  const words = shebang.split(/\s+/).map((word) => word.replace(/^.*\//, ""));
  return words[0] === "env" ? words.slice(1).find((word) => !/^-|=/.test(word)) : words[0];
}

function missingFile({ path, written, at, onlyIf }: StartedScript, scripts: Scripts): Finding | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const isScript = /\.(?:ba)?sh$/.test(name) && !/(?:^|\/)(?:\.?venv|node_modules|bin)\//.test(path);
  if (!isScript || scripts.mentions(name, at) || scripts.mayBeThere(path)) return undefined;
  return fails(`${written} is started, and ${path} is not in the repository`, {
    at,
    fix: `git add ${path}`,
    when: onlyIf === undefined ? [] : [onlyIf],
  });
}

/** It is in the repository, and does not reach the image. */
function left({ path, at, file }: StartedScript, ignores: IgnoreFile | undefined): Finding | undefined {
  // What is not in the repository is made in the image.
  if (!file || !ignores?.keepsOut(path)) return undefined;
  return fails(`${ignores.path} keeps ${path} out of the image that starts it`, { at, fix: `!${path}` });
}
