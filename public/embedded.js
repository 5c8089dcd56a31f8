// Within a frame: tells the page around it how tall the contents are, whenever that changes and whenever it asks.
(() => {
  if (parent === window) return;
  const root = document.documentElement;
  // WordPress frames what oEmbed gave it in a sandbox, removes scripts and listens to a message of its own.
  const secret = /[#&?]secret=([\w-]+)/.exec(location.hash)?.[1];
  let told = 0;
  const tell = (again) => {
    // The height of the contents and not of the window: scrollHeight would never shrink. Nothing is laid out in a hidden frame.
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
