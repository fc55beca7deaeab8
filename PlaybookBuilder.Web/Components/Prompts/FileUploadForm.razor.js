const reportEvery = 250;

/** Sends the chosen or dropped file to the upload route, and tells the form how far it is. */
export function attach(zone, input, form, uploadUrl) {
  const kept = zone.querySelector('input[type=hidden]');
  let request = null;

  const tell = (method, ...values) => form.invokeMethodAsync(method, ...values).catch(error => console.warn('The form is gone; the upload goes on.', error));

  function send(file) {
    if (request) return;
    request = new XMLHttpRequest();
    let told = 0;
    request.upload.onprogress = event => {
      if (performance.now() - told < reportEvery) return;
      told = performance.now();
      tell('Report', event.loaded);
    };
    request.onload = () => finish(() => {
      if (request.status === 401) return tell('AskToSignIn');
      if (request.status !== 200) return tell('Fail', `The upload was refused: ${reasonOf(request)}`);
      const answer = JSON.parse(request.responseText).file[0];
      // Into the draft first, which the browser keeps whatever becomes of the circuit.
      kept.value = JSON.stringify(answer);
      kept.dispatchEvent(new Event('input', { bubbles: true }));
      return tell('End', answer);
    });
    request.onerror = () => finish(() => tell('Fail', 'The upload broke off. Look at the connection and choose the file again.'));
    request.onabort = () => finish(() => tell('Fail', null));
    request.open('POST', new URL(uploadUrl, document.baseURI));
    const body = new FormData();
    body.append('file', file, file.name);
    tell('Begin', file.name, file.size);
    request.send(body);
  }

  function finish(then) {
    then();
    request = null;
    input.value = '';
  }

  input.addEventListener('change', () => {
    if (input.files.length) send(input.files[0]);
  });
  zone.addEventListener('dragover', event => {
    event.preventDefault();
    zone.classList.add('over');
  });
  zone.addEventListener('dragleave', () => zone.classList.remove('over'));
  zone.addEventListener('drop', event => {
    event.preventDefault();
    zone.classList.remove('over');
    if (event.dataTransfer.files.length && !input.matches(':disabled')) send(event.dataTransfer.files[0]);
  });

  return {
    cancel() {
      request?.abort();
    },
    async sendExample(url, name) {
      const response = await fetch(new URL(url, document.baseURI));
      if (!response.ok) return tell('Fail', `The example could not be fetched: the server answered ${response.status}.`);
      return send(new File([await response.blob()], name));
    },
  };
}

function reasonOf(request) {
  try {
    return JSON.parse(request.responseText).detail ?? request.statusText;
  } catch {
    return `the server answered ${request.status}`;
  }
}
