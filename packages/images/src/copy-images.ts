import { type Finding, Findings, PavedError, registryHost } from "@paved/model";
import { type CopierOptions, ensureCopier, type ProgramSite } from "./programs";
import { copyImage, digestAt, type RegctlCall, RegistryFailure, tagImage } from "./regctl";
import type { Registry, ReleasedImage } from "./released-images";
import { signedIn } from "./sign-in";

/** What to copy, and where to. */
export interface CopyOptions extends CopierOptions {
  readonly images: readonly ReleasedImage[];
  /** The environment whose pods name the images. */
  readonly to: Registry;
  /** The environments that images may come from, the nearest first. */
  readonly from: readonly Registry[];
  readonly site: ProgramSite;
  /** Looks what would be copied, and writes nowhere. @default false */
  readonly dryRun?: boolean;
  /** Stops it, also while what copies is built; images that are copied already stay. @default - nothing does */
  readonly signal?: AbortSignal;
}

/** What became of an image, or what would. */
export interface CopiedImage extends ReleasedImage {
  /**
   * `there` when the registry had it; `copied` from an earlier environment; `kept` when somebody had brought it there by
   * digest alone, and it was given the tag without which registries forget images.
   */
  readonly state: "there" | "copied" | "kept";
  /** The environment that it comes from. @default - none: the registry had it */
  readonly from?: string;
}

/**
 * Has every image in the environment's own registry that its pods are made from: what is not there is copied, by digest, from
 * the nearest environment before it that has it. All images are looked for before the first is copied. The same call again
 * copies nothing, and what was stopped or killed is taken up where it was.
 *
 * @throws PavedError PVD2105 for each image that is nowhere, PVD2106 for each that a registry does not give, take or tell of,
 * PVD2107 when there is nothing to copy with, and the reason of the signal
 */
export async function copyImages(options: CopyOptions): Promise<readonly CopiedImage[]> {
  const { images, to, from, site, signal, dryRun = false } = options;
  if (images.length === 0) return [];
  const program = await ensureCopier(site, options);
  return signedIn([to, ...from].map(registryHost), site.binaries, async (environment) => {
    const call = { program, environment, signal };
    const looked = await forEach(images, (image) => lookFor(image, options, call));
    if (dryRun) return looked;
    return forEach(looked, async (image) => {
      if (image.state !== "there") await bring(image, options, call);
      return image;
    });
  });
}

const AT_ONCE = 4;

/** Works on several at once, and on all before it says, in their order, what was wrong with any. */
async function forEach<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const wrong: (readonly Finding[])[] = [];
  const done: R[] = [];
  const queue = items.entries();
  const workThrough = async (): Promise<void> => {
    for (const [index, item] of queue) {
      try {
        done[index] = await work(item);
      } catch (error) {
        if (!(error instanceof PavedError)) throw error;
        wrong[index] = error.findings;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, workThrough));
  const findings = new Findings();
  for (const finding of wrong.flat()) findings.add(finding);
  findings.throwIfAny();
  return done;
}

async function lookFor(image: ReleasedImage, { to, from }: CopyOptions, call: RegctlCall): Promise<CopiedImage> {
  const read = (registry: Registry, reference: string) =>
    orRefuse({ registry, image, to, want: "its images to be read" }, () => digestAt(reference, call));
  if ((await read(to, tagged(to, image))) === image.digest) return { ...image, state: "there" };
  for (const source of from) {
    const found = await read(source, pinned(source, image));
    if (found !== undefined) return { ...image, state: "copied", from: source.name };
  }
  if ((await read(to, pinned(to, image))) !== undefined) return { ...image, state: "kept" };
  throw nowhere(image, to, from);
}

async function bring(image: CopiedImage, { to, from, progress }: CopyOptions, call: RegctlCall): Promise<void> {
  const source = from.find(({ name }) => name === image.from) ?? to;
  await orRefuse({ registry: to, image, to, want: `${image.digest} of ${source.name} to be written` }, async () => {
    const bringIt = source === to ? tagImage : copyImage;
    await bringIt(pinned(source, image), tagged(to, image), call);
    const arrived = await digestAt(tagged(to, image), call);
    if (arrived !== image.digest) throw new RegistryFailure(`${arrived ?? "nothing"} at its tag`);
  });
  progress(`${image.repository}@${image.digest}: ${source === to ? "kept" : `copied from ${source.name}`}`);
}

/** Where a registry has an image, whatever its tags are. */
function pinned(registry: Registry, { repository, digest }: ReleasedImage): string {
  return `${registryHost(registry)}/${repository}@${digest}`;
}

/**
 * Where an image is kept that was brought there whole: without a tag a registry forgets it after some days. It says which
 * image it is, so that no tag ever has to move; `sha256-…` would be that of a signature.
 */
function tagged(registry: Registry, { repository, digest }: ReleasedImage): string {
  return `${registryHost(registry)}/${repository}:released-${digest.replace("sha256:", "")}`;
}

/** What is asked of a registry. */
interface Asked {
  readonly registry: Registry;
  readonly image: ReleasedImage;
  /** The environment that asks. */
  readonly to: Registry;
  readonly want: string;
}

async function orRefuse<T>({ registry, image, to, want }: Asked, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RegistryFailure)) throw error;
    throw new PavedError({
      code: "PVD2106",
      where: `${registryHost(registry)}/${image.repository} (${registry.name})`,
      got: error.message,
      want,
      fix: `have credentials of AWS that may do so, as paved-copy of account ${to.account} does in apply.yml`,
    });
  }
}

function nowhere({ unit, repository, digest }: ReleasedImage, to: Registry, from: readonly Registry[]): PavedError {
  const looked = [to, ...from].map(({ name }) => name).join(", ");
  return new PavedError({
    code: "PVD2105",
    where: `environments/${to.name}/releases.json ${unit}`,
    got: `no ${repository}@${digest} in ${looked}`,
    want: "a digest that an earlier environment has",
    fix: `push the image to ${from.at(-1)?.name ?? to.name} again, or release one that is there with paved promote`,
  });
}
