import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { textOf, textsIn, truthOf } from "../../python/inspect.ts";
import { apiShop } from "../example-apps.ts";

/** How a browser is recognised without a header of the page's own: only then can another site act for its user. */
const cookies =
  /\bset_cookie\s*\(|\brequest\.cookies\b|\bSessionMiddleware\b|\bAPIKeyCookie\b|\bCookieTransport\b|\bHTTPBasic\b|\bCookie\s*\(|\bAnnotated\[[^\]]{0,300}\bCookie\b/;

const cors = (origins: string) =>
  `from fastapi import FastAPI, Response\nfrom fastapi.middleware.cors import CORSMiddleware\n\napp = FastAPI()\napp.add_middleware(\n    CORSMiddleware,\n    allow_origins=${origins},\n    allow_credentials=True,\n)\n\n\n@app.post("/login")\ndef login(response: Response):\n    response.set_cookie("session", "…", httponly=True)\n`;

/** Starlette 1.10, middleware/cors.py: with both, it answers a request that has a cookie with the origin that asks. */
export default defineCheck({
  id: "asgi-cors-credentials",
  title: "Not every website may act with a visitor's cookies",
  area: "frameworks",
  severity: "error",
  needs: ["pythonApp", "code"],
  docs: {
    why: 'The standard forbids "*" for requests with cookies, so Starlette answers them with the origin that asks: every website that a user visits can call the API as that user, and read the answer.',
    fix: 'Name the origins:\n\n```\nallow_origins=["https://app.example.com"], allow_credentials=True\n```',
    bad: { ...apiShop, "main.py": cors('["*"]') },
    good: { ...apiShop, "main.py": cors('["https://app.example.com"]') },
    notReported: [
      '"*" without credentials, which is right for a public API.',
      "Where nothing is seen to read a cookie or a password that the browser sends by itself, it is a warning: a page of another site does not have the token.",
      "Origins that are read from a variable, unless its default is every origin: a warning.",
    ],
    links: [
      "https://fastapi.tiangolo.com/tutorial/cors/",
      "https://github.com/encode/starlette/blob/master/starlette/middleware/cors.py",
    ],
  },
  *run({ pythonApp, code }) {
    const { asgi, given } = pythonApp;
    if (!asgi) return yield notApplicable("no application of FastAPI or Starlette is seen");
    if (asgi.cors.length === 0) return yield notApplicable("CORSMiddleware is not used");
    for (const option of asgi.cors) {
      const credentials = option("allow_credentials");
      if (!credentials || credentials.kind === "opaque" || truthOf(credentials) !== true) continue;
      const origins = option("allow_origins");
      const regex = option("allow_origin_regex");
      const pattern = textOf(regex);
      const isAny = textsIn(origins).includes("*");
      const isAnyByPattern = pattern !== undefined && /^\^?(?:https\?:\/\/)?\(?\.[*+]\)?\$?$/.test(pattern);
      if (!isAny && !isAnyByPattern) continue;
      const decisive = isAny ? origins : regex;
      const unset = [...new Set([...(decisive?.env ?? []), ...credentials.env])].filter(
        (name) => !given.has(name),
      );
      const said = isAny ? 'allow_origins holds "*"' : `allow_origin_regex is "${pattern}"`;
      yield fails(
        `${said} and allow_credentials is True, so every website may call it with its visitors' cookies`,
        {
          at: decisive?.at ?? asgi.at,
          when: unset.map((name) => `$${name} is unset`),
          ...((unset.length > 0 || code.mentioning(cookies).length === 0) && {
            severity: "warning" as const,
          }),
        },
      );
    }
    yield evidence("CORSMiddleware allows no website everything", asgi.at);
  },
});
