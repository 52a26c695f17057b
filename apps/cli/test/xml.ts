/** An element of an XML document. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** The text directly in it, its entities resolved. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const NAME = "[A-Za-z_][\\w:.-]*";
const TOKEN = new RegExp(
  [
    "<\\?xml [^?]*\\?>",
    "<!DOCTYPE [^>\\[]*>",
    "<!--(?:(?!--)[^])*-->",
    `</(?<close>${NAME})\\s*>`,
    `<(?<open>${NAME})(?<attributes>(?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(?<empty>/?)>`,
    "(?<text>[^<]+)",
  ].join("|"),
  "y",
);
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Reads an XML document as strictly as a browser does one that it is given as a file. @throws what is not well-formed */
export function parseXml(document: string): Element {
  const forbidden = FORBIDDEN.exec(document);
  if (forbidden !== null) throw new Error(`a character that XML does not have, at ${forbidden.index}`);
  const root: Open = { name: "", attributes: {}, children: [], text: "" };
  const stack = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < document.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(document)?.groups;
    if (groups === undefined) throw new Error(`no markup: ${document.slice(at, at + 40)}`);
    take(stack, groups);
  }
  if (stack.length > 1) throw new Error(`${stack.at(-1)!.name} is not closed`);
  if (root.children.length !== 1 || root.text.trim() !== "") throw new Error("not one root");
  return root.children[0]!;
}

function take(stack: Open[], { open, attributes, empty, close, text }: Record<string, string | undefined>): void {
  const inner = stack.at(-1)!;
  if (text !== undefined) inner.text += resolve(text);
  if (close !== undefined) {
    if (stack.length === 1 || inner.name !== close) throw new Error(`${close} closes ${inner.name}`);
    stack.pop();
  }
  if (open === undefined) return;
  const element: Open = { name: open, attributes: attributesIn(attributes ?? ""), children: [], text: "" };
  inner.children.push(element);
  if (empty === "") stack.push(element);
}

function attributesIn(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "g"))];
  const attributes = Object.fromEntries(found.map(([, name, double, single]) => [name, resolve(double ?? single!)]));
  if (Object.keys(attributes).length !== found.length) throw new Error(`an attribute twice: ${text}`);
  return attributes;
}

function resolve(text: string): string {
  if (text.includes("]]>")) throw new Error("]]> in text");
  return text.replace(/&([^;\s]*;?)/g, (whole, entity: string) => {
    const number = /^#(?:x([\dA-Fa-f]+)|(\d+));$/.exec(entity);
    if (number !== null) return String.fromCodePoint(Number.parseInt(number[1] ?? number[2]!, number[1] ? 16 : 10));
    const known = entity.endsWith(";") ? ENTITIES[entity.slice(0, -1)] : undefined;
    if (known === undefined) throw new Error(`no entity: ${whole}`);
    return known;
  });
}

/** Every element at any depth that `wanted` accepts, in document order. */
export function findAll(element: Element, wanted: (element: Element) => boolean): Element[] {
  return [...(wanted(element) ? [element] : []), ...element.children.flatMap((child) => findAll(child, wanted))];
}
