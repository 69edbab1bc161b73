import { expect, test } from "vitest";
import { memoryFiles } from "../../../src/files/memory.ts";
import { launchesOf } from "../../../src/platforms/commands/follow.ts";

const at = { file: "Procfile", line: 1, column: 1 };

function follow(
  command: string,
  files: Record<string, string>,
  variables: Record<string, string | undefined> = {},
) {
  return launchesOf({ command, at }, memoryFiles(files), new Map(Object.entries(variables)));
}

const show = (...input: Parameters<typeof follow>) =>
  follow(...input).launches.map(({ program, args, conditional }) => {
    const line = [program, ...args.map(({ text }) => text)].join(" ");
    return conditional ? `(${line})` : line;
  });
const run = (
  script: string,
  variables: Record<string, string | undefined> = {},
  command = "python serve.py",
) => show(command, { "serve.py": script }, variables);

test.each<[string, string, string[]]>([
  [
    "uvicorn by its name",
    'import os, uvicorn\nif __name__ == "__main__":\n    uvicorn.run("shop.asgi:application", host="0.0.0.0", port=int(os.environ.get("PORT", 8000)), reload=False, workers=2)\n',
    ["uvicorn shop.asgi:application --host=0.0.0.0 --port=8000 --workers=2"],
  ],
  [
    "uvicorn with an object of another module",
    "from uvicorn import run as go\nfrom shop.asgi import application as app\ngo(app, host='127.0.0.1')\n",
    ["uvicorn shop.asgi:application --host=127.0.0.1"],
  ],
  [
    "waitress with an object of its own",
    "import os\nfrom waitress import serve\nfrom django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\nserve(application, listen=f\"*:{os.environ['PORT']}\", threads=8)\n",
    ["waitress-serve serve:application --listen=*:$PORT --threads=8"],
  ],
  [
    "hypercorn with a configuration",
    'import asyncio\nfrom hypercorn.asyncio import serve\nfrom hypercorn.config import Config\nfrom shop.asgi import application\nconfig = Config()\nconfig.bind = ["0.0.0.0:8000"]\nasyncio.run(serve(application, config))\n',
    ["hypercorn shop.asgi:application --bind=0.0.0.0:8000"],
  ],
  [
    "granian",
    'from granian import Granian\nfrom granian.constants import Interfaces\n\ndef main():\n    Granian("shop.asgi:application", address="0.0.0.0", port=8000, interface=Interfaces.ASGI).serve()\n\nmain()\n',
    ["granian shop.asgi:application --host=0.0.0.0 --port=8000 --interface=asgi"],
  ],
  [
    "a server of uvicorn's own",
    'import uvicorn\nserver = uvicorn.Server(uvicorn.Config("shop.asgi:application", host="0.0.0.0"))\nserver.run()\n',
    ["uvicorn shop.asgi:application --host=0.0.0.0"],
  ],
  [
    "flask",
    'from flask import Flask\napp = Flask(__name__)\nif __name__ == "__main__":\n    app.run(host="0.0.0.0", port=80, debug=True)\n',
    ["flask run --host=0.0.0.0 --port=80 --debug"],
  ],
  [
    "Django's commands, then another program in its place",
    'import os, subprocess, sys\nfrom django.core.management import call_command, execute_from_command_line\nexecute_from_command_line(["manage.py", "migrate", "--noinput"])\ncall_command("collectstatic", interactive=False)\nsubprocess.run([sys.executable, "manage.py", "check"], check=True)\nsubprocess.check_call("python manage.py loaddata x && rq worker", shell=True)\nos.execvp("gunicorn", ["gunicorn", "shop.wsgi"] + ["-b", ":80"])\n',
    [
      "manage.py migrate --noinput",
      "manage.py collectstatic",
      "manage.py check",
      "manage.py loaddata x",
      "rq worker",
      "gunicorn shop.wsgi -b :80",
    ],
  ],
  [
    "what a test decides",
    'import os, subprocess\nif os.environ.get("X"):\n    subprocess.run(["python", "manage.py", "migrate"])\ntry:\n    os.system("rq worker")\nexcept OSError:\n    os.system("never")\n',
    ["(manage.py migrate)", "rq worker", "(never)"],
  ],
  ["what is only defined", 'import uvicorn\ndef main():\n    uvicorn.run("x:y")\n', ["python serve.py"]],
  [
    "no server: a client's run",
    'import asyncio\nclient = object()\nclient.run("x")\nasyncio.run(main())\n',
    ["python serve.py"],
  ],
  ["a server's name for something else", "def serve(x):\n    return x\nserve(1)\n", ["python serve.py"]],
  ["what does not parse", "import uvicorn\nuvicorn.run(", ["python serve.py"]],
])("%s", (_name, script, expected) => {
  expect(run(script, {})).toEqual(expected);
});

test("a manage.py of another name", () => {
  const script =
    "import sys\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n";
  expect(run(script, {}, "python serve.py migrate --noinput")).toEqual(["manage.py migrate --noinput"]);
});

test("a module of the project's own, and one that is only called like a program's", () => {
  const main = 'import uvicorn\nuvicorn.run("shop.asgi:application")\n';
  expect(show("python -m shop", { "shop/__main__.py": main })).toEqual(["uvicorn shop.asgi:application"]);
  expect(show("python -m shop.serve", { "shop/serve.py": main })).toEqual(["uvicorn shop.asgi:application"]);
  expect(show("python -m gunicorn x", { "gunicorn/conf.py": "" })).toEqual(["gunicorn x"]);
});

test("the folder of a script is what Python imports from", () => {
  const files = { "bin/serve.py": 'import uvicorn\nuvicorn.run("shop.asgi:application")\n' };
  expect(follow("python bin/serve.py", files).launches).toMatchObject([{ folder: "", imports: "bin" }]);
});

test("a script is where its call is", () => {
  const script = 'import uvicorn\n\nuvicorn.run("a:b")\n';
  expect(follow("python serve.py", { "serve.py": script }).launches[0]?.at).toMatchObject({
    file: "serve.py",
    line: 3,
    column: 1,
  });
});

test("what is not known stays so", () => {
  const script = "import subprocess\ncommand = build()\nsubprocess.run(command)\n";
  expect(follow("python serve.py", { "serve.py": script })).toEqual({
    launches: [],
    unclear: ["$(build()) is not known"],
  });
});
