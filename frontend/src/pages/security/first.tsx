/** The only page of somebody who has no second factor yet. */
import { session } from "../../session";
import { Page } from "../../ui/page";
import { SetUp } from "../../ui/signing/set_up";

export default function First() {
  return (
    <Page title="Choose a second way to show that it is you" narrow>
      <p class="govuk-body-l">
        A password can be guessed or seen. These are children's records, so we ask {session.value?.person?.name} for a
        second thing at each sign-in. Choose one way now; you can add others later.
      </p>
      <SetUp has={[]} onDone={() => location.assign("/")} />
    </Page>
  );
}
