const pause = 200;
const pending = new WeakMap();

/** Tells the component what stands in the field when typing pauses. */
export function watch(area, component) {
  area.addEventListener('input', () => {
    clearTimeout(pending.get(area));
    pending.set(area, setTimeout(() => tell(area, component), pause));
  });
}

async function tell(area, component) {
  if (!area.isConnected) return;
  try {
    await component.invokeMethodAsync('ReceiveAsync', stream(area));
  } catch (error) {
    if (area.isConnected) throw error; // else the form was left meanwhile, and its component with it
  }
}

/** What stands in the field now; whoever reads it need not be told of it again. */
export function read(area) {
  clearTimeout(pending.get(area));
  return { text: stream(area) };
}

export function write(area, text) {
  area.value = text;
}

// Nothing can't be streamed.
function stream(area) {
  return area.value ? DotNet.createJSStreamReference(new TextEncoder().encode(area.value)) : null;
}
