import { stringify } from "yaml";
import type { Layer } from "./layer";
import type { Question } from "./question";
import { ASKED, type QuestionName } from "./questions";
import type { Scaffold } from "./scaffolds";

/** Where the platform's repository is on GitHub, `organisation/name`. */
export interface Platform {
  readonly repository: string;
}

/**
 * The scaffold as a Software Template of Backstage (`scaffolder.backstage.io/v1beta3`): its form asks the questions that the
 * command asks, and its steps render the files that the command renders. It stands beside the folders that it reads.
 */
export function softwareTemplate(scaffold: Scaffold, { repository }: Platform): object {
  const { name, title, summary } = scaffold;
  return {
    apiVersion: "scaffolder.backstage.io/v1beta3",
    kind: "Template",
    metadata: { name: `new-${name}`, title: `New ${title}`, description: summary, tags: [name] },
    spec: {
      owner: "group:default/platform",
      type: "service",
      parameters: [form(scaffold)],
      steps: [
        ...scaffold.layers.map((layer) => fetched(scaffold, layer, "./repository")),
        fetched(scaffold, { folder: `registration/${name}` }, "./registration"),
        ...published(repository),
      ],
      output: { links },
    },
  };
}

/** As a file, which says where it comes from. */
export function softwareTemplateFile(scaffold: Scaffold, platform: Platform): string {
  const head =
    "# Made from packages/scaffold/src/questions.ts: PAVED_WRITE_DOCS=1 npx jest --config ../jest.config.js scaffold";
  return `${head}, in test.\n${stringify(softwareTemplate(scaffold, platform), { lineWidth: 0 })}`;
}

function form({ asks }: Scaffold): object {
  const required = asks.filter((name) => ASKED[name].usual === undefined && ASKED[name].optional !== true);
  return {
    title: "The service",
    required,
    properties: Object.fromEntries(asks.map((name) => [name, field(ASKED[name])])),
  };
}

function field({ title, help, want, schema, usual }: Question): object {
  const unsaid = typeof usual === "object" ? `; when nothing is said, ${usual.words}` : "";
  return {
    title,
    description: `${help}${unsaid}`,
    ...schema,
    ...(usual === undefined || typeof usual === "object" ? {} : { default: usual }),
    "ui:help": want,
  };
}

const OWN = "github.com?owner=${{ parameters.organisation }}&repo=${{ parameters.name }}";

function fetched(scaffold: Scaffold, { folder, when }: Layer, into: string): object {
  const answers = scaffold.asks.map((name) => [name, answered(name)] as const);
  return {
    id: folder.replaceAll("/", "-"),
    name: `Make ./${folder}`,
    ...(when !== undefined && { if: `\${{ ${when} }}` }),
    action: "fetch:template",
    input: {
      url: `./${folder}`,
      targetPath: into,
      templateFileExtension: true,
      values: { ...Object.fromEntries(answers), goldenPath: scaffold.name, version: scaffold.version },
    },
  };
}

function answered(name: QuestionName): string {
  const { usual } = ASKED[name];
  return typeof usual === "object"
    ? `\${{ parameters.${name} or (${usual.expression}) }}`
    : `\${{ parameters.${name} }}`;
}

function published(platform: string): readonly object[] {
  const [owner, repo] = platform.split("/");
  return [
    {
      id: "publish",
      name: "Make its repository",
      action: "publish:github",
      input: {
        repoUrl: OWN,
        sourcePath: "./repository",
        defaultBranch: "main",
        description: "${{ parameters.description or parameters.name }}",
        requireCodeOwnerReviews: true,
      },
    },
    {
      id: "register",
      name: "Propose it to the platform",
      action: "publish:github:pull-request",
      input: {
        repoUrl: `github.com?owner=${owner}&repo=${repo}`,
        sourcePath: "./registration",
        branchName: "add-${{ parameters.name }}",
        title: "Add the service ${{ parameters.name }}",
        description:
          "Before it is merged, write down what it adds, on this branch: `npx prettier --write stacks/services && npx paved check --write`.",
      },
    },
    {
      id: "catalog",
      name: "Show it in the catalog",
      action: "catalog:register",
      input: {
        repoContentsUrl: "${{ steps.publish.output.repoContentsUrl }}",
        catalogInfoPath: "/catalog-info.yaml",
      },
    },
  ];
}

const links = [
  { title: "Repository", url: "${{ steps.publish.output.remoteUrl }}" },
  { title: "Proposal to the platform", url: "${{ steps.register.output.remoteUrl }}" },
  { title: "In the catalog", icon: "catalog", entityRef: "${{ steps.catalog.output.entityRef }}" },
];
