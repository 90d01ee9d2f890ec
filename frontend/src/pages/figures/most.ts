/** What has most, in words that also hold where several have it. */

export function numberText(number: number): string {
  return number.toLocaleString("en-GB");
}

/** Its name and “about” how many; of several that have as many, the first one named and the others counted. */
export function highest(rows: { label: string; number: number }[], text = numberText) {
  const most = Math.max(...rows.map(({ number }) => number));
  const [first, ...others] = rows.filter(({ number }) => number === most);
  const name = others.length > 0 ? `${first?.label} and ${others.length} more` : first?.label;
  return { name, value: `about ${text(most)}${others.length > 0 ? " each" : ""}` };
}

/** What most of them were, in a sentence. */
export function mostOf(rows: { label: string; number: number }[], total: number) {
  const { name, value } = highest(rows.map(({ label, number }) => ({ label: `“${label}”`, number })));
  return `Most: ${name}, ${value} of ${numberText(total)} referrals.`;
}
