import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@paved/machine";
import { type BundledStack, type BundleEvidence, type Finding, PavedError, shown } from "@paved/model";
import { loginIn } from "../github/authors";
import type { Fleet } from "../workspace/fleet";
import { type Bundle, type BundleDirectory, sha256 } from "./bundle-directory";

/** That somebody agrees to one bundle, and to no other. */
export interface Approval {
  /** SHA-256 of the evidence that was agreed to. */
  readonly evidence: string;
  /** Who: as whoever runs the command says. */
  readonly by: string;
}

/** Characters of a name, at most. */
const LONGEST = 100;

/**
 * Adds an approval to a bundle; the same person's is there once.
 * @throws PavedError PVD4003 for a name that is none, PVD5002 or PVD5004 when the bundle is damaged, PVD5013 for an author
 */
export function approve(directory: BundleDirectory, by: string): Approval {
  const name = by.trim();
  if (name === "" || name.length > LONGEST || /\p{C}/u.test(name)) throw noName(by);
  const bundle = directory.read();
  const findings = directory.planFindings(bundle.evidence);
  if (findings.length > 0) throw new PavedError(findings);
  if (isAuthor(bundle.evidence, name)) throw ownWork(bundle, name);
  const approval = { evidence: bundle.hash, by: name };
  mkdirSync(directory.approvals, { recursive: true, mode: 0o700 });
  const file = path.join(directory.approvals, `${sha256(personOf(name)).slice(0, 16)}.json`);
  writeAtomically(file, `${JSON.stringify(approval, null, 2)}\n`);
  return approval;
}

/** Who approved of the bundle: each once, and no author of the commit. */
export function approversOf({ directory, evidence, hash }: Bundle): readonly string[] {
  const people = new Map<string, string>();
  for (const approval of readApprovals(directory)) {
    const counts = approval.evidence === hash && !isAuthor(evidence, approval.by);
    if (counts) people.set(personOf(approval.by), approval.by);
  }
  return [...people.values()].toSorted();
}

/** What the environments of the stacks ask for, in the order of promotion. */
export function approvalsIn({ index }: Fleet, stacks: readonly BundledStack[]): BundleEvidence["approvals"] {
  const chosen = new Set(stacks.map(({ environment }) => environment));
  const asking = index.environments.filter(({ name }) => chosen.has(name));
  return Object.fromEntries(asking.map(({ name, approvals }) => [name, approvals]));
}

/** Approvals that an apply of the bundle needs: as many as the environment of it that asks for most. */
export function approvalsNeeded(approvals: BundleEvidence["approvals"]): number {
  return Math.max(0, ...Object.values(approvals));
}

/**
 * PVD5013 when fewer people approved than an environment of the bundle asks for.
 * @param approvals what the environments ask for now, whatever the bundle says
 */
export function approvalFindings(bundle: Bundle, approvals: BundleEvidence["approvals"]): readonly Finding[] {
  const people = approversOf(bundle);
  const needed = approvalsNeeded(approvals);
  if (people.length >= needed) return [];
  return [
    {
      code: "PVD5013",
      where: bundle.directory.named(bundle.directory.approvals),
      got: people.length === 0 ? "no approval" : `approved by ${people.join(", ")} alone`,
      want: `${needed} ${needed === 1 ? "person" : "people"} who did not write the change`,
      fix: `have it approved: paved approve ${bundle.directory.named(bundle.directory.path)} --by <name>`,
    },
  ];
}

function readApprovals({ approvals: folder }: BundleDirectory): readonly Approval[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    if (!name.endsWith(".json")) return [];
    // What is no approval counts for nothing, whatever it is.
    const approval = parse(readFileSync(path.join(folder, name), "utf8"));
    return typeof approval?.by === "string" && typeof approval.evidence === "string" ? [approval as Approval] : [];
  });
}

function parse(text: string): Partial<Approval> | undefined {
  try {
    return (JSON.parse(text) ?? undefined) as Partial<Approval> | undefined;
  } catch {
    return undefined;
  }
}

/** Whether somebody wrote the change, by any name that the commit has of its authors. */
export function isAuthor({ commit }: BundleEvidence, name: string): boolean {
  return commit.authors.flatMap(namesOf).some((author) => personOf(author) === personOf(name));
}

function namesOf(author: string): readonly string[] {
  const login = loginIn(author);
  return login === undefined ? [author] : [author, login];
}

/** One person, however the name is written. */
function personOf(name: string): string {
  return name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}

function noName(got: string): PavedError {
  const want = `a name of at most ${LONGEST} characters`;
  return new PavedError({ code: "PVD4003", where: "--by", got: shown(got), want, fix: "say who approves" });
}

function ownWork({ directory, evidence }: Bundle, name: string): PavedError {
  return new PavedError({
    code: "PVD5013",
    where: directory.named(directory.path),
    got: `an approval by ${name}, who wrote the change`,
    want: "somebody else",
    fix: `have it approved by another person than ${evidence.commit.authors.join(", ")}`,
  });
}
