import { type Finding, PavedError, type ServiceMetadata } from "@paved/model";

/** Metadata that nothing is wrong with. */
export const about = (name: string): ServiceMetadata => ({
  name,
  owner: "commerce",
  tier: 2,
  onCall: "commerce-primary",
  runbook: "https://runbooks.example.com",
});

/** Terms of a deviation that nothing is wrong with. */
export const terms = {
  rule: "startup-time",
  reason: "The model takes two minutes to load.",
  owner: "commerce",
  ticket: "https://tickets.example.com/1",
  expires: "2027-06-30",
  approvedBy: "platform",
};

/** What is found wrong; nothing when it is accepted. */
export function findingsOf(work: () => unknown): readonly Finding[] {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof PavedError)) throw error;
    return error.findings;
  }
}
