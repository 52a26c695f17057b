import type { Benchmark } from "./benchmark";
import { cisEks } from "./cis-eks";
import { nsa } from "./nsa";
import { podSecurity } from "./pod-security";

/** Published lists of controls, each control with who sees to it. */
export const benchmarks: readonly Benchmark[] = [podSecurity, nsa, cisEks];
