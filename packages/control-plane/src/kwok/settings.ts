import { writeAtomically } from "@paved/machine";
import { stringify } from "yaml";
import { stageDocuments } from "./stages";
import type { EnvironmentFolder } from "../site";

const SAID = "this pod is simulated: no container runs, so that it says nothing of its own";

/** Writes what KWOK is configured by: the stages it plays, and one line as the log of every container. */
export function writeKwokSettings(folder: EnvironmentFolder): void {
  const log = folder.settings("pod.log");
  writeAtomically(log, `2020-01-01T00:00:00.000000000Z stdout F ${SAID}\n`);
  const documents = [
    // No ClusterExec beside it: it would run commands on this machine.
    {
      apiVersion: "kwok.x-k8s.io/v1alpha1",
      kind: "ClusterLogs",
      metadata: { name: "simulated" },
      spec: { logs: [{ logsFile: log, follow: false }] },
    },
    ...stageDocuments(),
  ];
  writeAtomically(folder.settings("kwok.yaml"), documents.map((document) => stringify(document)).join("---\n"));
}
