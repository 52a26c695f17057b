import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

/** Where a run happens: the offline sandbox, or the cloud that the environments name. */
export type Mode = "sandbox" | "live";

/** Where that is, in a sentence. */
export function modeInWords(mode: Mode): string {
  return mode === "live" ? "the cloud" : "the sandbox";
}

/** Where the sandbox keeps states: in local files, or in an S3 of its own, locked and encrypted as in production. */
export type StateStore = "file" | "s3";

/** Every path the pipeline reads or writes, from the root of one workspace. */
export class Workspace {
  /**
   * @param output what synth writes
   * @param stateStore where the sandbox keeps states; each store has a sandbox of its own
   */
  constructor(
    readonly root: string,
    readonly output: string = path.join(root, "cdktf.out"),
    readonly stateStore: StateStore = "file",
  ) {}

  /** The same workspace with the sandbox that keeps its states there. */
  keepingStateIn(stateStore: StateStore): Workspace {
    return new Workspace(this.root, this.output, stateStore);
  }

  /** The workspace around `directory`: the nearest folder upwards with a `cdktf.json`, or `fallback`. */
  static around(directory: string, fallback: string = directory): Workspace {
    for (let here = path.resolve(directory); ; here = path.dirname(here)) {
      if (existsSync(path.join(here, "cdktf.json"))) return new Workspace(here);
      if (here === path.dirname(here)) return new Workspace(path.resolve(fallback));
    }
  }

  /** The fleet's index, written by synth. */
  get index(): string {
    return path.join(this.output, "paved.json");
  }

  /** The report of the last rehearsal. */
  get runReport(): string {
    return path.join(this.output, "run.json");
  }

  /** Everything that is not in Git and not synthesized. */
  get paved(): string {
    return path.join(this.root, ".paved");
  }

  /** What `paved` did here: a line an event. */
  get events(): string {
    return path.join(this.paved, "events.jsonl");
  }

  /** What Argo CD delivers, by environment; written by synth. */
  get gitops(): string {
    return path.join(this.output, "gitops");
  }

  /** A copy of it that only this process uses, for tools that read files while others synthesize. */
  get delivered(): string {
    return path.join(this.paved, `delivered.${process.pid}`);
  }

  /** Where the judges of other projects are installed. */
  get judges(): string {
    return path.join(this.paved, "judges");
  }

  /** The exact versions of the judges that are written in Python. */
  get judgeRequirements(): string {
    return path.join(this.root, "packages", "judges", "requirements.txt");
  }

  /** What new services are made from. */
  get templates(): string {
    return path.join(this.root, "packages", "scaffold", "templates");
  }

  /** Charts that are of this repository, a folder each. */
  get charts(): string {
    return path.join(this.root, "modules", "charts");
  }

  /** The module that pins OpenTofu; folders in it pin what control planes run. */
  get engineModule(): string {
    return path.join(this.root, "engine");
  }

  /** Hashes of every provider's packages, committed; there once `paved lock` has reached a registry. */
  get providerLock(): string {
    return path.join(this.root, "engine", "providers.lock.hcl");
  }

  /** Where binaries that Paved builds land. */
  get binaries(): string {
    return path.join(this.paved, "bin");
  }

  /** The sandbox's store, states and lock. */
  get sandbox(): string {
    return path.join(this.paved, this.sandboxName);
  }

  /** Where the program is installed that stands for S3 in the sandbox. */
  get stateServer(): string {
    return path.join(this.paved, "state-server");
  }

  /** The exact version of that program. */
  get stateServerRequirements(): string {
    return path.join(this.root, "packages", "pipeline", "requirements.txt");
  }

  /** Control planes of the sandbox, one an environment, with their keys and what they hold. */
  get controlPlanes(): string {
    return path.join(this.paved, "control-plane");
  }

  /** The objects that the sandbox's providers made. */
  get store(): string {
    return path.join(this.sandbox, "store");
  }

  /** The local states of the sandbox. */
  get states(): string {
    return path.join(this.sandbox, "state");
  }

  /** The plans of the sandbox's stacks as JSON, for judges to read. */
  get plans(): string {
    return path.join(this.paved, "plans");
  }

  /** What can be computed again, for example provider schemas. */
  get cache(): string {
    return path.join(this.paved, "cache");
  }

  /** An otherwise empty home directory for the engine, so that no user configuration reaches it. */
  get engineHome(): string {
    return path.join(this.paved, "home");
  }

  /** The lock that one apply, destroy or rehearsal holds. */
  lock(mode: Mode): string {
    return mode === "sandbox"
      ? path.join(this.sandbox, "lock.json")
      : path.join(this.paved, "work", "live", "lock.json");
  }

  /** The local state of a stack in the sandbox. */
  state(stack: string): string {
    return path.join(this.states, `${stack}.tfstate`);
  }

  /** The directory the engine runs in for a stack. */
  working(mode: Mode, stack: string): string {
    return path.join(this.work(mode), stack);
  }

  /** What OpenTofu leaves there of a state that it could not save where it belongs. */
  unsavedState(mode: Mode, stack: string): string {
    return path.join(this.working(mode, stack), "errored.tfstate");
  }

  /** Stacks that the engine ran for, whether the fleet still has them or not. */
  workedOn(mode: Mode): readonly string[] {
    const work = this.work(mode);
    if (!existsSync(work)) return [];
    const folders = readdirSync(work, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return folders.map(({ name }) => name).toSorted();
  }

  private work(mode: Mode): string {
    return path.join(this.paved, "work", mode === "sandbox" ? this.sandboxName : mode);
  }

  private get sandboxName(): string {
    return this.stateStore === "file" ? "sandbox" : `sandbox-${this.stateStore}`;
  }
}
