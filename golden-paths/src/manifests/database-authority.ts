import { databaseAuthority } from "@paved/modules";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { type Manifest, rendered } from "./manifest";
import type { MountedFiles } from "./mounted-files";
import { metadata, type PodFacts } from "./pod-facts";

const DIRECTORY = "/etc/paved/database";
const FILE = "ca.pem";

/** Where a pod finds the certificate of the authority that databases show theirs of. */
export const DATABASE_AUTHORITY_FILE = `${DIRECTORY}/${FILE}`;

const nameOf = ({ name }: Pick<PodFacts, "name">): string => `${name}-database-authority`;

/**
 * The authority as a file. PostgreSQL's own client library, and all that is built on it, is told by its own variables to
 * sign in to nothing that cannot show a certificate of it.
 */
export function databaseAuthorityFiles(facts: Pick<PodFacts, "name">): MountedFiles {
  return {
    volume: { name: "database-authority", configMap: { name: nameOf(facts) } },
    mount: { name: "database-authority", mountPath: DIRECTORY, readOnly: true },
    variables: {
      DATABASE_CA_FILE: DATABASE_AUTHORITY_FILE,
      PGSSLMODE: "verify-full",
      PGSSLROOTCERT: DATABASE_AUTHORITY_FILE,
    },
  };
}

/** The ConfigMap that the file comes from. A certificate is no secret. */
export function databaseAuthorityMap(facts: PodFacts): Manifest {
  const model = new ConfigMap({
    metadata: { ...metadata(facts), name: nameOf(facts) },
    data: { [FILE]: databaseAuthority(facts.environment.region) },
  });
  return rendered(model, facts.where);
}
