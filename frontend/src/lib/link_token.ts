/** The token of a link that works once, as it stands behind the # of its address: no browser sends that anywhere. */

/** Read once and taken out of the address at once, so that it stays in no history and on no screen. */
export function takeToken(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(null, "", location.pathname);
  return token;
}
