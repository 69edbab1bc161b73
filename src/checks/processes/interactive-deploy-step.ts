import { defineCheck } from "../../check.ts";
import type { DeployStep } from "../../facts/deploy-steps.ts";
import { staticStorage } from "../../facts/django/static-files.ts";
import { subcommand } from "../../facts/steps/kind.ts";
import { evidence, type Finding, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const build = (line: string) => ({
  ...shop,
  Dockerfile: `FROM debian:12-slim\nRUN ${line}\nCOPY . .\nCMD gunicorn shop.wsgi\n`,
});

export default defineCheck({
  id: "interactive-deploy-step",
  title: "No step of the deployment asks anybody",
  area: "processes",
  severity: "error",
  needs: ["deploySteps"],
  wants: ["settings"],
  docs: {
    why: "Nobody sits at the keyboard of a build or a release. A program that asks gets the end of its input instead of an answer, and stops with an error, or waits until the platform gives up.",
    fix: "Answer beforehand:\n\n```sh\npython manage.py collectstatic --noinput\napt-get install -y libpq5\n```",
    bad: build("apt-get update && apt-get install python3-venv"),
    good: build("apt-get update && apt-get install -y python3-venv"),
    notReported: [
      "`collectstatic` asks only where there are files that it would write over, so on the local disk it is a warning.",
      "`migrate`, and `DEBIAN_FRONTEND=noninteractive` with `-y`.",
      "Commands behind `yes |`.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/ref/contrib/staticfiles/#cmdoption-collectstatic-noinput",
    ],
  },
  *run({ deploySteps, settings }) {
    const remote = settings !== undefined && staticStorage(settings).kind === "remote";
    for (const step of deploySteps.all) yield* asks(step, remote);
    yield evidence("no step of the deployment asks anybody");
  },
});

function* asks({ launch, declaredBy }: DeployStep, remote: boolean): Generator<Finding> {
  const { program, args, at } = launch;
  const has = (form: RegExp) =>
    args.some(({ text, known }) => form.test(text) || (!known && text.startsWith("$")));
  const piped = /\b(?:yes|echo)\b[^|;&]*\|/.test(declaredBy.command);
  if (piped || launch.env.has("DJANGO_SUPERUSER_NOINPUT")) return;
  const details = { at, ...(launch.conditional && { severity: "warning" as const }) };
  if (program === "manage.py" || program === "django-admin") {
    const command = subcommand(launch);
    if (has(/^--no-?input$|^--help$|^-h$/)) return;
    if (command === "collectstatic") {
      const message = "collectstatic runs without --noinput";
      if (remote)
        yield fails(`${message}, and asks before it writes to the storage`, {
          ...details,
          fix: "python manage.py collectstatic --noinput",
        });
      else
        yield fails(`${message}, and asks where STATIC_ROOT holds files already`, {
          at,
          severity: "warning",
          when: ["STATIC_ROOT holds files already"],
          fix: "python manage.py collectstatic --noinput",
        });
    }
    if (command === "createsuperuser" || command === "flush" || command === "reset_db")
      yield fails(`${command} runs without --noinput, and asks`, {
        ...details,
        fix: `python manage.py ${command} --noinput`,
      });
  }
  if (
    (program === "apt-get" || program === "apt") &&
    has(/^install$/) &&
    !has(/^-[a-z]*[yq]*y|^--(?:yes|assume-yes)$|^-qq$|^--force-yes$/)
  )
    yield fails(`${program} install runs without -y, and asks`, {
      ...details,
      fix: `${program} install -y …`,
    });
}
