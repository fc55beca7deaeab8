export async function send(input, url) {
  const file = input.files[0];
  input.value = '';
  if (!file) return { problem: 'no file was chosen.' };
  try {
    const document = await file.text();
    if (!looksLikeJson(document)) return { problem: `${file.name} is not a playbook document (JSON, as Export gives it). A file with data is uploaded in a step: choose an input such as Upload a Gene Count Matrix.` };
    const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: document });
    const text = await answer.text();
    if (answer.ok) return { id: JSON.parse(text) };
    return { problem: reasonOf(text) ?? `the server answered ${answer.status}.` };
  } catch (failure) {
    return { problem: failure.message };
  }
}

// What is wrong in a document is the server's to say.
function looksLikeJson(text) {
  return /^\s*[{[]/.test(text);
}

function reasonOf(text) {
  try {
    const problem = JSON.parse(text);
    return problem.detail ?? problem.title;
  } catch {
    return null;
  }
}
