/** Where what an option lacks is done. */
import { useLocation } from "preact-iso/router";
import type { Option } from "../../api/types";

/** Beside a form it opens in a tab of its own, so that nothing typed here is lost; otherwise it comes back here. */
export function WayOn({ way, beside = false }: { way: Option["way"]; beside?: boolean }) {
  const { url } = useLocation();
  if (!way) return null;
  return (
    <p>
      {beside ? (
        <a href={way.url} target="_blank" rel="noopener">
          {way.label} (opens in a new tab)
        </a>
      ) : (
        <a href={`${way.url}?back=${encodeURIComponent(url)}`}>{way.label}</a>
      )}
      <span class="app-quiet app-block">{way.hint}</span>
    </p>
  );
}
