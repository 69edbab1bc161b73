import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { complete } from "../../../src/facts/django/scenarios.ts";
import { systemChecks } from "../../../src/facts/django/system-checks/index.ts";
import { viewOf } from "../../../src/facts/django/view.ts";
import { memoryFiles } from "../../../src/files/memory.ts";
import { createInterpreter } from "../../../src/python/interpreter.ts";
import { models } from "../../../src/python/models/index.ts";
import { toPlain } from "../../../src/python/plain.ts";
import { hasPython, python } from "../../support/python.ts";

// Keys that are made anew at every start: nobody knows the text, but how long and how random it is decides
// security.W009 all the same.

const imports = `import base64, binascii, hashlib, os, random, secrets, string, uuid
from django.core.management.utils import get_random_secret_key
from django.utils.crypto import get_random_string
`;

/** What Django 5.2 says of SECRET_KEY: it is weak or not, or its check ends in TypeError; "unknown" is ours alone. */
const keys: readonly (readonly [
  expression: string,
  length: number,
  weak: boolean | "TypeError" | "unknown",
])[] = [
  ["get_random_secret_key()", 50, false],
  ['"django-insecure-" + get_random_secret_key()', 66, true],
  ['f"django-insecure-{get_random_secret_key()}"', 66, true],
  ['"django-" + secrets.token_urlsafe(50)', 74, false],
  ["secrets.token_urlsafe()", 43, true],
  ["secrets.token_urlsafe(37)", 50, false],
  ["secrets.token_urlsafe(50)", 67, false],
  ["secrets.token_hex()", 64, false],
  ["secrets.token_hex(24)", 48, true],
  ['"".join(random.choice(string.ascii_letters) for _ in range(50))', 50, false],
  ['"".join(random.choice(string.ascii_letters) for _ in range(49))', 49, true],
  [
    '"".join([random.SystemRandom().choice("abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)") for i in range(50)])',
    50,
    false,
  ],
  ['"".join(secrets.choice(string.printable) for i in range(64))', 64, false],
  ['"".join(random.choices(string.ascii_lowercase, k=60))', 60, false],
  ['"".join(random.sample(string.ascii_letters, 50))', 50, false],
  ['"".join([random.choice(string.ascii_letters)] * 60)', 60, "unknown"],
  ['"".join(random.choice("ab") for _ in range(60))', 60, "unknown"],
  ["binascii.hexlify(os.urandom(32)).decode()", 64, false],
  ["binascii.hexlify(os.urandom(24))", 48, true],
  ["binascii.hexlify(os.urandom(32))", 64, "TypeError"],
  ["str(binascii.hexlify(os.urandom(32)))", 67, false],
  ["os.urandom(32)", 32, true],
  ["os.urandom(32).hex()", 64, false],
  ['base64.b64encode(os.urandom(32)).decode("utf-8")', 44, true],
  ["base64.urlsafe_b64encode(os.urandom(50)).decode()", 68, false],
  ["base64.b64encode(os.urandom(64)).decode()[:50]", 50, false],
  ["base64.b64encode(os.urandom(64)).decode()[:49]", 49, true],
  ["secrets.token_hex(64)[-50:]", 50, false],
  ["secrets.token_hex(64)[3:-3]", 122, false],
  ['("django-insecure-" + secrets.token_hex(64))[:60]', 60, true],
  ['("django-insecure-" + secrets.token_hex(64))[16:]', 128, false],
  ["uuid.uuid4().hex", 32, true],
  ["uuid.uuid4().hex + uuid.uuid4().hex", 64, false],
  ["str(uuid.uuid4())", 36, true],
  // Its first characters might all be those that are no random ones.
  ['f"{uuid.uuid4()}-{uuid.uuid4()}"', 73, "unknown"],
  ["hashlib.sha256(os.urandom(16)).hexdigest()", 64, false],
  ["hashlib.md5(os.urandom(16)).hexdigest()", 32, true],
  ["get_random_string(50)", 50, false],
  ["get_random_string(length=12)", 12, true],
  ['get_random_string(60, "abcdefghijklmnop")', 60, false],
  ['"{}-{}".format(secrets.token_hex(20), secrets.token_hex(20))', 81, false],
  ['"%s%s" % (secrets.token_hex(20), secrets.token_hex(20))', 80, false],
  ["secrets.token_hex(30).upper()", 60, false],
  ['"a" * 45 + secrets.token_hex(2) + "b"', 50, "unknown"],
  ["secrets.token_hex(1) * 30", 60, "unknown"],
  ["Fernet.generate_key()", 44, true],
  ["Fernet.generate_key().decode()", 44, true],
  ["str(Fernet.generate_key())", 47, true],
  ["Fernet.generate_key().decode() + Fernet.generate_key().decode()", 88, false],
];

