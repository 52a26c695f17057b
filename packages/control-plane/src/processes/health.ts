import { readFileSync } from "node:fs";
import { request } from "node:https";
import type { HealthCheck } from "../components/component";

const ANSWER_WITHIN_MS = 2_000;

/** Whether a component says that it works. */
export function isHealthy({ url, authority, client }: HealthCheck): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request(
      url,
      {
        agent: false,
        timeout: ANSWER_WITHIN_MS,
        ca: readFileSync(authority),
        cert: client && readFileSync(client.certificate),
        key: client && readFileSync(client.key),
      },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode === 200);
      },
    );
    asked.on("timeout", () => asked.destroy());
    asked.on("error", () => resolve(false));
    asked.end();
  });
}
