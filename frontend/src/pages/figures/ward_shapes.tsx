/** The wards in their real shapes: the darker, the more; every number stands in the table too. */
import type { WardMap } from "../../api/types";
import { Figure, type Said } from "../../ui/charts/frame";
import { shadeOf } from "../../ui/charts/tiles";
import type { ShownWard } from "./ward_map";

export function Shapes({ finding, table, map, wards }: Said & { map: WardMap; wards: ShownWard[] }) {
  const most = Math.max(0, ...wards.map(({ value }) => value ?? 0));
  const byId = new Map(wards.map((ward) => [ward.id, ward]));
  return (
    <Figure finding={finding} table={table} rows={[]}>
      <svg
        class="app-wards"
        viewBox={`0 0 ${map.width} ${map.height}`}
        preserveAspectRatio="xMidYMid meet"
        aria-hidden="true"
        focusable="false"
      >
        <defs>
          <pattern id="too-few" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line y2="12" />
          </pattern>
        </defs>
        {map.wards.map(({ id, path }) => {
          const ward = byId.get(id);
          const shade = ward && ward.value !== null ? shadeOf(ward.value, most) : "none";
          return (
            <path key={id} class={`app-ward app-ward--${shade}`} d={path} fill-rule="evenodd">
              <title>{ward && `${ward.label}: ${ward.text}`}</title>
            </path>
          );
        })}
        {map.wards.map(({ id, x, y }) => (
          <text key={id} x={x} y={y}>
            {byId.get(id)?.value !== null && byId.get(id)?.text}
          </text>
        ))}
      </svg>
      <p class="app-quiet">The darker a ward, the more. Hatched: too few to show.</p>
    </Figure>
  );
}
