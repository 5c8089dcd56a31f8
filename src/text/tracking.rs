//! Query parameters that other services append to links: campaign tags, click identifiers, marks of “share” buttons.
//!
//! They mean nothing to this site. A URL that contains any is redirected to the same URL without them, so that shared links work and all
//! their readers share one cached response. Every other unknown parameter is an error.
//!
//! No parameter of this site may be listed here. A test compares the list with the parameters of every page, file and API endpoint. Sources
//! of the names: the parameter lists of ClearURLs, Firefox (query stripping), Brave and AdGuard, and links as shared by the apps.

use std::borrow::Cow;

/// Names in lower case, sorted for binary search.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    ".tsrc", "_", "__hsfp", "__hssc", "__hstc", "__s", "__tn__", "_bta_c", "_bta_tid", "_ga", "_gl",
    "_hsenc", "_hsmi", "_ke", "_kx", "_openstat", "_r", "_t", "_ts", "_wv", "abtest_cookie",
    "action_object_map", "action_ref_map", "action_type_map", "adtag", "ali_trackid", "amp", "amp_gsa",
    "amp_js_v", "app", "apptime", "appuid", "ascene", "ascsubtag", "author_share", "awc", "bbid",
    "bd_source", "bd_vid", "bdmainname", "brid", "buvid", "bxsign", "cache_bust", "cachebuster",
    "campaign_id", "ccm_open_type", "checksum", "chinfo", "chksm", "cid", "cjdata", "cjevent",
    "ck_subscriber_id", "clicktime", "cm_mmc", "cmp", "cmpid", "cndid", "cto_pld", "cvid", "dclid", "ddtab",
    "devicetype", "dib", "dib_tag", "dicbo", "did", "dm_i", "dm_t", "ef_id", "enter_from", "enter_method",
    "enterid", "epik", "extid", "fb_action_ids", "fb_action_types", "fb_comment_id", "fb_ref", "fb_source",
    "fbclid", "featurecode", "for", "fr", "fref", "from", "from_source", "from_spmid", "gad_campaignid",
    "gad_source", "gbraid", "gclid", "gclsrc", "gdffi", "gdfms", "gdftrk", "gdt_vid", "gidzl", "guccounter",
    "guce_referrer", "guce_referrer_sig", "hc_location", "hc_ref", "hsctatracking", "icid", "igsh", "igshid",
    "iid", "intcmp", "irclickid", "irgwc", "is_copy_url", "is_from_webapp", "is_story_h5", "isappinstalled",
    "ito", "lfid", "li_fat_id", "linkcode", "lipi", "luicode", "mbid", "mc_cid", "mc_eid", "mc_tc",
    "mibextid", "mid", "mkcid", "mkevt", "mkrid", "mkt_tok", "mkwid", "ml_subscriber", "ml_subscriber_hash",
    "msclkid", "msource", "napm", "nb_klid", "ncid", "nettype", "nocache", "notif_t", "nsukey", "oborigurl",
    "ocid", "openexternalbrowser", "pass_ticket", "pcrid", "plat_id", "previous_page", "pvid", "qz_gdt",
    "raneaid", "ranmid", "ransiteid", "rb_clickid", "rdid", "rdt_cid", "redirect_log_mongo_id",
    "redirect_mongo_id", "ref", "ref_source", "ref_src", "ref_url", "referer", "referral", "referrer",
    "s_cid", "s_kwcid", "sb_referer_host", "sc_cid", "sccid", "scene", "scene_from", "scm", "sec_user_id",
    "seid", "sender_device", "sender_web_id", "session_us", "sessionid", "sfnsn", "smid", "smtyp", "soc_src",
    "soc_trk", "spm", "spm_id_from", "sr_share", "srcid", "sref", "srsltid", "ss_email_id", "subscene",
    "sudaref", "syclid", "tblci", "tduid", "tg_rhash", "timestamp", "trackingid", "trk", "trkcampaign",
    "tt_content", "tt_from", "tt_medium", "ttclid", "twclid", "u_code", "ug_btm", "uid", "unique_k", "up_id",
    "use_new_style", "usqp", "utm", "vd_source", "vgo_ee", "wbraid", "web_id", "weibo_id", "wfr", "wickedid",
    "wid", "with_sec_did", "wm", "wt_mc", "wt_zmc", "wvr", "wx_header", "wxshare", "wxwork_userid",
    "xhsshare", "xsec_source", "xsec_token", "xtor", "yadclid", "yclid", "ymclid", "ysclid", "zanpid",
    "zarsrc",
];

