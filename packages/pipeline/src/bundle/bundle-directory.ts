import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { unfinishedFile } from "@paved/machine";
import { type BundleEvidence, type Finding, parseBundleEvidence, PavedError } from "@paved/model";
import { isEncryptedState } from "../tofu/unsaved-state";

/** What the name of a state that was not saved ends with. */
const STATE = ".tfstate";

/** What a bundle says, and how that is named. */
export interface Bundle {
  readonly directory: BundleDirectory;
  readonly evidence: BundleEvidence;
  /** SHA-256 of the evidence as it is written: what approvals and the journal are of. */
  readonly hash: string;
}

/** SHA-256 of a text or of bytes. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The files of a bundle. */
export class BundleDirectory {
  /** @param given as the user wrote it, which is how errors name it */
  constructor(
    readonly path: string,
    private readonly given: string = path,
  ) {}

  /** Who approved of it, a file each. */
  get approvals(): string {
    return path.join(this.path, "approvals");
  }

  /** How far an apply has come. */
  get journal(): string {
    return path.join(this.path, "journal.json");
  }

  /** The state of a stack that an apply could not save, encrypted. */
  unsaved(stack: string): string {
    return path.join(this.path, "unsaved", `${stack}${STATE}`);
  }

  /** The saved plan of a stack. */
  plan(stack: string): string {
    return path.join(this.plans, `${stack}.tfplan`);
  }

  /** A file of it, as errors name it. */
  named(file: string): string {
    return path.join(this.given, path.relative(this.path, file));
  }

  /**
   * Fills the bundle: it is there whole, or not at all, and only its owner reads it.
   * @throws PavedError PVD5002 when something is there already: approvals of it must not be taken for those of another
   */
  async fill(work: (draft: BundleDirectory) => Promise<BundleEvidence | undefined>): Promise<Bundle | undefined> {
    this.refuseIfThere();
    const draft = new BundleDirectory(`${this.path}.${process.pid}.tmp`);
    rmSync(draft.path, { recursive: true, force: true });
    mkdirSync(draft.plans, { recursive: true });
    chmodSync(draft.path, 0o700);
    try {
      const evidence = await work(draft);
      if (evidence === undefined) return undefined;
      const text = `${JSON.stringify(evidence, null, 2)}\n`;
      writeFileSync(draft.evidence, text, { mode: 0o600 });
      this.refuseIfThere();
      renameSync(draft.path, this.path);
      return { directory: this, evidence, hash: sha256(text) };
    } finally {
      rmSync(draft.path, { recursive: true, force: true });
    }
  }

  /** @throws PavedError PVD5002 when it is not there or damaged, PVD5003 when it is of another version */
  read(): Bundle {
    const text = this.readEvidence();
    let data: unknown;
    try {
      data = JSON.parse(text);
    } catch {
      throw new PavedError(damaged(this.named(this.evidence), "no JSON", "the evidence of a bundle"));
    }
    return { directory: this, evidence: parseBundleEvidence(data, this.named(this.evidence)), hash: sha256(text) };
  }

  /** PVD5004 for each plan that is not the one in the evidence, PVD5002 for each that is not there. */
  planFindings({ stacks }: BundleEvidence): readonly Finding[] {
    const wanted = new Map(
      stacks.flatMap(({ name, plan }) => (plan === undefined ? [] : [[this.plan(name), plan.hash]])),
    );
    const strange = this.entries(this.plans).filter((file) => !wanted.has(file));
    return [
      ...[...wanted].flatMap(([file, hash]) => this.planFinding(file, hash!)),
      ...strange.map((file) => damaged(this.named(file), "a file that the evidence does not name", "the plans alone")),
    ];
  }

  /** PVD5002 for each state that was not saved which no stack of `begun` can have left, or which is not encrypted. */
  unsavedFindings({ stacks }: BundleEvidence, begun: readonly string[]): readonly Finding[] {
    const wanted = new Set(begun.map((stack) => this.unsaved(stack)));
    const names = new Set(stacks.map(({ name }) => name));
    return this.entries(path.dirname(this.unsaved(""))).flatMap((file) => {
      if (isUnfinished(file, names)) return [];
      if (!wanted.has(file)) return [damaged(this.named(file), "a file that no apply of it left", STATES_LEFT)];
      const isState = lstatSync(file).isFile() && isEncryptedState(readFileSync(file, "utf8"));
      return isState ? [] : [damaged(this.named(file), "no state that is encrypted", STATES_LEFT)];
    });
  }

  private planFinding(file: string, hash: string): readonly Finding[] {
    const where = this.named(file);
    if (!existsSync(file)) return [damaged(where, "no such file", "a plan for each stack that has one")];
    const got = sha256(readFileSync(file));
    if (got === hash) return [];
    const fix = "take the bundle from where it was planned, or plan anew";
    return [{ code: "PVD5004", where, got: `a file with the hash ${got.slice(0, 12)}`, want: hash.slice(0, 12), fix }];
  }

  private get plans(): string {
    return path.join(this.path, "plans");
  }

  private get evidence(): string {
    return path.join(this.path, "bundle.json");
  }

  private entries(folder: string): readonly string[] {
    return existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
  }

  private readEvidence(): string {
    try {
      return readFileSync(this.evidence, "utf8");
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const got = code === "ENOENT" || code === "ENOTDIR" ? "no such file" : `${code} on reading`;
      throw new PavedError(damaged(this.named(this.evidence), got, "a bundle: paved plan --bundle writes one"));
    }
  }

  private refuseIfThere(): void {
    if (!existsSync(this.path)) return;
    const fix = "name another directory, or remove that one";
    throw new PavedError({ code: "PVD5002", where: this.given, got: "something already there", want: "nothing", fix });
  }
}

const STATES_LEFT = "the states that an apply of it could not save, encrypted";

/** What was being written when an apply was killed. */
function isUnfinished(file: string, stacks: ReadonlySet<string>): boolean {
  const written = unfinishedFile(path.basename(file));
  return written?.endsWith(STATE) === true && stacks.has(written.slice(0, -STATE.length));
}

/** PVD5002 for a file of a bundle that is not as it was written. */
export function damaged(where: string, got: string, want: string): Finding {
  const fix = "take the bundle from where it was planned, or plan anew: paved plan --bundle <directory>";
  return { code: "PVD5002", where, got, want, fix };
}
