import { PavedError } from "@paved/model";

/** PVD9007: a kubeconfig that does not bring its user to a cluster. Nothing secret of it is in what is said. */
export function noWayIn(where: string, got: string, want: string, fix = "see that kubectl works with it"): PavedError {
  return new PavedError({ code: "PVD9007", where, got, want, fix });
}
