import { isQuantity, quantityOf } from "../src";

test.each([
  ["256Mi", 268_435_456],
  ["500m", 0.5],
  ["2", 2],
  [4, 4],
  ["1.5Gi", 1_610_612_736],
  ["1e3", 1000],
])("%s is a quantity", (value, quantity) => {
  expect(quantityOf(value)).toBe(quantity);
});

test.each(["", "Mi", "-1", "12Mb", "${var.memory}", undefined, null, {}])("%s is none", (value) => {
  expect(quantityOf(value)).toBeUndefined();
});

test("a quantity lies between two others whatever their units", () => {
  expect(["1Gi", "2048Mi", "3Gi", "100k"].map(isQuantity("512Mi", "2Gi"))).toEqual([true, true, false, false]);
});
