// Within a frame: tells the page around it how tall the contents are.
(() => {
  const tell = () => parent.postMessage({ 'micro-drama-height': document.documentElement.scrollHeight }, '*');
  if (parent === window) return;
  new ResizeObserver(tell).observe(document.body);
  addEventListener('load', tell);
})();
