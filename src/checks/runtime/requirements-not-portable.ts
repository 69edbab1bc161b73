import { defineCheck } from "../../check.ts";
import { evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "requirements-not-portable",
  title: "The requirements install on Linux, away from one machine",
  area: "runtime",
  severity: "error",
  needs: ["packageFiles"],
  docs: {
    why: "`pip freeze` writes down what is on one machine: packages that there are for Windows only, paths of that machine, and with PowerShell a file in UTF-16. The platform's pip stops at the first of them.",
    fix: 'Say for which system a line is, or leave it out:\n\n```\npywin32==306 ; sys_platform == "win32"\n```',
    bad: { ...shop, "requirements.txt": "django>=5.2,<6\ngunicorn>=23,<27\npywin32==306\n" },
    good: {
      ...shop,
      "requirements.txt": 'django>=5.2,<6\ngunicorn>=23,<27\npywin32==306 ; sys_platform == "win32"\n',
    },
    notReported: [
      "Lines with a marker, `-e ./lib` and wheels of the project itself.",
      "UTF-16 with a byte order mark is a warning: pip reads it, and what looks for a name in it does not.",
      "A repository over SSH is a warning: the platform may have a key.",
    ],
    links: [
      "https://pip.pypa.io/en/stable/reference/requirements-file-format/",
      "https://github.com/mhammond/pywin32/issues/1739",
    ],
  },
  *run({ packageFiles }) {
    for (const { message, at, fix, mild } of packageFiles.notPortable)
      yield fails(message, { at, fix, ...(mild && { severity: "warning" }) });
    yield evidence("the requirements name nothing that is there on one machine or system only");
  },
});
