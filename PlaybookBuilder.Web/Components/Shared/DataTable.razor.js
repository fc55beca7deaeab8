/** Puts the text behind an address on the clipboard. Gives what went wrong, or null. */
export async function copy(url) {
  const text = fetch(new URL(url, document.baseURI)).then(response => {
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return response.blob();
  }).then(blob => new Blob([blob], { type: 'text/plain' }));
  try {
    // A promise, not its value: the permission that the click gave would be gone when the text arrives.
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]);
    return null;
  } catch (error) {
    return `The table could not be copied: ${error.message}. Download it instead.`;
  }
}
