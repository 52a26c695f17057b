import { type Component, flags, type Setting } from "./component";
import type { Subject } from "../certificates/authority";

const ADDRESS = "127.0.0.1";
const MEMBER: Subject = { name: "etcd", usage: "peer", addresses: [ADDRESS] };

/** The only user of etcd; in no kubeconfig, since it reads all. */
export const ETCD_CLIENT: Subject = { name: "etcd-client", usage: "client" };

/** etcd, which only holders of a certificate of its own authority get into. */
export async function etcd({ folder, programs, ports, credentials }: Setting): Promise<Component> {
  const member = await credentials.files("etcd", MEMBER);
  const authority = credentials.authority("etcd");
  const clients = `https://${ADDRESS}:${ports.etcd}`;
  const peers = `https://${ADDRESS}:${ports["etcd-peer"]}`;
  return {
    name: "etcd",
    binary: programs.etcd.binary,
    arguments: flags({
      name: "default",
      "data-dir": folder.data,
      "listen-client-urls": clients,
      "advertise-client-urls": clients,
      "listen-peer-urls": peers,
      "initial-advertise-peer-urls": peers,
      "initial-cluster": `default=${peers}`,
      "cert-file": member.certificate,
      "key-file": member.key,
      "trusted-ca-file": authority,
      "client-cert-auth": true,
      "peer-cert-file": member.certificate,
      "peer-key-file": member.key,
      "peer-trusted-ca-file": authority,
      "peer-client-cert-auth": true,
      // What is written survives a killed process all the same; only a machine that loses its power may lose the last of it.
      "unsafe-no-fsync": true,
      "log-level": "warn",
    }),
    ports: [ports.etcd, ports["etcd-peer"]],
    health: { url: `${clients}/health`, authority, client: await credentials.files("etcd", ETCD_CLIENT) },
  };
}
