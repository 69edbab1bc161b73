import { defineCheck } from "../../check.ts";
import { imageName } from "../../facts/image/base-image.ts";
import { evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const dockerfile = (image: string) =>
  `FROM ${image}\nENV PYTHONUNBUFFERED=1\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]\n`;

export default defineCheck({
  id: "base-image-unpinned",
  title: "The base image names a version",
  area: "images",
  severity: "warning",
  needs: ["imageFile"],
  docs: {
    why: "`python:latest`, `python` and `python:3` are another Python after its next release in October: the build changes without a commit, and packages that have nothing for it yet end it. An image on a Debian that is no longer kept up gets no fixes, and `apt-get update` fails once its archive is moved.",
    fix: "Name the version:\n\n```dockerfile\nFROM python:3.13-slim-trixie\n```",
    bad: { ...shop, Dockerfile: dockerfile("python:latest") },
    good: { ...shop, Dockerfile: dockerfile("python:3.13-slim") },
    notReported: [
      "An image that is pinned by its digest; a digest is not asked for.",
      "A tag that a variable without a default holds.",
      "A stage that is made from another stage, `scratch`, and what `COPY --from` takes from an image.",
      "A major version of anything but Python (`node:22`, `debian:13`), and `alpine` or `slim` of a web server.",
      "A Python that is no longer supported: `python-eol` says so.",
    ],
    links: [
      "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
      "https://hub.docker.com/_/python",
      "https://wiki.debian.org/LTS",
    ],
  },
  *run({ imageFile }) {
    // Stages often share one image: it is told of once.
    const bases = new Map([...imageFile.bases].reverse().map(({ image, at }) => [image, at]));
    for (const [image, at] of bases) {
      const reason = unpinned(image);
      if (reason === undefined) continue;
      yield fails(`${image} ${reason}`, {
        at,
        ...(/(?:^|\/)python(?:[:@]|$)/.test(image) && { fix: `FROM ${pinned(image)}` }),
      });
    }
    yield evidence(`${imageFile.path} names versions of its images`);
  },
});

/** Debian's releases after which nobody fixes them any more, LTS included: https://wiki.debian.org/LTS (2026-11). */
const unsupported = /(?:^|-)(?:wheezy|jessie|stretch|buster|bullseye)(?:-|$)/;

function unpinned(image: string): string | undefined {
  const name = imageName(image);
  if (!name || name.digest !== undefined) return undefined;
  const { official, repository, tag } = name;
  if (tag === undefined) return "has no tag, so that it is whatever is newest when the image is built";
  if (tag === "latest") return "is whatever is newest when the image is built";
  if (!official || repository !== "python") return undefined;
  if (!/^\d/.test(tag)) return "names no version of Python, so that the newest is taken";
  if (/^\d+(?:-|$)/.test(tag)) return "names only Python's major version, so that the newest minor is taken";
  const [distribution] = unsupported.exec(tag) ?? [];
  return distribution === undefined
    ? undefined
    : `is made of Debian ${distribution.replaceAll("-", "")}, which gets no fixes any more`;
}

/** Its own flavour, with a version. */
function pinned(image: string): string {
  const flavour = /-?(slim|alpine)/.exec(imageName(image)?.tag ?? "")?.[1];
  return flavour === undefined ? "python:3.13" : `python:3.13-${flavour}`;
}
