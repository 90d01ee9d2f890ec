/** The head of the page stands in index.html, so that it is seen before the app is there: both must be the same. */
import { readFileSync } from "node:fs";
import { render } from "@testing-library/preact";
import { LocationProvider } from "preact-iso/router";
import { expect, it } from "vitest";
import { Shell } from "../../src/ui/shell";

/** Without what the two write differently and a browser reads alike: white space, and how an empty element ends. */
const plain = (element: Element | null) => element?.outerHTML.replace(/\s+/g, " ").replace(/ ?(<|>) ?/g, "$1");

it("draws over the head that came with the page, and moves nothing", () => {
  const built = new DOMParser().parseFromString(readFileSync("index.html", "utf8"), "text/html");
  const { container } = render(
    <LocationProvider>
      <Shell>words</Shell>
    </LocationProvider>,
  );
  expect(plain(built.querySelector("#app > a"))).toBe(plain(container.querySelector("a")));
  expect(plain(built.querySelector("#app > header"))).toBe(plain(container.querySelector("header")));
});
