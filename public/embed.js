// Resizes frames of the observatory to the height of their contents. A frame reports its height; this script sets that height only.
// Works in any loading order: existing frames are queried, and later frames report by themselves.
(() => {
  const own = document.currentScript || document.querySelector('script[src*="/embed.js"]');
  if (!own) return;
  const site = new URL(own.src).origin;
  // A page may include the script once per frame.
  const mark = Symbol.for('micro-drama-embed ' + site);
  if (window[mark]) return;
  window[mark] = true;
  const MOST = 20000;
  const isOurs = (frame) => {
    try {
      return new URL(frame.src).origin === site;
    } catch {
      return false;
    }
  };
  // The origin of a sandboxed frame is opaque, so the frame is identified by its address.
  const isOpaque = (frame) => frame.hasAttribute('sandbox') && !frame.sandbox.contains('allow-same-origin');
  addEventListener('message', (message) => {
    const height = message.data && message.data['micro-drama-height'];
    if (!Number.isFinite(height) || height < 1) return;
    for (const frame of document.getElementsByTagName('iframe')) {
      if (frame.contentWindow !== message.source) continue;
      const known = message.origin === site || (message.origin === 'null' && isOpaque(frame) && isOurs(frame));
      if (known) frame.style.height = Math.min(Math.ceil(height), MOST) + 'px';
    }
  });
  const ask = () => {
    for (const frame of document.getElementsByTagName('iframe')) {
      if (isOurs(frame)) frame.contentWindow?.postMessage({ 'micro-drama-ask': true }, '*');
    }
  };
  ask();
  // Frames further down the page may not be parsed yet.
  if (document.readyState !== 'complete') addEventListener('load', ask);
})();
