import { isDeepStrictEqual } from "node:util";
import { credentialIn, isRecord } from "@paved/policy";
import { parseAllDocuments, stringify } from "yaml";
import { isTellingName } from "./secret-name";

/** What is shown in the place of what may be a secret. */
export const MASK = "(masked)";

type Fields = Readonly<Record<string, unknown>>;

/**
 * A value as it may be shown: what looks like a credential, and what stands under a telling name, is masked, at any depth.
 * Pairs of a name and a value count as that name, and texts that hold JSON, YAML, settings or expressions are looked into.
 * Names of secrets and references to them are no secrets.
 * @param path where it stands; the last name in it counts
 */
export function masked(path: string, value: unknown): unknown {
  return isTellingName(path) ? hidden(value) : shown(value);
}

function shown(value: unknown): unknown {
  if (typeof value === "string") return shownText(value);
  if (Array.isArray(value)) return value.map((each, index) => (isFlag(value[index - 1]) ? hidden(each) : shown(each)));
  if (!isRecord(value)) return value;
  const isSecret = value["kind"] === "Secret";
  const telling = valuesOfPair(value);
  const named = namesIn(value);
  return mapped(value, (each, key) => {
    if (isSecret && /^(data|stringData)$/.test(key) && isRecord(each)) return mapped(each, () => MASK);
    if (telling.has(key)) return hidden(each);
    if (named.has(key)) return shown(each);
    return /(Ref|_ref)$|^extract$/.test(key) ? shownReference(each) : masked(key, each);
  });
}

/** An argument whose value is the next one: `--password`. */
function isFlag(value: unknown): boolean {
  return typeof value === "string" && /^--?[\w.-]+$/.test(value) && isTellingName(value);
}

/** A reference to a key of something says which one: what it holds is there, not here. */
function shownReference(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shownReference);
  return isRecord(value) ? mapped(value, shown) : shown(value);
}

/** Keys of an object whose values another of its fields names: `{ name: "STRIPE_API_KEY", value: … }`. */
function valuesOfPair(fields: Fields): ReadonlySet<string> {
  const names = Object.entries(fields).filter(([key]) => /^(name|key|parameter|option|setting|header|id)$/i.test(key));
  const isTelling = names.some(([, name]) => typeof name === "string" && isTellingName(name));
  return new Set(isTelling ? Object.keys(fields).filter((key) => VALUE.test(key)) : []);
}

const VALUE = /^(string|plain|default)?_?values?(_?(text|string|wo))?$|^(default|content)$/i;

/** Keys that hold a name although they are called like a secret: of a pair, a selector, or what External Secrets makes. */
function namesIn(fields: Fields): ReadonlySet<string> {
  const isNamed = Object.keys(fields).some((each) => VALUE.test(each) || each === "operator");
  return new Set([...(isNamed ? ["key", "Key"] : []), ...("remoteRef" in fields ? ["secretKey"] : [])]);
}

/** Keys below a secret's name that hold how it is called or where it is, not what it is: `secret: { secretName: … }`. */
const ABOUT_IT =
  /^(name|secretName|namespace|kind|path|mountPath|audience|items|defaultMode|expirationSeconds|algorithm|size|rotationPolicy|encoding)$/;

function hidden(value: unknown): unknown {
  if (typeof value === "string") return isReference(value) || value === "" ? value : MASK;
  if (Array.isArray(value)) return value.map(hidden);
  if (isRecord(value)) return mapped(value, (each, key) => (ABOUT_IT.test(key) ? masked(key, each) : hidden(each)));
  return typeof value === "number" ? MASK : value;
}

