import { defineCheck } from "../../check.ts";
import type { FinalImage } from "../../facts/image/final-image.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import type { EnvDeclaration } from "../../platforms/manifest.ts";
import { truthOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const settings = `${shop["shop/settings.py"]}DEBUG = os.environ.get("DJANGO_DEBUG") == "1"\n`;
const dockerfile = (line: string) =>
  `FROM python:3.13-slim\n${line}WORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]\n`;
const compose =
  'services:\n  web:\n    build: .\n    ports: ["8000:8000"]\n    environment:\n      DJANGO_DEBUG: "0"\n';

/**
 * Where the image's variable turns DEBUG on and nothing turns it off, `debug-enabled` says so, with the place of the
 * variable. What is left for this check is the image that only a manifest makes safe: the catalogue's error is a warning.
 */
export default defineCheck({
  id: "image-debug-env",
  title: "The image by itself is one for production",
  area: "images",
  severity: "warning",
  needs: ["settings", "imageFile", "deployment"],
  docs: {
    why: "What the image sets holds wherever nobody says otherwise: in the next environment, in a one-off container, on the platform after the next. An image with `ENV DEBUG=1` runs with DEBUG on as soon as one manifest forgets to turn it off.",
    fix: "Leave it out; developers set it in their own compose file:\n\n```dockerfile\nENV DJANGO_SETTINGS_MODULE=shop.settings.production\n```",
    bad: {
      ...shop,
      "shop/settings.py": settings,
      Dockerfile: dockerfile("ENV DJANGO_DEBUG=1\n"),
      "docker-compose.prod.yml": compose,
    },
    good: {
      ...shop,
      "shop/settings.py": settings,
      Dockerfile: dockerfile(""),
      "docker-compose.prod.yml": compose,
    },
    notReported: [
      "A variable that turns DEBUG on, and that nothing turns off again: `debug-enabled` says so.",
      "A stage for development that is not deployed, and `ARG`, which is gone when the container runs.",
      "A variable that the settings do not ask for DEBUG.",
      "A compose file for development that turns it on.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/howto/deployment/checklist/#debug",
      "https://docs.docker.com/reference/dockerfile/#env",
    ],
  },
  *run({ settings: { declared, declaredUnder, module }, imageFile, deployment }) {
    const { final, path } = imageFile;
    if (!final) return yield notApplicable(`${path} makes no image`);
    if (truthOf(declared.get("DEBUG").value) === true)
      return yield notApplicable("DEBUG is on as it is deployed: debug-enabled judges that");
    const debug = declared.get("DEBUG");
    for (const name of debug.env) {
      const own = final.env.get(name);
      if (own?.value === undefined) continue;
      if (truthOf(declaredUnder({ [name]: own.value }).get("DEBUG").value) === true)
        yield fails(
          `the image sets ${name} to ${JSON.stringify(own.value)}, which turns DEBUG on ${unless(name)}`,
          { at: own.at, fix: off(name) },
        );
    }
    const named = developmentModule(final);
    if (named && named.value !== module)
      yield fails(
        `the image sets DJANGO_SETTINGS_MODULE to ${named.value}, settings for development, ${unless(named.name)}`,
        { at: named.at, fix: `ENV DJANGO_SETTINGS_MODULE=${module}` },
      );
    yield evidence(`no variable of ${path} turns DEBUG on`);

    /** A value that the settings read as off; where none is known, the docs say what to do. */
    function off(name: string): string | undefined {
      const value = ["0", "False"].find(
        (each) => truthOf(declaredUnder({ [name]: each }).get("DEBUG").value) === false,
      );
      return value === undefined ? undefined : `ENV ${name}=${value}`;
    }

    function unless(name: string): string {
      const over = deployment.env.findLast((one) => one.name === name && one.at.file !== path);
      return over
        ? `wherever ${over.at.file} does not set it otherwise`
        : "wherever nothing sets it otherwise";
    }
  },
});

function developmentModule({ env }: FinalImage): EnvDeclaration | undefined {
  const declared = env.get("DJANGO_SETTINGS_MODULE");
  return /(?:^|[._])(?:dev|devel|development|local|debug)$/.test(declared?.value ?? "")
    ? declared
    : undefined;
}
