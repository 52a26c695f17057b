import { parseServiceMetadata } from "@paved/model";
import fc from "fast-check";
import { spoiled, untyped } from "./hostile-input";
import { orders } from "./service-fixture";

test("whatever is said of a service, it is taken or refused in words", () => {
  fc.assert(
    fc.property(spoiled({ ...orders }), (metadata) => {
      expect(untyped(() => parseServiceMetadata(metadata, "f"))).toBeUndefined();
    }),
    { numRuns: 2500 },
  );
}, 60_000);
