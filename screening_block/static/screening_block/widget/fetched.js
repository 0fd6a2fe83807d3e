/**
 * A file of ours, without a word about who asks and from where.
 * @param {URL | string} address
 */
export async function get(address) {
  const response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
  // Questions that are gone say so, with `detail`; then there is nothing to try again.
  if (!response.ok) throw await response.json().catch(() => response);
  return response;
}
