import type { Environment } from "@paved/model";
import type { HelmValue } from "../values";

/** Secret with what receivers are reached by, made by External Secrets: a key for each rotation, and one more. */
export const RECEIVERS_SECRET = "alertmanager-receivers";

/** Who hears of it as long as alerts get through. No rotation can be called so. */
const DEAD_MANS_SWITCH = "_dead-mans-switch";
/** Where what is only to be seen ends: a receiver that tells nobody. */
const SEEN_ONLY = "_seen-only";

const WORKING_HOURS = "working-hours";

type OnCall = Pick<Environment, "onCall">;

/** The names of the secrets that receivers are reached by, by their key in {@link RECEIVERS_SECRET}. */
export function receiverSecrets({ onCall }: OnCall): Readonly<Record<string, string>> {
  const rotations = Object.entries(onCall.rotations).map(([name, receiver]) => [
    name,
    "pagerDutyKey" in receiver ? receiver.pagerDutyKey : receiver.webhookAddress,
  ]);
  return { ...Object.fromEntries(rotations), [DEAD_MANS_SWITCH]: onCall.deadMansSwitch };
}

const file = (key: string) => `/etc/alertmanager/secrets/${RECEIVERS_SECRET}/${key}`;

function receiver(name: string, reached: Environment["onCall"]["rotations"][string]): HelmValue {
  if ("webhookAddress" in reached) return { name, webhook_configs: [{ url_file: file(name), send_resolved: true }] };
  const pagerDuty = {
    routing_key_file: file(name),
    send_resolved: true,
    severity: '{{ or .CommonLabels.severity "error" }}',
    description: "{{ (index .Alerts 0).Annotations.summary }}",
    links: [
      { text: "Runbook", href: "{{ (index .Alerts 0).Annotations.runbook_url }}" },
      { text: "Dashboard", href: "{{ (index .Alerts 0).Annotations.dashboard_url }}" },
    ],
  };
  return { name, pagerduty_configs: [pagerDuty] };
}

/** Of what a route takes, warnings wait for working hours. */
const WARNINGS = { matchers: ['severity = "warning"'], active_time_intervals: [WORKING_HOURS] };

/** What is told of the worst need not be told of less: of a service as a whole, and elsewhere alert by alert. */
function inhibitions(): readonly HelmValue[] {
  const lower = [
    ["critical", "warning|info"],
    ["warning", "info"],
  ] as const;
  return lower.flatMap(([source, target]) => {
    const rule = (of: string, equal: readonly string[]) => ({
      source_matchers: [`severity = "${source}"`, of],
      target_matchers: [`severity =~ "${target}"`, of],
      equal,
    });
    return [rule('service != ""', ["service"]), rule('service = ""', ["namespace", "alertname"])];
  });
}

/**
 * Where Alertmanager sends what: to the rotation that an alert names, grouped by service; to the platform's, what names none
 * that is known. `critical` is told at once, `warning` in working hours, `info` is only to be seen. The alert that always is
 * goes to the dead man's switch, which raises the alarm when it no longer comes.
 */
export function alertmanagerConfig({ onCall }: OnCall): Readonly<Record<string, HelmValue>> {
  const { rotations, platform, workingHours } = onCall;
  const always = { receiver: DEAD_MANS_SWITCH, group_wait: "0s", group_interval: "1m", repeat_interval: "5m" };
  return {
    route: {
      receiver: platform,
      group_by: ["namespace", "alertname"],
      group_wait: "30s",
      group_interval: "5m",
      repeat_interval: "4h",
      routes: [
        { ...always, matchers: ['alertname = "Watchdog"'] },
        { matchers: ['severity =~ "info|none"'], receiver: SEEN_ONLY },
        ...Object.keys(rotations).map((name) => ({
          matchers: [`on_call = "${name}"`],
          receiver: name,
          group_by: ["service"],
          routes: [WARNINGS],
        })),
        WARNINGS,
      ],
    },
    inhibit_rules: inhibitions(),
    receivers: [
      ...Object.entries(rotations).map(([name, reached]) => receiver(name, reached)),
      { name: DEAD_MANS_SWITCH, webhook_configs: [{ url_file: file(DEAD_MANS_SWITCH), send_resolved: false }] },
      { name: SEEN_ONLY },
    ],
    time_intervals: [
      {
        name: WORKING_HOURS,
        time_intervals: [
          {
            weekdays: [workingHours.weekdays],
            times: [{ start_time: workingHours.from, end_time: workingHours.to }],
            location: workingHours.timeZone,
          },
        ],
      },
    ],
  };
}
