/** How a menu that opens over the page behaves: it closes by Escape, and when focus or a click goes elsewhere. */
import { useEffect, useRef } from "preact/hooks";

/** Properties for a `<details>` that is such a menu. */
export function useMenu() {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (menu.current) menu.current.open = false;
  };
  const leave = (next: EventTarget | null) => {
    if (next instanceof Node && !menu.current?.contains(next)) close();
  };
  useEffect(() => {
    const onPointerDown = (event: PointerEvent) => leave(event.target);
    document.addEventListener("pointerdown", onPointerDown);
    return () => document.removeEventListener("pointerdown", onPointerDown);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !menu.current?.open) return;
    close();
    menu.current.querySelector("summary")?.focus();
  };
  const onFocusOut = (event: FocusEvent) => leave(event.relatedTarget);
  return { ref: menu, onKeyDown, onFocusOut };
}
