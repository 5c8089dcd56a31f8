//! Security headers and the inline scripts that the content security policy allows.
//!
//! Promises: a page runs no script and applies no style but the site's own, and loads nothing from or sends nothing to other origins;
//! other sites can frame only the pages made for embedding. The policy lists inline scripts by hash instead of a nonce per response, so
//! that responses are cacheable.

use std::sync::LazyLock;

use axum::http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{
        CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
        X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// Applies the theme that the reader chose before the first paint; without a choice the system's theme applies.
///
/// Runs again when a page is restored from the back/forward cache (`pageshow`), when the theme is changed in another tab (`storage`), and
/// when a prerendered page is activated (`prerenderingchange`): such a page may predate the choice. If storage is unavailable, the page
/// keeps its current theme.
pub const THEME_SCRIPT: &str = "{\
const apply=()=>{try{\
const theme=localStorage.getItem('theme');\
if(theme==='dark'||theme==='light')document.documentElement.dataset.theme=theme}catch{}};\
apply();\
for(const name of ['pageshow','storage'])addEventListener(name,apply);\
document.addEventListener('prerenderingchange',apply)}";

/// Hydrates the islands of a page at the first interaction: pointer, key or focus. Readers who only read are spared the work. Script and
/// wasm are fetched once the page has been painted and the browser is idle: earlier, they would delay the content on a slow network. An
/// interaction fetches them at once, because a busy browser may become idle only after seconds. Their addresses are data attributes of
/// this script's element.
///
/// After hydration the last event of each type is dispatched again for the islands, such as a click on a button or a chart that did nothing yet, or
/// a typed letter. Clicks on other elements have already had their effect. Outer islands hydrate before those within them; code that
/// replaces a part of a page hydrates it with the same function (`wakeIslands`).
///
/// The buttons below charts are no island: the first click on one of them fetches their script. What the browser can do for them stands in
/// `data-can` of the root element. Likewise links that add a thing to a brief; the script also runs for readers who have collected something.
pub const START_SCRIPT: &str = "\
const root=document.documentElement,{script,wasm}=document.querySelector('script[data-wasm]').dataset,\
idle=window.requestIdleCallback??((then)=>setTimeout(then,1)),\
fetched=()=>fetched.begun??=[import(script),fetch(wasm)],\
painted=()=>idle(fetched),\
wake=async(node)=>{\
const {site,outer}=wake,name=node.localName;\
if(name==='leptos-island'){outer.at(-1)?.();await site[node.dataset.component]?.(node)}\
if(name==='leptos-children')outer.push(node.$$on_hydrate);\
for(const child of node.children)await wake(child);\
if(name==='leptos-children')outer.pop()},\
signs=['pointermove','pointerdown','keydown','focusin','input','change','click'],\
last=new Map(),\
note=(event)=>{\
if(event.type!=='click'||event.target.closest('button[type=button]:not([data-tool]),.readout'))last.set(event.type,event);\
wake.begun??=begin()},\
begin=async()=>{\
const [site,module_or_path]=fetched();\
Object.assign(wake,{site:await site,outer:[]});\
await wake.site.default({module_or_path});\
wake.site.hydrate();\
await wake(document.body);\
for(const sign of signs)removeEventListener(sign,note,true);\
root.dataset.awake='';\
for(const event of last.values())event.target.dispatchEvent(new event.constructor(event.type,event))};\
if(PerformanceObserver.supportedEntryTypes?.includes('paint'))\
new PerformanceObserver((_,paint)=>{paint.disconnect();painted()}).observe({type:'paint',buffered:true});\
else requestAnimationFrame(painted);\
window.wakeIslands=wake;\
for(const sign of signs)addEventListener(sign,note,true);\
root.dataset.can=[navigator.clipboard&&window.ClipboardItem&&'copy',navigator.share&&'share',document.fullscreenEnabled&&'full'].join(' ');\
addEventListener('click',async(event)=>{\
const button=event.target.closest('[data-tool]'),thing=event.target.closest('[data-item]');\
if(thing)event.preventDefault();\
if(button)(await import('/chart-tools.js')).act(button);\
if(thing)(await import('/brief.js')).add(thing)});\
try{if(localStorage.brief)import('/brief.js').then(({show})=>show())}catch{}";

/// Scripts that the framework appends to each page: initializers of lists that stay empty on this site.
const FRAMEWORK_SCRIPTS: [&str; 2] = [
    "__RESOLVED_RESOURCES=[];__SERIALIZED_ERRORS=[];__PENDING_RESOURCES=[];__RESOURCE_RESOLVERS=[];",
    "__INCOMPLETE_CHUNKS=[];",
];

/// Style of the self-contained error pages.
pub const PLAIN_STYLE: &str = "body{max-width:38rem;margin:12vh auto;padding:0 1.25rem;font:1.0625rem/1.6 system-ui,sans-serif}\
h1{font-size:1.75rem;line-height:1.25}";

static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let scripts: Vec<String> =
        [THEME_SCRIPT, START_SCRIPT].iter().chain(&FRAMEWORK_SCRIPTS).map(|script| hash(script)).collect();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {}; style-src 'self' {}; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        scripts.join(" "),
        hash(PLAIN_STYLE)
    );
    HeaderValue::from_str(&policy).expect("the policy consists of visible ASCII characters")
});

/// Policy of a picture that is opened in a window: it loads and runs nothing.
const PICTURE_POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Whether the server runs under `./run --dev`.
static IS_DEV_SERVER: LazyLock<bool> =
    LazyLock::new(|| cfg!(debug_assertions) && std::env::var_os("LEPTOS_WATCH").is_some());

/// Returns the hash source of an inline script or style for a content security policy.
pub fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// Permissions policy: browser features that the site does not use.
const NO_FEATURES: &str = "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
                           magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()";

/// Media types of what pages are made of.
const PARTS: [&str; 5] =
    ["text/css", "text/javascript", "application/wasm", "font/woff2", "application/speculationrules+json"];

/// Sets the security headers that a response has not set itself. `framed`: the response is made for embedding in a frame. `over_tls`:
/// readers reach the site by https only.
pub fn guard(headers: &mut HeaderMap, framed: bool, over_tls: bool) {
    let html = is_of(headers, "text/html");
    let picture = is_of(headers, "image/svg+xml");
    let page = html && !framed;
    // What pages are made of is never shown in a frame.
    let is_part = PARTS.iter().any(|kind| is_of(headers, kind));
    let mut set = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    set(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Other sites may use images, files and frames, but not pages.
    let resource = if page { "same-origin" } else { "cross-origin" };
    set(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static(resource));
    // Only documents opened in a window need a policy; on other files it would be dead weight. An image within a page is subject to that
    // page's policy.
    if picture {
        set(CONTENT_SECURITY_POLICY, PICTURE_POLICY);
    }
    if html {
        // The development server injects a live-reload script into each page.
        if !*IS_DEV_SERVER {
            set(CONTENT_SECURITY_POLICY, POLICY.clone());
        }
        set(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
        set(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(NO_FEATURES));
        set(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    }
    if !framed && !is_part {
        set(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    if page {
        // Lets the browser prerender the page that the reader is about to open.
        set(
            HeaderName::from_static("speculation-rules"),
            HeaderValue::from_static("\"/speculation-rules.json\""),
        );
    }
    if over_tls {
        set(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

fn is_of(headers: &HeaderMap, kind: &str) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|header| header.as_bytes().starts_with(kind.as_bytes()))
}
