import { defineCheck } from "../../check.ts";
import { bad, good, judge, unclear } from "../../facts/django/judge.ts";
import { redirectsToHttps } from "../../facts/django/middleware.ts";
import { proxyHeader } from "../../facts/django/proxy-header.ts";
import { evidence, notApplicable } from "../../finding.ts";
import { show } from "../../python/inspect.ts";
import { decidedOutside } from "../told-by-django.ts";

export default defineCheck({
  id: "proxy-header-unsafe",
  title: "SECURE_PROXY_SSL_HEADER names a header that Django can find",
  area: "hosts",
  severity: "error",
  needs: ["settings"],
  docs: {
    why: "The setting is a tuple of the header's name as it is in request.META and the text that means HTTPS. With anything but a tuple of two, every request ends in ImproperlyConfigured. With the name as it is sent (`X-Forwarded-Proto`) nothing is ever found, so the redirect to HTTPS loops and forms answer 403 as if the setting were not there.",
    fix: 'Write it as Django looks for it:\n\n```python\nSECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n```',
    bad: {
      "shop/settings.py": 'SECURE_PROXY_SSL_HEADER = "HTTP_X_FORWARDED_PROTO"\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      'Headers of other proxies: `("HTTP_CLOUDFRONT_FORWARDED_PROTO", "https")`, `("HTTP_X_FORWARDED_SSL", "on")`, `("HTTP_X_ARR_SSL", …)`.',
      "A name that matches nothing is a warning as long as nothing redirects.",
      "Whether somebody can reach the app around the proxy, and send the header himself, is in no file.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secure-proxy-ssl-header"],
  },
  *run({ settings }) {
    const setting = settings.get("SECURE_PROXY_SSL_HEADER");
    const outside = decidedOutside(setting);
    if (outside) return yield outside;
    const severity =
      proxyHeader(setting.value).kind === "refused" || redirectsToHttps(settings) === true
        ? "error"
        : "warning";
    yield* judge(
      setting,
      (value) => {
        const header = proxyHeader(value);
        switch (header.kind) {
          case "refused":
            return bad(
              `is ${show(value)}, with which every request ends in ImproperlyConfigured: ${header.because}`,
            );
          case "inert":
            return bad(`is ${show(value)}, which never matches: ${header.because}`);
          case "opaque":
            return unclear(value);
          default:
            return good;
        }
      },
      { fix: 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")', severity },
    );
    if (setting.value.kind === "none") yield notApplicable("SECURE_PROXY_SSL_HEADER is not set");
    else yield evidence(`SECURE_PROXY_SSL_HEADER is ${show(setting.value)}`, setting.at);
  },
});
