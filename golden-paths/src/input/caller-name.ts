import { kindOf, PavedError, shown } from "@paved/model";
import type { Caller } from "../service/define-service";

/**
 * The name of the service that an intent verb was given.
 * @param file the service file, named in the errors
 * @param verb for example `allowFrom`
 * @throws PavedError PVD1025 when it is no service
 */
export function callerName(file: string, verb: string, caller: Caller): string {
  const name: unknown = (caller as Partial<Caller> | null | undefined)?.serviceName;
  if (typeof name === "string" && /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) return name;
  throw new PavedError({
    code: "PVD1025",
    where: `${file} ${verb}`,
    got: name === undefined ? kindOf(caller) : `serviceName ${shown(name)}`,
    want: "another service, or its golden path",
    fix: 'import it from its file, for example import orders from "./orders"',
  });
}
