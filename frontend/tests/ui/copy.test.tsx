import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Copy } from "../../src/ui/copy";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function pressed(clipboard: unknown): Promise<string> {
  vi.stubGlobal("navigator", { clipboard });
  render(<Copy text="https://alongside.example/status" label="Copy the link" />);
  fireEvent.click(screen.getByRole("button", { name: "Copy the link" }));
  await vi.waitFor(() => expect(screen.getByRole("status").textContent).not.toBe(""));
  return screen.getByRole("status").textContent ?? "";
}

describe("copying", () => {
  it("says that it is done", async () => {
    const writeText = vi.fn(async () => {});
    expect(await pressed({ writeText })).toBe("Copied");
    expect(writeText).toHaveBeenCalledWith("https://alongside.example/status");
  });

  it.each([
    ["forbids it", { writeText: async () => Promise.reject(new Error("Write permission denied.")) }],
    ["cannot do it", undefined],
  ])("says what to do where the browser %s", async (_how, clipboard) => {
    expect(await pressed(clipboard)).toContain("copy it yourself");
  });
});
