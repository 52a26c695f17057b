import { type Component, flags, type Setting } from "./component";
import { ETCD_CLIENT } from "./etcd";
import { USERS } from "./users";
import type { Subject } from "../certificates/authority";

/** Services get addresses from here; the first is the API server's own. */
const SERVICE_RANGE = "10.96.0.0/16";
const SERVER: Subject = {
  name: "kube-apiserver",
  usage: "server",
  addresses: ["127.0.0.1", "10.96.0.1", "localhost", "kubernetes.default.svc"],
};

/** Where the API server of an environment listens. */
export function serverOf(port: number): string {
  return `https://127.0.0.1:${port}`;
}

/**
 * The API server: RBAC, no anonymous requests, and the admission plugins that are on by default, among them Pod Security,
 * quota and limit ranges.
 */
export async function apiServer({ programs, ports, credentials }: Setting): Promise<Component> {
  const serving = await credentials.files("kubernetes", SERVER);
  const store = await credentials.files("etcd", ETCD_CLIENT);
  const authority = credentials.authority("kubernetes");
  const port = ports["kube-apiserver"];
  return {
    name: "kube-apiserver",
    binary: programs["kube-apiserver"].binary,
    arguments: flags({
      "bind-address": "127.0.0.1",
      "advertise-address": "127.0.0.1",
      "secure-port": port,
      "tls-cert-file": serving.certificate,
      "tls-private-key-file": serving.key,
      "client-ca-file": authority,
      "etcd-servers": `https://127.0.0.1:${ports.etcd}`,
      "etcd-cafile": credentials.authority("etcd"),
      "etcd-certfile": store.certificate,
      "etcd-keyfile": store.key,
      "service-account-issuer": "https://kubernetes.default.svc",
      "service-account-key-file": credentials.accountPublicKey,
      "service-account-signing-key-file": credentials.accountKey,
      "service-cluster-ip-range": SERVICE_RANGE,
      "authorization-mode": "Node,RBAC",
      "anonymous-auth": false,
      // Pod Security is to say no, by the labels of each namespace, as it does in the cloud.
      "allow-privileged": true,
      "enable-admission-plugins": "NodeRestriction",
      "endpoint-reconciler-type": "none",
      // Nobody has a certificate of that name: no server stands in front of this one.
      "requestheader-client-ca-file": authority,
      "requestheader-allowed-names": "paved:front-proxy",
      "requestheader-username-headers": "X-Remote-User",
      "requestheader-group-headers": "X-Remote-Group",
      "requestheader-extra-headers-prefix": "X-Remote-Extra-",
      // Logs of pods are read from the simulated nodes.
      "kubelet-certificate-authority": authority,
      "kubelet-preferred-address-types": "InternalIP",
      profiling: false,
    }),
    ports: [port],
    health: {
      url: `${serverOf(port)}/readyz`,
      authority,
      client: await credentials.files("kubernetes", USERS.bootstrap),
    },
  };
}
