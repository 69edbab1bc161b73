/**
 * The characters that people write by name (`"\N{BULLET}"`), beside the Latin and Greek letters. The whole
 * list is 1.5 MB, for a construct that settings hardly use; a name that is not here reads as U+FFFD, the
 * replacement character. Source: https://www.unicode.org/Public/16.0.0/ucd/UnicodeData.txt
 */
const names: Readonly<Record<string, number>> = {
  "CHARACTER TABULATION": 0x09,
  "LINE FEED": 0x0a,
  SPACE: 0x20,
  "QUOTATION MARK": 0x22,
  APOSTROPHE: 0x27,
  "REVERSE SOLIDUS": 0x5c,
  "NO-BREAK SPACE": 0xa0,
  "POUND SIGN": 0xa3,
  "SECTION SIGN": 0xa7,
  "COPYRIGHT SIGN": 0xa9,
  "LEFT-POINTING DOUBLE ANGLE QUOTATION MARK": 0xab,
  "SOFT HYPHEN": 0xad,
  "REGISTERED SIGN": 0xae,
  "DEGREE SIGN": 0xb0,
  "PLUS-MINUS SIGN": 0xb1,
  "MICRO SIGN": 0xb5,
  "PILCROW SIGN": 0xb6,
  "MIDDLE DOT": 0xb7,
  CEDILLA: 0xb8,
  "RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK": 0xbb,
  "MULTIPLICATION SIGN": 0xd7,
  "LATIN SMALL LETTER SHARP S": 0xdf,
  "EN SPACE": 0x2002,
  "EM SPACE": 0x2003,
  "THIN SPACE": 0x2009,
  "ZERO WIDTH SPACE": 0x200b,
  "ZERO WIDTH NON-JOINER": 0x200c,
  "ZERO WIDTH JOINER": 0x200d,
  "LEFT-TO-RIGHT MARK": 0x200e,
  "RIGHT-TO-LEFT MARK": 0x200f,
  HYPHEN: 0x2010,
  "NON-BREAKING HYPHEN": 0x2011,
  "EN DASH": 0x2013,
  "EM DASH": 0x2014,
  "LEFT SINGLE QUOTATION MARK": 0x2018,
  "RIGHT SINGLE QUOTATION MARK": 0x2019,
  "LEFT DOUBLE QUOTATION MARK": 0x201c,
  "RIGHT DOUBLE QUOTATION MARK": 0x201d,
  DAGGER: 0x2020,
  BULLET: 0x2022,
  "HORIZONTAL ELLIPSIS": 0x2026,
  "LINE SEPARATOR": 0x2028,
  "PARAGRAPH SEPARATOR": 0x2029,
  "NARROW NO-BREAK SPACE": 0x202f,
  "SINGLE LEFT-POINTING ANGLE QUOTATION MARK": 0x2039,
  "SINGLE RIGHT-POINTING ANGLE QUOTATION MARK": 0x203a,
  "WORD JOINER": 0x2060,
  "EURO SIGN": 0x20ac,
  "TRADE MARK SIGN": 0x2122,
  "LEFTWARDS ARROW": 0x2190,
  "UPWARDS ARROW": 0x2191,
  "RIGHTWARDS ARROW": 0x2192,
  "DOWNWARDS ARROW": 0x2193,
  "LEFT RIGHT ARROW": 0x2194,
  "RIGHTWARDS DOUBLE ARROW": 0x21d2,
  "EMPTY SET": 0x2205,
  "MINUS SIGN": 0x2212,
  INFINITY: 0x221e,
  "NOT EQUAL TO": 0x2260,
  "LESS-THAN OR EQUAL TO": 0x2264,
  "GREATER-THAN OR EQUAL TO": 0x2265,
  "BLACK RIGHT-POINTING TRIANGLE": 0x25b6,
  "BLACK CIRCLE": 0x25cf,
  SNOWMAN: 0x2603,
  "BLACK STAR": 0x2605,
  "WARNING SIGN": 0x26a0,
  "CHECK MARK": 0x2713,
  "HEAVY CHECK MARK": 0x2714,
  "BALLOT X": 0x2717,
  "CROSS MARK": 0x274c,
  "HEAVY BLACK HEART": 0x2764,
  "BYTE ORDER MARK": 0xfeff,
  "ZERO WIDTH NO-BREAK SPACE": 0xfeff,
  "REPLACEMENT CHARACTER": 0xfffd,
  SNAKE: 0x1f40d,
  ROCKET: 0x1f680,
};

/** What stands behind "WITH" in the names of accented letters. */
const accents: Readonly<Record<string, number>> = {
  GRAVE: 0x300,
  ACUTE: 0x301,
  CIRCUMFLEX: 0x302,
  TILDE: 0x303,
  MACRON: 0x304,
  BREVE: 0x306,
  "DOT ABOVE": 0x307,
  DIAERESIS: 0x308,
  "RING ABOVE": 0x30a,
  CARON: 0x30c,
  CEDILLA: 0x327,
  OGONEK: 0x328,
};

/** From U+03B1 on, in their order. */
const greek =
  "ALPHA BETA GAMMA DELTA EPSILON ZETA ETA THETA IOTA KAPPA LAMDA MU NU XI OMICRON PI RHO FINAL-SIGMA SIGMA TAU UPSILON PHI CHI PSI OMEGA";

/** The character of that name; undefined for what cannot be a name. Case does not matter. */
export function characterNamed(name: string): string | undefined {
  if (!/^[A-Z][A-Z0-9 ()-]*$/i.test(name)) return undefined;
  const upper = name.toUpperCase();
  const code = names[upper];
  if (code !== undefined) return String.fromCodePoint(code);
  return letterNamed(upper) ?? "\ufffd";
}

function letterNamed(name: string): string | undefined {
  const parts = /^(LATIN|GREEK) (SMALL|CAPITAL) LETTER ([A-Z]+)(?: WITH ([A-Z ]+))?$/.exec(name);
  if (parts === null) return undefined;
  const [, script, size, letter = "", accent] = parts;
  const place = script === "GREEK" ? greek.split(" ").indexOf(letter) : -1;
  if (script === "GREEK" ? place < 0 : letter.length > 1) return undefined;
  const small = script === "GREEK" ? String.fromCodePoint(0x3b1 + place) : letter.toLowerCase();
  const base = size === "SMALL" ? small : small.toUpperCase();
  if (accent === undefined) return base;
  const composed = `${base}${String.fromCodePoint(accents[accent] ?? 0)}`.normalize("NFC");
  return composed.length === 1 ? composed : undefined;
}
