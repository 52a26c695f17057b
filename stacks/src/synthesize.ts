import * as fs from "node:fs";
import * as path from "node:path";
import { loadEnvironments, type ReleasedEnvironment } from "@paved/environments";
import { ServiceStack } from "@paved/golden-paths";
import { Findings, manifestFileName } from "@paved/model";
import { uncovered } from "@paved/modules";
import { judgeManifest, judgeStack } from "@paved/policy";
import { App } from "cdktf";
import { buildFleet, type Fleet } from "./fleet";
import { annotatedErrors } from "./output/annotations";
import { catalogOf } from "./output/catalog";
import { elementsOf } from "./output/elements";
import { objectivesOf } from "./output/objectives";
import { indexOf, type SynthesizedStack } from "./output/fleet-index";
import { writeBeside, type WrittenOutput } from "./output/swap";
import { yamlText } from "./output/yaml-text";
import { type LoadedService, readServices } from "./services";
import { strayReleases } from "./stray-releases";

/** What to synthesize and where to. */
export interface SynthesisOptions {
  /** Directory that is replaced as a whole. */
  readonly output: string;
  /** @default - all environments */
  readonly environments?: () => readonly ReleasedEnvironment[];
  /** Adds what is wrong with the others. @default - every file in stacks/services */
  readonly services?: (findings: Findings) => readonly LoadedService[];
}

/**
 * Synthesizes the fleet: one OpenTofu root a stack, the manifests Argo CD delivers, and the index of it all. The final
 * output is judged before it takes the place of the former one.
 *
 * @throws PavedError with everything that is wrong, in which case the former output stands
 */
export function synthesize(options: SynthesisOptions): void {
  synthesizeBeside(options).publish();
}

/** The same, but the output is not published yet. */
export function synthesizeBeside(options: SynthesisOptions): WrittenOutput {
  const findings = new Findings();
  const environments = findings.collect(options.environments ?? loadEnvironments) ?? [];
  const services = (options.services ?? readServices)(findings);
  if (findings.isEmpty) {
    for (const finding of strayReleases(environments, services)) findings.add(finding);
    findings.throwIfAny();
  }
  return writeBeside(options.output, (directory) => {
    const app = new App({ outdir: directory, hclOutput: false });
    const fleet = buildFleet(app, environments, services, findings);
    findings.collect(() => writeStacks(app, fleet, directory));
    findings.collect(() => writeDeliveries(fleet, directory));
    writeDocuments(catalogOf(fleet), path.join(directory, "catalog"));
    writeDocuments(objectivesOf(fleet), path.join(directory, "objectives"));
    findings.throwIfAny();
  });
}

interface CdktfManifest {
  readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string }>>;
}

function writeStacks(app: App, fleet: Fleet, directory: string): void {
  const findings = new Findings();
  const elements = new Map(fleet.stacks.map((stack) => [stack, elementsOf(stack, findings)]));
  for (const finding of fleet.stacks.flatMap(annotatedErrors)) findings.add(finding);
  for (const stack of fleet.stacks) findings.collect(() => stack.addressRecords());
  for (const stack of fleet.stacks) {
    const file = stack instanceof ServiceStack ? stack.file : undefined;
    for (const finding of findings.collect(() => uncovered(stack)) ?? [])
      findings.add({ ...finding, source: finding.source ?? file });
  }
  findings.throwIfAny();
  app.synth();
  const manifest = JSON.parse(fs.readFileSync(path.join(directory, "manifest.json"), "utf8")) as CdktfManifest;
  const synthesized = fleet.stacks.map((stack): SynthesizedStack => {
    const entry = manifest.stacks[stack.node.id] as CdktfManifest["stacks"][string];
    const text = fs.readFileSync(path.join(directory, entry.synthesizedStackPath), "utf8");
    return { stack, elements: elements.get(stack) ?? [], json: JSON.parse(text) as SynthesizedStack["json"] };
  });
  for (const { stack, ...written } of synthesized)
    for (const finding of judgeStack({ name: stack.node.id, ...written })) findings.add(finding);
  findings.throwIfAny();
  fs.writeFileSync(path.join(directory, "paved.json"), `${JSON.stringify(indexOf(fleet, synthesized), null, 2)}\n`);
}

/** One file for each name, with all its documents. */
function writeDocuments(named: ReadonlyMap<string, readonly object[]>, target: string): void {
  fs.mkdirSync(target, { recursive: true });
  for (const [name, documents] of named) {
    const texts = documents.map(yamlText);
    fs.writeFileSync(path.join(target, `${name}.yaml`), texts.join("---\n"));
  }
}

function writeDeliveries(fleet: Fleet, directory: string): void {
  const findings = new Findings();
  for (const { environment, name, manifests } of [...fleet.deliveries, ...fleet.held]) {
    for (const manifest of manifests) {
      const where = `${environment} ${name} ${manifest.kind}/${manifest.metadata.name}`;
      for (const finding of judgeManifest(where, manifest)) findings.add(finding);
    }
  }
  for (const { environment, name, manifests } of fleet.deliveries) {
    const target = path.join(directory, "gitops", environment, name);
    if (manifests.length > 0) fs.mkdirSync(target, { recursive: true });
    for (const manifest of manifests) {
      const file = manifestFileName(manifest.kind, manifest.metadata.name);
      fs.writeFileSync(path.join(target, file), yamlText(manifest));
    }
  }
  findings.throwIfAny();
}
