import { expect, test } from "vitest";
import { factOf } from "../../support/facts.ts";

const project = {
  "manage.py": "import django\n",
  "shop/wsgi.py": "application = 1\n",
  Procfile: "web: gunicorn shop.wsgi\n",
};

async function pipeline(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { pipeline: steps, all } = await factOf("deploySteps", { ...project, ...files });
  expect(all.map(({ phase }) => phase)).toEqual(["start"]);
  return steps.map(({ kind, through, launch: { program, args } }) =>
    [
      `${kind}${through === undefined ? "" : ` by ${through}`}:`,
      program,
      ...args.map(({ text }) => text),
    ].join(" "),
  );
}

const github = (run: string, more = "") => ({
  ".github/workflows/deploy.yml": `on: push\njobs:\n  deploy:\n    steps:\n      - uses: actions/checkout@v5\n      - run: |\n${run.replace(/^/gm, "          ")}\n${more}`,
});

test.each<[string, string[]]>([
  ["heroku run --app shop python manage.py migrate", ["migrate by heroku run: manage.py migrate"]],
  [
    "heroku run -a $APP -- python manage.py migrate --noinput",
    ["migrate by heroku run: manage.py migrate --noinput"],
  ],
  [
    'flyctl ssh console -a shop -C "python manage.py migrate"',
    ["migrate by flyctl ssh console: manage.py migrate"],
  ],
  [
    "kubectl -n prod exec deploy/web -c web -- python manage.py migrate",
    ["migrate by kubectl exec: manage.py migrate"],
  ],
  [
    "ssh -i key -o X=no deploy@$HOST 'cd app && docker compose exec -T web python manage.py migrate'",
    ["migrate by ssh: manage.py migrate"],
  ],
  ["ssh dokku@host run shop python manage.py migrate", ["migrate by dokku run: manage.py migrate"]],
  ["scalingo --app shop run python manage.py migrate", ["migrate by scalingo run: manage.py migrate"]],
  ["python manage.py migrate", ["migrate: manage.py migrate"]],
  ["docker compose run --rm web python manage.py test", ["check: manage.py test"]],
  ["flyctl deploy --remote-only", ["other: flyctl deploy --remote-only"]],
  ["ssh host", ["other: ssh host"]],
  [
    "git push ssh://x\nssh host <<EOF\npython manage.py migrate\nEOF",
    ["other: git push ssh://x", "other: ssh host"],
  ],
])("GitHub: %s", async (run, expected) => {
  expect(await pipeline(github(run))).toEqual(expected);
});

test("actions that run something on a server", async () => {
  const more =
    "      - uses: appleboy/ssh-action@v1\n        with:\n          host: x\n          script: |\n            cd /srv\n            python manage.py migrate\n      - uses: superfly/flyctl-actions@1.1\n        with:\n          args: ssh console -C 'python manage.py check'\n";
  expect(await pipeline(github("true", more))).toEqual([
    "migrate by ssh: manage.py migrate",
    "check by flyctl ssh console: manage.py check",
  ]);
});

test("GitLab, CircleCI and Bitbucket", async () => {
  const files = {
    ".gitlab-ci.yml":
      "image: python\ndeploy:\n  before_script: pip install x\n  script:\n    - heroku run python manage.py migrate\n",
    ".circleci/config.yml":
      "version: 2.1\njobs:\n  deploy:\n    steps:\n      - checkout\n      - run: python manage.py check\n      - run:\n          command: |\n            kamal app exec 'python manage.py migrate'\n",
    "bitbucket-pipelines.yml":
      "pipelines:\n  branches:\n    main:\n      - parallel:\n        - step:\n            script:\n              - python manage.py collectstatic\n",
  };
  expect([...(await pipeline(files))].sort()).toEqual([
    "check: manage.py check",
    "collectstatic: manage.py collectstatic",
    "install: pip install x",
    "migrate by heroku run: manage.py migrate",
    "migrate by kamal app exec: manage.py migrate",
  ]);
});

test("a step is where its file has it, and a file that is no YAML has none", async () => {
  const { pipeline: steps } = await factOf("deploySteps", {
    ...project,
    ...github("heroku run python manage.py migrate"),
  });
  expect(steps[0]).toMatchObject({
    phase: "pipeline",
    launch: { at: { file: ".github/workflows/deploy.yml" } },
  });
  expect(await pipeline({ ".github/workflows/x.yml": "a: [\n" })).toEqual([]);
});
