import { type Browser, chromium, type Page } from "playwright-core";
import { preview, type PreviewServer } from "vite";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ASK_FIRST, FOR_EVER } from "../../preview/cache.ts";
import headers from "../../preview/headers.json" with { type: "json" };
import { service } from "../../src/service.ts";

// The build, answered as in an environment, in a real browser: the one at CHROME_PATH, or the Chrome of this machine.
const API_ORIGIN = "http://127.0.0.1:8080";
const executablePath = process.env["CHROME_PATH"];
let server: PreviewServer;
let browser: Browser;
let page: Page;
let address: string;
/** What the browser complained about. */
let complaints: string[];

beforeAll(async () => {
  server = await preview({ preview: { host: "127.0.0.1", port: 0 } });
  address = server.resolvedUrls!.local[0]!.replace(/\/$/, "");
  const where = executablePath === undefined ? { channel: "chrome" } : { executablePath };
  browser = await chromium.launch({ ...where, chromiumSandbox: process.getuid?.() !== 0 });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(async () => {
  complaints = [];
  page = await browser.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(`${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()} ${response.status()}`);
  });
});

const heading = () => page.getByRole("heading", { level: 1 }).textContent();

test("it is shown, and the browser complains about nothing", async () => {
  await page.goto(address);
  expect(await heading()).toBe(service.name);
  expect(await page.title()).toBe(service.name);
  await page.getByLabel("Your name").fill("Ada");
  await page.getByRole("button", { name: "Greet me" }).click();
  expect(await heading()).toBe("Hello, Ada");
  await page.waitForLoadState("networkidle");
  expect(complaints).toEqual([]);
});

test("an address within the application can be opened by itself, whatever somebody typed is in it", async () => {
  await page.goto(address);
  await page.getByLabel("Your name").fill("J.R.R. & co./ö.png");
  await page.getByRole("button", { name: "Greet me" }).click();
  await page.waitForURL("**/greetings?*");
  await page.reload();
  expect(await heading()).toBe("Hello, J.R.R. & co./ö.png");
  expect(complaints).toEqual([]);
});

test("each answer has the security headers of the platform, also when there is nothing", async () => {
  for (const where of ["/", "/greetings?name=Ada", "/missing.js"]) {
    const answer = await fetch(`${address}${where}`);
    const said = Object.keys(headers).map((name) => [name, answer.headers.get(name)]);
    const wanted = Object.entries(headers).map(([name, value]) => [name, value.replace("<API origin>", API_ORIGIN)]);
    expect({ where, said }).toEqual({ where, said: wanted });
  }
});

test("the browser holds the page to its policy: no script of others, no call to others", async () => {
  await page.goto(address);
  const refused = await page.evaluateHandle(() => {
    const seen: string[] = [];
    document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
    return seen;
  });
  await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.name = 'run'";
    document.body.append(script);
    await fetch("https://elsewhere.example.com/").catch(() => undefined);
  });
  await expect.poll(() => refused.jsonValue()).toEqual(["script-src-elem", "connect-src"]);
  expect(await page.evaluate(() => window.name)).toBe("");
});

test("a file that is missing is missing, and is not answered with the page", async () => {
  expect((await fetch(`${address}/assets/missing.js`)).status).toBe(404);
});

test("files are named by what is in them and kept for ever; the page is asked for each time", async () => {
  const answer = await fetch(address);
  expect(answer.headers.get("cache-control")).toBe(ASK_FIRST);
  const files = [...(await answer.text()).matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, file]) => file!);
  expect(files.length).toBeGreaterThan(1);
  expect(files.filter((file) => !/^\/assets\/[\w.]+-[\w-]{8}\.\w+$/.test(file))).toEqual([]);
  for (const file of files) {
    const { status, headers: said } = await fetch(`${address}${file}`);
    expect([status, said.get("cache-control")]).toEqual([200, FOR_EVER]);
  }
});
