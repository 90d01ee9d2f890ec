/** The page behind a status link: its token leaves the address at once, and only the button uses it. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { givenLink, keepLink } from "../../src/lib/given_link";
import Status from "../../src/pages/status/status";

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("scrollTo", vi.fn());
});
afterEach(cleanup);

const press = () => fireEvent.click(screen.getByRole("button", { name: "Show how it stands" }));

it("takes the token out of the address and sends nothing before the button is pressed", () => {
  history.replaceState(null, "", "/status#a-token");
  render(<Status />);
  expect(location.href).not.toContain("a-token");
  expect(fetched).not.toHaveBeenCalled();
});

it("sends the token in the body, never in the address", async () => {
  history.replaceState(null, "", "/status#a-token");
  fetched.mockResolvedValue(new Response('{"code":"not_found","reasons":[]}', { status: 404 }));
  render(<Status />);
  press();
  expect(await screen.findByText("This link does not work any more")).toBeTruthy();
  const [address, request] = fetched.mock.calls[0] as [string, RequestInit];
  expect(address).toBe("/api/v1/status/");
  expect(request.body).toBe('{"token":"a-token"}');
});

it("says what to do when it was opened without a token", () => {
  history.replaceState(null, "", "/status");
  render(<Status />);
  expect(screen.queryByRole("button")).toBeNull();
});

it("keeps the button when no answer came, because nothing was used", async () => {
  history.replaceState(null, "", "/status#a-token");
  fetched.mockRejectedValue(new TypeError("offline"));
  render(<Status />);
  press();
  expect(await screen.findByRole("alert")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Show how it stands" })).toBeTruthy();
});

it("keeps a link that was just made, with its token behind the #", () => {
  keepLink({ id: "1", telling_caller: null });
  expect(givenLink.value).toBeNull();
  keepLink({ id: "1", telling_caller: { given: { token: "abc", expires_at: "2026-12-09T12:00:00Z" } } });
  expect(givenLink.value?.address).toBe(`${location.origin}/status#abc`);
});
