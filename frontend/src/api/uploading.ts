/** A request that tells how much of it has gone: fetch cannot, the older way can. */

const PATIENCE_MS = 10 * 60_000;

/** Sends text and answers as fetch does; `onProgress` hears the share that has gone, from 0 to 1. Rejects when cut. */
export function upload(
  method: string,
  url: string,
  headers: Record<string, string>,
  body: string,
  onProgress: (share: number) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.timeout = PATIENCE_MS;
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total);
    };
    const wait = () => request.getResponseHeader("Retry-After");
    request.onload = () =>
      resolve(
        new Response(request.status === 204 ? null : request.responseText, {
          status: request.status,
          headers: wait() ? { "Retry-After": String(wait()) } : {},
        }),
      );
    request.onerror = reject;
    request.ontimeout = reject;
    request.send(body);
  });
}
