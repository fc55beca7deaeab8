const library = 'lib/tus-js-client/4.3.1/tus.min.js';
const reportEvery = 250;
// One request for each, so that proxies that hold bodies back, or limit them, do no harm.
const chunkSize = 64 * 1024 * 1024;
// Below it the file goes with the request that begins the upload.
const small = 4 * 1024 * 1024;
const retryDelays = [0, 1000, 2000, 4000, 8000, 15000, 30000, 30000, 30000, 30000, 30000, 30000, 30000, 30000, 30000, 30000];
const passing = new Set([0, 408, 409, 423, 425, 429, 460, 500, 502, 503, 504]);
const active = new Set(['sending', 'waiting', 'finishing']);

// Places by their keys: uploads go on while the page shows something else.
const places = new Map();
let loading;
let last = 0;
let held;

/** Takes up a place for uploads, with those that are under way there. */
export function attach(key, zone, input, form, endpoint) {
  const place = places.get(key) ?? { uploads: new Map(), ended: [] };
  places.set(key, place);
  place.form = form;
  place.kept = zone.querySelector('input[type=hidden]');
  for (const upload of place.uploads.values()) {
    tell(place, 'Begin', upload.number, upload.file.name, upload.file.size);
    report(place, upload);
  }
  for (const answer of place.ended.splice(0)) deliver(place, answer.number, answer.file);

  const send = files => {
    const chosen = input.multiple ? [...files] : [...files].slice(0, 1);
    for (const file of chosen) begin(place, file, endpoint);
    input.value = '';
  };
  const over = event => {
    event.preventDefault();
    zone.classList.add('over');
  };
  input.addEventListener('change', () => send(input.files));
  zone.addEventListener('dragover', over);
  zone.addEventListener('dragleave', () => zone.classList.remove('over'));
  zone.addEventListener('drop', event => {
    event.preventDefault();
    zone.classList.remove('over');
    if (!input.matches(':disabled')) send(event.dataTransfer.files);
  });

  return {
    async pause(number) {
      const upload = place.uploads.get(number);
      await upload?.tus?.abort();
      change(place, upload, 'paused');
    },
    resume(number) {
      resume(place, place.uploads.get(number));
    },
    async cancel(number) {
      const upload = place.uploads.get(number);
      if (upload) await cancel(place, upload);
    },
    async sendExample(address, name) {
      const response = await fetch(new URL(address, document.baseURI));
      const file = new File([response.ok ? await response.blob() : ''], name);
      if (response.ok) begin(place, file, endpoint);
      else fail(place, enter(place, file), `The example could not be fetched: the server answered ${response.status}.`);
    },
    leave() {
      if (place.form === form) place.form = place.kept = null;
      if (place.uploads.size === 0 && place.ended.length === 0) places.delete(key);
    },
  };
}

function enter(place, file) {
  const upload = { number: ++last, file, sent: 0, stage: 'sending', problem: null, told: 0 };
  place.uploads.set(upload.number, upload);
  tell(place, 'Begin', upload.number, file.name, file.size);
  return upload;
}

async function begin(place, file, endpoint) {
  const upload = enter(place, file);
  try {
    const tus = await load();
    upload.tus = new tus.Upload(file, {
      endpoint: new URL(endpoint, document.baseURI).href,
      metadata: { filename: file.name, filetype: file.type },
      chunkSize,
      retryDelays,
      uploadDataDuringCreation: file.size <= small,
      removeFingerprintOnSuccess: true,
      onShouldRetry: error => {
        const retries = passing.has(statusOf(error));
        if (retries) change(place, upload, 'waiting');
        return retries;
      },
      onProgress: sent => {
        upload.sent = sent;
        if (upload.stage !== 'sending' && sent < file.size) return change(place, upload, 'sending');
        if (performance.now() - upload.told >= reportEvery) report(place, upload);
      },
      onSuccess: () => finish(place, upload),
      onError: error => refuse(place, upload, statusOf(error), reasonOf(error)),
    });
    const before = await upload.tus.findPreviousUploads();
    if (before.length > 0) upload.tus.resumeFromPreviousUpload(before[0]);
    if (place.uploads.has(upload.number) && upload.stage !== 'paused') upload.tus.start();
  } catch (error) {
    fail(place, upload, `The upload could not begin: ${error.message}`);
  }
}

