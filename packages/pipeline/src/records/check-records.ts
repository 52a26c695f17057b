import type { Finding } from "@paved/model";
import { type RecordFolder, readRecordFiles, writeRecordFile } from "../workspace/record-files";
import type { Workspace } from "../workspace/workspace";
import { formatRecord, type Recorded, sentencesIn } from "./record";

/** What a check of records found. */
export interface RecordCheck {
  /** How many sentences the last synth comes to. */
  readonly sentences: number;
  /** One for each file that says something else. */
  readonly findings: readonly Finding[];
  /** Files that were written. */
  readonly written: readonly string[];
}

/** How a folder of records is held against, and what is said of a difference. */
export interface RecordWords extends Pick<Finding, "code" | "want" | "fix"> {
  readonly folder: RecordFolder;
  /** In front of a sentence that is not written down, and of one that holds no longer. */
  readonly more: string;
  readonly less: string;
}

/** Holds what the last synth comes to against what is written down and was reviewed, or writes it down. */
export function checkRecords(
  workspace: Workspace,
  records: Iterable<readonly [file: string, record: Recorded]>,
  words: RecordWords,
  write: boolean,
): RecordCheck {
  const wanted = new Map([...records].map(([file, record]) => [file, formatRecord(record)]));
  const found = readRecordFiles(workspace, words.folder);
  const files = [...new Set([...wanted.keys(), ...found.keys()])].toSorted();
  const differing = files.filter((file) => (wanted.get(file) ?? "") !== (found.get(file) ?? ""));
  if (write) for (const file of differing) writeRecordFile(workspace, file, wanted.get(file) ?? "");
  const sentences = [...wanted.values()].reduce((sum, text) => sum + sentencesIn(text).length, 0);
  const findings = differing.map((file) => outdated(words, file, found.get(file) ?? "", wanted.get(file) ?? ""));
  return { sentences, findings: write ? [] : findings, written: write ? differing : [] };
}

function outdated({ code, want, fix, more, less }: RecordWords, where: string, before: string, after: string): Finding {
  const [was, is] = [new Set(sentencesIn(before)), new Set(sentencesIn(after))];
  const added = [...is].filter((each) => !was.has(each));
  const gone = [...was].filter((each) => !is.has(each));
  const parts = [...said(more, added), ...said(less, gone)];
  const got = parts.length === 0 ? "a file that paved check did not write" : parts.join("; ");
  return { code, where, got, want, fix };
}

function said(what: string, sentences: readonly string[]): readonly string[] {
  const [first] = sentences;
  if (first === undefined) return [];
  return [`${what}: ${first}${sentences.length > 1 ? `, and ${sentences.length - 1} more` : ""}`];
}
