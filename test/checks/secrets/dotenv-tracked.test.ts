import { expect, test } from "vitest";
import dotenvTracked from "../../../src/checks/secrets/dotenv-tracked.ts";
import { dotenvFiles } from "../../../src/facts/dotenv-files.ts";
import { memoryFiles } from "../../../src/files/memory.ts";
import type { ProjectFiles } from "../../../src/files/project-files.ts";
import type { Answer } from "../../../src/finding.ts";
import { heroku } from "../../../src/platforms/heroku.ts";

async function run(
  contents: Record<string, string | Uint8Array>,
  tracked: readonly string[] = Object.keys(contents),
): Promise<readonly Answer[]> {
  return answers(memoryFiles(contents, { tracked }));
}

async function answers(files: ProjectFiles): Promise<readonly Answer[]> {
  const options = { env: new Map(), closed: false, platformNamed: false };
  const fact = await dotenvFiles.read({ files, options, platform: heroku }, {});
  if ("kind" in fact) throw new Error(fact.reason);
  return [...dotenvTracked.run({ dotenvFiles: fact })];
}

const secret = "SECRET_KEY=s9k2v!0x7qzl4mfy\n";

test("a tracked file with a secret fails, also when .gitignore names it", async () => {
  expect(await run({ ".env": `DEBUG=False\n${secret}`, ".gitignore": ".env\n" })).toEqual([
    {
      kind: "finding",
      certainty: "certain",
      message: "git tracks .env, which holds SECRET_KEY in plain text",
      at: { file: ".env", line: 2, column: 1, endLine: 2, endColumn: 11 },
      fix: "git rm --cached -- .env\nprintf '%s\\n' '.env' '.env.*' '!.env.example' >> .gitignore\n# then give each of its secrets a new value: the old ones stay in the history",
    },
  ]);
});

test("the value is never in the answer", async () => {
  const found = await run({ ".env": secret, "x.env": "DATABASE_URL=postgres://u:s9k2v0x7@h/d" });
  expect(found.length).toBe(2);
  expect(JSON.stringify(found)).not.toMatch(/s9k2v/);
});

test.each([
  ["A_SECRET", "A_SECRET"],
  ["A_SECRET B_SECRET", "A_SECRET and B_SECRET"],
  ["A_SECRET B_SECRET C_SECRET", "A_SECRET, B_SECRET and C_SECRET"],
  ["A_SECRET B_SECRET C_SECRET D_SECRET A_SECRET", "A_SECRET, B_SECRET and 2 more secrets"],
])("%s are named as %s", async (names, words) => {
  const text = names
    .split(" ")
    .map((name) => `${name}=s9k2v!0x7qzl4mfy\n`)
    .join("");
  expect(await run({ ".env": text })).toMatchObject([
    { message: `git tracks .env, which holds ${words} in plain text` },
  ]);
});

test("a file for development is a warning", async () => {
  expect(await run({ ".env.dev": secret })).toMatchObject([{ kind: "finding", severity: "warning" }]);
});

test("a path is quoted where a shell would read it otherwise", async () => {
  const [answer] = await run({ "it's; rm/prod.env": secret });
  expect(answer).toMatchObject({
    fix: expect.stringMatching(
      /^git rm --cached -- 'it'\\''s; rm\/prod\.env'\nprintf '%s\\n' '\/it'\\''s; rm\/prod\.env' >>/,
    ),
  });
});

test.each([
  [
    "only harmless values (heroku/python-getting-started)",
    ".env",
    "ENVIRONMENT=development\n",
    ".env holds no secret",
  ],
  ["a placeholder", ".env", "SECRET_KEY=changeme\n", ".env holds no secret"],
  ["ciphertext", ".env", "SECRET_KEY=encrypted:BDqDBibm4wsY\n", ".env holds no secret"],
])("passes with %s", async (_, path, text, words) => {
  expect(await run({ [path]: text })).toMatchObject([{ kind: "evidence", text: words }]);
});

test("passes when git does not track the file", async () => {
  expect(await run({ ".env": secret, "a.py": "" }, ["a.py"])).toMatchObject([
    { kind: "evidence", text: "git does not track .env" },
  ]);
});

test.each([".env.example", ".env.dist", "prod.env.sample", ".envs/.local/.django", "tests/.env"])(
  "passes over %s",
  async (path) => {
    expect(await run({ [path]: secret })).toEqual([
      { kind: "evidence", text: "there is no .env file, unless git ignores it" },
    ]);
  },
);

test("without git only a file with secrets leaves a question", async () => {
  expect(await answers(memoryFiles({ ".env": "DEBUG=1\n" }))).toMatchObject([{ kind: "evidence" }]);
  expect(await answers(memoryFiles({ ".env": secret }))).toMatchObject([
    {
      kind: "finding",
      certainty: "unknown",
      message:
        ".env holds SECRET_KEY in plain text, and without git's index there is no telling whether it is in the repository",
    },
  ]);
});

test("a tracked file that cannot be read is unknown", async () => {
  expect(await run({ ".env": Buffer.from([0, 1]) })).toMatchObject([
    { certainty: "unknown", message: ".env cannot be read: it is a binary file" },
  ]);
});

test("the bad example fails and the good one does not", async () => {
  expect(await run(dotenvTracked.docs.bad)).toMatchObject([{ kind: "finding", certainty: "certain" }]);
  expect((await run(dotenvTracked.docs.good)).filter(({ kind }) => kind === "finding")).toEqual([]);
});
