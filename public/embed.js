// Fits the frames of the observatory to their contents. Listens to frames of its own site only; sets nothing but their height.
(() => {
  const site = new URL(document.currentScript.src).origin;
  addEventListener('message', (message) => {
    const height = message.data && message.data['micro-drama-height'];
    if (message.origin !== site || !(height > 0 && height < 20000)) return;
    for (const frame of document.getElementsByTagName('iframe')) {
      if (frame.contentWindow === message.source) frame.style.height = height + 'px';
    }
  });
})();
