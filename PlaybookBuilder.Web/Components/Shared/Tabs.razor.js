// Sideways only: the page stays where it is.
export function show(tabs) {
  const chosen = tabs.querySelector('.active');
  if (!chosen) return;
  const [frame, link] = [tabs.getBoundingClientRect(), chosen.getBoundingClientRect()];
  if (link.left < frame.left || link.right > frame.right) tabs.scrollLeft += link.left - frame.left - (frame.width - link.width) / 2;
}
