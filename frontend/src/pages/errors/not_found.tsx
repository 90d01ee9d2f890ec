/** An address at which there is nothing. */
import { Page } from "../../ui/page";

export default function NotFound() {
  return (
    <Page title="Page not found" narrow>
      <p>If you typed the address, check that it is right. If you followed a link, the page may have moved.</p>
      <p>
        <a href="/">Go to your home page</a>
      </p>
    </Page>
  );
}
