import { expect, test } from "vitest";
import { evaluate, result, type Setting } from "./evaluation.ts";

// Libraries that the reference environment does not install. What they say was asked of django-lasuite 0.1,
// cryptography 50, google-auth 2.62, redis 8.1 and django-csp 4.0.

const setting: Setting = {
  env: { S: "from env", T_FILE: "secret.txt", U_FILE: "nope.txt", W_FILE: "/run/secrets/w", DJANGO_V: "v" },
  files: { "secret.txt": "top secret\n" },
};
const run = (code: string) => result(evaluate(`${code}\n`, setting));

const lasuite = (args: string) =>
  run(`from lasuite.configuration.values import SecretFileValue\nRESULT = SecretFileValue(${args})`);

test.each([
  ['"d", environ_name="S", environ_prefix=None', "from env"],
  ['"d", environ_name="T", environ_prefix=None', "top secret"],
  ['"d", environ_name="NO", environ_prefix=None', "d"],
  ['environ_name="V"', "v"],
  [
    'environ_name="U", environ_prefix=None',
    { $raises: "ValueError", message: "Path 'nope.txt' does not exist." },
  ],
  [
    'environ_required=True, environ_name="NO", environ_prefix=None',
    {
      $raises: "ValueError",
      message: "Value 'NO' is required to be set as the environment variable 'NO_FILE' or 'NO'",
    },
  ],
])("SecretFileValue(%s)", (args, answer) => {
  expect(lasuite(args)).toEqual(answer);
});

test("a secret in a file outside the project is not known", () => {
  expect(lasuite('"d", environ_name="W", environ_prefix=None')).toMatchObject({ cause: "unmodelled" });
});

test.each([
  [
    'from cryptography.fernet import Fernet; Fernet(b"x"); RESULT = 1',
    { $raises: "ValueError", message: "Fernet key must be 32 url-safe base64-encoded bytes." },
  ],
  [
    'from cryptography.fernet import Fernet; Fernet("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4="); RESULT = 1',
    1,
  ],
  [
    'from google.oauth2 import service_account; RESULT = service_account.Credentials.from_service_account_file("nope.json")',
    { $raises: "FileNotFoundError", message: "[Errno 2] No such file or directory: 'nope.json'" },
  ],
  [
    "import redis; RESULT = issubclass(redis.exceptions.BusyLoadingError, redis.ConnectionError), redis.exceptions.ConnectionError is redis.ConnectionError",
    { $tuple: [true, true] },
  ],
  [
    "from redis.backoff import ExponentialBackoff; from redis.retry import Retry; RESULT = type(Retry(ExponentialBackoff(), 3)).__name__",
    "Retry",
  ],
  ["from csp.constants import NONCE; RESULT = str(NONCE)", "csp.constants.NONCE"],
])("%s", (code, answer) => {
  expect(run(code)).toEqual(answer);
});
