import type { CommandSpec, OptionSpec } from "../command-spec";
import { ENV, JSON_OUTPUT, LIVE } from "./options";

const SERVICE_NAME = { name: "<service>", description: "a service of the fleet" };
const AS: OptionSpec = {
  flags: "--as <who>",
  description: "with whose rights; those of the service's own team when nothing is said",
  choices: ["team", "reader", "administrator"],
};

/** Whose cluster is looked at, and as whom. */
const WHERE: readonly OptionSpec[] = [
  AS,
  { ...LIVE, description: "look at the clusters of your kubeconfig, as that says, not at the sandbox" },
  { flags: "--context <name>", description: "with --live: this context of it, for one environment" },
];

/** Commands that show what runs of a service, to whoever runs it. */
export const SERVICE_COMMANDS: readonly CommandSpec[] = [
  {
    name: "status",
    summary: "show what runs of a service: its rollout, pods, resources, quota and links",
    description:
      "Reads the control plane of each environment that runs, with the rights of the service's team. Fails when a rollout is " +
      "not settled, or when what delivers there says that it is not synced or not healthy.",
    arguments: [SERVICE_NAME],
    options: [ENV, ...WHERE, JSON_OUTPUT],
    examples: [
      "paved status orders",
      "paved status orders --env dev --json",
      "paved status orders --live --env production",
    ],
    load: async () => (await import("../commands")).serviceStatusCommand,
  },
  {
    name: "logs",
    summary: "print what the containers of a service wrote last",
    arguments: [SERVICE_NAME],
    options: [
      ENV,
      { flags: "--pod <name>", description: "only this pod" },
      { flags: "--lines <number>", description: "lines of each container", default: "20" },
      { flags: "--previous", description: "of the containers that ran before the last restart" },
      ...WHERE,
      JSON_OUTPUT,
    ],
    examples: ["paved logs orders --env dev", "paved logs orders --env dev --lines 100 --previous"],
    load: async () => (await import("../commands")).serviceLogsCommand,
  },
  {
    name: "events",
    summary: "show what Kubernetes noted of a service within the last hour, the latest last",
    arguments: [SERVICE_NAME],
    options: [ENV, { flags: "--warnings", description: "only what is not normal" }, ...WHERE, JSON_OUTPUT],
    examples: ["paved events orders --env dev", "paved events orders --warnings"],
    load: async () => (await import("../commands")).serviceEventsCommand,
  },
  {
    name: "open",
    summary: "print where a service is to be seen, and open it when it is one thing",
    description:
      "Prints the links of the service's entry in the catalog: website, dashboard, logs, pods, alerts, runbook. At a terminal, " +
      "the only one that is left by what is asked for is opened in a browser.",
    arguments: [SERVICE_NAME, { name: "[what]", description: "one kind of link, for example dashboard" }],
    options: [ENV, JSON_OUTPUT],
    examples: ["paved open orders", "paved open orders dashboard --env dev"],
    load: async () => (await import("../commands")).openCommand,
  },
];
