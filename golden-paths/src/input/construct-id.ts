import { PavedError, shown } from "@paved/model";
import { isOwnId, userLine } from "@paved/modules";
import type { ServiceStack } from "../service/service-stack";

/**
 * The construct id that a service file gives to what it puts into its stack, if it may have it. Checked before the
 * construct is made: the construct library's own errors name neither the file nor what to do.
 * @throws PavedError PVD1014 when it is not of the shape, one the stack uses itself, or taken
 */
export function freeId(stack: ServiceStack, id: string): string {
  const refuse = (want: string, fix: string): PavedError =>
    new PavedError({
      code: "PVD1014",
      where: stack.file,
      source: userLine(),
      got: `the construct id ${shown(id)}`,
      want,
      fix,
    });
  if (typeof id !== "string" || !/^[a-z][a-z0-9-]{0,62}$/.test(id)) {
    const want = "at most 63 lower-case letters, digits and hyphens, starting with a letter, since ids make addresses";
    throw refuse(want, 'write for example "api"');
  }
  if (isOwnId(id)) throw refuse("an id that the stack does not use itself", 'name what it is for, for example "api"');
  if (stack.node.tryFindChild(id) !== undefined) {
    throw refuse("an id of its own: something in the service has this one", "give it another id");
  }
  return id;
}
