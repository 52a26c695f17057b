import { registryHost } from "@paved/model";

/** Whose registry: an environment, as far as images go. */
export interface Registry {
  /** The environment, for example `staging`. */
  readonly name: string;
  /** AWS account id. */
  readonly account: string;
  /** For example `eu-west-1`. */
  readonly region: string;
}

/** An image that pods of an environment are made from. */
export interface ReleasedImage {
  /** Unit of delivery that names it, for example the service `orders`. */
  readonly unit: string;
  /** Name in the account's registry, for example `commerce/orders`. */
  readonly repository: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
}

/** A rendered manifest of an environment. */
export interface RenderedManifest {
  readonly environment: string;
  readonly unit: string;
  readonly text: string;
}

/**
 * The images of an environment's own registry that its manifests name, each once, in their order. It is read from what is
 * rendered and not from releases: whatever field names an image, its pods cannot start without it.
 */
export function releasedImages(manifests: readonly RenderedManifest[], registry: Registry): readonly ReleasedImage[] {
  const host = registryHost(registry).replaceAll(".", String.raw`\.`);
  const named = new RegExp(String.raw`(?<![\w.-])${host}/([\w./-]+)@(sha256:[0-9a-f]{64})\b`, "g");
  const found = manifests
    .filter(({ environment }) => environment === registry.name)
    .flatMap(({ unit, text }) =>
      [...text.matchAll(named)].map(([, repository, digest]): ReleasedImage => {
        return { unit, repository: repository!, digest: digest! };
      }),
    );
  return [...new Map(found.map((image) => [`${image.repository}@${image.digest}`, image])).values()];
}
