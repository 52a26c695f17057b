/** What decides whose images an environment has copied to it. */
export interface InOrder {
  readonly name: string;
  /** Whose it is, and until when; nothing or `false` where it lasts. */
  readonly ephemeral?: false | object;
}

/**
 * The environments whose images one may copy, the nearest first: those that last and come before it in the order of
 * promotion. Nothing goes from a later one to an earlier one, and out of an ephemeral one nothing goes at all.
 * @param environments all, in the order of promotion
 */
export function imageSources<E extends InOrder>(environments: readonly E[], name: string): readonly E[] {
  const place = environments.findIndex((environment) => environment.name === name);
  return environments.slice(0, Math.max(place, 0)).filter(lasts).toReversed();
}

/**
 * The environments that may copy the images of one: all that come after it, where it lasts.
 * @param environments all, in the order of promotion
 */
export function imageReaders<E extends InOrder>(environments: readonly E[], name: string): readonly E[] {
  return environments.filter((reader) => imageSources(environments, reader.name).some((one) => one.name === name));
}

/** Whether an environment lasts, and is not thrown away on a day. */
export function lasts({ ephemeral }: Pick<InOrder, "ephemeral">): boolean {
  return ephemeral === undefined || ephemeral === false;
}

/** Host of an account's image registry in a region. */
export function registryHost({ account, region }: { readonly account: string; readonly region: string }): string {
  return `${account}.dkr.ecr.${region}.amazonaws.com`;
}
