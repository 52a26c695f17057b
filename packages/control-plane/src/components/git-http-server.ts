import path from "node:path";
import type { FluxSetting } from "./flux";
import type { Component } from "./component";
import { repositoryAddress } from "../delivery/repository";

/** Git's own backend behind HTTP, since Flux reads no other plain protocol; it takes no push either. */
export function gitHttpServer({ folder, ports, delivery }: FluxSetting): Component {
  const { binary, script, backend } = delivery["git-server"];
  const port = ports["git-server"];
  return {
    name: "git-server",
    binary,
    arguments: [script, backend, path.dirname(folder.repository), String(port)],
    ports: [port],
    health: { url: `${repositoryAddress("http", port)}/info/refs?service=git-upload-pack` },
  };
}
