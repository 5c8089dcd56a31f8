//! Version queries: exact versions, wildcards and minimums
//! (<https://github.com/sdmx-twg/sdmx-rest/blob/master/doc/querying_versions.md>).

/// Returns whether a version query matches the only version there is, which is stable and the latest.
pub fn matches(query: &str, version: &str) -> bool {
    query.split(',').any(|one| matches_one(one, version))
}

fn matches_one(query: &str, version: &str) -> bool {
    if matches!(query, "*" | "+" | "~" | "all" | "latest") {
        return true;
    }
    let version: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
    let mut at_least = false;
    let mut least = false;
    for (at, part) in query.split('.').enumerate() {
        let own = version.get(at).copied().unwrap_or_default();
        let number = part.trim_end_matches(['+', '~', '*']);
        let is_wild = part.len() > number.len();
        // Only one part may be a wildcard.
        if part.len() > number.len() + 1 || (is_wild && least) {
            return false;
        }
        let Ok(number) = (if number.is_empty() && is_wild { Ok(0) } else { number.parse::<u32>() }) else {
            return false;
        };
        least |= is_wild;
        if at_least {
            continue;
        }
        match own.cmp(&number) {
            std::cmp::Ordering::Less => return false,
            std::cmp::Ordering::Equal => {}
            // After a greater part, the parts that follow are not compared.
            std::cmp::Ordering::Greater if least => at_least = true,
            std::cmp::Ordering::Greater => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_names_one_version_or_many() {
        for query in [
            "1.0", "1", "1.0.0", "*", "+", "~", "all", "latest", "1+", "1+.0", "1.0+", "1.0.0+", "+.0.0",
            "1.*", "1.~", "0+.9", "0~.0.0", "1.+.0", "2.0,1.0", "2.0,+",
        ] {
            assert!(matches(query, "1.0"), "{query}");
        }
        for query in
            ["", "2", "1.1", "1.0.1", "2+.0", "1.1+", "0.9", "x", "1.x", "++", "1+.0+", "v1", "1.0.0-draft"]
        {
            assert!(!matches(query, "1.0"), "{query}");
        }
    }
}
