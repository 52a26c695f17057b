import type { Finding } from "@paved/model";
import { type Manifest, ownerOfManifest, subjectOf } from "../difference/manifest-difference";
import { readRoot, typeOf } from "../difference/root-document";
import { manifestGrants } from "../impact/manifest-grants";
import { resourceGrants } from "../impact/resource-grants";
import { manifestsIn } from "../workspace/delivered";
import type { Fleet } from "../workspace/fleet";
import type { Workspace } from "../workspace/workspace";
import { readRecordFiles, recordFileOf, writeRecordFile } from "../workspace/record-files";
import { formatPermissions, type Permissions } from "./permission-lock";

/** What a check of permissions found. */
export interface PermissionCheck {
  /** How many sentences the fleet's permissions are. */
  readonly sentences: number;
  /** PVD2019 for each stack that permits something else than is written down. */
  readonly findings: readonly Finding[];
  /** Files that were written. */
  readonly written: readonly string[];
}

/**
 * Holds what the last synth permits against what is written down and was reviewed: who may do what in the cloud, whom the
 * network lets through, and who may do what in the cluster. Whatever permits more, or less, changes a file that a review
 * sees in words.
 */
export function checkPermissions(workspace: Workspace, fleet: Fleet, { write = false } = {}): PermissionCheck {
  const wanted = new Map(permissionsOf(fleet).map(([file, permissions]) => [file, formatPermissions(permissions)]));
  const found = readRecordFiles(workspace, "permissions");
  const files = [...new Set([...wanted.keys(), ...found.keys()])].toSorted();
  const differing = files.filter((file) => (wanted.get(file) ?? "") !== (found.get(file) ?? ""));
  if (write) for (const file of differing) writeRecordFile(workspace, file, wanted.get(file) ?? "");
  const sentences = [...wanted.values()].reduce((sum, text) => sum + sentencesIn(text).length, 0);
  const findings = write ? [] : differing.map((file) => outdated(file, found.get(file) ?? "", wanted.get(file) ?? ""));
  return { sentences, findings, written: write ? differing : [] };
}

function permissionsOf({ stacks, delivered: files }: Fleet): readonly (readonly [string, Permissions])[] {
  const names = new Set(stacks.map(({ name }) => name));
  const delivered = new Map<string, (readonly [string, readonly string[]])[]>();
  for (const [{ environment, unit }, read] of manifestsIn(files)) {
    const manifest = read as Manifest;
    const granted = manifestGrants(manifest)?.sentences;
    if (granted === undefined) continue;
    const stack = ownerOfManifest(manifest, { environment, unit }, names);
    delivered.set(stack, [
      ...(delivered.get(stack) ?? []),
      [subjectOf({ kind: manifest.kind, ...manifest.metadata }), granted],
    ]);
  }
  return stacks.map((stack) => {
    const { resources } = readRoot(stack.json);
    const granted = [...resources].flatMap(([address, attributes]): (readonly [string, readonly string[]])[] => {
      const grants = resourceGrants(typeOf(address), attributes);
      return grants === undefined ? [] : [[address, grants.sentences]];
    });
    return [recordFileOf(stack, "permissions"), new Map([...granted, ...(delivered.get(stack.name) ?? [])])] as const;
  });
}

/** Each sentence with its subject in front, as a file says them. */
function sentencesIn(text: string): readonly string[] {
  let subject = "";
  return text.split("\n").flatMap((line) => {
    if (line.startsWith("  ")) return [`${subject}: ${line.trim()}`];
    subject = line;
    return [];
  });
}

function outdated(file: string, before: string, after: string): Finding {
  const [was, is] = [new Set(sentencesIn(before)), new Set(sentencesIn(after))];
  const granted = [...is].filter((each) => !was.has(each));
  const withdrawn = [...was].filter((each) => !is.has(each));
  const parts = [...said("newly permitted", granted), ...said("no longer permitted", withdrawn)];
  return {
    code: "PVD2019",
    where: file,
    got: parts.length === 0 ? "a file that paved check did not write" : parts.join("; "),
    want: "what is permitted to be what was reviewed",
    fix: "look at what changes, run paved check --write, and commit the file, which the review sees",
  };
}

function said(what: string, sentences: readonly string[]): readonly string[] {
  const [first] = sentences;
  if (first === undefined) return [];
  return [`${what}: ${first}${sentences.length > 1 ? `, and ${sentences.length - 1} more` : ""}`];
}
