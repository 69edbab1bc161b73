import { defineCheck } from "../../check.ts";
import { advisedPython, seriesOf } from "../../facts/python-releases.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const heroku = { ...shop, "app.json": '{ "stack": "heroku-24" }\n', Procfile: "web: gunicorn shop.wsgi\n" };
const unversioned = Object.fromEntries(Object.entries(heroku).filter(([name]) => name !== ".python-version"));

export default defineCheck({
  id: "runtime-txt-deprecated",
  title: "The Python version is named in .python-version alone",
  area: "runtime",
  severity: "warning",
  needs: ["pythonVersions", "deployment"],
  docs: {
    why: "Heroku deprecates runtime.txt, and will stop to read it. Until then it counts before .python-version, so that a new version there changes nothing.",
    fix: "Name the version where tools on every machine read it, too:\n\n```sh\ngit rm runtime.txt && printf '3.13\\n' > .python-version\n```",
    bad: { ...unversioned, "runtime.txt": "python-3.13.2\n" },
    good: { ...unversioned, ".python-version": "3.13\n" },
    notReported: [
      "Platforms that have no other file, or that read runtime.txt without complaint.",
      "An image, which brings its own Python.",
      "A runtime.txt that stops the build: `python-version-malformed` says so.",
    ],
    links: ["https://devcenter.heroku.com/articles/python-runtimes"],
  },
  *run({ pythonVersions, deployment: { platform } }) {
    const { declared, image } = pythonVersions;
    if (image) return yield notApplicable(`the image ${image.name} brings its own Python`);
    const old = declared.find(({ file, read }) => file === "runtime.txt" && read);
    if (!old) return yield evidence("no runtime.txt names the Python version");
    const { grammar } = platform.python ?? {};
    if (
      (grammar !== "heroku" && grammar !== "heroku-cnb") ||
      platform.python?.refuses?.includes("runtime.txt")
    )
      return yield notApplicable(`${platform.name} reads runtime.txt`);
    if (old.problem !== undefined)
      return yield notApplicable(`${old.path} is malformed: python-version-malformed`);
    const other = declared.find(({ file, version }) => file === ".python-version" && version !== undefined);
    const differs =
      other !== undefined &&
      old.version !== undefined &&
      other.version !== undefined &&
      seriesOf(other.version) !== seriesOf(old.version);
    const version = other?.version ?? (old.version === undefined ? advisedPython : seriesOf(old.version));
    yield fails(
      differs
        ? `${old.path} asks for Python ${old.version} and ${other.path} for ${other.version}, and ${platform.name} follows runtime.txt, which is deprecated`
        : `${old.path} names the Python version, which the buildpack of ${platform.name} deprecates`,
      {
        at: old.at,
        fix: other ? `git rm ${old.path}` : `git rm ${old.path} && printf '${version}\\n' > .python-version`,
      },
    );
  },
});
