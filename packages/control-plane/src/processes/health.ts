import { readFileSync } from "node:fs";
import { request as plain } from "node:http";
import { request as secure } from "node:https";
import { connect } from "node:net";
import type { HealthCheck, WebHealth, WordHealth } from "../components/component";

const ANSWER_WITHIN_MS = 2_000;

/** Whether a component says that it works. */
export function isHealthy(check: HealthCheck): Promise<boolean> {
  return "url" in check ? answersWell(check) : answersAs(check);
}

function answersWell({ url, authority, client }: WebHealth): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = (url.startsWith("https:") ? secure : plain)(
      url,
      {
        agent: false,
        timeout: ANSWER_WITHIN_MS,
        ca: authority && readFileSync(authority),
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

function answersAs({ port, ask, answer }: WordHealth): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, timeout: ANSWER_WITHIN_MS });
    let said = "";
    socket.setEncoding("latin1").on("data", (text: string) => {
      said += text;
      if (answer.test(said)) socket.destroy();
    });
    socket.on("timeout", () => socket.destroy());
    socket.on("error", () => socket.destroy());
    socket.on("close", () => resolve(answer.test(said)));
    socket.write(ask);
  });
}
