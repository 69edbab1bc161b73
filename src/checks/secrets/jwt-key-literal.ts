import { defineCheck } from "../../check.ts";
import type { Settings } from "../../facts/django/settings.ts";
import { literalAt, unlessSet } from "../../facts/django/settings-secrets.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { textOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const settingsFile = shop["shop/settings.py"] ?? "";
const packages = {
  "requirements.txt": "django==5.2.17\ndjangorestframework-simplejwt==5.5.0\ngunicorn==23.0.0\n",
};

export default defineCheck({
  id: "jwt-key-literal",
  title: "No key that signs tokens is in the repository",
  area: "secrets",
  severity: "error",
  needs: ["settings"],
  docs: {
    why: "Whoever knows the key makes tokens for any user, administrators too, and no password is asked.",
    fix: 'Read it from the environment, with a new value:\n\n```python\nSIMPLE_JWT = {"SIGNING_KEY": os.environ["JWT_SIGNING_KEY"]}\n```',
    bad: {
      ...shop,
      ...packages,
      "shop/settings.py": `${settingsFile}SIMPLE_JWT = {"SIGNING_KEY": "sign-with-this"}\n`,
    },
    good: {
      ...shop,
      ...packages,
      "shop/settings.py": `${settingsFile}SIMPLE_JWT = {"SIGNING_KEY": os.environ["JWT_SIGNING_KEY"]}\n`,
    },
    notReported: [
      "`SECRET_KEY` used as the signing key: `secret-key-literal` and `secret-key-fallback` answer for it.",
      "A public `VERIFYING_KEY`, and the path of a key file.",
      "No signing key at all: then it is SECRET_KEY.",
    ],
    links: ["https://django-rest-framework-simplejwt.readthedocs.io/en/latest/settings.html#signing-key"],
  },
  *run({ settings }) {
    const named = places.filter(([name]) => settings.get(name).explicit);
    if (named.length === 0) return yield notApplicable("no setting names a key that signs tokens");
    const secretKey = textOf(settings.get("SECRET_KEY").value);
    for (const [name, ...keys] of named) {
      const literal = literalAt(settings, name, ...keys);
      if (!literal || literal.text === secretKey || isPath(literal.text)) continue;
      const at = literal.at;
      yield fails(
        `${literal.name} is written in the code: a text of ${literal.length} characters that signs tokens`,
        {
          at,
          when: unlessSet(literal.unless),
          fix: fixFor(settings, name, keys),
        },
      );
    }
    yield evidence("no key that signs tokens is in the code");
  },
});

/** Where the libraries look: simplejwt, drf-jwt, graphql-jwt, dj-rest-auth and Flask-JWT-Extended's habit. */
const places: readonly (readonly [name: string, ...keys: readonly string[]])[] = [
  ["SIMPLE_JWT", "SIGNING_KEY"],
  ["JWT_AUTH", "JWT_SECRET_KEY"],
  ["GRAPHQL_JWT", "JWT_SECRET_KEY"],
  ["NINJA_JWT", "SIGNING_KEY"],
  ["JWT_SECRET_KEY"],
  ["JWT_SECRET"],
  ["JWT_SIGNING_KEY"],
];

function isPath(text: string): boolean {
  return /^[./~][\w./-]+$|\.(?:pem|key)$/.test(text);
}

function fixFor(_settings: Settings, name: string, keys: readonly string[]): string {
  const value = `os.environ["JWT_SIGNING_KEY"]`;
  const [key] = keys;
  return key === undefined ? `${name} = ${value}` : `"${key}": ${value},   # in ${name}`;
}
