import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { App } from "../../src/app.tsx";
import { ErrorBoundary } from "../../src/error-boundary.tsx";
import { service } from "../../src/service.ts";

afterEach(cleanup);

/** The application as somebody sees it who opens this path. */
function open(path: string) {
  window.history.replaceState(null, "", path);
  render(<App />);
}
const heading = () => screen.getByRole("heading", { level: 1 }).textContent;

test("it begins with what the service is", () => {
  open("/");
  expect(heading()).toBe(service.name);
  expect(screen.getByText(service.description)).toBeTruthy();
});

test("who says a name is greeted, at an address of its own", async () => {
  open("/");
  await userEvent.type(screen.getByLabelText("Your name"), "Ada & co.");
  await userEvent.click(screen.getByRole("button", { name: "Greet me" }));
  expect(heading()).toBe("Hello, Ada & co.");
  expect(window.location.pathname + window.location.search).toBe("/greetings?name=Ada+%26+co.");
});

test("a path that leads nowhere says so, and leads back", async () => {
  open("/nowhere/at/all");
  expect(heading()).toBe("There is nothing here");
  await userEvent.click(screen.getByRole("link", { name: "Begin anew" }));
  expect(heading()).toBe(service.name);
});

test("a page that fails says so instead of being empty", () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const Failing = () => {
    throw new Error("a fault");
  };
  render(
    <ErrorBoundary>
      <Failing />
    </ErrorBoundary>,
  );
  expect(screen.getByRole("alert").textContent).toContain("Something went wrong");
  expect(said).toHaveBeenCalled();
});
