import { PavedError } from "@paved/model";

/** Names of an S3 bucket or a KMS key, with the region they are in. */
export interface Placed {
  readonly name: string;
  readonly region: string;
}

/** Makes a bucket that keeps every version; one that is there is left as it is. */
export async function makeBucket(endpoint: string, { name, region }: Placed): Promise<void> {
  const where = `<LocationConstraint>${region}</LocationConstraint>`;
  const made = await s3(
    endpoint,
    region,
    `/${name}`,
    `<CreateBucketConfiguration>${where}</CreateBucketConfiguration>`,
  );
  if (!made.ok && made.status !== 409) throw refused(name, made);
  const versioning = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
  const versioned = await s3(endpoint, region, `/${name}?versioning`, versioning);
  if (!versioned.ok) throw refused(name, versioned);
}

/** Makes KMS keys with these aliases, except those that there are. */
export async function makeKeys(endpoint: string, region: string, aliases: readonly string[]): Promise<void> {
  const { Aliases } = await kms<{ readonly Aliases: readonly { readonly AliasName: string }[] }>("ListAliases", {});
  const there = new Set(Aliases.map(({ AliasName }) => AliasName));
  for (const AliasName of aliases.filter((alias) => !there.has(alias))) {
    const { KeyMetadata } = await kms<{ readonly KeyMetadata: { readonly KeyId: string } }>("CreateKey", {});
    await kms("CreateAlias", { AliasName, TargetKeyId: KeyMetadata.KeyId });
  }

  async function kms<T>(operation: string, body: object): Promise<T> {
    const answer = await fetch(endpoint, {
      method: "POST",
      headers: {
        ...scope(region, "kms"),
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `TrentService.${operation}`,
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw refused(`KMS ${operation}`, answer);
    return (await answer.json()) as T;
  }
}

function s3(endpoint: string, region: string, path: string, body: string): Promise<Response> {
  const headers = { ...scope(region, "s3"), "content-type": "application/xml" };
  return fetch(`${endpoint}${path}`, { method: "PUT", headers, body });
}

/** Headers of a request: the server reads service and region from what it is signed for, and checks no signature. */
export function scope(region: string, service: string): Readonly<Record<string, string>> {
  const credential = `sandbox/20200101/${region}/${service}/aws4_request`;
  return { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=none` };
}

function refused(where: string, { status }: Response): PavedError {
  const fix = "run paved sandbox reset, then try again";
  return new PavedError({ code: "PVD6003", where, got: `the answer ${status}`, want: "it made", fix });
}