/// Name prefixes, in lower case.
const PREFIXES: &[&str] = &[
    "__cf_chl_",
    "__cft__",
    "__xts__",
    "_branch_",
    "_x_tr_",
    "adj_",
    "adjust_",
    "af_",
    "ajs_",
    "at_",
    "bsft_",
    "cm_mmc",
    "dd_",
    "elq",
    "hsa_",
    "hybrid_search_",
    "itm_",
    "matomo_",
    "mtm_",
    "n_",
    "ns_",
    "oly_",
    "pd_rd_",
    "pf_rd_",
    "piwik_",
    "pk_",
    "sfmc_",
    "share",
    "sms_",
    "trk_",
    "utm_",
    "vero_",
    "wt.",
    "xhs_",
    "xsec_",
];

/// Whether other services append a parameter of this decoded name.
fn is_appended(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // Remainder of `&amp;` in a URL that was copied from HTML without decoding.
    let name = name.strip_prefix("amp;").unwrap_or(&name);
    NAMES.binary_search(&name).is_ok() || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Removes appended parameters from a query string. `None` if there are none. All other pairs keep their bytes and their order.
pub fn stripped(query: &str) -> Option<String> {
    let name = |pair: &str| -> Cow<'_, str> {
        let (name, _) = pair.split_once('=').unwrap_or((pair, ""));
        form_urlencoded::parse(name.as_bytes())
            .next()
            .map(|(name, _)| name.into_owned().into())
            .unwrap_or_default()
    };
    let appended = |pair: &&str| is_appended(&name(pair));
    let pairs = || query.split('&').filter(|pair| !pair.is_empty());
    pairs()
        .any(|pair| appended(&pair))
        .then(|| pairs().filter(|pair| !appended(pair)).collect::<Vec<_>>().join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_in_lower_case() {
        assert!(NAMES.is_sorted(), "{:?}", NAMES.windows(2).find(|pair| pair[0] >= pair[1]));
        assert!(NAMES.iter().chain(PREFIXES).all(|name| *name == name.to_ascii_lowercase()));
    }

    #[test]
    fn what_was_appended_is_taken_off_and_the_rest_keeps_its_bytes() {
        for (query, rest) in [
            ("from=singlemessage&isappinstalled=0", ""),
            ("utm_source=x", ""),
            ("q=a%20b&utm_source=x&kind=%E6%9D%AF", "q=a%20b&kind=%E6%9D%AF"),
            ("kind=paid&&fbclid=1&&q=a+b", "kind=paid&q=a+b"),
            ("fbclid", ""),
            ("UTM_Source=x&q=1", "q=1"),
            ("utm%5Fsource=x&q=1", "q=1"),
            ("q=1&amp;utm_source=x", "q=1"),
            ("__cft__[0]=a&series=a.b.c", "series=a.b.c"),
            ("_=1732770000000", ""),
            ("share_source=weixin&shareId=2&sharer_shareid=3&series=a", "series=a"),
            ("series=a.b.c&series=a.b.d&ref=example.org", "series=a.b.c&series=a.b.d"),
            ("gclid=a=b=c&q==", "q=="),
        ] {
            assert_eq!(stripped(query).as_deref(), Some(rest), "{query}");
        }
    }

    #[test]
    fn everything_else_stays() {
        for query in [
            "",
            "&",
            "&&",
            "q=a&&kind=paid",
            "as_of=1",
            "q=utm_source",
            "Kind=x",
            "start=2021",
            "%",
            "=x",
            "unknown=1",
        ] {
            assert_eq!(stripped(query), None, "{query}");
        }
    }
}
