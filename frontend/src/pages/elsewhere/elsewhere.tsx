/** Places that few people ever open, and any that are not there: so that nobody else has to fetch the way to them. */
import type { ComponentType } from "preact";
import lazy from "preact-iso/lazy";
import { useLocation } from "preact-iso/router";
import NotFound from "../errors/not_found";

type Place = ComponentType<{ params: { id: string } }>;

const Oversight: Place = lazy(() => import("../oversight/oversight"));
const Rights: Place = lazy(() => import("../rights/rights"));
const PLACES: Record<string, Place> = {
  "break-glass": Oversight,
  looks: Oversight,
  sealing: Oversight,
  shares: Oversight,
  unusual: Oversight,
  rectifications: Rights,
  "subject-requests": Rights,
  retention: lazy(() => import("../retention/retention")),
  holds: lazy(() => import("../retention/hold")),
  disposals: lazy(() => import("../retention/order")),
};

export default function Elsewhere() {
  const [, place = "", id = "", part] = useLocation().path.split("/");
  // What is done with a record is another route: this one stays until that has come, and knows no record called “new”.
  if (part === "do") return null;
  const Found = PLACES[place] ?? NotFound;
  return <Found params={{ id }} />;
}
