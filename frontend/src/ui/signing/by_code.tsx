/** A code from the app on one's phone, or one of the recovery codes that were kept for when it is lost. */
import { ApiError } from "../../api/client";
import { explain } from "../../lib/explain";
import { OneAnswer } from "./one_answer";

const WRONG = "The code is not right, or has been used. Wait for the next one and try again.";

interface Props {
  label?: string;
  hint: string;
  button: string;
  send: (code: string) => Promise<void>;
}

export function ByCode({ label = "Code", hint, button, send }: Props) {
  const attempt = async (typed: string) => {
    try {
      await send(typed.replace(/\s/g, ""));
      return [];
    } catch (error) {
      return error instanceof ApiError && error.status === 400 ? [WRONG] : explain(error);
    }
  };
  return (
    <OneAnswer
      name="code"
      type="text"
      label={label}
      hint={hint}
      missing="Enter the code"
      autocomplete="one-time-code"
      inputMode="numeric"
      button={button}
      send={attempt}
    />
  );
}
