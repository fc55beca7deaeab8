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
    await component.invokeMethodAsync('ReceiveAsync', DotNet.createJSStreamReference(encode(area)));
  } catch (error) {
    if (area.isConnected) throw error; // else the form was left meanwhile, and its component with it
  }
}

/** What stands in the field now; whoever reads it need not be told of it again. */
export function read(area) {
  clearTimeout(pending.get(area));
  return encode(area);
}

export function write(area, text) {
  area.value = text;
}

function encode(area) {
  return new TextEncoder().encode(area.value);
}