/** One reference or ARN and nothing else: there is no text in it, but for keys of what it names. */
function isReference(text: string): boolean {
  if (text.startsWith("arn:")) return !/\s/.test(text);
  return /^\$\{[a-z][^{}"<\n]*\}$/i.test(text.replace(/\["[\w.-]+"\]/g, ""));
}

function shownText(text: string): string {
  const document = documentIn(text);
  const found = document === undefined ? shownSettings(text) : shownDocument(text, document);
  return credentialIn(found) === undefined ? found : MASK;
}

interface TextDocument {
  readonly value: unknown;
  /** Whether it says beside what is read of it something that may not be shown: in comments. */
  readonly isTelling: boolean;
  readonly write: (value: unknown) => string;
}

function shownDocument(text: string, { value, isTelling, write }: TextDocument): string {
  const known = shown(value);
  return isTelling || !isDeepStrictEqual(known, value) ? write(known) : text;
}

/** What a text holds as JSON or YAML, when that has parts; and how it is written again. */
function documentIn(text: string): TextDocument | undefined {
  if (!/:(\s|$)|^\s*[-{[?]/m.test(text)) return undefined;
  return jsonIn(text) ?? yamlIn(text);
}

function jsonIn(text: string): TextDocument | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return undefined;
    return { value, isTelling: false, write: (each) => JSON.stringify(each) };
  } catch {
    return undefined;
  }
}

function yamlIn(text: string): TextDocument | undefined {
  try {
    const documents = parseAllDocuments(text, { logLevel: "silent" });
    if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
    const value = documents.map((each): unknown => each.toJS({ maxAliasCount: 100 }));
    if (!value.some((each) => typeof each === "object" && each !== null)) return undefined;
    if (keysIn(value).some((key) => shownSettings(key) !== key)) return undefined;
    const isTelling = [...text.matchAll(/#.*/g)].some(([comment]) => shownSettings(comment) !== comment);
    return {
      value,
      isTelling,
      write: (all) => (all as readonly unknown[]).map((each) => stringify(each)).join("---\n"),
    };
  } catch {
    return undefined;
  }
}

/** Words before a colon are what YAML calls a key, also when a setting is written in them. */
function keysIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  return isRecord(value) ? Object.entries(value).flatMap(([key, each]) => [key, ...keysIn(each)]) : [];
}

/** Each name that is followed by a value, also inside what is the value of another; parts of an ARN are none. */
const SETTING =
  /(?<![\w.-])(?<!:(?=[\w.-]+:))([\w.-]+)(?:(?:\\*["'])?\)?\s*(?:=>|[:=])(?!=)|(?<=--[\w.-]+)[ \t])[ \t]*(?=([^\n]*))/g;
/** Words that say how a secret is called whose value is beside it: `name = "STRIPE_API_KEY"`. */
const PAIR = /\b(?:name|key)(?:\\*["'])?\s*[:=]\s*(?:\\*["'])?([\w./-]+)/gi;
/** A setting's value that names what is elsewhere and has no text in it: `aws_db_instance.main.address`. */
const TRAVERSAL = /^(?:\$\{)?[a-z_][\w-]*(?:\.[\w-]+|\[(?:\d+|"[\w.-]+")\])+\s*\}?\s*(?:[,})\]]|$)/;

/**
 * A text that is no document, or one in a form of its own: an expression, a script, arguments. From a telling name on it is
 * masked, when that name's value is no reference.
 */
function shownSettings(text: string): string {
  const isPair = [...text.matchAll(PAIR)].some(([, name = ""]) => isTellingName(name));
  if (isPair && /\bvalue/i.test(text)) return MASK;
  for (const { 0: setting, 1: name = "", 2: value = "", index } of text.matchAll(SETTING)) {
    const isElsewhere = TRAVERSAL.test(value) || isReference(value.trim());
    if (!isTellingName(name) || isElsewhere || text.slice(index + setting.length).trim() === "") continue;
    return `${text.slice(0, index + name.length)}: ${MASK}`;
  }
  return text;
}

function mapped(fields: Fields, change: (value: unknown, key: string) => unknown): Fields {
  return Object.fromEntries(Object.entries(fields).map(([key, each]) => [key, change(each, key)]));
}
