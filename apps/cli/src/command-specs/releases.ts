import type { ArgumentSpec, CommandSpec, OptionSpec } from "../command-spec";
import { JSON_OUTPUT, NO_SYNTH, SERVICE, YES } from "./options";

const ONE_ENV: OptionSpec = { flags: "-e, --env <name>", description: "the environment" };
const ONE_SERVICE: ArgumentSpec = { name: "<service>", description: "a service of the fleet" };

/** Where something is delivered, and how it is waited for. */
const DELIVERY_PLACE: readonly OptionSpec[] = [
  {
    flags: "--to <repository>",
    description:
      "the delivery repository: a path, or an address of https or ssh; the sandbox's own when nothing is said",
  },
  { flags: "--branch <name>", description: "the branch; what the environment's cluster reads when nothing is said" },
  { flags: "--dry-run", description: "say what would change, and push nothing" },
  {
    flags: "--wait <seconds>",
    description: "how long what delivers in the sandbox is waited for; 180 when nothing is said",
  },
];

/** Commands that say what an environment runs, and bring it there. */
export const RELEASE_COMMANDS: readonly CommandSpec[] = [
  {
    name: "deploy",
    summary: "write down which image of a service an environment runs",
    description:
      "Writes the digest into environments/<name>/releases.json, which is what is delivered once it is merged. The same digest " +
      "again changes nothing. An image is never named by a tag, which may be another one tomorrow.",
    arguments: [ONE_SERVICE],
    options: [
      ONE_ENV,
      { flags: "--digest <digest>", description: "the image: sha256: and 64 hexadecimal digits" },
      JSON_OUTPUT,
      NO_SYNTH,
    ],
    examples: [`paved deploy orders --env dev --digest sha256:${"0123456789abcdef".repeat(4)}`],
    load: async () => (await import("../commands")).deployCommand,
  },
  {
    name: "promote",
    summary: "write down that an environment runs the image that an earlier one runs",
    description:
      "Writes the digest that the service has in the one environment into environments/<name>/releases.json of a later one, " +
      "which is what is delivered once it is merged. The same digest again changes nothing.",
    arguments: [ONE_SERVICE],
    options: [
      { flags: "--from <name>", description: "the environment that runs it" },
      { flags: "--to <name>", description: "a later environment, which is to run it too" },
      JSON_OUTPUT,
      NO_SYNTH,
    ],
    examples: ["paved promote orders --from dev --to staging"],
    load: async () => (await import("../commands")).promoteCommand,
  },
  {
    name: "rollback",
    summary: "write down that an environment runs the image that it ran before",
    description:
      "Writes the digest that the service had in environments/<name>/releases.json before the present one, as the history of " +
      "Git has it. It is a change like any other: what is merged is delivered. Said again once it is committed, it brings " +
      "back what was rolled back.",
    arguments: [ONE_SERVICE],
    options: [ONE_ENV, JSON_OUTPUT, NO_SYNTH],
    examples: ["paved rollback orders --env production"],
    load: async () => (await import("../commands")).rollbackCommand,
  },
  {
    name: "copy-images",
    summary: "bring the images that an environment is to run into its own registry",
    description:
      "Looks for every image that the environment's pods are made from in the registry of its own account. What is not there is " +
      "copied from the nearest environment before it that has it: by digest, with all platforms and signatures, by regctl. " +
      "Everything is looked for before anything is copied, and what is there already is not copied again. Credentials are those " +
      "of AWS that are at hand; in apply.yml they are paved-copy's.",
    options: [
      ONE_ENV,
      { flags: "--dry-run", description: "say what would be copied, and write nowhere" },
      JSON_OUTPUT,
      NO_SYNTH,
    ],
    examples: ["paved copy-images --env staging", "paved copy-images --env staging --dry-run"],
    load: async () => (await import("../commands")).copyImagesCommand,
  },
  {
    name: "deliver",
    summary: "bring an environment's manifests to the branch that what delivers there reads",
    description:
      "Makes the folder gitops/<name> of the branch what synth renders, by one commit on top of it, and leaves everything else " +
      "there as it is. No difference is no commit. Without --to it is the repository of the environment's control plane in the " +
      "sandbox, and what delivers there is then waited for. With --to, whoever pushes in between is built upon, and a newer commit that is " +
      "delivered already is not taken back. Credentials are Git's own; your repository is only read.",
    options: [ONE_ENV, ...DELIVERY_PLACE, JSON_OUTPUT, NO_SYNTH],
    examples: [
      "paved deliver --env dev",
      "paved deliver --env dev --wait 30",
      "paved deliver --env staging --to https://git.example.com/platform/paved.git",
    ],
    load: async () => (await import("../commands")).deliverCommand,
  },
  {
    name: "withdraw",
    summary: "take services of an environment out of the branch that what delivers there reads",
    description:
      "Takes away the folders of services, and what tells Argo CD or Flux of them, by one commit on top of the branch; everything else " +
      "stays as it was delivered. What delivers then takes away what runs of them, which is waited for in the sandbox. What is to " +
      "be destroyed leaves Git first: paved destroy does that by itself in the sandbox. paved deliver brings all of them back.",
    options: [ONE_ENV, SERVICE, ...DELIVERY_PLACE, YES, JSON_OUTPUT, NO_SYNTH],
    examples: [
      "paved withdraw --env dev --service orders",
      "paved withdraw --env preview --to https://git.example.com/platform/paved.git",
    ],
    load: async () => (await import("../commands")).withdrawCommand,
  },
];
