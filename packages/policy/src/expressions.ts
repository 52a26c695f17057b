/** What one OpenTofu template in a string refers to. */
export interface Expression {
  /** The text between `${` and `}`. */
  readonly text: string;
  /** Functions it calls. */
  readonly calls: readonly string[];
  /** Resources and data sources it reads, as addresses: `aws_vpc.main`, `data.aws_region.current`. None if it is unread. */
  readonly references: readonly string[];
  /** What stands in it that is not read here, for example `a comment`. OpenTofu may see another expression there. */
  readonly unread?: string;
}

/**
 * The live templates in a string. `$${` is text, not a template. String literals inside a template are skipped, and
 * templates nested in them are found as templates of their own.
 *
 * Less is read than OpenTofu reads: references, literals, lists, objects, operators and calls on one line. Anything else
 * (comments, heredocs, directives, strip markers, letters of other alphabets) makes the expression `unread`, so that no
 * difference between two readers can hide a call.
 */
export function expressionsIn(text: string): readonly Expression[] {
  return new Reader(text).readAll().found;
}

/** The string with the inside of each of its live templates as the function makes it; for readers of what is around them. */
export function withTemplates(text: string, change: (template: string) => string): string {
  const { outermost } = new Reader(text).readAll();
  let result = "";
  let at = 0;
  for (const { from, end } of outermost) {
    result += text.slice(at, from) + change(text.slice(from, end));
    at = end;
  }
  return result + text.slice(at);
}

/** Templates in strings in templates that are read; synth writes one. */
const DEEPEST = 8;

const PATH = /[A-Za-z_][\w-]*(?:(?:\.|::)[A-Za-z_][\w-]*)*/y;
const BLANKS = / */y;
/** Numbers, and signs that begin nothing longer: no `/`, `<<`, `%`, `#` or `~`, and `::` only within a name. */
const PLAIN = /\d+|&&|\|\||<(?!<)|:(?!:)|[ .,()[\]=?*+>!-]/y;
const ESCAPED = /["\\nrtuU]/;

/** What characters begin of which nothing is read. */
const UNREAD: Readonly<Record<string, string>> = {
  "/": "a comment or a division",
  "#": "a comment",
  "<": "a heredoc",
  "~": "a strip marker",
  ":": "a name of several parts",
  "\n": "an end of line",
  "\r": "an end of line",
};

/** Reads a string once, from its beginning to its end. */
class Reader {
  readonly found: Expression[] = [];
  /** Where the templates are that stand in no other, with their brackets. */
  readonly outermost: { readonly from: number; readonly end: number }[] = [];
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  readAll(): this {
    while (this.at < this.text.length) {
      const from = this.at;
      if (this.template()) this.outermost.push({ from, end: this.at });
      else this.at += 1;
    }
    return this;
  }

  /** Reads a template if one begins here; what is escaped is passed over. */
  private template(): boolean {
    const [sign, next, brace] = [this.text[this.at], this.text[this.at + 1], this.text[this.at + 2]];
    if (sign !== "$" && sign !== "%") return false;
    if (next === sign && brace === "{") this.at += 2;
    if (next !== "{") return false;
    this.at += 2;
    this.expression(sign === "%" ? "a directive" : undefined);
    return true;
  }

  private expression(directive: string | undefined): void {
    const [from, place] = [this.at, this.found.length];
    const calls: string[] = [];
    const references: string[] = [];
    let unread = directive;
    let open = 0;
    this.found.push({ text: "", calls, references });
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined) {
        unread ??= "no end";
        break;
      }
      if (char === "}" && open === 0) break;
      if (char === "{") open += 1;
      if (char === "}") open -= 1;
      if (char === "{" || char === "}") this.at += 1;
      else if (char === '"') unread = this.quoted() ?? unread;
      else if (!this.path(calls, references) && this.match(PLAIN) === undefined) {
        unread ??= UNREAD[char] ?? "a character that no expression needs";
        this.at += 1;
      }
    }
    const text = this.text.slice(from, this.at);
    this.at += 1;
    this.found[place] = unread === undefined ? { text, calls, references } : { text, calls, references: [], unread };
  }

  /** Reads a string literal. @returns what in it is not read */
  private quoted(): string | undefined {
    let unread: string | undefined;
    this.depth += 1;
    this.at += 1;
    while (this.text[this.at] !== '"') {
      const char = this.text[this.at];
      if (char === undefined || this.depth > DEEPEST) {
        unread ??= char === undefined ? "a string without an end" : "strings in strings, too deep";
        this.at = this.text.length;
        break;
      }
      if (this.template()) continue;
      if (char === "\\" && !ESCAPED.test(this.text[this.at + 1] ?? "")) unread ??= "an escape that there is not";
      if (char === "\n" || char === "\r") unread ??= "an end of line";
      this.at += char === "\\" ? 2 : 1;
    }
    this.at += 1;
    this.depth -= 1;
    return unread;
  }

  /** Reads `a.b.c` or `ns::fn`, and whether it is called; blanks may stand before the bracket. */
  private path(calls: string[], references: string[]): boolean {
    const isRoot = this.text[this.at - 1] !== ".";
    const path = this.match(PATH);
    if (path === undefined) return false;
    const parts = path.split(/\.|::/);
    this.match(BLANKS);
    if (this.text[this.at] === "(") calls.push(parts.join("::"));
    else if (isRoot) references.push(...addressOf(parts));
    return true;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    this.at += found?.length ?? 0;
    return found;
  }
}

/** What tells of the machine and the place that OpenTofu runs in. */
const OF_THE_MACHINE = new Set(["path", "terraform", "tofu"]);

function addressOf([first = "", second, third]: readonly string[]): readonly string[] {
  if (second === undefined) return [];
  if (first === "data") return third === undefined ? [] : [`data.${second}.${third}`];
  // Every resource type has its provider's prefix; a bare word is an object key, a keyword or a loop variable.
  return first.includes("_") || OF_THE_MACHINE.has(first) ? [`${first}.${second}`] : [];
}
