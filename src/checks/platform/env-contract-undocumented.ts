import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "env-contract-undocumented",
  title: "Every variable that the settings insist on is written down",
  area: "platform",
  severity: "warning",
  needs: ["envContract", "settingsModule", "deployment"],
  docs: {
    why: "A variable that the code insists on and that nothing names is learnt from the first failure: the app ends with `KeyError` or `ImproperlyConfigured` at its first start, and again on the next machine.",
    fix: "Name each of them, without its value:\n\n```\n# .env.example\nSECRET_KEY=\nDATABASE_URL=postgres://user:password@host:5432/name\n```",
    bad: { ...shop },
    good: { ...shop, ".env.example": "SECRET_KEY=\n" },
    notReported: [
      "Variables that the platform sets, and those with a default in the code.",
      "Names that stand in a manifest, a `.env.example`, a README, a workflow or a script.",
      "A manifest that declares the environment: `manifest-env-incomplete` compares it.",
    ],
    links: ["https://12factor.net/config"],
  },
  *run({ envContract, deployment }) {
    const declares = deployment.env.some(
      ({ at }) => !/(?:^|[/.])(?:dockerfile|containerfile)/i.test(at.file),
    );
    const required = envContract.variables.filter((one) => one.required && one.readBy === "settings");
    if (required.length === 0) return yield notApplicable("the settings insist on no variable");
    const silent = required.filter(({ declaredIn }) => declaredIn === undefined);
    const [first] = silent;
    if (!first)
      return yield evidence("every variable that the settings insist on is named in a file beside the code");
    if (declares && deployment.envElsewhere === undefined)
      return yield notApplicable("a manifest declares the environment: manifest-env-incomplete");
    const names = silent.map(({ name }) => `$${name}`);
    const shown =
      names.length > 4
        ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more variables`
        : [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(" and ");
    yield fails(
      `the settings insist on ${shown}, and no file but the code names ${names.length === 1 ? "it" : "them"}`,
      {
        at: first.at,
        fix: `# .env.example\n${silent.map(({ name }) => `${name}=`).join("\n")}`,
      },
    );
  },
});
