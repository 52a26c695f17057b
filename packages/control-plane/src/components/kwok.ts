import { type Component, flags, type Setting } from "./component";
import type { Subject } from "../certificates/authority";

const ADDRESS = "127.0.0.1";
const SERVER: Subject = { name: "simulated-nodes", usage: "server", addresses: [ADDRESS] };

/** KWOK, which plays every node: it makes pods ready and answers for their logs, and runs nothing. */
export async function kwok({ folder, programs, ports, credentials }: Setting): Promise<Component> {
  const serving = await credentials.files("kubernetes", SERVER);
  return {
    name: "kwok",
    binary: programs.kwok.binary,
    arguments: flags({
      config: folder.settings("kwok.yaml"),
      kubeconfig: folder.kubeconfigOf("kwok"),
      "manage-all-nodes": true,
      "node-ip": ADDRESS,
      "node-port": ports.kwok,
      "node-lease-duration-seconds": 40,
      "server-address": `${ADDRESS}:${ports.kwok}`,
      "tls-cert-file": serving.certificate,
      "tls-private-key-file": serving.key,
    }),
    ports: [ports.kwok],
    health: { url: `https://${ADDRESS}:${ports.kwok}/healthz`, authority: credentials.authority("kubernetes") },
  };
}
