import type { Place } from "../behaviours/instance";
import { Refusal } from "../protocol/diagnostics";
import type { ProviderName } from "../schema/providers";
import { at, hasUnknown, isObject, textOf, textsOf, type Value, type ValueObject } from "../values/value";

/** Account of a provider that does not say which accounts it may be used with. */
const NO_ACCOUNT = "000000000000";
const DEFAULT_REGION = "us-east-1";

/** Where objects of one provider configuration exist. */
export class ProviderPlace {
  constructor(
    readonly provider: ProviderName,
    private readonly stack: string,
    private readonly config: Value,
  ) {}

  /** The place of an object: some AWS resources say their region themselves, global ones have none. */
  of(hasRegion: boolean, values: ValueObject): Place {
    const region = textOf(values["region"]) ?? this.region;
    const { account, host, stack } = this;
    if (this.provider !== "aws") return { stack, account, region, host, scope: `cluster/${host}` };
    return { stack, account, region, host, scope: hasRegion ? `aws/${account}/${region}` : `aws/${account}` };
  }

  get account(): string {
    return textsOf(at(this.config, "allowed_account_ids"))[0] ?? NO_ACCOUNT;
  }

  get region(): string {
    return textOf(at(this.config, "region")) ?? DEFAULT_REGION;
  }

  /** Tags that the provider puts on everything. */
  get defaultTags(): Value {
    const tags = at(this.config, "default_tags", "tags");
    return tags === undefined || tags === null ? {} : tags;
  }

  /** Whether the cluster is known: while it is only planned, its objects are looked for in all clusters. */
  get isCertain(): boolean {
    return this.provider === "aws" || !hasUnknown(at(this.settings, "host") ?? this.settings);
  }

  /**
   * A provider that is told of no cluster asks the machine it runs on.
   * @throws Refusal in the words of the provider
   */
  assertReachable(): void {
    if (this.provider === "aws" || !this.isCertain || this.named !== undefined) return;
    const summary =
      this.provider === "helm"
        ? "Kubernetes cluster unreachable: invalid configuration: no configuration has been provided"
        : 'Get "http://localhost/api": dial tcp 127.0.0.1:80: connect: connection refused';
    const detail = `Tell the ${this.provider} provider of the cluster: what is in the state was applied with its settings.`;
    throw new Refusal(summary, detail);
  }

  private get settings(): Value {
    return (this.provider === "helm" ? at(this.config, "kubernetes") : this.config) ?? null;
  }

  private get host(): string {
    return this.named ?? "default";
  }

  /** What the settings say of the cluster. */
  private get named(): string | undefined {
    const { settings } = this;
    if (!isObject(settings)) return undefined;
    const paths = textsOf(settings["config_paths"] ?? null);
    const said = [settings["host"], settings["config_context"], settings["config_path"]].map(textOf);
    return [...said, ...paths].find((name) => name !== undefined);
  }
}
