import { defineCheck } from "../../check.ts";
import { evidence, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";
import { findingsOf } from "../told-by-platform.ts";

const id = "beanstalk-config";

const config = (path: string) =>
  `option_settings:\n  aws:elasticbeanstalk:container:python:\n    WSGIPath: ${path}\n`;

export default defineCheck({
  id,
  title: "Elastic Beanstalk takes the options and commands as they were meant",
  area: "platform",
  severity: "error",
  needs: ["deployment"],
  docs: {
    why: "Most of what is written about Elastic Beanstalk is for Amazon Linux 1, which is gone. There `WSGIPath` was the path of a file; gunicorn, which starts the app today, imports a module, so `shop/wsgi.py` ends in `ModuleNotFoundError` and every request in `502 Bad Gateway`. A namespace of that time ends the deployment with `Invalid option specification`. Container commands without `leader_only` run on every instance at once, and a process of a Procfile that ends is started again for ever.",
    fix: "Name the application as Python imports it, and let one instance migrate:\n\n```yaml\noption_settings:\n  aws:elasticbeanstalk:container:python:\n    WSGIPath: shop.wsgi:application\ncontainer_commands:\n  01_migrate:\n    command: source /var/app/venv/*/bin/activate && python manage.py migrate --noinput\n    leader_only: true\n```",
    bad: { ...shop, ".ebextensions/django.config": config("shop/wsgi.py") },
    good: { ...shop, ".ebextensions/django.config": config("shop.wsgi:application") },
    notReported: [
      "`WSGIPath` beside a Procfile, which counts instead of it.",
      "A command that migrates behind a `test`, or in an environment of a single instance.",
      "Whether the application that `WSGIPath` names exists: that is `start-target-missing`.",
    ],
    links: [
      "https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/create-deploy-python-django.html",
      "https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/using-features.migration-al.html",
    ],
  },
  *run({ deployment }) {
    const findings = findingsOf(deployment, id);
    yield* findings;
    if (findings.length > 0) return;
    const { platform, manifests } = deployment;
    if (!platform.ownChecks?.includes(id)) return yield notApplicable(`${platform.name} has no such options`);
    if (manifests.length === 0) return yield notApplicable(`there is no manifest for ${platform.name}`);
    yield evidence(`${manifests.join(", ")} is as ${platform.name} takes it`);
  },
});
