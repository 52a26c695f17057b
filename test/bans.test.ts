import * as fs from "node:fs";
import * as path from "node:path";
import { root, sources } from "./sources";

interface Ban {
  readonly of: string;
  readonly form: RegExp;
  readonly why: string;
  /** A line that the form has to find: a ban that finds nothing is none. */
  readonly example: string;
  /** Folders where it is allowed. @default - none */
  readonly except?: readonly string[];
}

/** What cdktf offers and the infrastructure half never uses. */
const BANS: readonly Ban[] = [
  {
    of: "aspects",
    form: /\bAspects\b/,
    why: "on an app they never run, among each other they run in no useful order, and references they add dangle",
    example: "Aspects.of(app).add(new Tagging());",
  },
  {
    of: "moves and imports through cdktf",
    form: /\.(moveTo|moveFromId|importFrom|addMoveTarget|hasResourceMove)\(/,
    why: "they start a terraform binary during synth",
    example: 'bucket.moveTo("new");',
  },
  {
    of: "terraform_data through cdktf",
    form: /\bDataResource\b|cdktf\/lib\/terraform-data-resource/,
    why: "it starts a terraform binary during synth",
    example: 'import { DataResource } from "cdktf";',
  },
  {
    of: "assets",
    form: /\bTerraformAsset\b/,
    why: "their hashes depend on the machine's files",
    example: "new TerraformAsset(this, 'a', {});",
  },
  {
    of: "the state of another stack",
    form: /\bDataTerraformRemoteState/,
    why: "its outputs are named after addresses: use a contract",
    example: 'import { DataTerraformRemoteStateS3 } from "cdktf";',
  },
  {
    of: "raw strings",
    form: /\bFn\.rawString\b/,
    why: "it escapes quotes too: use literal()",
    example: "Fn.rawString(text)",
  },
  {
    of: "ids of one's own",
    form: /\.overrideLogicalId\(/,
    why: "two that are equal merge into one resource",
    example: 'bucket.overrideLogicalId("same");',
  },
  {
    of: "skipped validations",
    form: /\bskip(Backend)?Validation\b/,
    why: "they turn errors into success",
    example: "new App({ skipValidation: true });",
  },
  {
    of: "cdktf's test kit",
    form: /cdktf\/lib\/testing|\bTesting\.(synth|app|setupJest|fullSynth)\b/,
    why: "it synthesizes without backend and validation, so a green test hides an app that does not synth",
    example: "Testing.synth(stack);",
    except: ["packages/testing"],
  },
  {
    of: "cdktf's command as a library",
    form: /["']@?cdktf[-/]cli/,
    why: "it reports home and compares constructs by name",
    example: 'import { x } from "cdktf-cli";',
  },
  {
    of: "manifests through the Kubernetes provider",
    form: /provider-kubernetes\/lib\/(data-)?(kubernetes-)?manifest\b/,
    why: "they need the cluster and its kinds at plan: Argo CD delivers manifests",
    example: 'import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";',
  },
];

const INFRASTRUCTURE = ["modules", "golden-paths", "stacks", "environments", "packages/testing"];

const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");

describe.each(BANS)("no $of: $why", ({ form, example, except = [] }) => {
  test("is found where it stands", () => expect(example).toMatch(form));

  test("stands nowhere", () => {
    const files = INFRASTRUCTURE.filter((folder) => !except.includes(folder)).flatMap(sources);
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => form.test(withoutComments(fs.readFileSync(path.join(root, file), "utf8"))))).toEqual(
      [],
    );
  });
});
