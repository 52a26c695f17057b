import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Environment, StackEntry, StackKind } from "@paved/model";
import { hasToken, literal, PavedError } from "@paved/model";
import { S3Backend, TerraformElement, TerraformStack } from "cdktf";
import type { Construct, Node } from "constructs";
import { type AddressRecords, addressRecords, recordBlocks } from "./address-records";
import { watchMaking } from "./making";
import { originOf } from "./origin";
import { perTree } from "./per-tree";
import { stateEncryption, stateObject } from "./state-encryption";
import { silenceTokenTraces } from "./token-traces";

silenceTokenTraces();
watchMaking();

/** Where OpenTofu finds providers; in the fully qualified form, or a user of Terraform resolves another registry. */
const PROVIDER_SOURCE = "registry.opentofu.org/hashicorp";

/** What a stack is and whose. */
export interface PavedStackProps {
  /** The environment the stack belongs to, as data. */
  readonly environment: Environment;
  /** Name in the environment, for example `network` or `orders`. The stack is called `<environment>-<name>`. */
  readonly name: string;
  readonly kind: StackKind;
  /** Owning team: on every resource as the tag `owner`. */
  readonly owner: string;
  /** Further tags for every resource of the stack. @default - environment, stack and owner only */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The unit of state and apply. Every stack keeps its state in the environment's bucket (one object a stack, locked,
 * encrypted by OpenTofu with a key of its own), may touch only the environment's account, and tags all it makes with environment, stack and owner.
 *
 * Addresses are the construct path joined by underscores (`api/database/instance` is `api_database_instance`).
 * Construct ids hold no underscore, so no two paths give one address, and moving a hash cannot rename a resource.
 *
 * @throws PavedError PVD1021 when the app has a stack of this name; PVD1026 when another stack refers to what is in it; PVD1014 when a construct id below it is not lower-case letters, digits and hyphens
 */
export class PavedStack extends TerraformStack {
  readonly environment: Environment;
  readonly kind: StackKind;
  readonly owner: string;
  /** Name in the environment, without the environment's name. */
  readonly shortName: string;
  private readonly noted: string[] = [];
  private readonly settled = new Map<string, string | boolean>();

  constructor(scope: Construct, props: PavedStackProps) {
    super(scope, freeName(scope, `${props.environment.name}-${props.name}`));
    this.environment = props.environment;
    this.kind = props.kind;
    this.owner = props.owner;
    this.shortName = props.name;
    this.keepState();
    this.useAws(props.tags ?? {});
    this.settle("terraform.required_version", ">= 1.11.0");
  }

  /** Tells the reader of `paved list` and of the run something about this stack. */
  note(text: string): void {
    this.noted.push(text);
  }

  /** What was noted, see {@link note}. */
  get notes(): StackEntry["notes"] {
    return this.noted;
  }

  /**
   * Where the stack leaves what the platform vetted; only services do.
   * @param _root what it synthesized to
   */
  deviationsIn(_root: object): StackEntry["deviations"] {
    return [];
  }

  /** Names the provider in full, so that every tool resolves the same one. */
  qualifyProvider(name: string): void {
    this.settle(`terraform.required_providers.${name}.source`, `${PROVIDER_SOURCE}/${name}`);
  }

  /** Overrides of the stack's own, by their paths; any other is a user's. */
  get settings(): ReadonlyMap<string, string | boolean> {
    return this.settled;
  }

  /**
   * Called by cdktf when another stack refers to something in this one.
   * @throws PavedError PVD1026 always: such references are named after construct paths and break when those change
   */
  override registerOutgoingCrossStackReference(identifier: string): never {
    throw new PavedError({
      code: "PVD1026",
      where: this.node.id,
      got: `a reference from another stack to ${identifier}`,
      want: "a contract between the two",
      fix: "publish() the fact in this stack and consume() it in the other",
    });
  }

  /**
   * What became of addresses that the stack had before.
   * @throws PavedError PVD1030 where records contradict what is there
   */
  addressRecords(): AddressRecords {
    return addressRecords(this);
  }

  override toTerraform(): unknown {
    return { ...(super.toTerraform() as object), ...recordBlocks(this.addressRecords()) };
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : (element as Node);
    const scopes = node.scopes;
    const ids = scopes.slice(scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const wrong = ids.find((id) => !/^[a-z][a-z0-9-]*$/.test(id));
    if (wrong !== undefined) {
      const construct = scopes.at(-1) as Construct;
      throw new PavedError({
        code: "PVD1014",
        where: construct.node.path,
        source: originOf(construct),
        got: `construct id ${JSON.stringify(hasToken(wrong) ? "a value only known after apply" : wrong)}`,
        want: "lower-case letters, digits and hyphens, starting with a letter, since ids make addresses",
        fix: `rename it to ${JSON.stringify(wrong.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"))}`,
      });
    }
    return ids.join("_");
  }

  private settle(path: string, value: string | boolean): void {
    this.settled.set(path, value);
    this.addOverride(path, value);
  }

  private keepState(): void {
    const { environment, shortName: name } = this;
    const { state } = environment;
    const backend = new S3Backend(this, {
      bucket: state.bucket,
      key: stateObject({ environment, name }),
      region: state.region,
      encrypt: true,
      kmsKeyId: state.kmsKeyAlias,
    });
    backend.addOverride("use_lockfile", true);
    const encryption = Object.entries(stateEncryption({ environment, name }));
    for (const [path, value] of encryption) this.settle(`terraform.${path}`, value);
  }

  private useAws(tags: Readonly<Record<string, string>>): void {
    const all = {
      environment: this.environment.name,
      stack: this.node.id,
      owner: this.owner,
      "managed-by": "paved",
      ...tags,
    };
    new AwsProvider(this, "aws", {
      region: this.environment.region,
      allowedAccountIds: [this.environment.account],
      defaultTags: [{ tags: Object.fromEntries(Object.entries(all).map(([key, value]) => [key, literal(value)])) }],
    });
    this.qualifyProvider("aws");
  }
}

/**
 * The stack a construct stands in.
 * @throws Error when the construct stands in no {@link PavedStack}: a mistake in the platform's own code
 */
export function stackOf(construct: Construct): PavedStack {
  const stack = TerraformStack.of(construct);
  if (!(stack instanceof PavedStack)) throw new Error(`${construct.node.path} is not inside a PavedStack`);
  return stack;
}

/** Names of the stacks an app has, wherever in its tree they stand: of two with one name, only the last is written. */
const namesTaken = perTree(() => new Set<string>());

function freeName(scope: Construct, name: string): string {
  const names = namesTaken(scope);
  if (names.has(name)) {
    throw new PavedError({
      code: "PVD1021",
      where: name,
      got: "a second stack of this name",
      want: "a name for each stack: of two that share one, only the last is written",
      fix: "rename the service; state, network, cluster and platform are the platform's own",
    });
  }
  names.add(name);
  return name;
}
