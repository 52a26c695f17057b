import { alertmanagerConfig, receiverSecrets } from "../src/helm-chart/addons/alertmanager";
import { dev, production } from "./support/stacks";

interface Route {
  readonly receiver?: string;
  readonly matchers?: readonly string[];
  readonly group_by?: readonly string[];
  readonly active_time_intervals?: readonly string[];
  readonly routes?: readonly Route[];
}

interface Config {
  readonly route: Route;
  readonly receivers: readonly Readonly<Record<string, unknown>>[];
  readonly inhibit_rules: readonly {
    readonly source_matchers: readonly string[];
    readonly target_matchers: readonly string[];
    readonly equal: readonly string[];
  }[];
  readonly time_intervals: readonly object[];
}

type Labels = Readonly<Record<string, string>>;

const config = alertmanagerConfig(production) as unknown as Config;

/** Whether labels meet a matcher as Alertmanager reads it: a label that is missing is empty. */
function meets(labels: Labels, matcher: string): boolean {
  const [, label = "", operator, value = ""] = /^(\w+) (=~|!=|=) "(.*)"$/.exec(matcher)!;
  const has = labels[label] ?? "";
  if (operator === "=~") return new RegExp(`^(?:${value})$`).test(has);
  return (has === value) === (operator === "=");
}

const matches = (labels: Labels, matchers: readonly string[] = []) =>
  matchers.every((matcher) => meets(labels, matcher));

/** The route that an alert takes: the first child that matches, and that one's first. What a child does not say it has of its parent. */
function routed(labels: Labels, route: Route = config.route): Route {
  const child = route.routes?.find(({ matchers }) => matches(labels, matchers));
  return child === undefined ? route : routed(labels, { receiver: route.receiver, group_by: route.group_by, ...child });
}

const alert = (severity: string, on: Labels = { on_call: "payments-primary", service: "ledger" }) => ({
  alertname: "NoPodsReady",
  severity,
  ...on,
});

test("every rotation gets what names it, grouped by service", () => {
  for (const rotation of Object.keys(production.onCall.rotations)) {
    expect(routed(alert("critical", { on_call: rotation, service: "x" }))).toMatchObject({
      receiver: rotation,
      group_by: ["service"],
    });
  }
});

test("what is critical is told at once, a warning in working hours", () => {
  expect(routed(alert("critical")).active_time_intervals).toBeUndefined();
  expect(routed(alert("warning"))).toMatchObject({
    receiver: "payments-primary",
    active_time_intervals: ["working-hours"],
  });
  expect(config.time_intervals).toEqual([
    {
      name: "working-hours",
      time_intervals: [
        {
          weekdays: ["monday:friday"],
          times: [{ start_time: "09:00", end_time: "17:00" }],
          location: "Europe/Berlin",
        },
      ],
    },
  ]);
});

test.each(["info", "none"])("%s is only to be seen", (severity) => {
  const { receiver } = routed(alert(severity));
  expect(config.receivers.find(({ name }) => name === receiver)).toEqual({ name: receiver });
});

test.each([
  ["of the cluster", { namespace: "kube-system" }],
  ["of a rotation that nobody knows", { on_call: "nobody" }],
])("an alert %s reaches the platform's rotation", (_, labels) => {
  expect(routed(alert("critical", labels))).toMatchObject({ receiver: "platform-primary" });
  expect(routed(alert("warning", labels))).toMatchObject({
    receiver: "platform-primary",
    active_time_intervals: ["working-hours"],
  });
});

test("the alert that always is goes to the dead man's switch, more often than the switch waits", () => {
  const route = routed({ alertname: "Watchdog", severity: "none" });
  expect(config.receivers.find(({ name }) => name === route.receiver)).toMatchObject({
    webhook_configs: [{ url_file: "/etc/alertmanager/secrets/alertmanager-receivers/_dead-mans-switch" }],
  });
  expect(route).toMatchObject({ group_wait: "0s", repeat_interval: "5m" });
});

/** Whether an alert is silent while another is told of. */
const inhibited = (target: Labels, source: Labels) =>
  config.inhibit_rules.some(
    ({ source_matchers, target_matchers, equal }) =>
      matches(source, source_matchers) &&
      matches(target, target_matchers) &&
      equal.every((label) => (source[label] ?? "") === (target[label] ?? "")),
  );

test("what is worse about a service silences what is less, and nothing of another", () => {
  const worse = alert("critical", { service: "ledger" });
  expect(inhibited({ ...alert("warning", { service: "ledger" }), alertname: "PodsNotReady" }, worse)).toBe(true);
  expect(inhibited(alert("warning", { service: "orders" }), worse)).toBe(false);
  expect(inhibited(worse, alert("warning", { service: "ledger" }))).toBe(false);
  expect(inhibited(alert("info", { service: "ledger" }), alert("warning", { service: "ledger" }))).toBe(true);
});

test("what is of no service silences only the same alert of its namespace", () => {
  const worse = alert("critical", { namespace: "monitoring" });
  expect(inhibited(alert("warning", { namespace: "monitoring" }), worse)).toBe(true);
  expect(inhibited({ ...alert("warning", { namespace: "monitoring" }), alertname: "Other" }, worse)).toBe(false);
  expect(inhibited(alert("warning", { service: "ledger" }), worse)).toBe(false);
});

test("every receiver that is routed to is there, and what it is reached by is in a file of the secret", () => {
  const names = config.receivers.map(({ name }) => String(name));
  const used = (route: Route): readonly string[] => [
    ...(route.receiver === undefined ? [] : [route.receiver]),
    ...(route.routes ?? []).flatMap(used),
  ];
  expect(used(config.route).filter((name) => !names.includes(name))).toEqual([]);
  const files = JSON.stringify(config).match(/\/etc\/alertmanager\/secrets\/alertmanager-receivers\/[\w-]+/g) ?? [];
  expect(files.map((file) => file.split("/").at(-1)).toSorted()).toEqual(
    Object.keys(receiverSecrets(production)).toSorted(),
  );
});

test("a rotation may be reached by a request to an address, which is a secret too", () => {
  const onCall = { ...dev.onCall, rotations: { "platform-primary": { webhookAddress: "chat" } } };
  const { receivers } = alertmanagerConfig({ onCall }) as unknown as Config;
  expect(receivers[0]).toEqual({
    name: "platform-primary",
    webhook_configs: [
      { url_file: "/etc/alertmanager/secrets/alertmanager-receivers/platform-primary", send_resolved: true },
    ],
  });
  expect(receiverSecrets({ onCall })["platform-primary"]).toBe("chat");
});
