import type { Native } from "../builtins/define.ts";
import type { Execution } from "../execution.ts";
import type { Args } from "../machine.ts";
import { bool } from "../make.ts";
import { spaces } from "../text.ts";

/** `str.is…()`. */
export function textTests(
  selfText: (run: Execution, args: Args) => string,
): Readonly<Record<string, Native>> {
  const test =
    (holds: (text: string) => boolean): Native =>
    (run, args) =>
      bool(holds(selfText(run, args)), args.at);
  const matches = (pattern: RegExp) => test((text) => pattern.test(text));
  return {
    isdigit: matches(/^[\p{Nd}\u00b2\u00b3\u00b9\u2070-\u2089\u2460-\u2468]+$/u),
    isdecimal: matches(/^\p{Nd}+$/u),
    isnumeric: matches(/^\p{N}+$/u),
    isalpha: matches(/^\p{L}+$/u),
    isalnum: matches(/^[\p{L}\p{N}]+$/u),
    isspace: matches(new RegExp(`^[${spaces}]+$`)),
    islower: test((text) => /\p{Lowercase}/u.test(text) && !/[\p{Lu}\p{Lt}]/u.test(text)),
    isupper: test((text) => /\p{Uppercase}/u.test(text) && !/[\p{Ll}\p{Lt}]/u.test(text)),
    istitle: test(
      (text) => /[\p{Lu}\p{Lt}]/u.test(text) && !/\p{L}[\p{Lu}\p{Lt}]|(?<!\p{L})\p{Ll}/u.test(text),
    ),
    isidentifier: matches(/^[\p{ID_Start}_]\p{ID_Continue}*$/u),
    isascii: matches(/^[\0-\x7f]*$/),
    isprintable: test((text) => !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(text)),
  };
}
