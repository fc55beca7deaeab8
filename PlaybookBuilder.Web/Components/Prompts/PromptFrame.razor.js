const prefix = 'playbook-draft:';

/** Keeps what is entered into the form's named fields in the browser's storage, at every change. */
export function attach(form, key) {
  const name = prefix + key;
  let fields = load(name) ?? {};

  const keep = event => {
    const field = event.target;
    if (!field.name || field.type === 'file' || field.type === 'search') return;
    if (field.type === 'radio' && !field.checked) return;
    fields[field.name] = field.type === 'checkbox' ? String(field.checked) : field.value;
    store(name, fields);
  };
  // Enter in a field to search or to fetch with does that; it must not submit the form around it.
  const search = event => {
    if (event.key === 'Enter' && ['search', 'url'].includes(event.target.type)) event.preventDefault();
  };
  form.addEventListener('input', keep);
  form.addEventListener('keydown', search);

  return {
    read() {
      return new TextEncoder().encode(JSON.stringify(fields));
    },
    replace(entered) {
      fields = entered;
      store(name, fields);
    },
    discard() {
      fields = {};
      localStorage.removeItem(name);
    },
    detach() {
      form.removeEventListener('input', keep);
      form.removeEventListener('keydown', search);
    },
  };
}

function load(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch (error) {
    console.warn('A draft that can not be read was dropped.', error);
    localStorage.removeItem(name);
    return null;
  }
}

function store(name, fields) {
  try {
    localStorage.setItem(name, JSON.stringify(fields));
  } catch (error) {
    // Storage is full or switched off: the form works on, without a draft.
    console.warn('The draft could not be kept.', error);
  }
}
