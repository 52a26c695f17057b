import { externalSecretName } from "./access";
import type { MountedFiles } from "./mounted-files";
import type { PodFacts } from "./pod-facts";

const DIRECTORY = "/etc/paved/secrets";

/**
 * The secrets as files, each called as its variable is. A variable is what it was when the process began; the file has a new
 * value a minute after External Secrets has.
 */
export function secretFiles(facts: Pick<PodFacts, "name">): MountedFiles {
  return {
    volume: { name: "secrets", secret: { secretName: externalSecretName(facts), defaultMode: 0o440 } },
    mount: { name: "secrets", mountPath: DIRECTORY, readOnly: true },
    variables: { SECRET_FILES_DIRECTORY: DIRECTORY },
  };
}
