/** A status link that was just made: in memory until its page is left, because nobody can read it again. */
import { signal } from "@preact/signals";

export interface GivenLink {
  referral: string;
  address: string;
  expiresAt: string;
}

export const givenLink = signal<GivenLink | null>(null);

interface Made {
  id: string;
  telling_caller?: { given: { token: string; expires_at: string } | null } | null;
}

/** Keeps the link that an answer brings; the token stands behind the #, which no browser sends anywhere. */
export function keepLink({ id, telling_caller: told }: Made): void {
  if (!told?.given) return;
  const { token, expires_at: expiresAt } = told.given;
  givenLink.value = { referral: id, address: `${location.origin}/status#${token}`, expiresAt };
}
