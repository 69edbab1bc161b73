import { textOf } from "../../../python/inspect.ts";
import type { Value } from "../../../python/value.ts";
import { defaultOf } from "../defaults.ts";
import { type Answer, all, any, not, unclear, unread } from "./answer.ts";
import type { Given, SystemCheck } from "./check.ts";
import { equals, some, truthy } from "./values.ts";

// django/core/checks/translation.py and get_supported_language_variant of Django 3.2.25 to 6.1.3, read on 2026-11-20.

export const languageChecks: readonly SystemCheck[] = [
  { id: "translation.E001", fires: (s) => malformed("LANGUAGE_CODE", s.get("LANGUAGE_CODE")) },
  {
    id: "translation.E002",
    fires: (s) =>
      some("LANGUAGES", s.get("LANGUAGES"), (pair) => malformed("a code in LANGUAGES", codeIn(pair))),
  },
  {
    id: "translation.E003",
    fires: (s) =>
      some("LANGUAGES_BIDI", s.get("LANGUAGES_BIDI"), (code) => malformed("a code in LANGUAGES_BIDI", code)),
  },
  { id: "translation.E004", fires: isNotAmongLanguages },
];

const wellFormed = /^[a-z]{1,8}(?:-[a-z0-9]{1,8})*(?:@[a-z0-9]{1,20})?$/i;

function malformed(name: string, code: Value): Answer {
  if (code.kind === "opaque") return unread(name, code);
  return !wellFormed.test(textOf(code) ?? "");
}

function codeIn(pair: Value): Value {
  const items = pair.kind === "list" || pair.kind === "tuple" ? pair.items : [];
  return items[0] ?? pair;
}

/** Codes with languages to fall back on of their own: `LANG_INFO` in django/conf/locale. */
const fallbacks: Readonly<Record<string, string>> = {
  "zh-cn": "zh-hans",
  "zh-hk": "zh-hant",
  "zh-mo": "zh-hant",
  "zh-my": "zh-hans",
  "zh-sg": "zh-hans",
  "zh-tw": "zh-hant",
};

/** Without USE_I18N the code itself is all that is supported. */
function isNotAmongLanguages(settings: Given): Answer {
  const value = settings.get("LANGUAGE_CODE");
  const code = textOf(value);
  const translated = truthy("USE_I18N", settings.get("USE_I18N"));
  if (value.kind === "opaque") return unread("LANGUAGE_CODE", value);
  // Nothing at all is supported by nobody, since 4.1 not even without translation.
  if (!code) return settings.version >= 401 || translated;
  const languages = settings.get("LANGUAGES");
  const has = (wanted: string) =>
    some("LANGUAGES", languages, (pair) => equals("a code in LANGUAGES", codeIn(pair), wanted));
  const generic = code.split("-")[0] ?? code;
  const candidates = [code, fallbacks[code], ...shortened(code, settings.version)].filter(
    (each) => each !== undefined,
  );
  const supported = candidates.map((each) =>
    all(has(settings.version >= 401 ? each.toLowerCase() : each), isTranslated(settings, each)),
  );
  const regional = some("LANGUAGES", languages, (pair) => {
    const each = codeIn(pair);
    return each.kind === "opaque"
      ? unread("a code in LANGUAGES", each)
      : (textOf(each) ?? "").startsWith(`${generic}-`);
  });
  return all(translated, not(any(...supported, regional)));
}

/** "zh-hant-tw" → "zh-hant", "zh"; before 4.0 the first part only. */
function shortened(code: string, version: number): readonly string[] {
  const parts = code.split("-");
  const all = parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join("-"));
  return version >= 400 ? all : all.slice(-1);
}

/** Whether translations of a language are there: Django's own, or those of an app or in LOCALE_PATHS. */
function isTranslated({ version }: Given, code: string): Answer {
  const own = defaultOf("LANGUAGES", `${Math.floor(version / 100)}.${version % 100}`);
  const known = own
    ? [code, code.split("-")[0] ?? code].map((each) =>
        some("LANGUAGES", own, (pair) => equals("", codeIn(pair), each.toLowerCase())),
      )
    : [];
  return known.includes(true)
    ? true
    : unclear(`whether there are translations for the language ${code} depends on the installed apps`);
}
