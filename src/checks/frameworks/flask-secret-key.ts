import { defineCheck } from "../../check.ts";
import { describeKey, isGenerated } from "../../facts/django/secret-key.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { textOf } from "../../python/inspect.ts";
import { flaskShop } from "../example-apps.ts";

/** What signs with the key: Flask's session, and the libraries that keep something in it or ask for it. */
const signs =
  /\bsession\s*(?:\[|\.(?:get|pop|setdefault|permanent|modified|clear))|\bflash\(|\bflask_(?:login|wtf|security|admin|dance|jwt_extended|jwt|httpauth|mail|socketio)\b|\bFlaskForm\b|\bCSRFProtect\b|\bitsdangerous\b|["']SECRET_KEY["']\]\s*[,)]|authlib\.integrations\.flask/;
/** What cannot work without one: it fails at the first request that writes the session. */
const insists =
  /\bsession\[[^\]]{1,200}\]\s{0,20}[+|]?=[^=]|\bsession\.(?:permanent|modified)\s*=|\bflash\(|\blogin_user\(|\bFlaskForm\b|\bCSRFProtect\(/;

export default defineCheck({
  id: "flask-secret-key",
  title: "Flask's SECRET_KEY is read from the environment",
  area: "frameworks",
  severity: "error",
  needs: ["pythonApp", "code"],
  docs: {
    why: "Flask signs its session cookie with this key: whoever has read it in the repository can write a session, and be any user. A key that is made at each start logs everybody out, and workers that make one each do not accept each other's sessions. Without one, the first request that writes the session fails.",
    fix: 'Insist on the variable, so that a deployment without it fails at once:\n\n```\napp.config["SECRET_KEY"] = os.environ["SECRET_KEY"]\n```',
    bad: {
      ...flaskShop,
      "app.py": (flaskShop["app.py"] ?? "").replace('os.environ["SECRET_KEY"]', '"not a secret"'),
    },
    good: flaskShop,
    notReported: [
      "A key in a configuration for development, which production does not load.",
      "A key that is replaced later by one from the environment.",
      "A configuration in a file that is not in the repository (`from_pyfile`, `from_envvar`).",
      "An application that keeps no session and signs nothing; there, a key in the code is advice.",
      '`os.environ.get("SECRET_KEY")`, which is unset by default: the first session fails, and nobody forges one.',
    ],
    links: ["https://flask.palletsprojects.com/en/stable/config/#SECRET_KEY"],
  },
  *run({ pythonApp, code }) {
    const { flask, given } = pythonApp;
    if (pythonApp.framework !== "flask") return yield notApplicable("this is no Flask project");
    if (!flask) return yield notApplicable("it is not known which application is served");
    const key = flask.config("SECRET_KEY");
    const unset = (key?.env ?? []).filter((name) => !given.has(name));
    const when = unset.map((name) => `$${name} is unset`);
    const [name = "SECRET_KEY"] = unset;
    const line = key?.at && code.file(key.at.file)?.text.split("\n")[key.at.line - 1];
    const target = /^\s*SECRET_KEY\s*[:=]/.test(line ?? "") ? "SECRET_KEY" : 'app.config["SECRET_KEY"]';
    const fix = `${target} = os.environ["${name}"]`;
    const text = textOf(key) ?? (key?.kind === "bytes" ? String.fromCharCode(...key.value) : undefined);
    const uses = () => code.mentioning(signs).length > 0;
    if (key && text && (key.env.length === 0 || unset.length > 0)) {
      const how = unset.length > 0 ? `from the code when $${name} is unset` : "written in the code";
      return yield fails(`Flask's SECRET_KEY is ${how}: ${describeKey(key)}`, {
        at: key.at,
        when,
        fix,
        ...(!uses() && { severity: "info" as const }),
      });
    }
    if (key && isGenerated(key))
      return yield fails("Flask's SECRET_KEY is made anew by each process and at each start", {
        at: key.at,
        when,
        fix,
        severity: uses() ? "warning" : "info",
      });
    if (flask.unseen) return yield evidence("a part of the configuration is not in the repository", flask.at);
    const isUnset = key === undefined || key.kind === "none" || text === "";
    if (isUnset && (key?.env.length ?? 0) === 0 && pythonApp.outcome.kind === "completed") {
      const [writer] = code.mentioning(insists);
      if (!writer) return yield notApplicable("nothing is seen to keep a session");
      return yield fails(
        `Flask has no SECRET_KEY, and ${writer.path} writes to the session, which then fails`,
        {
          at: flask.at,
          fix,
        },
      );
    }
    yield evidence("Flask's SECRET_KEY is no text in the code", key?.at ?? flask.at);
  },
});
