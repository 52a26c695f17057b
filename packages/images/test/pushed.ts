import { createHash } from "node:crypto";

// What the distribution specification says of pushing and pulling, by plain requests: what is under test judges nothing.

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const INDEX = "application/vnd.oci.image.index.v1+json";
const SIGNATURE = "application/vnd.dev.sigstore.bundle.v0.3+json";

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** A repository of a registry on this machine. */
export class Repository {
  private readonly url: string;

  constructor(port: number, name: string) {
    this.url = `http://127.0.0.1:${port}/v2/${name}`;
  }

  /** Pushes an image for two platforms, each with a layer of so many bytes. @returns its digest */
  async pushImage(seed: string, bytes = 1000): Promise<string> {
    const manifests = await Promise.all(
      ["amd64", "arm64"].map(async (architecture) => {
        const layer = Buffer.alloc(bytes, `${seed} ${architecture}`);
        const config = Buffer.from(JSON.stringify({ architecture, os: "linux", rootfs: { type: "layers" } }));
        const manifest = {
          schemaVersion: 2 as const,
          mediaType: MANIFEST,
          config: await this.pushBlob("application/vnd.oci.image.config.v1+json", config),
          layers: [await this.pushBlob("application/vnd.oci.image.layer.v1.tar", layer)],
        };
        return { ...(await this.pushManifest(manifest)), platform: { architecture, os: "linux" } };
      }),
    );
    const index = { schemaVersion: 2 as const, mediaType: INDEX, manifests, annotations: { seed } };
    return (await this.pushManifest(index, `commit-${seed.replaceAll(" ", "-")}`)).digest;
  }

  /** Signs an image as cosign did before there were referrers: at a tag with its digest. @returns that tag */
  async signAtTag(digest: string): Promise<string> {
    const tag = `${digest.replace(":", "-")}.sig`;
    const empty = await this.pushBlob("application/vnd.oci.image.config.v1+json", Buffer.from("{}"));
    const payload = Buffer.from(`signed ${digest}`);
    const layers = [await this.pushBlob("application/vnd.dev.cosign.simplesigning.v1+json", payload)];
    await this.pushManifest({ schemaVersion: 2, mediaType: MANIFEST, config: empty, layers }, tag);
    return tag;
  }

  /** Signs an image as cosign does today: by an artifact that refers to it. @returns the digest of that */
  async signByReferrer(digest: string): Promise<string> {
    const empty = await this.pushBlob("application/vnd.oci.empty.v1+json", Buffer.from("{}"));
    const layers = [await this.pushBlob(SIGNATURE, Buffer.from(`bundle of ${digest}`))];
    const subject = await this.describe(digest);
    const artifact = {
      schemaVersion: 2 as const,
      mediaType: MANIFEST,
      artifactType: SIGNATURE,
      config: empty,
      layers,
      subject,
    };
    const referrer = { ...(await this.pushManifest(artifact)), artifactType: SIGNATURE };
    // Of a registry that lists no referrers, as this one, clients keep the list at a tag.
    await this.pushManifest({ schemaVersion: 2, mediaType: INDEX, manifests: [referrer] }, digest.replace(":", "-"));
    return referrer.digest;
  }

  /** The text of a manifest; nothing when there is none. */
  async manifest(reference: string): Promise<string | undefined> {
    const answer = await fetch(`${this.url}/manifests/${reference}`, { headers: { accept: `${MANIFEST}, ${INDEX}` } });
    return answer.status === 404 ? undefined : await textOf(answer);
  }

  /** Every manifest and every layer that an image is made of, by digest. */
  async parts(reference: string): Promise<ReadonlyMap<string, string>> {
    const text = await this.manifest(reference);
    if (text === undefined) return new Map();
    const { manifests = [], layers = [], config } = JSON.parse(text) as Parts;
    const children = await Promise.all(manifests.map(({ digest }) => this.parts(digest)));
    const blobs = [...layers, ...(config === undefined ? [] : [config])];
    const read = blobs.map(async ({ digest }) => [digest, await this.blob(digest)] as const);
    return new Map([
      [digestOf(Buffer.from(text)), text],
      ...(await Promise.all(read)),
      ...children.flatMap((each) => [...each]),
    ]);
  }

  /** All tags, sorted. */
  async tags(): Promise<readonly string[]> {
    const answer = await fetch(`${this.url}/tags/list`);
    if (answer.status === 404) return [];
    return ((JSON.parse(await textOf(answer)) as { tags: string[] | null }).tags ?? []).toSorted();
  }

  private async blob(digest: string): Promise<string> {
    return textOf(await fetch(`${this.url}/blobs/${digest}`));
  }

  private async describe(digest: string): Promise<Descriptor> {
    const size = Buffer.byteLength((await this.manifest(digest))!);
    return { mediaType: INDEX, digest, size };
  }

  private async pushBlob(mediaType: string, body: Buffer): Promise<Descriptor> {
    const digest = digestOf(body);
    const begun = await fetch(`${this.url}/blobs/uploads/`, { method: "POST" });
    const upload = new URL(begun.headers.get("location")!, this.url);
    upload.searchParams.set("digest", digest);
    const headers = { "content-type": "application/octet-stream" };
    await textOf(await fetch(upload, { method: "PUT", headers, body: new Uint8Array(body) }));
    return { mediaType, digest, size: body.length };
  }

  private async pushManifest(manifest: PushedManifest, tag?: string): Promise<Descriptor> {
    const body = Buffer.from(JSON.stringify(manifest));
    const { mediaType } = manifest;
    const digest = digestOf(body);
    const headers = { "content-type": mediaType };
    const url = `${this.url}/manifests/${tag ?? digest}`;
    await textOf(await fetch(url, { method: "PUT", headers, body: new Uint8Array(body) }));
    return { mediaType, digest, size: body.length };
  }
}

interface PushedManifest {
  readonly schemaVersion: 2;
  readonly mediaType: string;
  readonly [field: string]: unknown;
}

interface Parts {
  readonly manifests?: readonly Descriptor[];
  readonly layers?: readonly Descriptor[];
  readonly config?: Descriptor;
}

function digestOf(body: Buffer): string {
  return `sha256:${createHash("sha256").update(body).digest("hex")}`;
}

async function textOf(answer: Response): Promise<string> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${text}`);
  return text;
}
