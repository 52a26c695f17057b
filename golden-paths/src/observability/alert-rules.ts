import { PrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import { type Manifest, rendered } from "../manifests/manifest";
import { type Alert, type AlertSource, alertingRule } from "./alerts/alert";
import { burnRateAlerts, recordingRules } from "./alerts/burn-rate";
import { cloudAlerts } from "./alerts/cloud-alerts";
import { jobAlerts } from "./alerts/job-alerts";
import { podAlerts } from "./alerts/pod-alerts";
import { queueAlerts } from "./alerts/queue-alerts";
import { secretAlerts } from "./alerts/secret-alerts";
import { objectives } from "./objective";
import { type ObservedService, observedMetadata } from "./observed";
import { siteTrafficRules } from "./site-traffic";

interface Group {
  readonly name: string;
  /** How often it is looked at. @default - as often as Prometheus looks at any */
  readonly interval?: string;
  readonly rules: readonly (
    ReturnType<typeof alertingRule> | ReturnType<typeof recordingRules | typeof siteTrafficRules>[number]
  )[];
}

/** Alerts on causes, beside those on broken promises. */
const CAUSES: readonly AlertSource[] = [podAlerts, queueAlerts, jobAlerts, secretAlerts, cloudAlerts];

/**
 * What Prometheus watches for the service: how well each promise is kept (recorded over seven windows), whether it will be
 * broken (Google's multi-window, multi-burn-rate alerts), and what usually is the cause. Each alert carries severity, tier,
 * owner, on-call rotation, service and environment as labels, and leads to the runbook's heading of its name and to the
 * dashboard. Severity follows from urgency, tier and environment, see `alerts/severity.ts`; only `critical` wakes somebody,
 * and only in a protected environment.
 *
 * @throws PavedError PVD1025 for objectives that cannot be promised or measured; PVD1028 when the schema refuses it
 */
export function alertRules(observed: ObservedService): Manifest {
  const promised = objectives(observed);
  const recording = (windows: "short" | "long") =>
    promised.flatMap((objective) => recordingRules(observed, objective, windows));
  const alerting = (alerts: readonly Alert[]) => alerts.map((alert) => alertingRule(observed, alert));
  const groups: readonly Group[] = [
    { name: "objectives", rules: [...siteTrafficRules(observed), ...recording("short")] },
    { name: "objectives-over-days", interval: "2m", rules: recording("long") },
    { name: "budgets", rules: alerting(promised.flatMap((objective) => burnRateAlerts(observed, objective))) },
    { name: "causes", rules: alerting(CAUSES.flatMap((source) => source(observed))) },
  ];
  const model = new PrometheusRule({
    metadata: observedMetadata(observed, "alerts"),
    spec: {
      groups: groups
        .filter(({ rules }) => rules.length > 0)
        .map((group) => ({ ...group, name: `${observed.name}-${group.name}`, rules: [...group.rules] })),
    },
  });
  return rendered(model, observed.where);
}
