import { lastWords, pythonRoom, runProcess } from "@paved/python";
import type { Fault } from "./fault";
import { type Bench, cannotJudge } from "../bench";

/** One process for all manifests: it reads them from its standard input and answers with a list of faults for each. */
const PROGRAM = `
import json, sys
import kubernetes_validate as judge
asked = json.load(sys.stdin)
answers = []
for manifest in asked["manifests"]:
    faults = []
    try:
        judge.validate(manifest, asked["version"], strict=True)
    except judge.ValidationError as error:
        rule = "unknown-field" if error.validator == "additionalProperties" else "wrong-value"
        where = "/" + "/".join(str(part) for part in error.absolute_path)
        faults.append({"rule": rule, "title": where + " " + error.message})
    except judge.SchemaNotFoundError as error:
        faults.append({"rule": "no-schema", "title": error.message})
    answers.append(faults)
json.dump(answers, sys.stdout)
`;

/**
 * What kubernetes-validate finds wrong with manifests of built-in kinds, strictly: fields that Kubernetes does not know
 * are faults. It tells the first fault of each.
 * @param version of Kubernetes, as `1.36`
 * @returns the faults of each manifest, in their order
 * @throws PavedError PVD2014 when it cannot be installed, does not know the version, or breaks down
 */
export async function builtInFaults(
  bench: Bench,
  version: string,
  manifests: readonly unknown[],
): Promise<readonly (readonly Fault[])[]> {
  if (manifests.length === 0) return [];
  const { python } = await pythonRoom(bench.room);
  const end = await runProcess({
    program: python,
    arguments: ["-c", PROGRAM],
    directory: bench.home,
    environment: bench.judging,
    input: JSON.stringify({ version, manifests }),
  });
  if (end.code === 0) return JSON.parse(end.stdout) as Fault[][];
  const fix = "pin a kubernetes-validate that knows this version of Kubernetes in requirements.txt";
  throw cannotJudge("kubernetes-validate", lastWords(end), `the schemas of Kubernetes ${version}`, fix);
}
