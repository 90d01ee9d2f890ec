/** What watches over a session and asks over the page: that it ends soon, that it has ended, whether it is still oneself. */
import { IdleWarning } from "./idle";
import { SignInAgain } from "./sign_in_again";

export default function Watch() {
  return (
    <>
      <IdleWarning />
      <SignInAgain />
    </>
  );
}
