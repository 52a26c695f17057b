import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { checkName, hasToken, literal, PavedError } from "@paved/model";
import { Construct } from "constructs";
import { amend } from "../stack/making";
import { useKubernetes } from "../stack/kubernetes";
import { originOf, recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";

/** Where the facts are put. */
export interface InfrastructureConfigProps {
  /** Name of the ConfigMap. */
  readonly name: string;
  /** Namespace of the workload that reads it. */
  readonly namespace: string;
}

/**
 * Facts that exist only after apply (a database's address, a bucket's name), handed to the workload by a ConfigMap that
 * OpenTofu writes. Pods read it as environment variables, so that nothing in Git names a cloud resource. Never secrets.
 *
 * Cost: nothing is billed.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when the name does not fit Kubernetes
 */
export class InfrastructureConfig extends Construct {
  /** Name of the ConfigMap. */
  readonly name: string;
  private readonly facts = new Map<string, string>();
  private readonly configMap: ConfigMapV1;

  constructor(scope: Construct, id: string, props: InfrastructureConfigProps) {
    super(scope, id);
    recordOrigin(this);
    useKubernetes(stackOf(this));
    this.name = checkName("Kubernetes name", props.name, this.node.path);
    this.configMap = new ConfigMapV1(this, "config-map", {
      metadata: { name: this.name, namespace: props.namespace },
      data: {},
    });
  }

  /**
   * Adds a fact. Set again to the same value, it changes nothing.
   *
   * @param key name of the environment variable, upper-case
   * @param value the fact; text that looks like an expression of OpenTofu stays text
   * @throws PavedError PVD1025 when the key is no name of a variable, or has another value already
   */
  set(key: string, value: string): void {
    if (!/^[A-Z][A-Z0-9_]*$/.test(key)) {
      throw this.refusal(
        `key ${hasToken(key) ? "only known after apply" : JSON.stringify(key)}`,
        "upper-case letters, digits and underscores, starting with a letter",
        "write for example DATABASE_HOST",
      );
    }
    const text = hasToken(value) ? value : literal(value);
    const known = this.facts.get(key);
    if (known !== undefined && known !== text) {
      throw this.refusal(`a second value for ${key}`, "one value", "call one of the two differently");
    }
    this.facts.set(key, text);
    const data = Object.fromEntries([...this.facts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    amend(this.configMap, { data });
  }

  /** What is known of the facts at synth, in order: `QUEUE_VISIBILITY_SECONDS=60`, and `QUEUE_URL` for what is not known yet. */
  get known(): readonly string[] {
    return [...this.facts].map(([key, value]) => (hasToken(value) ? key : `${key}=${value}`)).toSorted();
  }

  private refusal(got: string, want: string, fix: string): PavedError {
    return new PavedError({ code: "PVD1025", where: this.node.path, source: originOf(this), got, want, fix });
  }
}
