import type { ObservedService } from "../observed";
import { series } from "../promql";
import type { Alert } from "./alert";

/** What is wrong with the secrets of a service, by what External Secrets tells of copying them. */
export function secretAlerts({ externalSecret, environment, name }: ObservedService): readonly Alert[] {
  if (externalSecret === undefined) return [];
  // By name alone, which no two services share: `namespace` is that of External Secrets itself.
  const failed = { name: externalSecret, condition: "Ready", status: "False" };
  return [
    {
      name: "SecretsNotReady",
      expr: `max(${series("externalsecret_status_condition", failed)}) == 1`,
      minutes: 15,
      urgency: "ticket",
      summary: "its secrets cannot be read",
      description: `Pods that run keep the values they have, new ones do not start. Either a secret below paved/${environment.name}/${name}/ has no value yet, which the team puts, or it is gone; \`kubectl describe externalsecret ${externalSecret}\` says which.`,
    },
  ];
}
