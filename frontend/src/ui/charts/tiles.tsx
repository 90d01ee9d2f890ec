/** A map of equal tiles, each where its ward about lies: the darker, the more, with the number in it. */
import { Figure, Linked, type Said } from "./frame";

export interface Tile {
  id: string;
  label: string;
  /** What fits into a tile. */
  short: string;
  /** Where it stands, counted from 1 at the top left. */
  row: number;
  column: number;
  /** None where nothing may be shown. */
  value: number | null;
  text: string;
  href?: string;
}

const SHADES = 4;

/** Which shade a number has, from 1 for the lightest; 0 for none of them. */
export function shadeOf(value: number | null, most: number): number {
  if (!value || most <= 0) return 0;
  return Math.min(SHADES, Math.ceil((SHADES * value) / most));
}

export function Tiles({ finding, table, tiles }: Said & { tiles: Tile[] }) {
  const most = Math.max(0, ...tiles.map(({ value }) => value ?? 0));
  const rows = tiles.map(({ id, label, text, href }) => ({ id, cells: [<Linked href={href}>{label}</Linked>, text] }));
  return (
    <Figure finding={finding} table={table} rows={rows}>
      <ul class="app-tiles">
        {tiles.map((tile) => (
          <li
            key={tile.id}
            class={`app-tile app-tile--${tile.value === null ? "none" : shadeOf(tile.value, most)}`}
            style={{ gridRow: tile.row, gridColumn: tile.column }}
            title={tile.label}
          >
            <Linked href={tile.href}>
              <span aria-hidden="true">{tile.short}</span>
              <span class="govuk-visually-hidden">{tile.label}: </span>
              <strong class="app-tile__text">{tile.text}</strong>
            </Linked>
          </li>
        ))}
      </ul>
      <p class="app-quiet">
        The darker a tile, the more.
        {tiles.some(({ value }) => value === null) && " Hatched: too few to show."}
      </p>
    </Figure>
  );
}
