/** Tells the server the reader's time zone; a page whose times were in another one is asked for once more. */

const page = document.documentElement;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (zone && page.dataset.zone !== zone) {
  // biome-ignore lint/suspicious/noDocumentCookie: Firefox has no other way yet
  document.cookie = `b2bcourse-zone=${zone};path=${page.dataset.base};max-age=31536000;samesite=lax`;
  const isOther = Number(page.dataset.offset) !== -new Date().getTimezoneOffset();
  // Once at most: what the cookie says comes back with the page, whether the server knows it or not.
  if (isOther && page.dataset.again !== undefined && document.cookie.includes("b2bcourse-zone=")) location.reload();
}
