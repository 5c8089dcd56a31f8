//! What a browser is told not to do with our answers.
//!
//! Promises: a page runs no script and applies no style but ours, loads nothing from elsewhere and sends nothing there; only what is
//! made for it stands in a frame of another site. The policy names the scripts that stand in a page by their hashes and not by a
//! number drawn for each answer, so that an answer may be kept.

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

/// Applies the theme a reader chose before anything is painted; without a choice the system's holds.
///
/// Runs again when a page comes back from the back/forward cache (`pageshow`), when the theme is changed in another tab (`storage`), and
/// when a prerendered page is shown (`prerenderingchange`): such a page may be older than the choice. Where storage is refused, the page
/// keeps what it has.
pub const THEME_SCRIPT: &str = "{\
const apply=()=>{try{\
const theme=localStorage.getItem('theme');\
if(theme==='dark'||theme==='light')document.documentElement.dataset.theme=theme}catch{}};\
apply();\
for(const name of ['pageshow','storage'])addEventListener(name,apply);\
document.addEventListener('prerenderingchange',apply)}";

/// Wakes the islands of a page at the first sign of a reader who might want them: a pointer, a key, a field. Who only reads is spared the
/// work. Script and wasm are fetched once the page has been painted and the browser has nothing better to do: before, they would hold up
/// on a slow network what a reader came for. A sign fetches them at once: a busy browser may have nothing better to do only after seconds.
/// Where they lie stands on this script's own element.
///
/// What a reader did meanwhile is done again for the islands, the last of each kind: a click on a button that could do nothing yet, a
/// letter typed. Clicks on all else have had their effect. Outer islands wake before those within them; what replaces a part of a page
/// wakes it by the same function.
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
if(event.type!=='click'||event.target.closest('button[type=button]'))last.set(event.type,event);\
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
for(const sign of signs)addEventListener(sign,note,true)";

/// What the framework writes at the end of each page: lists that stay empty in ours.
const FRAMEWORK_SCRIPTS: [&str; 2] = [
    "__RESOLVED_RESOURCES=[];__SERIALIZED_ERRORS=[];__PENDING_RESOURCES=[];__RESOURCE_RESOLVERS=[];",
    "__INCOMPLETE_CHUNKS=[];",
];

/// Of pages that stand where no other can be made.
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
    HeaderValue::from_str(&policy).expect("a policy is of plain characters")
});

/// Whether `./run --dev` serves.
static BEING_WRITTEN: LazyLock<bool> =
    LazyLock::new(|| cfg!(debug_assertions) && std::env::var_os("LEPTOS_WATCH").is_some());

/// As a content security policy names an inline script or style.
pub fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// Features of browsers that the site has no use for.
const NO_FEATURES: &str = "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
                           magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()";

/// Sets the headers that an answer has not set for itself. `framed` where it is made for a frame, `over_tls` where readers reach the
/// site by https only.
pub fn guard(headers: &mut HeaderMap, framed: bool, over_tls: bool) {
    let html = is_of(headers, "text/html");
    let document = html || is_of(headers, "image/svg+xml");
    let page = html && !framed;
    let mut set = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    set(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Pictures, files and frames are there to be used elsewhere, pages are not.
    let resource = if page { "same-origin" } else { "cross-origin" };
    set(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static(resource));
    // What opens in a window of its own. A picture in a page has that page's policy.
    if document {
        // While the site is being written, its build tool puts a script into each page that reloads it.
        if !*BEING_WRITTEN {
            set(CONTENT_SECURITY_POLICY, POLICY.clone());
        }
        set(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
        set(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(NO_FEATURES));
        set(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    }
    if !framed {
        set(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    if page {
        // The next page is fetched when a reader is about to go there.
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
