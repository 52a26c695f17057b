import {
  type DeviationEntry,
  type DeviationTerms,
  didYouMean,
  type Environment,
  inServiceFile,
  kindOf,
  parseDeviationTerms,
  PavedError,
  type ReleaseState,
  rulesOf,
  type ServiceMetadata,
  shown,
} from "@paved/model";
import {
  clusterContract,
  consume,
  type ContractFacts,
  coveredBy,
  dnsContract,
  networkContract,
  PavedStack,
  platformContract,
} from "@paved/modules";
import { Construct } from "constructs";
import type { CatalogEnvironment, ProvidedApi } from "../catalog/catalog-service";
import { noChange } from "../deviation/customize";
import { checkDeviation, type Deviation } from "../deviation/deviate";
import { coveredValues } from "../deviation/values";
import { freeId } from "../input/construct-id";
import type { Manifest } from "../manifests/manifest";
import type { ObservedService, ServiceKind } from "../observability/observed";
import type { TrafficLedger } from "./traffic";

/** One service in one environment. */
export interface ServiceStackProps {
  readonly environment: Environment;
  readonly service: ServiceMetadata;
  /** The service's file, relative to the workspace, named in errors. */
  readonly file: string;
  /** Image digest released to this environment. @default - none yet: provisioned without a workload */
  readonly digest?: string;
  /** Who may talk to whom in this environment; shared by all its services. */
  readonly traffic: TrafficLedger;
  /** Environments whose accounts may copy its images. @default - none: nothing comes after this one */
  readonly imageReaders?: readonly Pick<Environment, "account">[];
}

/** What the catalog says of a service in one environment. */
export interface CatalogFacts extends Pick<CatalogEnvironment, "url" | "resources"> {
  /** @default - nobody calls it */
  readonly provides?: ProvidedApi;
}

/** What a golden path gives to delivery: manifests that depend on what other services said, so they are rendered last. */
export interface Workload {
  /** The golden path, for example `node-api@1`. */
  readonly goldenPath: string;
  /** True when there is nothing to deliver until an image is released. */
  readonly needsImage: boolean;
  /** How it is used, which decides what is measured of it. */
  readonly kind: ServiceKind;
  /** What its dashboard, alerts and objectives are made from. */
  readonly observed: ObservedService;
  /** What the catalog says of it in this environment; complete once every service of the environment is built. */
  catalogFacts(): CatalogFacts;
  /** Rendered once every service of the environment is built. */
  render(): readonly Manifest[];
}

/** A deviation, whose values are known when all is synthesized. */
interface Deviated {
  readonly entry: Omit<DeviationEntry, "got">;
  readonly got: (root: object) => readonly string[];
}

/**
 * The stack of one service in one environment: what its golden path needs from AWS and the cluster, and the manifests
 * that Argo CD delivers. It reads the platform's facts through contracts and shares no state with the cluster's stack.
 *
 * @throws PavedError PVD1038 when the owner has no role in the environment
 */
export class ServiceStack extends PavedStack {
  readonly service: ServiceMetadata;
  readonly file: string;
  readonly digest: string | undefined;
  readonly traffic: TrafficLedger;
  /** Environments whose accounts may copy its images; none where nothing comes after this one. */
  readonly imageReaders: readonly Pick<Environment, "account">[];
  /** Role that the owning team's people sign in as, in this environment. */
  readonly ownerRoleArn: string;
  private joined: Workload | undefined;
  private readonly deviated: Deviated[] = [];
  private readonly agreed = new Set<string>();

  constructor(scope: Construct, props: ServiceStackProps) {
    super(scope, {
      environment: props.environment,
      name: props.service.name,
      kind: "service",
      owner: props.service.owner,
      tags: { service: props.service.name, tier: String(props.service.tier) },
    });
    this.service = props.service;
    this.file = props.file;
    this.digest = props.digest;
    this.traffic = props.traffic;
    this.imageReaders = props.imageReaders ?? [];
    this.ownerRoleArn = this.roleOfOwner();
  }

  /** Where things may be placed. Who reads these facts makes the stack wait for the network. */
  get network(): ContractFacts<typeof networkContract.fields> {
    return consume(this, networkContract);
  }

  /** Which cluster. Who reads these facts makes the stack wait for the cluster. */
  get cluster(): ContractFacts<typeof clusterContract.fields> {
    return consume(this, clusterContract);
  }

  /** What services attach to. Who reads these facts makes the stack wait for the platform. */
  get platform(): ContractFacts<typeof platformContract.fields> {
    return consume(this, platformContract);
  }

  /** Where the names of the environment's domain are kept. */
  get dns(): ContractFacts<typeof dnsContract.fields> {
    return consume(this, dnsContract);
  }

