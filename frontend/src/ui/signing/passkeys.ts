/** Passkeys: what the browser is asked, and its answer in the form that the server takes. */
import { send } from "../../api/client";

interface Options<Kind> {
  data: { creation_options?: { publicKey: Kind }; request_options?: { publicKey: Kind } };
}

export const canUsePasskeys = () =>
  typeof PublicKeyCredential !== "undefined" && "parseRequestOptionsFromJSON" in PublicKeyCredential;

const asked = <Answer>(method: string, path: string, body?: unknown) =>
  send<Answer>(method, path, { body, reauthenticate: false });

/** Shows a passkey at an address of allauth's; a person who closes the browser's dialogue has shown nothing. */
export async function showPasskey(path: string): Promise<void> {
  const { data } = await asked<Options<PublicKeyCredentialRequestOptionsJSON>>("GET", path);
  if (!data.request_options) throw new Error("no options");
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(data.request_options.publicKey);
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  await asked("POST", path, { credential: credential.toJSON() });
}

/** Makes a passkey that can sign in by itself, and keeps its public half on the server. */
export async function addPasskey(path: string, name: string): Promise<void> {
  const { data } = await asked<Options<PublicKeyCredentialCreationOptionsJSON>>("GET", `${path}?passwordless`);
  if (!data.creation_options) throw new Error("no options");
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(data.creation_options.publicKey);
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  await asked("POST", path, { name, credential: credential.toJSON() });
}

const NOT_DONE = "The passkey was not used. Try again, or choose another way.";

/** What is wrong with an attempt, in words; the browser says only that it was not done. */
export function passkeyProblem(error: unknown): string | null {
  return error instanceof DOMException ? NOT_DONE : null;
}