function resume(place, upload) {
  if (!upload) return;
  if (!upload.tus) return;
  change(place, upload, 'sending');
  if (upload.isSent) finish(place, upload);
  else upload.tus.start();
}

async function cancel(place, upload) {
  place.uploads.delete(upload.number);
  tell(place, 'Drop', upload.number);
  release();
  try {
    // With what the server has of it.
    await upload.tus?.abort(true);
    tell(place, 'Forget');
  } catch (error) {
    console.warn('The server was not told that the upload was cancelled; it forgets it within a day.', error);
  }
}

// All bytes are there; what they became is known when the server has looked at the whole.
async function finish(place, upload) {
  upload.sent = upload.file.size;
  upload.isSent = true;
  change(place, upload, 'finishing');
  for (let attempt = 0; place.uploads.has(upload.number); attempt++) {
    let status = 0;
    try {
      const response = await fetch(upload.tus.url, { headers: { Accept: 'application/json' } });
      status = response.status;
      const answer = await response.json();
      if (response.ok && answer.file) return end(place, upload, answer.file);
      if (!response.ok && !passing.has(status)) return refuse(place, upload, status, answer.detail);
    } catch (error) {
      console.warn('What the upload became could not be asked for; it is tried again.', error);
    }
    if (status === 200) continue;
    if (attempt >= retryDelays.length) return fail(place, upload, 'The server does not answer. Go on when it is back: all of the file was sent.');
    await new Promise(resolve => setTimeout(resolve, retryDelays[attempt]));
  }
}

function end(place, upload, file) {
  place.uploads.delete(upload.number);
  if (place.form) deliver(place, upload.number, file);
  else place.ended.push({ number: upload.number, file });
  release();
}

function deliver(place, number, file) {
  if (place.kept) {
    // Into the draft first, which the browser keeps whatever becomes of the circuit.
    place.kept.value = JSON.stringify(file);
    place.kept.dispatchEvent(new Event('input', { bubbles: true }));
  }
  tell(place, 'EndAsync', number, file);
}

function refuse(place, upload, status, reason) {
  if (status === 401) {
    place.uploads.delete(upload.number);
    tell(place, 'Drop', upload.number);
    tell(place, 'AskToSignInAsync');
    release();
  } else if (status === 0) {
    fail(place, upload, 'The server can not be reached. Look at the connection, and go on.');
  } else {
    fail(place, upload, `The upload was refused: ${reason ?? `the server answered ${status}.`}`);
  }
}

function fail(place, upload, problem) {
  upload.problem = problem;
  change(place, upload, 'failed');
  release();
}

function change(place, upload, stage) {
  if (!upload || !place.uploads.has(upload.number)) return;
  upload.stage = stage;
  if (stage !== 'failed') upload.problem = null;
  report(place, upload);
}

function report(place, upload) {
  upload.told = performance.now();
  tell(place, 'Report', upload.number, upload.sent, upload.stage, upload.problem);
  held?.say(`${upload.file.name}: ${upload.file.size ? Math.floor(100 * upload.sent / upload.file.size) : 100} %`);
}

function tell(place, method, ...values) {
  place.form?.invokeMethodAsync(method, ...values).catch(error => console.warn('The form is gone; the upload goes on.', error));
}

// Loading the page again would end what is being sent.
document.addEventListener('playbook-reload', event => {
  if (!isBusy()) return;
  event.preventDefault();
  held = event.detail;
});

function release() {
  if (!held || isBusy()) return;
  const { reload } = held;
  held = null;
  reload();
}

function isBusy() {
  return [...places.values()].some(place => [...place.uploads.values()].some(upload => active.has(upload.stage)));
}

function statusOf(error) {
  return error.originalResponse ? error.originalResponse.getStatus() : 0;
}

function reasonOf(error) {
  try {
    return JSON.parse(error.originalResponse.getBody()).detail;
  } catch {
    return undefined;
  }
}

function load() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = new URL(library, document.baseURI);
    script.onload = () => resolve(globalThis.tus);
    script.onerror = () => {
      loading = undefined;
      script.remove();
      reject(new Error('the browser could not load what sends it'));
    };
    document.head.append(script);
  });
  return loading;
}
