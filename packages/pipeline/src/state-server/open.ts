import type { FleetStack } from "../workspace/fleet";
import type { Workspace } from "../workspace/workspace";
import { makeBucket, makeKeys, type Placed } from "./server-calls";
import { serverEndpoint } from "./server-process";

/** What an engine needs in its environment to find the sandbox's S3 and KMS instead of those of AWS. */
export type StateAccess = Readonly<Record<string, string>>;

/**
 * Opens the S3 that the sandbox keeps states in, with the buckets and keys that the stacks ask for, as an account has them
 * before the first apply. Nothing of a stack's own settings is changed: engines are led here by variables only.
 *
 * @returns the variables; none where states are local files
 * @throws PavedError PVD6003 when it cannot be installed or started
 */
export async function openStateServer(
  workspace: Workspace,
  stacks: readonly FleetStack[],
  progress: (line: string) => void,
): Promise<StateAccess | undefined> {
  if (workspace.stateStore === "file") return undefined;
  const endpoint = await serverEndpoint(workspace, progress);
  const wanted = stacks.map(({ json }) => placesIn(json));
  for (const bucket of distinct(wanted.map((places) => places.bucket))) await makeBucket(endpoint, bucket);
  const keys = distinct(wanted.map((places) => places.key));
  for (const region of new Set(keys.map((key) => key.region))) {
    const own = keys.filter((key) => key.region === region).map(({ name }) => name);
    await makeKeys(endpoint, region, own);
  }
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "sandbox",
    AWS_SECRET_ACCESS_KEY: "sandbox",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

interface StateSettings {
  readonly terraform: {
    readonly backend: { readonly s3: { readonly bucket: string; readonly region: string } };
    readonly encryption: {
      readonly key_provider: {
        readonly aws_kms: { readonly state: { readonly kms_key_id: string; readonly region: string } };
      };
    };
  };
}

/** Where a stack that synth passed (PVD1022) keeps its state, and by which key. */
function placesIn(json: string): { readonly bucket: Placed; readonly key: Placed } {
  const { backend, encryption } = (JSON.parse(json) as StateSettings).terraform;
  const { kms_key_id: name, region } = encryption.key_provider.aws_kms.state;
  return { bucket: { name: backend.s3.bucket, region: backend.s3.region }, key: { name, region } };
}

function distinct(places: readonly Placed[]): readonly Placed[] {
  return [...new Map(places.map((place) => [`${place.region} ${place.name}`, place])).values()];
}
