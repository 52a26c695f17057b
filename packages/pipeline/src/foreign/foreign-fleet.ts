import { type Finding, isPrintable, PavedError, parseFleetIndex, printable } from "@paved/model";
import { isRecord } from "@paved/policy";
import { parseOutput } from "../workspace/output-file";
import type { Fleet, FleetStack } from "../workspace/fleet";
import { type ForeignFiles, foreignFinding } from "./read-foreign";

/** Names that are written to files, to the terminal and into commands of OpenTofu. */
const NAME = /^[a-z][a-z0-9-]{0,62}$/;

/**
 * The fleet in files that are not trusted, with what is delivered left out. No path that the index names is followed: each
 * stack's root is where synth writes it, and all that is there is in the index.
 *
 * @throws PavedError PVD2009 for what is damaged, PVD7002 for what is not as synth writes it, or not to be printed
 */
export function foreignFleet(files: ForeignFiles): Fleet {
  const written = parsed(files, "paved.json");
  // Before anything of it is shown: what is wrong with it is shown too.
  const unprintable = unprintableIn(written);
  if (unprintable.length > 0) throw new PavedError(unprintable);
  const index = parseFleetIndex(written, "paved.json");
  const findings = index.stacks.flatMap(({ name, environment, directory, owner, service }) => {
    const names = [name, environment, owner, ...(service === undefined ? [] : [service])];
    const wrong = names.find((each) => !NAME.test(each));
    if (wrong !== undefined) return [foreignFinding("paved.json", JSON.stringify(wrong), "a name as Paved has them")];
    if (!name.startsWith(`${environment}-`)) return [foreignFinding(name, environment, "the environment of its name")];
    return directory === `stacks/${name}` ? [] : [foreignFinding(name, directory, `the directory stacks/${name}`)];
  });
  const known = new Set(index.stacks.map(({ name }) => `stacks/${name}/cdk.tf.json`));
  const roots = [...files.keys()].filter((place) => place.startsWith("stacks/"));
  findings.push(
    ...roots
      .filter((place) => !known.has(place))
      .map((place) => foreignFinding(place, "a stack", "stacks of the index")),
  );
  if (known.size < index.stacks.length) findings.push(foreignFinding("paved.json", "a stack twice", "each stack once"));
  if (findings.length > 0) throw new PavedError(findings);
  const stacks = index.stacks.map((stack): FleetStack => {
    const root = parsed(files, `stacks/${stack.name}/cdk.tf.json`);
    findings.push(
      ...misshapen(root).map((where) => foreignFinding(stack.name, `${where} otherwise`, "as synth writes it")),
    );
    // Written anew: of a key that stands twice OpenTofu takes both, and whoever judges only the last.
    return { ...stack, json: `${JSON.stringify(root, null, 2)}\n` };
  });
  if (findings.length > 0) throw new PavedError(findings);
  return { index, stacks, delivered: [] };
}

/** Texts of an index, and names of its fields, that a terminal or the runner of a workflow would take for more. */
function unprintableIn(value: unknown, place = "paved.json"): readonly Finding[] {
  if (typeof value === "string") {
    const shown = (): string => printable(JSON.stringify(value.slice(0, SHOWN)));
    return isPrintable(value) ? [] : [foreignFinding(place, shown(), "one line of characters that are seen")];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...unprintableIn(name, place),
    ...unprintableIn(inner, isPrintable(name) ? `${place} ${name}` : place),
  ]);
}

const SHOWN = 80;

/** Blocks of a root that OpenTofu reads in another form than synth writes them: in lists, whose items nobody judges. */
function misshapen(root: object): readonly string[] {
  const { terraform, resource, data } = root as Readonly<Record<string, unknown>>;
  const sections = Object.entries({ resource, data }).flatMap(([kind, types]) => {
    if (types === undefined) return [];
    if (!isRecord(types)) return [kind];
    return Object.entries(types).flatMap(([type, named]) =>
      isRecord(named) && Object.values(named).every(isRecord) ? [] : [`${kind} ${type}`],
    );
  });
  return [...(isRecord(terraform) ? [] : ["terraform"]), ...sections];
}

function parsed(files: ForeignFiles, place: string): object {
  return parseOutput(files.get(place) ?? "", JSON.parse, place, "what synth writes");
}
