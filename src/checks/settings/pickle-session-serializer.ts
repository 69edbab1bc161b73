import { defineCheck } from "../../check.ts";
import { bad, good, judge, unclear } from "../../facts/django/judge.ts";
import { evidence } from "../../finding.ts";
import { textOf } from "../../python/inspect.ts";
import { decidedOutside } from "../told-by-django.ts";

export default defineCheck({
  id: "pickle-session-serializer",
  title: "Sessions are not pickled",
  area: "settings",
  severity: "error",
  needs: ["settings"],
  docs: {
    why: "Whoever gets hold of SECRET_KEY, or can write where sessions are kept, runs code in the process that unpickles one. From Django 5.0 on its PickleSerializer is gone, and every request with a session ends in ImportError.",
    fix: "Delete SESSION_SERIALIZER: the default is JSON. Sessions that are there are lost once.",
    bad: {
      "shop/settings.py":
        'ROOT_URLCONF = "shop.urls"\nSESSION_SERIALIZER = "django.contrib.sessions.serializers.PickleSerializer"\n',
    },
    good: {
      "shop/settings.py":
        'ROOT_URLCONF = "shop.urls"\nSESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"\n',
    },
    notReported: ["The default, which is JSON."],
    links: ["https://docs.djangoproject.com/en/stable/releases/5.0/#features-removed-in-5-0"],
  },
  *run({ settings }) {
    const setting = settings.get("SESSION_SERIALIZER");
    const outside = decidedOutside(setting);
    if (outside) return yield outside;
    yield* judge(
      setting,
      (value) => {
        if (value.kind === "opaque") return unclear(value);
        return /pickle/i.test(textOf(value) ?? "")
          ? bad(`is ${textOf(value)}, which runs whatever a forged session says`)
          : good;
      },
      { fix: 'SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"' },
    );
    yield evidence(
      "sessions are kept as JSON, or by a serializer of the project's own",
      setting.explicit ? setting.at : undefined,
    );
  },
});
