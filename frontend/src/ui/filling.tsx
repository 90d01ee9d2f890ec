/** The demonstration's past is filled in while one looks around: says how far it is, until it is whole. */
import { useEffect } from "preact/hooks";
import type { DemoCity } from "../api/types";
import { useResource } from "../lib/resource";

const LOOK_AGAIN_MS = 3_000;

export function Filling() {
  const { data, load } = useResource<DemoCity>("demo/city/");
  const city = data.value;
  const going = city !== null && city.done < city.total;
  useEffect(() => {
    if (!going) return;
    const timer = setInterval(() => void load(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [going, load]);
  if (!going) return null;
  return (
    <aside class="app-filling" aria-label="The demonstration">
      <progress max={city.total} value={city.done} aria-label="Children filled in" />
      <span>
        You can look around already. The last two years are still being filled in: {city.done} of {city.total} children.
      </span>
    </aside>
  );
}
