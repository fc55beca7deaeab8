const library = 'lib/plotly/4.1.1/plotly-strict.min.js';
const lightColors = { text: '#1b2430', lines: '#d7dce3' };
const narrow = 480;
let loading;

/** Draws the figure behind an address, in the colours of the theme, and keeps it so when the theme or the width changes. */
export async function draw(canvas, url) {
  const [plotly, figure] = await Promise.all([load(), fetchFigure(url)]);
  const authored = figure.layout ?? {};
  await plotly.newPlot(canvas, figure.data, themed(authored, themeOf(canvas), canvas.clientWidth), { responsive: true, displaylogo: false, displayModeBar: 'hover', modeBarButtonsToRemove: ['toImage'] });
  if (figure.frames?.length) await plotly.addFrames(canvas, figure.frames);

  const recolor = colors => plotly.relayout(canvas, themed(authored, colors, canvas.clientWidth));
  const followTheme = () => recolor(themeOf(canvas));
  const observer = new MutationObserver(followTheme);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
  const beforePrint = () => recolor(lightColors);
  addEventListener('beforeprint', beforePrint);
  addEventListener('afterprint', followTheme);

  return {
    async save(format, filename) {
      // On paper and in slides the ground is white, whatever the theme on the screen.
      const light = { data: figure.data, layout: { ...themed(authored, lightColors, canvas.clientWidth), paper_bgcolor: '#fff', width: canvas.clientWidth, height: canvas.clientHeight } };
      await plotly.downloadImage(light, { format, filename, scale: format === 'png' ? 2 : 1, width: canvas.clientWidth, height: canvas.clientHeight });
    },
    erase() {
      observer.disconnect();
      removeEventListener('beforeprint', beforePrint);
      removeEventListener('afterprint', followTheme);
      plotly.purge(canvas);
    },
  };
}

function load() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = new URL(library, document.baseURI);
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = () => {
      loading = undefined;
      script.remove();
      reject(new Error('the plotting library could not be loaded'));
    };
    document.head.append(script);
  });
  return loading;
}

async function fetchFigure(url) {
  const response = await fetch(new URL(url, document.baseURI));
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.json();
}

function themeOf(element) {
  const style = getComputedStyle(element);
  return { text: style.getPropertyValue('--pb-text').trim() || lightColors.text, lines: style.getPropertyValue('--pb-border').trim() || lightColors.lines };
}

/** The author's layout, with the theme's colours wherever the author chose none, and a title that fits a phone. */
function themed(authored, { text, lines }, width) {
  const layout = structuredClone(authored);
  const defaults = (target, values) => Object.assign(target, { ...values, ...target });
  defaults(layout, { paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)', autosize: true });
  layout.font = defaults({ ...layout.font }, { color: text, family: 'system-ui, sans-serif' });
  if (width < narrow && layout.title) {
    const title = typeof layout.title === 'string' ? { text: layout.title } : layout.title;
    layout.title = { ...title, font: defaults({ ...title.font }, { size: 14 }) };
  }
  const axis = value => defaults({ ...value }, { gridcolor: lines, zerolinecolor: lines, linecolor: lines, automargin: true });
  const axesOf = owner => Object.keys(owner).filter(key => /^[xyz]axis\d*$/.test(key));
  for (const key of new Set(['xaxis', 'yaxis', ...axesOf(layout)])) layout[key] = axis(layout[key]);
  if (layout.scene) {
    const scene = { ...layout.scene };
    for (const key of ['xaxis', 'yaxis', 'zaxis']) scene[key] = defaults({ ...scene[key] }, { gridcolor: lines, zerolinecolor: lines, linecolor: lines, backgroundcolor: 'rgba(0,0,0,0)' });
    layout.scene = scene;
    layout.margin = defaults({ ...layout.margin }, { l: 0, r: 0, b: 0, t: 60 });
  }
  return layout;
}
