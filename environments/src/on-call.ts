import type { Environment } from "@paved/model";

/** Who hears of alerts, the same in every environment; the secrets are the environment's own. */
export const onCall: Environment["onCall"] = {
  rotations: {
    "commerce-primary": { pagerDutyKey: "on-call-commerce-primary" },
    "growth-primary": { pagerDutyKey: "on-call-growth-primary" },
    "payments-primary": { pagerDutyKey: "on-call-payments-primary" },
    "platform-primary": { pagerDutyKey: "on-call-platform-primary" },
  },
  platform: "platform-primary",
  deadMansSwitch: "dead-mans-switch",
  workingHours: { weekdays: "monday:friday", from: "09:00", to: "17:00", timeZone: "Europe/Berlin" },
};
