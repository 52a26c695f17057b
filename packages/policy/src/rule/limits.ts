import { at, isSet, shown, unless } from "./attributes";
import { isQuantity } from "@paved/model";
import type { Attributes, Violation } from "./rule";

/** Most that a service may have of its cluster, whatever the environment; what is not said is nothing's end. */
const QUOTA: Readonly<Record<string, (value: unknown) => boolean>> = {
  pods: isQuantity("1", "200"),
  "requests.cpu": isQuantity("1", "128"),
  "requests.memory": isQuantity("1Gi", "256Gi"),
  "limits.memory": isQuantity("1Gi", "256Gi"),
  "services.loadbalancers": isQuantity("0", "0"),
  "services.nodeports": isQuantity("0", "0"),
};

/** What a container gets that asks for nothing: something, and never the most of a namespace. */
const DEFAULTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  "default.cpu": isQuantity("10m", "4"),
  "default.memory": isQuantity("32Mi", "8Gi"),
  "default_request.cpu": isQuantity("10m", "4"),
  "default_request.memory": isQuantity("32Mi", "8Gi"),
};

/** What is wrong with the quotas of a namespace: of several each holds, so that one of them has to fit. */
export function quotaFaults(quotas: readonly Attributes[]): readonly Violation[] {
  return Object.entries(QUOTA).flatMap(([name, fits]) => {
    const said = quotas.map((hard) => hard[name]).filter(isSet);
    return unless(said.some(fits), `quota of ${name} is ${shown(said[0])}`);
  });
}

/** What is wrong with the defaults that limit ranges give containers. */
export function defaultFaults(limits: readonly Attributes[]): readonly Violation[] {
  const ofContainers = limits.filter(({ type }) => type === "Container");
  return Object.entries(DEFAULTS).flatMap(([path, fits]) => {
    const said = ofContainers.map((limit) => at(limit, path)).filter(isSet);
    return unless(said.some(fits), `${path} of containers is ${shown(said[0])}`);
  });
}
