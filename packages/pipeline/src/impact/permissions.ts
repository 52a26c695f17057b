import { type ManifestDifference, subjectOf } from "../difference/manifest-difference";
import { type Attributes, typeOf } from "../difference/root-document";
import { MASK, masked } from "../difference/masked";
import type { ElementDifference } from "../difference/stack-difference";
import { manifestGrants } from "./manifest-grants";
import { resourceGrants } from "./resource-grants";

/** What one resource or manifest newly permits, and what it no longer does, each in a sentence. */
export interface PermissionChange {
  /** Address, or kind and name. */
  readonly subject: string;
  readonly sort: "cloud" | "network" | "cluster";
  readonly granted: readonly string[];
  readonly withdrawn: readonly string[];
}

/** What a resource or manifest permits: `Allow s3:GetObject on arn:…`. */
export interface Grants {
  readonly sort: PermissionChange["sort"];
  readonly sentences: readonly string[];
}

/**
 * What changes in who may do what: identity and resource policies, trust, firewalls, access to the cluster, network
 * policies and roles in it. What is written otherwise and permits the same is no change.
 */
export function permissionChanges(
  elements: readonly ElementDifference[],
  manifests: readonly ManifestDifference[],
): readonly PermissionChange[] {
  const cloud = elements.flatMap(({ address, before, after }) => {
    const read = (attributes: Attributes) => resourceGrants(typeOf(address), attributes);
    return changeOf(address, grantsOf(before, read), grantsOf(after, read));
  });
  const cluster = manifests.flatMap((each) =>
    changeOf(subjectOf(each), grantsOf(each.before, manifestGrants), grantsOf(each.after, manifestGrants)),
  );
  return [...cloud, ...cluster];
}

/** Grants, and each sentence as it may be shown by what it says. */
interface ShownGrants {
  readonly sort: PermissionChange["sort"];
  readonly sentences: ReadonlyMap<string, string>;
}

/** What is permitted is compared as it is written: that a secret in it differs is said, and the secret is not. */
function grantsOf<T extends object>(
  written: T | undefined,
  read: (written: T) => Grants | undefined,
): ShownGrants | undefined {
  const grants = written && read(written);
  if (grants === undefined) return undefined;
  const shown = read(masked("", written) as T)?.sentences ?? [];
  const isWhole = shown.length === grants.sentences.length;
  const sentences = grants.sentences.map((each, index) => [each, isWhole ? shown[index]! : MASK] as const);
  return { sort: grants.sort, sentences: new Map(sentences) };
}

function changeOf(
  subject: string,
  before: ShownGrants | undefined,
  after: ShownGrants | undefined,
): readonly PermissionChange[] {
  const granted = onlyIn(after, before);
  const withdrawn = onlyIn(before, after);
  const sort = after?.sort ?? before?.sort;
  if (sort === undefined || (granted.length === 0 && withdrawn.length === 0)) return [];
  return [{ subject, sort, granted, withdrawn }];
}

/** Sentences of the one that the other does not say, as they may be shown. */
function onlyIn(one: ShownGrants | undefined, other: ShownGrants | undefined): readonly string[] {
  const said = [...(one?.sentences ?? [])].filter(([sentence]) => other?.sentences.has(sentence) !== true);
  return [...new Set(said.map(([, shown]) => shown))].toSorted();
}
