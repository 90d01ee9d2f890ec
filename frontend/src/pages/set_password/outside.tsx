/** The pages by which somebody comes in who cannot sign in yet, or not now; fetched together, when one is opened. */
import Forgotten from "./forgotten";
import SetPassword from "./set_password";

export default function Outside({ path }: { path: string }) {
  return path === "/forgotten" ? <Forgotten /> : <SetPassword />;
}
