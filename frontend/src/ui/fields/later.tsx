/** A field that few forms have: its code is fetched when the first of them is drawn, and by no other page. */
import { useEffect, useState } from "preact/hooks";
import { Loading } from "../page";
import type { FieldProps } from "./frame";

type Control = (props: FieldProps) => preact.JSX.Element;

export function later(fetchControl: () => Promise<Control>): Control {
  let Known: Control | null = null;
  return function Later(props: FieldProps) {
    const [failure, setFailure] = useState<{ error: unknown } | null>(null);
    const [, setReady] = useState(Known !== null);
    useEffect(() => {
      if (Known) return;
      fetchControl().then(
        (control) => {
          Known = control;
          setReady(true);
        },
        (error) => setFailure({ error }),
      );
    }, []);
    // The page says that it could not be loaded, and offers to try again.
    if (failure) throw failure.error;
    return Known ? <Known {...props} /> : <Loading />;
  };
}
