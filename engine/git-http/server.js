"use strict";
// Git's own `git http-backend` behind HTTP on 127.0.0.1, of the repositories of one folder, which it gives to whoever reads.
const { spawn } = require("node:child_process");
const { createServer } = require("node:http");

const [backend, folder, port] = process.argv.slice(2);
const BLANK_LINE = "\r\n\r\n";

/** What a request is to Git, as CGI has it: no user of it is named, and it takes no push. */
function variablesOf({ method, url, headers }) {
  const { pathname, search } = new URL(url, "http://127.0.0.1");
  const said = {
    CONTENT_TYPE: headers["content-type"],
    CONTENT_LENGTH: headers["content-length"],
    HTTP_CONTENT_ENCODING: headers["content-encoding"],
    GIT_PROTOCOL: headers["git-protocol"],
  };
  return {
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    LANG: "C.UTF-8",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "http.receivepack",
    GIT_CONFIG_VALUE_0: "false",
    GIT_PROJECT_ROOT: folder,
    GIT_HTTP_EXPORT_ALL: "1",
    REQUEST_METHOD: method,
    PATH_INFO: decodeURIComponent(pathname),
    QUERY_STRING: search.slice(1),
  };
}

/** Passes on what Git answers: its status and headers, and then all else as it comes. */
function passOn(output, response) {
  let head = Buffer.alloc(0);
  const onHead = (part) => {
    head = Buffer.concat([head, part]);
    const end = head.indexOf(BLANK_LINE);
    if (end < 0) return;
    output.off("data", onHead);
    for (const line of head.toString("latin1", 0, end).split("\r\n")) {
      const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line);
      if (name === "Status") response.statusCode = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.write(head.subarray(end + BLANK_LINE.length));
    output.pipe(response);
  };
  output.on("data", onHead);
  output.once("end", () => {
    if (!response.headersSent) response.writeHead(500).end();
  });
}

function answer(request, response) {
  const git = spawn(backend, [], { env: variablesOf(request), stdio: ["pipe", "pipe", "inherit"] });
  git.on("error", () => response.writeHead(500).end());
  // Who is refused may not be listening any more.
  git.stdin.on("error", () => {});
  response.on("close", () => git.kill());
  request.pipe(git.stdin);
  passOn(git.stdout, response);
}

createServer((request, response) => {
  try {
    answer(request, response);
  } catch {
    response.writeHead(400).end();
  }
}).listen(Number(port), "127.0.0.1");
