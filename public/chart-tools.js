// Buttons below a chart: its table in place of the drawing, copies of table and picture, the share sheet, full screen. Fetched at the first
// click on one of them (START_SCRIPT in server/security.rs), so that a first visit does not pay for it.

const chinese = document.documentElement.lang.startsWith('zh');
const pick = (english, other) => (chinese ? other : english);

// The values of a chart, from the template of its readout: a column for each period, in it an item for each value and a paragraph for its source.
const entriesOf = (figure) =>
  [...figure.querySelector('template').content.children].flatMap((column) => {
    const period = column.querySelector('p');
    const sources = column.querySelectorAll('.readout-more p');
    return [...column.querySelectorAll('li')].map((item, at) => ({
      item,
      period: period.firstChild.textContent.replace(/[.。 ]+$/, ''),
      series: item.children[1],
      printed: item.children[2],
      source: sources[at],
      change: period.querySelector(`[data-of="${at}"]`),
    }));
  });

const element = (name, attributes = {}, ...children) => {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children.filter(Boolean));
  return made;
};

const copies = (nodes) => [...(nodes ?? [])].map((node) => node.cloneNode(true));

const tableOf = (figure) => {
  const names = pick(['Period', 'Series', 'Value', 'Source'], ['时段', '序列', '数值', '来源']);
  const head = names.map((name) => element('th', { scope: 'col' }, name));
  const rows = entriesOf(figure).map(({ period, series, printed, source, change }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, period),
      element('td', {}, ...copies(series.childNodes)),
      element('td', { className: 'n' }, ...copies(printed.childNodes)),
      element('td', {}, ...copies(source?.childNodes), change?.cloneNode(true)),
    ),
  );
  const table = element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows));
  const box = element('div', { className: 'chart-table table-box', tabIndex: 0 }, table);
  box.setAttribute('role', 'region');
  box.setAttribute('aria-labelledby', `${figure.id}-title`);
  return box;
};

// A text as a cell: in one line, and never a formula.
const cell = (text) => (text ?? '').replace(/\s+/g, ' ').trim().replace(/^(?=[=+\-@＝＋－＠])/, "'");

// Numbers without a scale, their unit, and the value as the chart prints it, for a spreadsheet.
const tabSeparated = (figure) => {
  const head = pick(
    ['Period', 'Series', 'Value', 'Upper end', 'Unit', 'As printed', 'Source', 'Source page', 'Note'],
    ['时段', '序列', '数值', '上限', '单位', '显示为', '来源', '来源页面', '说明'],
  );
  const rows = entriesOf(figure).map(({ item, period, series, printed, source, change }) => {
    const link = source?.querySelector('a');
    const notes = [...(source?.querySelectorAll('span') ?? []), change].map((note) => note?.textContent);
    return [
      cell(period),
      cell(series.textContent),
      item.dataset.value,
      item.dataset.high ?? '',
      cell(item.dataset.unit),
      cell(printed.textContent),
      cell(link?.textContent),
      link ? location.origin + link.getAttribute('href') : '',
      cell(notes.join(' ')),
    ];
  });
  return [head, ...rows].map((row) => row.join('\t')).join('\n');
};

const picture = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.blob();
};

// Copies, and says whether it could.
const copy = async (figure, copied) => {
  const status = figure.querySelector('[role=status]');
  const said = (text) => () => (status.textContent = text);
  await copied.then(said(pick('Copied', '已复制')), said(pick('Could not be copied', '未能复制')));
};

const tools = {
  table: (figure) => {
    if (!figure.querySelector('.chart-table')) figure.querySelector('.chart-drawing').after(tableOf(figure));
    figure.toggleAttribute('data-table');
  },
  'copy-table': (figure) => copy(figure, navigator.clipboard.writeText(tabSeparated(figure))),
  // The item is written before the picture is fetched: some browsers only copy within the click.
  'copy-picture': (figure, { dataset }) =>
    copy(figure, navigator.clipboard.write([new ClipboardItem({ 'image/png': picture(dataset.picture) })])),
  share: (figure) => {
    const url = `${location.href.split('#')[0]}#${figure.id}`;
    // A reader who closes the sheet has not met an error.
    navigator.share({ title: figure.firstElementChild.textContent, url }).catch(() => {});
  },
  // The style sheet makes the drawing as large as fits, for which it needs its proportions.
  full: (figure) => {
    const { width, height } = figure.querySelector('.chart-drawing').getBoundingClientRect();
    if (height) figure.style.setProperty('--ratio', width / height);
    figure.requestFullscreen();
  },
};

export const act = (button) => tools[button.dataset.tool](button.closest('figure'), button);
