// Runs inside a frame: reports the height of the contents to the embedding page on every change and on request.
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
