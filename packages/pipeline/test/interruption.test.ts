import { Interruption } from "../src/tofu/interruption";

test("every Ctrl-C reaches the engine exactly once, also one that starts after it", () => {
  const signals: string[] = [];
  const child = (name: string) => ({ kill: (signal: string) => signals.push(`${name} ${signal}`) > 0 });
  const interruption = new Interruption();
  const uncover = interruption.cover(child("a"));
  process.emit("SIGINT");
  expect(signals).toEqual(["a SIGINT"]);
  uncover();
  interruption.cover(child("b"));
  expect(signals).toEqual(["a SIGINT", "b SIGINT"]);
  process.emit("SIGINT");
  expect(signals).toEqual(["a SIGINT", "b SIGINT", "b SIGINT"]);
  interruption.close();
});
