import type { CommandSpec, OptionSpec } from "./command-spec";

const ENV: OptionSpec = { flags: "-e, --env <name>", description: "only this environment", repeatable: true };
const SERVICE: OptionSpec = { flags: "-s, --service <name>", description: "only this service", repeatable: true };
const JSON_OUTPUT: OptionSpec = { flags: "--json", description: "print one JSON document" };
const LIVE: OptionSpec = { flags: "--live", description: "use the cloud and your credentials, not the sandbox" };
const STATE: OptionSpec = {
  flags: "--state <where>",
  description:
    "where the sandbox keeps states: local files, or an S3 of its own with locks and encryption as in production",
  choices: ["file", "s3"],
};
const YES: OptionSpec = { flags: "-y, --yes", description: "do not ask" };
const NO_SYNTH: OptionSpec = { flags: "--no-synth", description: "use what the last synth wrote" };
const CONCURRENCY: OptionSpec = { flags: "--concurrency <stacks>", description: "stacks at once", default: "2" };
const TODAY: OptionSpec = { flags: "--today <day>", description: "the day that expiry is judged by, YYYY-MM-DD" };
const BASE: OptionSpec = {
  flags: "--base <revision>",
  description: "revision of Git before the change",
  default: "HEAD",
};
const BUNDLE = "--bundle <directory>";
const TEAM: OptionSpec = { flags: "--team <name>", description: "only services of this team", repeatable: true };
const GOLDEN_PATH: OptionSpec = {
  flags: "--golden-path <name>",
  description: "only services on this golden path, with or without its version",
  repeatable: true,
};
const BY: OptionSpec = {
  flags: "--by <what>",
  description: "count by this alone",
  choices: ["team", "service", "environment", "golden-path"],
};
const REPORT_FORMAT: OptionSpec = {
  flags: "-f, --format <format>",
  description: "what to write; a table when nothing is said",
  choices: ["table", "json", "openmetrics"],
};
const HISTORY: OptionSpec = {
  flags: "--history <commits>",
  description: "what it was at the last so many commits that changed it",
};
const HEAD: OptionSpec = { flags: "--head <revision>", description: "revision after it, not the working tree" };
const NO_CACHE: OptionSpec = { flags: "--no-cache", description: "synthesize anew, whatever was synthesized before" };
const NO_LOCK: OptionSpec = { flags: "--no-lock", description: "take no lock, for whoever may only look" };
const CHOICE = [ENV, SERVICE];
const REPORT = [...CHOICE, TEAM, GOLDEN_PATH, BY, REPORT_FORMAT, HISTORY, JSON_OUTPUT, NO_SYNTH];
const RUN = [...CHOICE, JSON_OUTPUT, CONCURRENCY, NO_SYNTH];

