/** What a project may be made to say, to become more than text somewhere. */
export const hostile = [
  "a\nb\r\nc",
  "::error::pwned",
  "%0A::warning::x",
  "]]><script>alert(1)</script>",
  "<!--&amp;\"'-->",
  "`$(id)` | **b** |",
  "[click](https://evil.example)",
  "{0} {{1}}",
  "\x1b[2J\x00\x07\x9b",
  "\ud800 \udfff",
  "\u202egnp.exe\u2066",
  "\ufffe\uffff",
] as const;

/** Characters that nobody sees, or that no XML holds. */
export const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u;
