/** What few forms have, such as a field of its own kind: its code is fetched when the first is drawn, by no other page. */
import { useEffect, useState } from "preact/hooks";
import { Loading } from "../page";

type Control<Props> = (props: Props) => preact.JSX.Element | null;

export function later<Props extends object>(fetchControl: () => Promise<Control<Props>>): Control<Props> {
  let Known: Control<Props> | null = null;
  return function Later(props: Props) {
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
