// Scripts of a frame. First: reports the height of the contents to the embedding page on every change and on request.
(() => {
  if (parent === window) return;
  const root = document.documentElement;
  // WordPress puts oEmbed HTML into a sandboxed frame, removes its scripts, and listens for its own message format.
  const secret = /[#&?]secret=([\w-]+)/.exec(location.hash)?.[1];
  let told = 0;
  const tell = (again) => {
    // Height of the contents instead of the window, because scrollHeight never shrinks. A hidden frame has no layout.
    const height = Math.ceil(root.getBoundingClientRect().height);
    if (innerWidth === 0 || height < 1 || (height === told && !again)) return;
    told = height;
    parent.postMessage({ 'micro-drama-height': height }, '*');
    if (secret) parent.postMessage({ message: 'height', value: height, secret }, '*');
  };
  new ResizeObserver(() => tell()).observe(root);
  addEventListener('load', () => tell(true));
  addEventListener('message', (message) => {
    if (message.source === parent && message.data && message.data['micro-drama-ask']) tell(true);
  });
})();

// Shows the values of a chart under a pointer, a finger or the arrow keys, as `islands/readout.rs` does on a page: a frame stands in the
// articles of others and is not to make them load the script of the site, which weighs fifty times as much.
(() => {
  // Width from which the wide drawing is shown; must match `style/chart.css`.
  const BREAKPOINT = 640;
  const readout = document.querySelector('.readout');
  if (!readout) return;
  const [template, card, said] = readout.children;
  const columns = template.content.children;
  const last = columns.length - 1;
  let [shown, pinned] = [-1, false];
  const show = (at, pin, aloud) => {
    [shown, pinned] = [at, pin];
    readout.toggleAttribute('data-pinned', pin);
    card.innerHTML = columns[at]?.innerHTML ?? '';
    for (const link of card.getElementsByTagName('a')) link.target = '_blank';
    if (aloud) said.textContent = card.innerText.replaceAll('\n', '; ');
  };
  // The column with a value nearest to the pointer.
  const nearest = (event) => {
    const bounds = readout.getBoundingClientRect();
    const at = ((event.clientX - bounds.left) * 1000) / bounds.width;
    const places = bounds.width >= BREAKPOINT ? 'wide' : 'narrow';
    const away = (column) => Math.min(...column.dataset[places].split(' ').map((place) => Math.abs(place - at)));
    const distances = [...columns].map(away);
    return distances.indexOf(Math.min(...distances));
  };
  const move = (event) => pinned || show(nearest(event), false);
  readout.addEventListener('pointermove', move);
  readout.addEventListener('pointerdown', move);
  readout.addEventListener('pointerleave', (event) => {
    if (event.pointerType === 'mouse' && !pinned) show(-1, false);
  });
  readout.addEventListener('focusout', () => pinned || show(-1, false));
  readout.addEventListener('click', (event) => {
    if (event.target.closest('.readout-card')) return;
    const at = nearest(event);
    show(at, !(pinned && at === shown));
  });
  readout.addEventListener('keydown', (event) => {
    const onLink = event.target.closest('a');
    const to = {
      Escape: () => [-1, false],
      Enter: () => !onLink && shown >= 0 && [shown, !pinned],
      ArrowRight: () => [Math.min(shown + 1, last), false],
      ArrowLeft: () => [shown < 0 ? last : Math.max(shown - 1, 0), false],
      Home: () => [0, false],
      End: () => [last, false],
    };
    to.ArrowUp = to.ArrowRight;
    to.ArrowDown = to.ArrowLeft;
    const next = to[event.key]?.();
    if (!next || (onLink && event.key !== 'Escape')) return;
    event.preventDefault();
    if (pinned) readout.focus();
    show(...next, true);
  });
})();
