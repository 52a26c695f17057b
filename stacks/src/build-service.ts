import { retiresEverything, type ServiceStack } from "@paved/golden-paths";
import { inServiceFile, PavedError } from "@paved/model";
import type { LoadedService } from "./services";

/**
 * Has a service file say what it wants in the stack of one environment.
 * @throws PavedError what the file says wrongly; PVD1035 for whatever else it throws; PVD1005 when it is async, or says
 * nothing
 */
export function buildService({ definition, file }: LoadedService, stack: ServiceStack): void {
  const returned: unknown = inServiceFile(file, () => definition.build(stack) as unknown);
  if (isPromise(returned)) {
    // That it fails is of no matter any more.
    returned.then(undefined, () => undefined);
    throw refusal(
      file,
      "an async function",
      "a function that has said all when it returns",
      "take async and await out: synth depends on files only, and waits for nothing",
    );
  }
  if (stack.workload !== undefined || retiresEverything(stack)) return;
  throw refusal(
    file,
    "a function that builds no golden path",
    "one golden path, or retire(service, { reason }) for a service that is to go",
    "build one, for example new NodeApi(service, …), or remove the file if nothing of it was ever applied",
  );
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === "function";
}

function refusal(file: string, got: string, want: string, fix: string): PavedError {
  return new PavedError({ code: "PVD1005", where: `${file} build`, got, want, fix });
}
