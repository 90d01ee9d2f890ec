/** How much somebody has, in words. */
import type { PersonDetail } from "../../api/types";

const WORDS = [
  ["cases", "case", "cases"],
  ["tasks", "task", "tasks"],
  ["actions", "action of a plan", "actions of plans"],
  ["services", "service for a child", "services for children"],
  ["referrals", "referral in triage", "referrals in triage"],
  ["outcomes", "decision to tell people about", "decisions to tell people about"],
  ["questions", "question to a second person", "questions to a second person"],
  ["drafts", "referral not sent yet", "referrals not sent yet"],
] as const;

export function amounts(held: PersonDetail["held"]): string[] {
  return WORDS.filter(([name]) => held[name] > 0).map(
    ([name, one, many]) => `${held[name]} ${held[name] === 1 ? one : many}`,
  );
}
