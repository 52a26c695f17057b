import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Finding, PavedError } from "@paved/model";

/** What an output that somebody else synthesized may weigh: some times what ours does. */
const LIMITS = { files: 20_000, fileBytes: 8 * 1024 * 1024, bytes: 256 * 1024 * 1024 } as const;

/** The files that a plan needs, by their places in an output. OpenTofu would read others that lie beside them. */
const LAYOUT = /^(paved\.json|stacks\/[a-z][a-z0-9-]*\/cdk\.tf\.json)$/;

/** Texts by their places in an output. */
export type ForeignFiles = ReadonlyMap<string, string>;

/** PVD7002 for output from elsewhere that is not as synth writes it. */
export function foreignFinding(where: string, got: string, want: string): Finding {
  const fix = "look at the change that it comes from; what is meant well is merged first, and planned then";
  return { code: "PVD7002", where, got, want, fix };
}

/**
 * Reads an output that is not trusted: an artefact of a pull request. Only plain files at the places that synth writes to;
 * no link is followed, and what is too large is not read.
 *
 * @throws PavedError PVD7002 everything in the directory that does not belong there
 */
export function readForeign(directory: string): ForeignFiles {
  const findings: Finding[] = [];
  const files = new Map<string, string>();
  let bytes = 0;
  const refuse = (where: string, got: string, want: string): void =>
    void findings.push(foreignFinding(path.join(path.basename(directory), where), got, want));
  const visit = (place: string): void => {
    const full = path.join(directory, place);
    const stat = lstatSync(full);
    if (stat.isDirectory()) {
      for (const name of readdirSync(full).toSorted()) {
        if (findings.length < REPORTED) visit(path.posix.join(place, name));
      }
    } else if (!stat.isFile()) refuse(place, "a link or a special file", "plain files");
    else if (!LAYOUT.test(place)) refuse(place, "another file", "what synth writes there");
    else if (stat.size > LIMITS.fileBytes) refuse(place, `${stat.size} bytes`, `at most ${LIMITS.fileBytes}`);
    else if (files.size >= LIMITS.files) refuse(place, "one file more", `at most ${LIMITS.files} files`);
    else if ((bytes += stat.size) > LIMITS.bytes) refuse(place, `${bytes} bytes`, `at most ${LIMITS.bytes} in all`);
    else files.set(place, readPlain(full));
  };
  visit("");
  if (findings.length > 0) throw new PavedError(findings);
  return files;
}

/** Findings after which no more are looked for. */
const REPORTED = 50;

function readPlain(file: string): string {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return fstatSync(descriptor).isFile() ? readFileSync(descriptor, "utf8") : "";
  } finally {
    closeSync(descriptor);
  }
}
