import { type Manifest, ownerOfManifest, subjectOf } from "../difference/manifest-difference";
import { readRoot, typeOf } from "../difference/root-document";
import { manifestGrants } from "../impact/manifest-grants";
import { resourceGrants } from "../impact/resource-grants";
import { checkRecords, type RecordCheck, type RecordWords } from "../records/check-records";
import type { Recorded } from "../records/record";
import { manifestsIn } from "../workspace/delivered";
import type { Fleet } from "../workspace/fleet";
import { recordFileOf } from "../workspace/record-files";
import type { Workspace } from "../workspace/workspace";

const WORDS: RecordWords = {
  folder: "permissions",
  code: "PVD2019",
  more: "newly permitted",
  less: "no longer permitted",
  want: "what is permitted to be what was reviewed",
  fix: "look at what changes, run paved check --write, and commit the file, which the review sees",
};

/**
 * Holds what the last synth permits against what is written down and was reviewed: who may do what in the cloud, whom the
 * network lets through, and who may do what in the cluster. Whatever permits more, or less, changes a file that a review
 * sees in words: PVD2019.
 */
export function checkPermissions(workspace: Workspace, fleet: Fleet, { write = false } = {}): RecordCheck {
  return checkRecords(workspace, permissionsOf(fleet), WORDS, write);
}

function permissionsOf({ stacks, delivered: files }: Fleet): readonly (readonly [string, Recorded])[] {
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
