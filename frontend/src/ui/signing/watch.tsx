/**
 * What watches over a session and asks over the page: that it ends soon, that it has ended, whether it is still oneself,
 * in which role one goes on.
 */
import { IdleWarning } from "./idle";
import { RoleChanged } from "./role_changed";
import { SignInAgain } from "./sign_in_again";

export default function Watch() {
  return (
    <>
      <IdleWarning />
      <SignInAgain />
      <RoleChanged />
    </>
  );
}
