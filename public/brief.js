// What a reader collects for a brief, kept in this browser only. Fetched at the first click on “Add to a brief”, and by readers who have
// collected something (START_SCRIPT in server/security.rs), so that a first visit does not pay for it.

const KEY = 'brief';
const MOST = 12;
const chinese = document.documentElement.lang.startsWith('zh');
const pick = (english, other) => (chinese ? other : english);

const read = () => {
  try {
    const items = JSON.parse(localStorage.getItem(KEY)) ?? [];
    return Array.isArray(items) ? items.filter((item) => typeof item === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
};

const write = (items) => {
  if (items.length) localStorage.setItem(KEY, JSON.stringify(items));
  else localStorage.removeItem(KEY);
};

const address = (items) => {
  const language = location.pathname.split('/')[1];
  return `/${language}/brief?${new URLSearchParams(items.map((item) => ['item', item]))}`;
};

// Shows the link to the brief with its count, and marks what is in it. The page of the brief itself decides what is collected: there a reader
// removes things by plain links.
export const show = () => {
  if (/^\/[a-z]+\/brief$/.test(location.pathname)) write(new URLSearchParams(location.search).getAll('item').slice(0, MOST));
  const items = read();
  for (const link of document.querySelectorAll('[data-brief]')) {
    link.parentElement.hidden = items.length === 0;
    link.href = address(items);
    link.textContent = pick(`Your brief (${items.length})`, `我的简报（${items.length}）`);
  }
  for (const link of document.querySelectorAll('[data-item]')) {
    if (!items.includes(link.dataset.item)) continue;
    link.href = address(items);
    link.textContent = pick(`In your brief (${items.length})`, `已加入简报（${items.length}）`);
    link.removeAttribute('data-item');
  }
};

// Adds the thing that a link names. Where nothing can be kept, or the brief is full, the link leads on.
export const add = (link) => {
  const items = read();
  try {
    if (items.length >= MOST) throw new RangeError();
    write([...items, link.dataset.item]);
    show();
  } catch {
    location.href = items.length ? address(items) : link.href;
  }
};
