import type { Finding } from "@paved/model";
import { judgeBlocks } from "./blocks";
import { credentialIn } from "./credentials";
import { type Expression, expressionsIn } from "./expressions";
import { at, isRecord, recordAt } from "./rule/attributes";
import { judgeState } from "./state";

/** One resource or data source, as the construct tree has it. */
export interface Element {
  /** For example `aws_vpc.vpc` or `data.aws_region.current`. */
  readonly address: string;
  /** Construct path. */
  readonly path: string;
  readonly source?: string;
}

/** A stack after synth: what the tree holds, and what was written. */
export interface StackOutput {
  readonly name: string;
  readonly elements: readonly Element[];
  /** The parsed `cdk.tf.json`. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** Functions that read nothing but their arguments. `file`, `templatefile`, `pathexpand` and the like are not among them. */
const PURE_FUNCTIONS = new Set([
  "jsonencode",
  "jsondecode",
  "base64decode",
  "base64encode",
  "lookup",
  "join",
  "element",
  "tolist",
  "toset",
  "one",
  "format",
  "replace",
  "split",
  "concat",
]);

/** Judges the final output of one stack; every rule looks at what was written, not at what was meant. */
export function judgeStack(output: StackOutput): readonly Finding[] {
  return [
    ...sharedAddresses(output),
    ...lostElements(output),
    ...strings(output),
    ...rootSettings(output),
    ...judgeBlocks(output),
  ];
}

/** Judges what Argo CD delivers; `where` is for example `dev orders Deployment/orders`. */
export function judgeManifest(where: string, manifest: object): readonly Finding[] {
  const findings: Finding[] = [];
  walk(manifest, [], (text, path) => {
    const credential = credentialIn(text);
    if (credential !== undefined) findings.push({ where: `${where} ${path.join(".")}`, ...leaked(credential) });
  });
  return findings;
}

function sharedAddresses({ name, elements }: StackOutput): Finding[] {
  const first = new Map<string, Element>();
  return elements.flatMap((element) => {
    const earlier = first.get(element.address);
    if (earlier === undefined) {
      first.set(element.address, element);
      return [];
    }
    return [
      {
        code: "PVD1013" as const,
        where: name,
        source: element.source,
        got: `${earlier.path} and ${element.path} at ${element.address}`,
        want: "an address for each construct: of two that share one, OpenTofu sees only the last",
        fix: "give one of them another id",
      },
    ];
  });
}

/** Addresses in the written JSON. */
export function writtenAddresses(json: StackOutput["json"]): readonly string[] {
  const sections = [
    ["", "resource"],
    ["data.", "data"],
  ] as const;
  return sections.flatMap(([prefix, section]) =>
    Object.entries(recordAt(json, section)).flatMap(([type, named]) =>
      Object.keys(isRecord(named) ? named : {}).map((name) => `${prefix}${type}.${name}`),
    ),
  );
}

function lostElements({ name, elements, json }: StackOutput): Finding[] {
  const written = new Set(writtenAddresses(json));
  return elements
    .filter((element) => !written.has(element.address))
    .map((element) => ({
      code: "PVD1013",
      where: `${name}/${element.path}`,
      source: element.source,
      got: `no ${element.address} in the output`,
      want: "every construct written under its own address",
      fix: "give the construct another id",
    }));
}

type Complaint = Pick<Finding, "code" | "got" | "want" | "fix">;

function strings({ name, elements, json }: StackOutput): Finding[] {
  const known = new Set(writtenAddresses(json));
  const origins = new Map(elements.map((element) => [element.address, element]));
  const findings: Finding[] = [];
  walk(json, [], (text, path) => {
    const address = path[0] === "data" ? path.slice(0, 3).join(".") : path.slice(1, 3).join(".");
    const element = origins.get(address);
    for (const complaint of [...judgeString(text, known), ...(isNative(path) ? judgeNative(text) : [])]) {
      findings.push({ where: `${name} ${element?.path ?? path.join(".")}`, source: element?.source, ...complaint });
    }
  });
  return findings;
}

function judgeString(text: string, known: ReadonlySet<string>): readonly Complaint[] {
  if (/tftoken\[/i.test(text)) {
    return [
      {
        code: "PVD1015",
        got: JSON.stringify(text.slice(0, 80)),
        want: "values that were not cut, joined or changed in case before they were known",
        fix: "use the value whole, or compute from literals",
      },
    ];
  }
  const credential = credentialIn(text);
  if (credential !== undefined) return [leaked(credential)];
  return expressionsIn(text).flatMap((expression) => [
    ...judgeCalls(expression),
    ...expression.references.flatMap((reference) => judgeReference(reference, expression.text, known)),
  ]);
}

function judgeCalls({ calls, unread }: Expression): readonly Complaint[] {
  const unreadable = unread === undefined ? [] : [unreadExpression(unread)];
  return [...unreadable, ...calls.filter((call) => !PURE_FUNCTIONS.has(call)).map(impureCall)];
}

const NATIVE_BLOCKS = ["import", "moved", "removed"];
const NATIVE_ARGUMENTS = ["to", "from", "provider", "depends_on", "ignore_changes", "replace_triggered_by"];

/** Whether OpenTofu takes the text there for an expression as it is, without `${`: an address, whose index it evaluates. */
function isNative(path: readonly string[]): boolean {
  const [section = "", , , argument = ""] = path;
  if (NATIVE_BLOCKS.includes(section)) return NATIVE_ARGUMENTS.some((name) => path.includes(name));
  if (section !== "resource" && section !== "data") return false;
  return NATIVE_ARGUMENTS.some((name) => (argument === "lifecycle" ? path.includes(name, 4) : argument === name));
}

function judgeNative(text: string): readonly Complaint[] {
  return expressionsIn(`\${${text}}`).flatMap(judgeCalls);
}

/** Says what was found and never the text itself: findings are logged. */
function leaked(credential: string): Complaint {
  return {
    code: "PVD1029",
    got: credential,
    want: "no credential in what is committed, planned and stored",
    fix: "revoke it, put the new one into Secrets Manager and name it in secrets",
  };
}

function unreadExpression(got: string): Complaint {
  return {
    code: "PVD1042",
    got: `${got} in an expression`,
    want: "references, values and calls on one line, which everybody reads alike",
    fix: "write it without, or write the text with literal(), so that it stays text",
  };
}

function impureCall(call: string): Complaint {
  return {
    code: "PVD1018",
    got: `a call of ${call}()`,
    want: "functions that read nothing but their arguments",
    fix: "write the text with literal(), so that it stays text",
  };
}

function judgeReference(reference: string, text: string, known: ReadonlySet<string>): readonly Complaint[] {
  if (reference.startsWith("data.terraform_remote_state.")) {
    const fix = "publish() the fact in the one stack and consume() it in the other";
    return [{ code: "PVD1026", got: `${text}, another stack's state`, want: "a contract", fix }];
  }
  if (known.has(reference)) return [];
  const fix = "publish() the fact in its own stack and consume() it here";
  return [
    { code: "PVD1016", got: `${text}, but the stack has no ${reference}`, want: "something in the same stack", fix },
  ];
}

function walk(value: unknown, path: readonly string[], visit: (text: string, path: readonly string[]) => void): void {
  if (typeof value === "string") visit(value, path);
  else if (Array.isArray(value)) value.forEach((inner, index) => walk(inner, [...path, String(index)], visit));
  else if (value !== null && typeof value === "object") {
    // The name of a property is a template too, and `//` is one like others in every value that is no block.
    for (const [key, inner] of Object.entries(value)) {
      visit(key, [...path, key]);
      walk(inner, [...path, key], visit);
    }
  }
}

function rootSettings({ name, json }: StackOutput): Finding[] {
  const terraform = recordAt(json, "terraform");
  const findings = [...judgeState(name, terraform)];
  for (const [provider, asked] of Object.entries(recordAt(terraform, "required_providers"))) {
    const [source = "", version = ""] = ["source", "version"].map((field) => at(asked, field));
    const isExact = typeof version === "string" && /^\d+\.\d+\.\d+$/.test(version);
    if (typeof source === "string" && source.split("/").length === 3 && isExact) continue;
    findings.push({
      code: "PVD1027",
      where: `${name} provider ${provider}`,
      got: `source ${JSON.stringify(source)}, version ${JSON.stringify(version)}`,
      want: "a source with its registry, and an exact version",
      fix: `call qualifyProvider(${JSON.stringify(provider)}) on the stack`,
    });
  }
  return findings;
}
