/** send(): headers, errors in one shape, and signing in again in place. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, actAs, get, onChangedRole, onSignedOut, post, send } from "../../src/api/client";

const answered = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(body === null ? null : JSON.stringify(body), { status, headers });

const fetched = vi.fn<typeof fetch>();
const lastInit = () => fetched.mock.calls.at(-1)?.[1] as RequestInit & { headers: Record<string, string> };

beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
  // biome-ignore lint/suspicious/noDocumentCookie: the test plays the server, which sets it
  document.cookie = "csrftoken=first";
  onSignedOut(async () => false);
});
afterEach(() => {
  fetched.mockReset();
  vi.unstubAllGlobals();
});

describe("send", () => {
  it("reads the CSRF cookie at each call and sends the key", async () => {
    fetched.mockImplementation(async () => answered(200, { ok: true }));
    await post("referrals/", {}, "key-1");
    expect(lastInit().headers).toMatchObject({ "X-CSRFToken": "first", "Idempotency-Key": "key-1" });
    // biome-ignore lint/suspicious/noDocumentCookie: the test plays the server, which sets it
    document.cookie = "csrftoken=second";
    await post("referrals/", {}, "key-1");
    expect(lastInit().headers["X-CSRFToken"]).toBe("second");
    expect(fetched.mock.calls[0]?.[0]).toBe("/api/v1/referrals/");
  });

  it("goes to an address of the API as it stands", async () => {
    fetched.mockResolvedValue(answered(200, {}));
    await post("/api/v1/referrals/1/accept/", {}, "key");
    expect(fetched.mock.calls[0]?.[0]).toBe("/api/v1/referrals/1/accept/");
  });

  it("gives the refusal with its reasons and fields", async () => {
    const body = { code: "invalid", reasons: ["No."], fields: { reason: ["Choose a reason"] } };
    fetched.mockResolvedValue(answered(400, body));
    const error = await get("x/").catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, code: "invalid", reasons: ["No."], fields: body.fields });
    expect((error as ApiError).mayRetry).toBe(false);
  });

  it("takes a page that is no JSON, and no answer at all, for errors too", async () => {
    fetched.mockResolvedValueOnce(new Response("<h1>Bad gateway</h1>", { status: 502 }));
    await expect(get("x/")).rejects.toMatchObject({ status: 502, mayRetry: true });
    fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    await expect(get("x/")).rejects.toMatchObject({ status: 0, code: "offline", mayRetry: true });
  });

  it("hears how long to wait", async () => {
    fetched.mockResolvedValue(answered(429, { code: "throttled" }, { "Retry-After": "17" }));
    await expect(get("x/")).rejects.toMatchObject({ retryAfterSeconds: 17, mayRetry: true });
  });
});

describe("a lost session", () => {
  it("sends the same request once more, with the same key, after signing in again", async () => {
    onSignedOut(async () => true);
    fetched
      .mockResolvedValueOnce(answered(401, { code: "not_signed_in" }))
      .mockResolvedValueOnce(answered(200, { id: 1 }));
    await expect(post("referrals/", { a: 1 }, "key-9")).resolves.toEqual({ id: 1 });
    expect(fetched).toHaveBeenCalledTimes(2);
    expect(lastInit().headers["Idempotency-Key"]).toBe("key-9");
    expect(lastInit().body).toBe('{"a":1}');
  });

  it("asks in the ways that the server names whether it is still the same person", async () => {
    const ask = vi.fn(async (_challenge?: { ways: string[] }) => true);
    onSignedOut(ask);
    const challenge = { ways: ["password"] };
    fetched
      .mockResolvedValueOnce(answered(401, { code: "fresh_sign_in", challenge }))
      .mockResolvedValueOnce(answered(200, { id: 1 }));
    await expect(post("people/", { a: 1 }, "key-9")).resolves.toEqual({ id: 1 });
    expect(ask).toHaveBeenCalledWith(challenge);
    expect(lastInit().headers["Idempotency-Key"]).toBe("key-9");
  });

  it("is an error when the person does not sign in, and for signing in itself", async () => {
    fetched.mockImplementation(async () => answered(401, {}));
    await expect(get("x/")).rejects.toMatchObject({ status: 401 });
    onSignedOut(async () => true);
    await expect(send("POST", "/login", { reauthenticate: false })).rejects.toMatchObject({ status: 401 });
    expect(fetched).toHaveBeenCalledTimes(2);
  });
});

describe("a role that was changed in another window", () => {
  const refused = () => answered(409, { code: "changed_role", reasons: ["Another window acts as Manager now."] });

  it("says with each request in which role the page was opened", async () => {
    actAs("membership-1");
    fetched.mockResolvedValue(answered(200, {}));
    await get("referrals/");
    expect(lastInit().headers["Acting-As"]).toBe("membership-1");
    actAs("");
    await get("referrals/");
    expect(lastInit().headers["Acting-As"]).toBeUndefined();
  });

  it("sends the same request once more when the person has changed back", async () => {
    onChangedRole(async () => true);
    fetched.mockResolvedValueOnce(refused()).mockResolvedValueOnce(answered(200, { id: 1 }));
    await expect(post("referrals/", { a: 1 }, "key-3")).resolves.toEqual({ id: 1 });
    expect(lastInit().headers["Idempotency-Key"]).toBe("key-3");
  });

  it("says what the server said when they have not", async () => {
    onChangedRole(async () => false);
    fetched.mockResolvedValueOnce(refused());
    await expect(get("referrals/")).rejects.toMatchObject({ code: "changed_role", mayRetry: false });
    expect(fetched).toHaveBeenCalledTimes(1);
  });
});
