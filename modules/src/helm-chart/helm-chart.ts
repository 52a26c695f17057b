import { Release } from "@cdktf/provider-helm/lib/release";
import { repositoryChart } from "@paved/model";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { useHelm } from "../stack/kubernetes";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { type ChartName, type ChartPin, CHARTS } from "./charts";
import { type HelmValue, renderValues } from "./values";

/** Which chart, where, and how it is set. */
export interface HelmChartProps {
  /** One of the charts that versions are pinned for. */
  readonly chart: ChartName;
  /** Name of the release, one of its own in the namespace. @default - the chart's */
  readonly name?: string;
  /** Namespace of the release, made before. */
  readonly namespace: string;
  /** Values of the chart. */
  readonly values: Readonly<Record<string, HelmValue>>;
  /** Minutes until an installation that does not get ready is taken back. @default 10 */
  readonly timeoutMinutes?: number;
  /** What must be there before, first of all the cloud identity of its pods. @default - nothing but the namespace */
  readonly after?: readonly ITerraformDependable[];
}

/**
 * A Helm release of the platform: exactly the pinned version, waited for until its pods are ready, taken back as a whole
 * when they do not get ready. Services are not Helm releases: Argo CD delivers them.
 *
 * Cost: nothing is billed but what its pods take of the nodes, and volumes or load balancers it asks for.
 */
export class HelmChart extends Construct {
  /** Name of the release. */
  readonly name: string;
  readonly namespace: string;
  /** Chart version. */
  readonly version: string;
  /** What waits for the add-on names this. */
  readonly release: Release;

  constructor(scope: Construct, id: string, props: HelmChartProps) {
    super(scope, id);
    recordOrigin(this);
    useHelm(stackOf(this));
    const { repository, version }: ChartPin = CHARTS[props.chart];
    this.name = props.name ?? props.chart;
    this.namespace = props.namespace;
    this.version = version;
    this.release = new Release(this, "release", {
      name: this.name,
      chart: repository === undefined ? repositoryChart(props.chart) : props.chart,
      repository,
      version,
      namespace: props.namespace,
      createNamespace: false,
      values: [renderValues(props.values)],
      atomic: true,
      cleanupOnFail: true,
      wait: true,
      timeout: (props.timeoutMinutes ?? 10) * 60,
      maxHistory: 5,
      dependsOn: props.after === undefined ? undefined : [...props.after],
    });
  }
}