/** Every command of `paved`. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: "synth",
    summary: "write every environment's OpenTofu and workloads to cdktf.out",
    description: "Synthesizes all environments. The output appears whole or not at all.",
    options: [JSON_OUTPUT],
    examples: ["paved synth"],
    load: async () => (await import("./commands")).synthCommand,
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
      TODAY,
    ],
    examples: [
      "paved plan --env dev",
      "paved plan --service orders --json",
      "paved plan --env staging --bundle .paved/bundle --base origin/main",
    ],
    load: async () => (await import("./commands")).planCommand,
  },
  {
    name: "apply",
    summary: "plan, and apply that plan",
    description:
      "Plans stacks in dependency order and applies that very plan: in the sandbox, or with --live for real. With --bundle " +
      "it applies the plans that were reviewed and nothing else, or says all that stands against it. What was stopped " +
      "goes on with the same command.",
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
    load: async () => (await import("./commands")).applyCommand,
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
    load: async () => (await import("./commands")).approveCommand,
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
        description: "what to write",
        choices: ["table", "markdown"],
        default: "table",
      },
    ],
    examples: ["paved drift", "paved drift --env production --live --format markdown"],
    load: async () => (await import("./commands")).driftReportCommand,
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
    options: [...CHOICE, JSON_OUTPUT, NO_SYNTH, LIVE],
    examples: ["paved import dev-orders:aws_s3_bucket.api_bucket_store_bucket files-2019"],
    load: async () => (await import("./commands")).importCommand,
  },
  {
    name: "destroy",
    summary: "destroy what was applied, last stack first",
    description: "Destroys stacks, dependants first. What is protected stays, and OpenTofu says so.",
    options: [...RUN, LIVE, STATE, YES],
    examples: ["paved destroy --env dev --service orders --yes"],
    load: async () => (await import("./commands")).destroyCommand,
  },
  {
    name: "rehearse",
    summary: "apply everything to the sandbox and prove that it converges",
    description:
      "For every stack: init, validate, plan, apply of that plan, and a second plan that must be empty. Offline, with " +
      "the real OpenTofu. Writes cdktf.out/run.json. This is what npm start runs.",
    options: [...RUN, STATE],
    examples: ["paved rehearse", "paved rehearse --env dev --service orders", "paved rehearse --env dev --state s3"],
    load: async () => (await import("./commands")).rehearseCommand,
  },
  {
    name: "unlock",
    summary: "say who left the lock of a state behind, and release it",
    description:
      "Looks for locks that killed runs have left on the states of the chosen stacks, says whose they are, and releases them " +
      "when you agree. A lock whose engine still works on this machine stays. docs/state.md says how to tell for another one.",
    options: [...CHOICE, JSON_OUTPUT, NO_SYNTH, LIVE, STATE, YES],
    examples: ["paved unlock --env dev --service orders --live", "paved unlock --env dev --state s3 --yes"],
    load: async () => (await import("./commands")).unlockCommand,
  },
  {
    name: "check",
    summary: "hold the fleet against its guard-rails, its address lock and the terms of its deviations",
    description:
      "Every resource address is locked in environments/<name>/addresses. One that is gone needs a record of what became " +
      "of it: renamedFrom, retire or forget. Without one this fails, and says which record would fit. What the fleet permits " +
      "is written down in environments/<name>/permissions, and fails when it is something else. So does a deviation that " +
      "has expired, and a resource or manifest that breaks a guard-rail: paved explain <rule> says why.",
    options: [
      JSON_OUTPUT,
      NO_SYNTH,
      { flags: "--write", description: "write the lock files that are out of date" },
      TODAY,
      { flags: "--base <revision>", description: "nothing may vanish since this revision of Git, either" },
    ],
    examples: ["paved check", "paved check --write", "paved check --base origin/main"],
    load: async () => (await import("./commands")).checkCommand,
  },
  {
    name: "affected",
    summary: "say which stacks a change affects, why, and who depends on them",
    description:
      "Synthesizes two revisions and compares what comes out, so that nothing is missed and nothing is said in vain: files " +
      "only explain what differs. The same content is synthesized once. Without --head it is the working tree, as it is.",
    options: [BASE, HEAD, ...CHOICE, JSON_OUTPUT, NO_CACHE],
    examples: ["paved affected", "paved affected --base origin/main", "paved affected --base v1 --head v2 --json"],
    load: async () => (await import("./commands")).affectedCommand,
  },
  {
    name: "impact",
    summary: "say what a change does to the fleet: resources, data, permissions and cost",
    description:
      "Compares what two revisions synthesize to, by address: what is created, updated, replaced or destroyed, what is lost " +
      "with it, who may newly do what, and what it costs. Without a state, credentials or a plan. Secrets are masked.",
    options: [
      BASE,
      HEAD,
      ...CHOICE,
      JSON_OUTPUT,
      NO_CACHE,
      { flags: "--attributes", description: "say every attribute that differs" },
      {
        flags: "-f, --format <format>",
        description: "what to write",
        choices: ["table", "markdown", "html"],
        default: "table",
      },
      { flags: "-o, --output <file>", description: "write to a file, not to standard output" },
    ],
    examples: [
      "paved impact",
      "paved impact --base origin/main --format markdown",
      "paved impact -f html -o impact.html",
    ],
    load: async () => (await import("./commands")).impactCommand,
  },
  {
    name: "validate-output",
    summary: "say whether an output that others synthesized is no more than data",
    description:
      "Reads what a pull request synthesized, as whoever plans it with credentials has to: as data that is not trusted. " +
      "Compares it with what the sources here synthesize. Providers, their versions and settings, the backend, the types of " +
      "resources and the charts must be ones that are here already; only values may be new.",
    arguments: [{ name: "<directory>", description: "where the output is, with paved.json in it" }],
    options: [
      JSON_OUTPUT,
      NO_SYNTH,
      { flags: "--use", description: "put it in the place of the last synth, for plan --no-synth" },
    ],
    examples: ["paved validate-output artefact", "paved validate-output artefact --use"],
    load: async () => (await import("./commands")).validateOutputCommand,
  },
  {
    name: "judge",
    summary: "let every judge look at the fleet: the guard-rails, checkov, and the schemas of what is delivered",
    description:
      "Rehearses the fleet, then has its plans judged by checkov, its manifests by checkov and by the schemas of their own " +
      "projects, and both by the guard-rails. Judges are installed on first use, a minute or two; they judge offline.",
    options: [
      JSON_OUTPUT,
      NO_SYNTH,
      { flags: "--write", description: "write docs/guardrails.md and the page of every guard-rail" },
      TODAY,
    ],
    examples: ["paved judge", "paved judge --write"],
    load: async () => (await import("./commands")).judgeCommand,
  },
  {
    name: "deviations",
    summary: "list where services leave their golden paths, why and until when",
    description:
      "Lists every deviation with its terms, or counts them. What there was at every commit is in Git, as " +
      "environments/adoption.txt, which paved check --write keeps. Fails when one has expired, in whatever format.",
    options: [...REPORT, TODAY],
    examples: [
      "paved deviations",
      "paved deviations --env production --format openmetrics",
      "paved deviations --history 10 --by team",
    ],
    load: async () => (await import("./commands")).deviationsCommand,
  },
  {
    name: "adoption",
    summary: "count how much of the services golden paths made",
    description:
      "Counts the resources of every service by who made them: by team, service, environment and golden path version. What " +
      "it was at every commit is in Git, as environments/adoption.txt, which paved check --write keeps.",
    options: REPORT,
    examples: [
      "paved adoption",
      "paved adoption --format openmetrics",
      "paved adoption --history 10 --golden-path node-api --by team",
    ],
    load: async () => (await import("./commands")).adoptionCommand,
  },
  {
    name: "pipeline pull-request",
    summary: "run the stages that a pull request goes through, without credentials",
    description:
      "Synthesizes, checks, and says what the change affects and does, as the workflow of pull requests does; each stage is a " +
      "command of its own. The first stage that fails is the last.",
    options: [
      BASE,
      JSON_OUTPUT,
      TODAY,
      { flags: "--comment <file>", description: "write the impact as Markdown, for a comment" },
      { flags: BUNDLE, description: "plan too, in the sandbox, and keep the plans in a new directory" },
      ...CHOICE,
      STATE,
    ],
    examples: [
      "paved pipeline pull-request",
      "paved pipeline pull-request --base origin/main --comment impact.md",
      "paved pipeline pull-request --base origin/main --env dev --bundle .paved/bundle",
    ],
    load: async () => (await import("./commands")).pullRequestCommand,
  },
  {
    name: "pipeline apply",
    summary: "run the stages that what was merged goes through",
    description:
      "Applies, with --bundle the plans that were reviewed, then looks for what is not as it was applied: in the sandbox, or " +
      "with --live for real. The first stage that fails is the last.",
    options: [
      ...CHOICE,
      JSON_OUTPUT,
      CONCURRENCY,
      LIVE,
      STATE,
      YES,
      { flags: BUNDLE, description: "apply the plans of a bundle, and nothing else" },
      TODAY,
    ],
    examples: ["paved pipeline apply --env dev", "paved pipeline apply --bundle .paved/bundle"],
    load: async () => (await import("./commands")).pipelineApplyCommand,
  },
  {
    name: "list",
    summary: "list services with owner, tier, golden path and environments",
    options: [...CHOICE, JSON_OUTPUT, NO_SYNTH],
    examples: ["paved list", "paved list --env production"],
    load: async () => (await import("./commands")).listCommand,
  },
  {
    name: "golden-paths",
    summary: "list the golden paths; with --json, with the schema of their options",
    description:
      "Lists every golden path with the services on it. With --json each has the JSON Schema of its options, for forms and " +
      "other tools. --write writes what README.md and docs/golden-paths/README.md say of them.",
    options: [
      JSON_OUTPUT,
      NO_SYNTH,
      { flags: "--write", description: "write the parts of the documents that say which golden paths there are" },
    ],
    examples: ["paved golden-paths", "paved golden-paths --json", "paved golden-paths --write"],
    load: async () => (await import("./commands")).goldenPathsCommand,
  },
  {
    name: "graph",
    summary: "draw stacks and the contracts between them",
    description: "Draws the chosen stacks, what they depend on, and the contracts between them.",
    options: [
      ...CHOICE,
      NO_SYNTH,
      {
        flags: "-f, --format <format>",
        description: "what to write",
        choices: ["mermaid", "dot", "svg", "json"],
        default: "mermaid",
      },
      { flags: "-o, --output <file>", description: "write to a file, not to standard output" },
    ],
    examples: ["paved graph --env dev", "paved graph --format svg --output stacks.svg"],
    load: async () => (await import("./commands")).graphCommand,
  },
  {
    name: "explain",
    summary: "say where an address comes from, or what an error code means",
    description:
      "Explains a resource address (construct path, golden path, file and line, owner, on-call), a stack, a service, or " +
      "an error code. <stack>:<address> names one stack's resource.",
    arguments: [{ name: "<subject>", description: "an address, stack, service or error code" }],
    options: [...CHOICE, JSON_OUTPUT, NO_SYNTH],
    examples: ["paved explain dev-network:aws_vpc.network", "paved explain orders", "paved explain PVD1003"],
    load: async () => (await import("./commands")).explainCommand,
  },
  {
    name: "lock",
    summary: "write down the hash of every provider's package, for every platform",
    description:
      "Has OpenTofu fetch every provider of the fleet for each platform, and writes engine/providers.lock.hcl. With it a run " +
      "with --live takes these very packages, or fails. Needs the providers' registry, or a mirror of it on disk.",
    options: [
      JSON_OUTPUT,
      NO_SYNTH,
      { flags: "--mirror <directory>", description: "take packages from there, as tofu providers mirror wrote them" },
      { flags: "--check", description: "only say whether all is locked; asks nobody" },
    ],
    examples: ["paved lock", "paved lock --mirror providers", "paved lock --check"],
    load: async () => (await import("./commands")).lockCommand,
  },
  {
    name: "setup",
    summary: "find OpenTofu, or build the pinned one",
    description:
      "Finds OpenTofu or builds the pinned version with Go, once. Every command that needs it does so by itself.",
    options: [JSON_OUTPUT],
    examples: ["paved setup"],
    load: async () => (await import("./commands")).setupCommand,
  },
  {
    name: "doctor",
    summary: "say what this machine is missing, and how to install it",
    options: [JSON_OUTPUT],
    examples: ["paved doctor"],
    load: async () => (await import("./commands")).doctorCommand,
  },
  {
    name: "sandbox objects",
    summary: "list what was applied to the sandbox",
    options: [...CHOICE, JSON_OUTPUT, NO_SYNTH],
    examples: ["paved sandbox objects --env dev"],
    load: async () => (await import("./commands")).objectsCommand,
  },
  {
    name: "sandbox drift",
    summary: "change an applied object behind OpenTofu's back",
    description: "Sets an attribute of an applied object, as somebody in a console would. The next plan finds it.",
    arguments: [
      { name: "<address>", description: "a resource address, or <stack>:<address>" },
      { name: "<attribute>", description: "the attribute to set" },
      { name: "<value>", description: "the new value, read as the attribute's type" },
    ],
    options: [...CHOICE, JSON_OUTPUT],
    examples: ["paved sandbox drift dev-network:aws_vpc.network enable_dns_support false"],
    load: async () => (await import("./commands")).driftCommand,
  },
  {
    name: "sandbox reset",
    summary: "empty the sandbox: its objects and its states",
    description: "Empties the sandbox: its objects, its local states, and its S3, which is stopped.",
    options: [JSON_OUTPUT],
    examples: ["paved sandbox reset"],
    load: async () => (await import("./commands")).resetCommand,
  },
];

/** What commands of two words have in common, by the first. */
export const GROUPS: Readonly<Record<string, string>> = {
  pipeline: "Run the stages of the pipeline, here.",
  sandbox: "Look at and change the offline sandbox.",
};

/** Options of `paved` itself. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { flags: "-C, --directory <path>", description: "run as if started in this directory" },
  { flags: "--no-color", description: "no colours; NO_COLOR does the same" },
];
