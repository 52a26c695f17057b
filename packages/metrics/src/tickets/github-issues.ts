import { type Finding, kindOf, PavedError } from "@paved/model";
import { z } from "zod";
import { parseInstant } from "./instant";
import type { Ticket, TicketExport } from "./ticket";

const label = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);

/** An issue as GitHub's REST API has it (`created_at`), or as `gh issue list --json` prints it (`createdAt`). */
const issueSchema = z
  .object({
    number: z.number().optional(),
    url: z.string().optional(),
    html_url: z.string().optional(),
    created_at: z.string().optional(),
    createdAt: z.string().optional(),
    labels: z.array(label).default([]),
    pull_request: z.unknown().optional(),
  })
  .transform(({ number, url, html_url, created_at, createdAt, labels, pull_request }) => ({
    id: html_url ?? url ?? (number === undefined ? undefined : `#${number}`),
    at: parseInstant(created_at ?? createdAt ?? ""),
    labels,
    isIssue: pull_request === undefined || pull_request === null,
  }));

/**
 * Tickets out of issues of GitHub as JSON: one list, or lists of pages. Pull requests, which its REST API lists too, are none.
 * @param labels of which an issue has to have one, whatever the case of their letters
 * @throws PavedError PVD8001, one finding an issue that is none
 */
export function gitHubIssues({ name, text }: TicketExport, labels: readonly string[]): readonly Ticket[] {
  const wanted = new Set(labels.map((each) => each.toLowerCase()));
  const findings: Finding[] = [];
  const tickets = listIn(name, text).flatMap((data, index) => {
    const { id, at, labels: own = [], isIssue } = issueSchema.safeParse(data).data ?? {};
    if (id === undefined || at === undefined) {
      findings.push(noIssue(`${name} [${index}]`, data));
      return [];
    }
    return isIssue && own.some((each) => wanted.has(each.toLowerCase())) ? [{ id, at }] : [];
  });
  if (findings.length > 0) throw new PavedError(findings);
  return tickets;
}

function listIn(name: string, text: string): readonly unknown[] {
  const want = "issues of GitHub as JSON";
  const fix = "write it with gh issue list --state all --json number,url,createdAt,labels";
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new PavedError({ code: "PVD8001", where: name, got: "text that is no JSON", want, fix });
  }
  if (Array.isArray(data)) return data.flat();
  throw new PavedError({ code: "PVD8001", where: name, got: kindOf(data), want, fix });
}

function noIssue(where: string, data: unknown): Finding {
  const fields = typeof data === "object" && data !== null ? Object.keys(data).slice(0, 8).join(", ") : kindOf(data);
  return {
    code: "PVD8001",
    where,
    got: fields === "" ? "an object without fields" : fields,
    want: "an issue with created_at or createdAt, and a number or url",
    fix: "export these fields too",
  };
}
