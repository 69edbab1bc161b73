import { defineCheck } from "../../check.ts";
import { writtenAdmins } from "../../facts/django/admin-accounts.ts";
import { evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const project = { ...shop, Procfile: "release: python manage.py make_admin\nweb: gunicorn shop.wsgi\n" };
const command = (password: string) =>
  `import os\n\nfrom django.contrib.auth import get_user_model\nfrom django.core.management.base import BaseCommand\n\n\nclass Command(BaseCommand):\n    def handle(self, **options):\n        get_user_model().objects.create_superuser("boss", "boss@shop.example", ${password})\n`;

export default defineCheck({
  id: "default-admin-account",
  title: "No administrator has a password that the repository shows",
  area: "exposure",
  severity: "error",
  needs: ["deploySteps", "deployment", "apps", "code"],
  docs: {
    why: "A step, a migration or a script that makes an administrator with a written password makes the same one in production. Whoever reads the repository, or tries the usual ones, is in the admin.",
    fix: "Make the account once, by hand:\n\n```\npython manage.py createsuperuser\n```",
    bad: { ...project, "shop/management/commands/make_admin.py": command('"letmein"') },
    good: {
      ...project,
      "shop/management/commands/make_admin.py": command('os.environ["ADMIN_PASSWORD"]'),
    },
    notReported: [
      "Tests, factories, and commands that no step of the deployment runs.",
      "A password that the environment gives; with a written fallback it is a warning.",
      "A step that a test in a script guards.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/django-admin/#createsuperuser"],
  },
  *run({ deploySteps, deployment, apps, code }) {
    const fix = "python manage.py createsuperuser   # once, by hand";
    for (const { by, at, variable, reached } of writtenAdmins(deploySteps, apps, code))
      yield fails(`${by} makes an administrator with a password that is written there`, {
        at,
        fix,
        ...(variable !== undefined && { when: [`$${variable} is unset`] }),
        ...((variable !== undefined || !reached) && { severity: "warning" }),
      });
    const password = "DJANGO_SUPERUSER_PASSWORD";
    for (const { launch } of deploySteps.all) {
      if (launch.conditional || !launch.args.some(({ text }) => text === "createsuperuser")) continue;
      const own = launch.env.get(password);
      const declared = deployment.env.find(({ name, value }) => name === password && value);
      if (!(own?.known && own.text !== "") && !declared) continue;
      const at = own?.known ? launch.at : declared?.at;
      yield fails(
        `the deployment runs createsuperuser, and ${at?.file ?? "a file"} writes down $${password}`,
        { at, fix, ...(/local|dev|override/i.test(at?.file ?? "") && { severity: "info" }) },
      );
    }
    yield evidence(
      "nothing that a deployment runs is known to make an administrator with a written password",
    );
  },
});
