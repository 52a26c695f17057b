import path from "node:path";
import { type Component, flags, type Setting } from "./component";
import type { ArgoCdPrograms } from "../programs/delivery";

/** Git's own server, which gives one repository to whoever reads, and takes no push: whoever delivers pushes to its folder. */
export function gitServer({ folder, ports }: Setting, programs: ArgoCdPrograms): Component {
  const port = ports["git-server"];
  const asked = `git-upload-pack /${path.basename(folder.repository)}\0host=127.0.0.1:${port}\0`;
  return {
    name: "git-server",
    binary: programs["git-server"].binary,
    arguments: [
      ...flags({ listen: "127.0.0.1", port, "base-path": path.dirname(folder.repository) }),
      "--reuseaddr",
      "--export-all",
      "--informative-errors",
      "--forbid-override=receive-pack",
      "--disable=receive-pack",
      folder.repository,
    ],
    environment: { GIT_CONFIG_NOSYSTEM: "1" },
    ports: [port],
    health: { port, ask: `${(asked.length + 4).toString(16).padStart(4, "0")}${asked}`, answer: /^[0-9a-f]{4}(?!ERR)/ },
  };
}
