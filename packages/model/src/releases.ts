import { z } from "zod";
import { Findings } from "./errors/paved-error";

/** Released image digests of an environment: service name to `sha256:…`. Written by machines. */
export type Releases = Readonly<Record<string, string>>;

const releasesSchema = z.record(z.string(), z.string().regex(/^sha256:[0-9a-f]{64}$/));

/** @throws PavedError PVD1020, one finding an entry that is not a digest */
export function parseReleases(data: unknown, file: string): Releases {
  const findings = new Findings();
  const parsed = releasesSchema.safeParse(data);
  for (const issue of parsed.error?.issues ?? []) {
    const service = issue.path.map(String).join(".");
    findings.add({
      code: "PVD1020",
      where: `${file} ${service}`.trim(),
      got: JSON.stringify(service === "" ? data : (data as Record<string, unknown>)[service]),
      want: "an image digest, sha256: and 64 hexadecimal digits",
      fix: "let the release job write it, or copy the digest from the registry",
    });
  }
  findings.throwIfAny();
  return parsed.data as Releases;
}
