import { defineCheck } from "../../check.ts";
import { cannotTell, evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const variable = "DJANGO_ALLOW_ASYNC_UNSAFE";

const dockerfile = (env: string) =>
  `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n${env}CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]\n`;

export default defineCheck({
  id: "async-unsafe-allowed",
  title: "Database calls from asynchronous code are refused",
  area: "settings",
  severity: "error",
  django: ["async.E001"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: `With \`$${variable}\` set, Django lets asynchronous code use a database connection that belongs to another task. Requests then see each other's transactions, and data is lost without an error. It is there for notebooks, not for servers.`,
    fix: `Take \`${variable}\` out, and call the database through \`sync_to_async\`.`,
    bad: { ...shop, Dockerfile: dockerfile(`ENV ${variable}=true\n`) },
    good: { ...shop, Dockerfile: dockerfile("") },
    notReported: ["The variable in code that only development reaches.", "The variable with an empty text."],
    links: ["https://docs.djangoproject.com/en/stable/topics/async/#async-safety"],
  },
  *run({ settings, systemChecks }) {
    const answer = systemChecks.answer("async.E001");
    if (answer !== true && answer !== false && answer !== undefined) return yield cannotTell(answer.because);
    if (answer !== true) return yield evidence(`$${variable} is not set`);
    const given = settings.given.get(variable);
    const at = given?.at ?? settings.variable(variable)?.at;
    yield fails(
      `${given?.by ?? "the code"} sets ${variable}, so asynchronous code shares database connections`,
      {
        at,
        fix: `# ${at?.file ?? "the environment"}: take ${variable} out`,
      },
    );
  },
});
