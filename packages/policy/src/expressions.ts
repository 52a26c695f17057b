/** What one OpenTofu template in a string refers to. */
export interface Expression {
  /** The text between `${` and `}`. */
  readonly text: string;
  /** Functions it calls. */
  readonly calls: readonly string[];
  /** Resources and data sources it reads, as addresses: `aws_vpc.main`, `data.aws_region.current`. */
  readonly references: readonly string[];
}

const IDENTIFIER = /[A-Za-z_][\w-]*/y;

/**
 * The live templates in a string. `$${` is text, not a template. String literals inside a template are skipped, and
 * templates nested in them are found as templates of their own.
 */
export function expressionsIn(text: string): readonly Expression[] {
  const found: Expression[] = [];
  let at = 0;
  while (at < text.length) {
    if (/^(\$\$|%%)\{/.test(text.slice(at, at + 3))) at += 3;
    else if (/^[$%]\{/.test(text.slice(at, at + 2))) {
      const end = templateEnd(text, at + 2);
      found.push(...parse(text.slice(at + 2, end)));
      at = end + 1;
    } else at += 1;
  }
  return found;
}

/** Index of the brace that closes the template whose text starts at `from`. */
function templateEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') at = stringEnd(text, at + 1);
    else if (char === "{") depth += 1;
    else if (char === "}") {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return text.length;
}

/** Index of the quote that closes the string whose text starts at `from`. */
function stringEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at;
    else if (/^[$%]\{/.test(text.slice(at, at + 2)) && text[at - 1] !== text[at]) at = templateEnd(text, at + 2);
  }
  return text.length;
}

function parse(text: string): readonly Expression[] {
  const calls: string[] = [];
  const references: string[] = [];
  const nested: Expression[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === '"') {
      const end = stringEnd(text, at + 1);
      nested.push(...expressionsIn(text.slice(at + 1, end)));
      at = end + 1;
      continue;
    }
    const path = readPath(text, at);
    if (path === undefined) {
      at += 1;
      continue;
    }
    at = path.end;
    if (text[at] === "(") calls.push(path.parts.join("::"));
    else references.push(...addressOf(path.parts));
  }
  return [{ text, calls, references }, ...nested];
}

/** Reads `a.b.c` (or `ns::fn`) at a place; nothing when no identifier starts there. */
function readPath(text: string, from: number): { parts: readonly string[]; end: number } | undefined {
  const parts: string[] = [];
  let at = from;
  for (;;) {
    IDENTIFIER.lastIndex = at;
    const word = IDENTIFIER.exec(text);
    if (word === null) break;
    parts.push(word[0]);
    at += word[0].length;
    if (text[at] === ".") at += 1;
    else if (text.startsWith("::", at)) at += 2;
    else break;
  }
  return parts.length === 0 ? undefined : { parts, end: at };
}

function addressOf(parts: readonly string[]): readonly string[] {
  const [first, second, third] = parts;
  if (first === "data" && second !== undefined && third !== undefined) return [`data.${second}.${third}`];
  // Every resource type has its provider's prefix; a bare word is an object key, a keyword or a loop variable.
  if (first !== undefined && second !== undefined && first.includes("_")) return [`${first}.${second}`];
  return [];
}
