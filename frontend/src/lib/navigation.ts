/** Where each entry of the session's navigation lives, and what is said once on the page after an action. */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { session } from "../session";

export interface Notice {
  title: string;
  lines: string[];
  /** How it can be undone, for as long as it can. */
  undo?: ComponentChildren;
}

/** Set by an action, shown by the next page, gone with the one after. */
export const notice = signal<Notice | null>(null);

const PATHS: Record<string, string> = {
  referrals: "/referrals",
  queue: "/queue",
  redirected: "/offered",
  requests: "/information-requests",
  confirmations: "/confirmations",
  disagreements: "/disagreements",
  cases: "/cases",
  transfers: "/transfers",
  services: "/services",
  messages: "/messages",
};

export function pathOf(entry: string): string {
  return PATHS[entry] ?? `/${entry}`;
}

/** Only a path within this app is a place to return to. */
export function backFrom(query: Record<string, string>, otherwise: string): string {
  return /^\/(?!\/)/.test(query.back ?? "") ? (query.back as string) : otherwise;
}

/** The words of the menu for one of its entries, which are the heading of its page. */
export function labelOf(entry: string, otherwise: string): string {
  return session.value?.navigation.find(({ name }) => name === entry)?.label ?? otherwise;
}
