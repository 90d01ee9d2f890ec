/** The pages of requests for a copy of a record behind one door, because few people ever open them. */
import { useLocation } from "preact-iso/router";
import { Passages } from "./passages";
import { OneRectification, ToDecide } from "./rectification";
import { OneRequest } from "./request";
import { Requests } from "./requests";

export default function Rights() {
  const { path, query } = useLocation();
  const [, place, id, part] = path.split("/");
  if (place === "rectifications") return id ? <OneRectification key={id} id={id} /> : <ToDecide />;
  if (!id) return <Requests key={query.view} chosen={query.view} />;
  if (part === "passages") return <Passages key={`${id} ${query.view}`} id={id} chosen={query.view} />;
  return <OneRequest key={id} id={id} />;
}
