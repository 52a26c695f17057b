import fc from "fast-check";
import { TIME_ZONES, timeZoneSchema } from "../src/time-zone";

const isKnown = (name: string): boolean => timeZoneSchema.safeParse(name).success;
/** The zone that this machine takes a name for, in whatever case and however old. */
const meantBy = (timeZone: string): string => new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;

test("every zone that there is has a name, and every name is that of one", () => {
  const named = new Set(TIME_ZONES.map(meantBy));
  expect(Intl.supportedValuesOf("timeZone").filter((zone) => !named.has(meantBy(zone)))).toEqual([]);
  expect(new Set(TIME_ZONES).size).toBe(TIME_ZONES.length);
});

test("no name is right in another case, which most of what reads it does not know", () => {
  const zone = fc.constantFrom(...TIME_ZONES);
  const otherwise = zone.chain((name) => fc.mixedCase(fc.constant(name)).filter((each) => each !== name));
  fc.assert(fc.property(otherwise, (name) => expect(isKnown(name)).toBe(false)));
});

test.each([
  ["Asia/KOlkata", "Asia/Kolkata"],
  ["Europe/Kiev", "Europe/Dublin, or UTC"],
  ["utc", "UTC"],
  ["+01:00", "Europe/Dublin, or UTC"],
])("%s is answered with a name that there is", (wrong, right) => {
  expect(timeZoneSchema.safeParse(wrong).error?.issues[0]?.message).toBe(
    `a time zone by its present name, such as ${right}`,
  );
});
