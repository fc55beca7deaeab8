export async function send(input, url) {
  const file = input.files[0];
  input.value = '';
  if (!file) return { problem: 'no file was chosen.' };
  try {
    const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: await file.text() });
    const text = await answer.text();
    if (answer.ok) return { id: JSON.parse(text) };
    return { problem: reasonOf(text) ?? `the server answered ${answer.status}.` };
  } catch (failure) {
    return { problem: failure.message };
  }
}

function reasonOf(text) {
  try {
    const problem = JSON.parse(text);
    return problem.detail ?? problem.title;
  } catch {
    return null;
  }
}
