// What makes a page interactive is larger than the page itself, so it is read once the page can be seen.
// A tab in the background paints nothing; there the time limit starts it.
const longest = 500;
let isStarted = false;

function start() {
  if (isStarted) return;
  isStarted = true;
  for (const link of document.querySelectorAll('link[data-after-paint]')) {
    if (link.as === 'script') document.body.append(scriptOf(link.href));
    else link.media = 'all';
  }
}

function scriptOf(address) {
  const script = document.createElement('script');
  script.src = address;
  script.async = false; // in the order in which they stand
  return script;
}

// A menu folds in when something of it was chosen, or something else was clicked.
document.addEventListener('click', event => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target) || event.target.closest('.items :is(a, button)')) menu.open = false;
  }
  if (event.target.closest('[data-put-away]')) putAway(event.target);
});

document.addEventListener('keydown', event => {
  if (event.key === 'Escape') putAway(event.target);
});

// A question that is not answered leaves the keyboard where it was asked.
function putAway(place) {
  const question = place.closest?.('[data-question][open]');
  if (!question) return;
  question.open = false;
  question.querySelector('summary').focus();
}

setTimeout(start, longest);
requestAnimationFrame(() => setTimeout(start));
