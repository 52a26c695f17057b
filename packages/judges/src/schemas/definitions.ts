import { parse } from "yaml";
import { crdTexts } from "./crd-files";
import { CRDS } from "./crd-pins";
import { Bench, type BenchOptions } from "../bench";

/**
 * The CustomResourceDefinitions of the platform's add-ons as their projects wrote them, for an API server that is to know
 * their kinds. Fetched on first use.
 * @throws PavedError PVD2014 when one cannot be had
 */
export async function customResourceDefinitions(options: BenchOptions): Promise<readonly object[]> {
  const texts = await crdTexts(new Bench(options), CRDS);
  return texts.map((text) => parse(text) as object);
}
