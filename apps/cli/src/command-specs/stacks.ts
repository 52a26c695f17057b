import type { CommandSpec } from "../command-spec";
import { BUNDLE, CHOICE, JSON_OUTPUT, LIVE, NO_LOCK, NO_SYNTH, RUN, STATE, SUMMARY, TODAY, YES } from "./options";

/** Commands that work on stacks, with the engine or for it. */
export const STACK_COMMANDS: readonly CommandSpec[] = [
  {
    name: "synth",
    summary: "write every environment's OpenTofu and workloads to cdktf.out",
    description: "Synthesizes all environments. The output appears whole or not at all.",
    options: [JSON_OUTPUT],
    examples: ["paved synth"],
    load: async () => (await import("../commands")).synthCommand,
  },
  {
    name: "plan",
    summary: "show what an apply would change",
    description:
      "Plans stacks in dependency order and changes nothing. A stack whose upstream was never applied waits. With --bundle " +
      "the plans are kept, encrypted with the passphrase in PAVED_BUNDLE_KEY, with what they were made on, to be approved " +
      "and applied as they are.",
    options: [
      ...RUN,
      LIVE,
      STATE,
      NO_LOCK,
      { flags: "--no-refresh", description: "take what the state says, and ask the cloud nothing about it" },
      { flags: "--detailed-exitcode", description: "exit with 3 when there are changes" },
      { flags: BUNDLE, description: "keep the plans in a new directory, with what they were made on" },
      {
        flags: "--base <revision>",
        description: "revision that the change goes onto, which may not move until the apply",
      },
      {
        flags: "--base-from-github",
        description: "the same: what this workflow has last applied on this branch, as GitHub says",
      },
      TODAY,
    ],
    examples: [
      "paved plan --env dev",
      "paved plan --service orders --json",
      "paved plan --env staging --bundle .paved/bundle --base origin/main",
    ],
    isEvent: true,
    load: async () => (await import("../commands")).planCommand,
  },
  {
    name: "apply",
    summary: "plan, and apply that plan",
    description:
      "Plans stacks in dependency order and applies that very plan: in the sandbox, or with --live for real. What holds " +
      "data is destroyed or made anew only while a record in code allows it. With --bundle it applies the plans that were " +
      "reviewed and nothing else, or says all that stands against it. What was stopped goes on with the same command.",
    options: [
      ...RUN,
      LIVE,
      STATE,
      YES,
      { flags: BUNDLE, description: "apply the plans of a bundle, and nothing else" },
      TODAY,
    ],
    examples: [
      "paved apply --env dev",
      "paved apply --env staging --service orders --live --yes",
      "paved apply --bundle .paved/bundle",
    ],
    isEvent: true,
    load: async () => (await import("../commands")).applyCommand,
  },
  {
    name: "approve",
    summary: "agree to a bundle of plans",
    description:
      "Adds an approval to a bundle, of that bundle alone: whatever is planned anew wants approval anew. Who wrote the change " +
      "does not count, and nobody counts twice. That somebody is who it says is for whoever runs this command to vouch for.",
    arguments: [{ name: "<bundle>", description: "the directory that paved plan --bundle wrote" }],
    options: [
      { flags: "--by <name>", description: "who approves" },
      { flags: "--from-github", description: "whoever let this run of a workflow go on, as GitHub says" },
      JSON_OUTPUT,
    ],
    examples: ["paved approve .paved/bundle --by grace@example.com", "paved approve .paved/bundle --from-github"],
    load: async () => (await import("../commands")).approveCommand,
  },
  {
    name: "drift",
    summary: "say what is no longer as it was applied",
    description:
      "Reads every resource with the real engine and says, by address and attribute, what somebody changed or deleted behind " +
      "its back. Changes nothing, neither in the cloud nor in a state. Exits with 3 when something has drifted.",
    options: [
      ...RUN,
      LIVE,
      STATE,
      NO_LOCK,
      {
        flags: "-f, --format <format>",
        description: "what to write; a table when nothing is said",
        choices: ["table", "markdown"],
      },
      SUMMARY,
    ],
    examples: ["paved drift", "paved drift --env production --live --format markdown"],
    load: async () => (await import("../commands")).driftReportCommand,
  },
  {
    name: "import",
    summary: "try out what an import of something that stands would do",
    description:
      "Plans, with the real engine, to take what stands in the cloud into the state of a stack that declares it, and says " +
      "what would be changed of it, and the record that does it: importExisting. Changes nothing, neither in the cloud nor " +
      "in a state.",
    arguments: [
      { name: "<address>", description: "where it is to stand: a resource address, or <stack>:<address>" },
      { name: "<id>", description: "what the provider knows it by, as its documentation says under import" },
    ],
    options: [...CHOICE, JSON_OUTPUT, NO_SYNTH, LIVE, STATE],
    examples: ["paved import dev-orders:aws_s3_bucket.api_bucket_store_bucket files-2019"],
    load: async () => (await import("../commands")).importCommand,
  },
  {
    name: "destroy",
    summary: "destroy what was applied, last stack first",
    description:
      "Destroys stacks, dependants first. What is protected stays, and OpenTofu says so. With --live what holds data is " +
      "destroyed only while a record in code allows it.",
    options: [...RUN, LIVE, STATE, YES, TODAY],
    examples: ["paved destroy --env dev --service orders --yes"],
    isEvent: true,
    load: async () => (await import("../commands")).destroyCommand,
  },
  {
    name: "rehearse",
    summary: "apply everything to the sandbox and prove that it converges",
    description:
      "For every stack: init, validate, plan, apply of that plan, and a second plan that must be empty. Offline, with " +
      "the real OpenTofu. Writes cdktf.out/run.json. This is what npm start runs. With --control-plane Kubernetes is real, too: " +
      "each environment's control plane is started, or built first, which takes minutes, and what delivers there, Argo CD or Flux, brings what runs.",
    options: [
      ...RUN,
      STATE,
      { flags: "--control-plane", description: "on real control planes, and deliver to them afterwards" },
    ],
    examples: [
      "paved rehearse",
      "paved rehearse --env dev --service orders",
      "paved rehearse --env dev --state s3",
      "paved rehearse --env dev --control-plane",
    ],
    isEvent: true,
    load: async () => (await import("../commands")).rehearseCommand,
  },
  {
    name: "unlock",
    summary: "say who left the lock of a state behind, and release it",
    description:
      "Looks for locks that killed runs have left on the states of the chosen stacks, says whose they are, and releases them " +
      "when you agree. A lock whose engine still works on this machine stays. docs/state.md says how to tell for another one.",
    options: [...CHOICE, JSON_OUTPUT, NO_SYNTH, LIVE, STATE, YES],
    examples: ["paved unlock --env dev --service orders --live", "paved unlock --env dev --state s3 --yes"],
    load: async () => (await import("../commands")).unlockCommand,
  },
];
