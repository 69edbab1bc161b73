import { expect, test } from "vitest";
import { factOf } from "../../support/facts.ts";
import { settingsOnly } from "../../support/settings.ts";

/** A class all of whose members pass through one loop, which makes each depend on every variable by where it came from. */
const members = (body: string) =>
  settingsOnly(`import inspect\nimport os\nimport sys\n
def env(name, default=""):
    return os.environ.get(name, default)

class Production:
    ONE = env("ONE")
    TWO = env("TWO")
    THREE = env("THREE")
    FOUR = env("FOUR")
    DEBUG = env("DEBUG_MODE", "0") == "1"
${body}

for name, value in inspect.getmembers(Production()):
    if name.isupper():
        setattr(sys.modules[__name__], name, value)
`);

async function variablesOf(name: string, body = "") {
  return (await factOf("settings", members(body))).get(name).env;
}

test.each([
  ["ALLOWED_HOSTS", '    ALLOWED_HOSTS = ["shop.example.com"]', []],
  ["DEBUG", "", ["DEBUG_MODE"]],
  ["SECRET_KEY", '    SECRET_KEY = env("KEY") or env("OLD_KEY", "dev")', ["KEY", "OLD_KEY"]],
  ["CONN_MAX_AGE", '    CONN_MAX_AGE = 60 if env("POOL", "on") else 0', ["POOL"]],
  ["EMAIL_PORT", '    EMAIL_PORT = 587 if env("MAIL") in ("smtp", "ses") else 25', ["MAIL"]],
])("%s depends on the variables that change it", async (name, body, variables) => {
  expect(await variablesOf(name, body)).toEqual(variables);
});

test("a variable without which the module does not import counts for everything", async () => {
  expect(await variablesOf("TWO", '    NEEDED = os.environ["NEEDED"]')).toEqual(["NEEDED", "TWO"]);
});
