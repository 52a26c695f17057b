import { DELIVERERS } from "@paved/model";
import type { CommandSpec } from "../command-spec";
import { ENV, JSON_OUTPUT } from "./options";

/** Written down here, so that help does not wait for what starts them; a test holds it against them. */
const COMPONENTS = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "redis",
  "git-server",
  "argocd-repo-server",
  "argocd-application-controller",
  "argocd-server",
  "source-controller",
  "kustomize-controller",
];

/** Commands on the control planes of the sandbox. */
export const CONTROL_PLANE_COMMANDS: readonly CommandSpec[] = [
  {
    name: "sandbox up",
    summary: "start a real Kubernetes control plane for each environment, on this machine only",
    description:
      "Starts etcd, the API server, the controllers, the scheduler and simulated nodes, or what of them does not run; what " +
      "was in the environment is there again. They are built with Go on first use, some minutes. Prints the kubeconfig. With " +
      "--delivery the environment has Argo CD or Flux from then on, and a Git repository that it delivers from.",
    options: [
      ENV,
      {
        flags: "--delivery <what>",
        description: "have this deliver to it from a Git repository",
        choices: DELIVERERS,
      },
      {
        flags: "--nodes <number>",
        description: "simulate so many nodes of 58 pods from then on, 3 when nothing is said",
      },
      JSON_OUTPUT,
    ],
    examples: [
      "paved sandbox up --env dev",
      "paved sandbox up",
      "paved sandbox up --env dev --delivery argo-cd",
      "paved sandbox up --env dev --nodes 12",
    ],
    load: async () => (await import("../commands")).upCommand,
  },
  {
    name: "sandbox status",
    summary: "say which control planes run, with their processes, memory, nodes and pods",
    description: "Says what runs of each control plane. Fails when one runs in part; paved sandbox up starts the rest.",
    options: [ENV, JSON_OUTPUT],
    examples: ["paved sandbox status", "paved sandbox status --env dev --json"],
    load: async () => (await import("../commands")).statusCommand,
  },
  {
    name: "sandbox logs",
    summary: "print what the components of control planes wrote last",
    options: [
      ENV,
      { flags: "--component <name>", description: "only this component", choices: COMPONENTS },
      { flags: "--lines <number>", description: "lines of each component", default: "20" },
      JSON_OUTPUT,
    ],
    examples: ["paved sandbox logs --env dev", "paved sandbox logs --env dev --component kube-apiserver --lines 100"],
    load: async () => (await import("../commands")).logsCommand,
  },
  {
    name: "sandbox down",
    summary: "stop control planes; what they hold is kept",
    description:
      "Stops what runs of each control plane. What is in it is kept for the next start; paved sandbox reset removes it.",
    options: [ENV, JSON_OUTPUT],
    examples: ["paved sandbox down", "paved sandbox down --env dev"],
    load: async () => (await import("../commands")).downCommand,
  },
];
