import { defineCheck } from "../../check.ts";
import { reachNoSocket, socketRouting } from "../../facts/sockets.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { textOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const asgi = (stack: string, more = "") =>
  `import os\n\nfrom channels.auth import AuthMiddlewareStack\nfrom channels.routing import ProtocolTypeRouter, URLRouter\n${more}from django.core.asgi import get_asgi_application\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\ndjango = get_asgi_application()\napplication = ProtocolTypeRouter({"http": django, "websocket": ${stack}})\n`;
const chat = {
  ...shop,
  Procfile: "web: daphne shop.asgi:application --port $PORT --bind 0.0.0.0\n",
  "requirements.txt": "channels>=4,<5\ndaphne>=4,<5\ndjango>=5.2,<6\n",
};

export default defineCheck({
  id: "websocket-origin-unchecked",
  title: "WebSockets are opened by the site's own pages, and by a server that speaks them",
  area: "services",
  severity: "warning",
  needs: ["code"],
  wants: ["webServer", "packages", "application", "deploySteps", "settings"],
  docs: {
    why: "A browser sends the cookies of your site with a WebSocket that any other site opens, and no CSRF token guards it. Whoever is logged in then speaks to your consumers through the page of a stranger. And a server without a library for WebSockets, which plain `uvicorn` is, refuses every one.",
    fix: 'Ask for the Origin:\n\n```python\nfrom channels.security.websocket import AllowedHostsOriginValidator\n\n"websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),\n```',
    bad: { ...chat, "shop/asgi.py": asgi("AuthMiddlewareStack(URLRouter([]))") },
    good: {
      ...chat,
      "shop/asgi.py": asgi(
        "AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter([])))",
        "from channels.security.websocket import AllowedHostsOriginValidator\n",
      ),
    },
    notReported: [
      "Sockets that nobody is logged into by cookies: public feeds, tokens in a query or a message.",
      "Consumers that nothing serves, because the web process speaks WSGI: `wsgi-asgi-mismatch`.",
      "Django's session cookie, which is `SameSite=Lax` and not sent with what another site opens: advice only.",
      "A validator of one's own, by a name that says Origin.",
      "A server whose library for WebSockets comes with another package.",
    ],
    links: [
      "https://channels.readthedocs.io/en/stable/topics/security.html",
      "https://www.uvicorn.org/#quickstart",
    ],
  },
  *run({ code, webServer, packages, application, deploySteps, settings }) {
    const routing = socketRouting(code);
    if (!routing) return yield notApplicable("no ProtocolTypeRouter routes WebSockets");
    if (reachNoSocket(application, deploySteps))
      return yield notApplicable(
        "no WebSocket reaches the web process, which speaks WSGI: wsgi-asgi-mismatch",
      );
    const { at, cookies, checksOrigin } = routing;
    const uvicorn =
      webServer?.program === "uvicorn" || /^uvicorn[._]worker/.test(webServer?.workerClass?.text ?? "");
    const ws = webServer?.process.command.includes("--ws");
    if (
      uvicorn &&
      !ws &&
      packages &&
      ["websockets", "wsproto"].every((name) => packages.installs(name) === "no")
    )
      yield fails(
        "uvicorn has no library for WebSockets: neither websockets nor wsproto is installed, so it refuses each of them",
        {
          at: webServer?.at,
          severity: "error",
          fix: packages.addition("uvicorn[standard]"),
        },
      );
    // A browser leaves a cookie that is Lax, as Django's are, out of what another site opens.
    const sameSite = settings && textOf(settings.get("SESSION_COOKIE_SAMESITE").value);
    if (cookies !== undefined && !checksOrigin)
      yield fails(
        `${cookies} logs people in by cookies, and nothing around it asks which site opens the WebSocket`,
        { at, ...(/^(?:lax|strict)$/i.test(sameSite ?? "") && { severity: "info" }) },
      );
    else
      yield evidence(
        checksOrigin ? "the Origin of WebSockets is checked" : "no cookie logs people into WebSockets",
        at,
      );
  },
});
