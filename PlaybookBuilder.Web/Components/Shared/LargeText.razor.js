const pause = 200;

/** Tells the component what stands in the field when typing pauses. */
export function watch(area, component) {
  let timer = 0;
  area.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (area.isConnected) component.invokeMethodAsync('ReceiveAsync', DotNet.createJSStreamReference(read(area)));
    }, pause);
  });
}

export function read(area) {
  return new TextEncoder().encode(area.value);
}

export function write(area, text) {
  area.value = text;
}
