/** The pages by which somebody comes in who cannot sign in yet, or not now; fetched together, when one is opened. */
import type { ComponentType } from "preact";
import BackFromDirectory from "./directory";
import Forgotten from "./forgotten";
import SetPassword from "./set_password";

const PAGES: Record<string, ComponentType> = { "/forgotten": Forgotten, "/directory": BackFromDirectory };

export default function Outside({ path }: { path: string }) {
  const Page = PAGES[path] ?? SetPassword;
  return <Page />;
}
