import { podOf, podsAlone, type Room, times, total } from "./room";

type Values = { readonly [key: string]: unknown };
const record = (value: unknown): Values | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : undefined;

/** A Helm release as synth wrote it. */
export interface Release {
  readonly chart: string;
  readonly values: Values;
}

/** What runs on each node: there are as many as nodes. */
const EACH_NODE = new Set(["aws-for-fluent-bit resources", "kube-prometheus-stack prometheus-node-exporter.resources"]);
/** A job before the release, which is over when its pods start. */
const PASSING = new Set(["argo-cd redisSecretInit.resources"]);

/** What a chart runs that its values do not size: each a function of the values. */
const BESIDES: Readonly<Record<string, (values: Values) => Room>> = {
  // Redis and HAProxy, three of each; the chart asks for nothing for them.
  "argo-cd": (values) => podsAlone(record(values["redis-ha"])?.["enabled"] === true ? 6 : 0),
  // The operator gives Prometheus and Alertmanager a container that reads their configuration again (its defaults).
  "kube-prometheus-stack": (values) => {
    const copies = [
      at(values, "prometheus.prometheusSpec.replicas"),
      at(values, "alertmanager.alertmanagerSpec.replicas"),
    ];
    return {
      ...times(
        copies.reduce<number>((sum, some) => sum + Number(some), 0),
        podOf([{ cpu: "10m", memory: "50Mi" }]),
      ),
      pods: 0,
    };
  },
};

/** Where KEDA says how many there are of what it sizes in one place. */
const REPLICAS_OF: Readonly<Record<string, string>> = {
  "keda resources.operator": "operator.replicaCount",
  "keda resources.metricServer": "metricsServer.replicaCount",
  "keda resources.webhooks": "webhooks.replicaCount",
};

function at(values: Values, path: string): unknown {
  return path.split(".").reduce<unknown>((inner, key) => record(inner)?.[key], values);
}

/** Every place in the values that sizes a container: path, what is asked, and what stands beside it. */
function sized(
  values: Values,
  path = "",
  beside: Values = values,
): readonly { path: string; requests: object; beside: Values }[] {
  const requests = record(values["requests"]);
  if (requests !== undefined && /(^|\.)resources(\.|$)/.test(path)) return [{ path, requests, beside }];
  return Object.entries(values).flatMap(([key, inner]) => {
    const below = record(inner);
    return below === undefined ? [] : sized(below, path === "" ? key : `${path}.${key}`, values);
  });
}

/** What the pods of a release ask for. A chart that says no number of pods has one. */
export function releaseRoom({ chart, values }: Release, nodes: number): Room {
  const pods = sized(values).map(({ path, requests, beside }) => {
    const place = `${chart} ${path}`;
    if (PASSING.has(place) || beside["enabled"] === false) return podsAlone(0);
    const count = EACH_NODE.has(place)
      ? nodes
      : (at(values, REPLICAS_OF[place] ?? "") ?? beside["replicaCount"] ?? beside["replicas"] ?? 1);
    return times(Number(count), podOf([requests]));
  });
  return total([...pods, BESIDES[chart]?.(values) ?? podsAlone(0)]);
}

/**
 * What EKS' own add-ons ask for by default (`aws eks describe-addon-configuration`, and the manifests of their projects):
 * a pod network, service network, identity and disk agent on each node, two CoreDNS, two EBS controllers of six containers.
 */
export function addOnsRoom(nodes: number): Room {
  const disk = { cpu: "10m", memory: "40Mi" };
  const node = [
    podOf([{ cpu: "25m" }, { cpu: "25m" }]),
    podOf([{ cpu: "100m" }]),
    podsAlone(1),
    podOf([disk, disk, disk]),
  ];
  const pair = [podOf([{ cpu: "100m", memory: "70Mi" }]), podOf([disk, disk, disk, disk, disk, disk])];
  return total([...node.map((pod) => times(nodes, pod)), ...pair.map((pod) => times(2, pod))]);
}
