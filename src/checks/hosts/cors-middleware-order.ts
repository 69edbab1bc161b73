import { defineCheck } from "../../check.ts";
import { corsMiddleware } from "../../facts/django/cors.ts";
import { commonMiddleware, middlewareIn } from "../../facts/django/middleware.ts";
import { isInstalled } from "../../facts/django/static-files.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";

const settings = (middleware: readonly string[]) =>
  `INSTALLED_APPS = ["corsheaders"]\nMIDDLEWARE = [\n${middleware.map((name) => `    "${name}",\n`).join("")}]\nROOT_URLCONF = "shop.urls"\n`;

/** Middleware that answers by itself, so that what stands behind it does not see the answer. */
const answering = [
  commonMiddleware,
  "whitenoise.middleware.WhiteNoiseMiddleware",
  "servestatic.middleware.ServeStaticMiddleware",
];

export default defineCheck({
  id: "cors-middleware-order",
  title: "CorsMiddleware sees every answer",
  area: "hosts",
  severity: "warning",
  needs: ["settings"],
  docs: {
    why: "A middleware that answers by itself (a redirect of CommonMiddleware, a file of WhiteNoise) hides the request from those behind it. Such answers then lack Access-Control-Allow-Origin, and the browser shows a CORS error instead of the real one. Without the middleware the settings of django-cors-headers have no effect at all.",
    fix: 'Put it in front of the others:\n\n```python\n"corsheaders.middleware.CorsMiddleware",  # above CommonMiddleware and WhiteNoise\n```',
    bad: { "shop/settings.py": settings([commonMiddleware, corsMiddleware]) },
    good: { "shop/settings.py": settings([corsMiddleware, commonMiddleware]) },
    notReported: [
      "A project that does not install django-cors-headers.",
      "SecurityMiddleware or sessions in front of it.",
      "WhiteNoise in front of it is advice: its files have a header of their own.",
    ],
    links: ["https://github.com/adamchainz/django-cors-headers#setup"],
  },
  *run({ settings }) {
    const setting = settings.get("MIDDLEWARE");
    const { names, open, has } = middlewareIn(settings);
    const place = names.indexOf(corsMiddleware);
    if (place < 0) {
      if (isInstalled(settings, "corsheaders") !== true)
        return yield notApplicable("django-cors-headers is not installed");
      if (has(corsMiddleware) === undefined || open)
        return yield cannotTell("whether CorsMiddleware is installed cannot be read statically", {
          at: setting.at,
        });
      if (names.some((name) => /cors/i.test(name)))
        return yield evidence("another middleware does its work", setting.at);
      const used = settings.names.find((name) => name.startsWith("CORS_"));
      if (used === undefined) return yield notApplicable("no CORS_… setting is used");
      return yield fails(`MIDDLEWARE lacks CorsMiddleware, so ${used} has no effect`, {
        at: setting.explicit ? setting.at : undefined,
        fix: `"${corsMiddleware}",  # above CommonMiddleware and WhiteNoise`,
      });
    }
    const before = names.slice(0, place).find((name) => answering.includes(name));
    if (before === undefined)
      return yield evidence("CorsMiddleware stands in front of what answers", setting.at);
    yield fails(
      `${before.split(".").at(-1)} stands in front of CorsMiddleware, so what it answers itself has no CORS headers`,
      {
        at: setting.at,
        fix: `"${corsMiddleware}",  # above "${before}"`,
        // WhiteNoise lets every site read its files by itself, unless WHITENOISE_ALLOW_ALL_ORIGINS is off.
        ...(before !== commonMiddleware && { severity: "info" }),
      },
    );
  },
});