  /**
   * Called by a golden path with itself.
   * @throws PavedError PVD1025 when the service has a golden path already
   */
  join(workload: Workload): void {
    if (this.joined !== undefined) {
      throw new PavedError({
        code: "PVD1025",
        where: this.file,
        got: `a second golden path (${workload.goldenPath} beside ${this.joined.goldenPath})`,
        want: "one golden path a service",
        fix: "give the second one a service file of its own",
      });
    }
    this.joined = workload;
    if (this.release === "awaited")
      this.note(`no image released to ${this.environment.name} yet: provisioned without a workload`);
  }

  /**
   * Adds raw resources, or overrides what the golden path made, beside it.
   *
   * @param id construct id of the scope that resources are added in
   * @throws PavedError PVD1014 for an id that it may not have, PVD1031 for wrong terms or no deviation at all, PVD1033 when
   * nothing was added or overridden, PVD1035 for what the change throws
   */
  add(id: string, deviation: Deviation<Construct, unknown>): void {
    checkDeviation(deviation, `${this.file} add ${shown(id)}`);
    parseDeviationTerms(deviation.terms, this.file);
    const scope = new Construct(this, freeId(this, id));
    const covered = coveredBy(this, scope, (within) => inServiceFile(this.file, () => deviation.change(within)));
    if (covered.length === 0) throw noChange(`add ${id}`, deviation, { file: this.file });
    const subject = covered.map(({ address }) => address).join(", ");
    this.deviates(deviation.terms, subject, (root) => coveredValues(covered, root));
  }

  /**
   * Agrees that services of other teams use what this one has: its database, bucket, cache, queue or topic. They are called
   * by name, since their files import this one. Services of the same team need nobody's leave.
   *
   * @throws PavedError PVD1025 for what is no name; a service that the fleet does not have is PVD1025 at the end of synth
   */
  shareWith(...services: readonly string[]): void {
    const wrong = (services as readonly unknown[]).filter((name) => typeof name !== "string");
    if (wrong.length > 0) {
      throw new PavedError({
        code: "PVD1025",
        where: `${this.file} shareWith`,
        got: wrong.map(kindOf).join(", "),
        want: "names of services",
        fix: 'write for example service.shareWith("orders")',
      });
    }
    for (const name of services) this.agreed.add(name);
  }

  /** Services of other teams that may use what this one has, by name. */
  get sharedWith(): readonly string[] {
    return [...this.agreed].toSorted();
  }

  /**
   * Takes note of a deviation: an entry for each rule that it leaves.
   * @param got what it makes of its subject, once the stack is synthesized to `root` and its manifests are rendered
   * @throws PavedError PVD1031 for wrong terms
   */
  deviates(terms: DeviationTerms, subject: string, got: Deviated["got"]): void {
    const checked = parseDeviationTerms(terms, this.file);
    const entries = rulesOf(checked).map((rule) => ({ ...checked, rule, subject, source: this.file }));
    this.deviated.push(...entries.map((entry) => ({ entry, got })));
  }

  /** Where the service leaves its golden path. */
  get deviations(): readonly Deviated["entry"][] {
    return this.deviated.map(({ entry }) => entry);
  }

  override deviationsIn(root: object): readonly DeviationEntry[] {
    return this.deviated.map(({ entry, got }) => ({ ...entry, got: got(root) }));
  }

  private roleOfOwner(): string {
    const { teams, name } = this.environment;
    const { owner } = this.service;
    const role = new Map(Object.entries(teams)).get(owner);
    if (role !== undefined) return role;
    throw new PavedError({
      code: "PVD1038",
      where: `${this.file} owner`,
      got: shown(owner),
      want: `a team with a role in ${name}, as which its people look at the service: ${Object.keys(teams).join(", ")}`,
      fix: `add it to teams in environments/src/teams.ts, or ${didYouMean(owner, Object.keys(teams))}`,
    });
  }

  /** The golden path that joined. @default - the file builds none */
  get workload(): Workload | undefined {
    return this.joined;
  }

  /** Whether an image is released, awaited or not needed. @default - the file builds no golden path */
  get release(): ReleaseState | undefined {
    if (this.joined === undefined) return undefined;
    if (!this.joined.needsImage) return "unneeded";
    return this.digest === undefined ? "awaited" : "released";
  }

  /** Whether it can run: an image is released, or it needs none. */
  get released(): boolean {
    return this.release === "released" || this.release === "unneeded";
  }

  /** What Argo CD delivers; no workload until an image is released. */
  manifests(): readonly Manifest[] {
    return this.released ? (this.joined?.render() ?? []) : [];
  }

  /** What would be delivered if an image were released: checked like the rest, and written nowhere. */
  heldManifests(): readonly Manifest[] {
    return this.released ? [] : (this.joined?.render() ?? []);
  }
}
