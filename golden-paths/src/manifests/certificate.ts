import { Certificate } from "@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate";
import { type Manifest, rendered } from "./manifest";
import type { MountedFiles } from "./mounted-files";
import { metadata, type PodFacts } from "./pod-facts";

/** The authority that services trust each other by: made by the platform, its key never leaves the cluster. */
export const SERVICE_AUTHORITY = { kind: "ClusterIssuer", name: "paved-services" } as const;

/** Where a pod finds its certificate, the key of it, and the authority's certificate. */
const DIRECTORY = "/etc/paved/tls";

/** Days a certificate holds; it is renewed when a third of them is left. */
const DAYS = 30;
const HOURS_A_DAY = 24;

/** The certificate as files, which change when it is renewed; the variables are those that most TLS libraries are told. */
export function certificateFiles({ name }: Pick<PodFacts, "name">): MountedFiles {
  return {
    volume: { name: "tls", secret: { secretName: `${name}-tls`, defaultMode: 0o440 } },
    mount: { name: "tls", mountPath: DIRECTORY, readOnly: true },
    variables: {
      TLS_CERT_FILE: `${DIRECTORY}/tls.crt`,
      TLS_KEY_FILE: `${DIRECTORY}/tls.key`,
      TLS_CA_FILE: `${DIRECTORY}/ca.crt`,
    },
  };
}

/**
 * The certificate by which a service shows others who it is, as server and as client: by its name in the cluster, and as
 * SPIFFE names workloads. A new key with each renewal.
 */
export function certificate(facts: PodFacts): Manifest {
  const { name, environment } = facts;
  const model = new Certificate({
    metadata: { ...metadata(facts), name: `${name}-tls` },
    spec: {
      secretName: `${name}-tls`,
      issuerRef: { group: "cert-manager.io", ...SERVICE_AUTHORITY },
      dnsNames: [`${name}.${name}.svc.cluster.local`],
      uris: [`spiffe://${environment.domain}/ns/${name}/sa/${facts.serviceAccountName}`],
      usages: ["digital signature", "server auth", "client auth"],
      duration: `${DAYS * HOURS_A_DAY}h0m0s`,
      renewBefore: `${(DAYS / 3) * HOURS_A_DAY}h0m0s`,
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
    },
  });
  return rendered(model, facts.where);
}
