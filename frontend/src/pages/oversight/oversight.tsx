/** Who looked, what was shared, emergency and unusual reading behind one door, because few people ever open them. */
import lazy from "preact-iso/lazy";
import { useLocation } from "preact-iso/router";
import { CaseLooks } from "./case_looks";
import { OneGlass } from "./glass";
import { Glasses } from "./glasses";
import { Looks } from "./looks";
import { Shares } from "./shares";
import { OneUnusual, UnusualList } from "./unusual";

// Each comes with the page whose fields it shares, so that those are fetched in one piece.
const Sealing = lazy(() => import("../find/find").then((page) => page.Sealing));
const FindLooks = lazy(() => import("../find/find").then((page) => page.FindLooks));
const OpenGlass = lazy(() => import("../conflicts/declare").then((page) => page.OpenGlass));

export default function Oversight() {
  const { path, query } = useLocation();
  const [, place, of = "", id = ""] = path.split("/");
  if (place === "break-glass") return <Emergencies of={of} view={query.view} />;
  if (place === "unusual") return of ? <OneUnusual key={of} id={of} /> : <UnusualList view={query.view} />;
  if (place === "sealing") return <Sealing />;
  const key = path + JSON.stringify(query);
  if (place === "shares") return <Shares key={key} child={of === "child" ? id : ""} query={query} />;
  if (of === "case" && id) return <CaseLooks key={id} id={id} />;
  if (of === "child" || of === "person" || of === "all") return <Looks key={key} of={of} id={id} query={query} />;
  return <FindLooks />;
}

function Emergencies({ of, view }: { of: string; view?: string }) {
  if (of === "open") return <OpenGlass />;
  return of ? <OneGlass key={of} id={of} /> : <Glasses key={view} chosen={view} />;
}