test.each(keys)("%s", (expression, length, weak) => {
  const code = `${imports}from cryptography.fernet import Fernet\nSECRET_KEY = ${expression}\nLENGTH = len(SECRET_KEY)\nLONG = len(SECRET_KEY) >= 50\n`;
  const world = { path: [""], installed: () => true, djangoVersion: "5.2", pythonVersion: "3.13" };
  const interpreter = createInterpreter(memoryFiles({ "settings.py": code }), world, models);
  const start = { env: new Map(), held: new Map(), branches: new Map() };
  const view = viewOf(interpreter, complete(interpreter, "settings", start, true), "5.2");
  expect(view.get("SECRET_KEY").value).toMatchObject({
    kind: "opaque",
    because: "is generated anew at every start",
  });
  if (weak !== "unknown" || view.get("LENGTH").value.kind !== "opaque") {
    expect(toPlain(view.get("LENGTH").value)).toBe(length);
    expect(toPlain(view.get("LONG").value)).toBe(length >= 50);
  }
  const { checks, unknown } = systemChecks(view, "5.2");
  const told = checks.includes("security.W009") || (unknown.includes("security.W009") ? "unknown" : false);
  expect(told).toBe(weak === "TypeError" ? "unknown" : weak);
});

test("what no shape is known of stays unknown", () => {
  const code = `${imports}SECRET_KEY = os.environ["KEY"] + secrets.token_hex(40)\n`;
  const world = { path: [""], installed: () => true, djangoVersion: "5.2", pythonVersion: "3.13" };
  const interpreter = createInterpreter(memoryFiles({ "settings.py": code }), world, models);
  const env = new Map([["KEY", { kind: "something" as const }]]);
  const start = { env, held: new Map(), branches: new Map() };
  const view = viewOf(interpreter, complete(interpreter, "settings", start, true), "5.2");
  expect(systemChecks(view, "5.2").unknown).toContain("security.W009");
});

describe.skipIf(!hasPython("django"))("Django itself (needs Python with Django)", () => {
  test("says the same of ten keys of each kind", () => {
    const code = `${imports}
import json, sys
from django.conf import settings
from django.core.checks.security.base import _check_secret_key
settings.configure()
class Fernet:
    """As cryptography makes its keys, which need not be installed for this."""
    generate_key = staticmethod(lambda: base64.urlsafe_b64encode(os.urandom(32)))
def weak(key):
    try: return not _check_secret_key(key)
    except TypeError: return "TypeError"
def answers(expression):
    made = [eval(expression) for _ in range(10)]
    return [sorted({len(key) for key in made}), sorted({weak(key) for key in made})]
print(json.dumps([answers(expression) for expression in json.load(sys.stdin)]))
`;
    const input = JSON.stringify(keys.map(([expression]) => expression));
    const real = JSON.parse(execFileSync(python, ["-c", code], { input, encoding: "utf8" }));
    const wanted = keys.map(([, length, weak], at) => [[length], weak === "unknown" ? real[at][1] : [weak]]);
    expect(real).toEqual(wanted);
  });
});
