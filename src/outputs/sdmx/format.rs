//! Formats of responses, selected by the header `Accept` or the parameter `format`.

use axum::http::{HeaderMap, header::ACCEPT};

use super::{
    accept::{MediaRange, OfferedFormat, preferred},
    csv::{CsvOptions, Labels},
    version,
};
use crate::{
    error::{AppError, QueryError, QueryProblem},
    text::query::Query,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Json,
    Csv,
    Xml,
}

const DATA: [OfferedFormat<Kind>; 2] = [
    OfferedFormat {
        format: Kind::Json,
        media_type: "application/vnd.sdmx.data+json",
        version: "2.0.0",
        aliases: &["application/json", "text/json", "json", "jsondata", "sdmx-json"],
    },
    OfferedFormat {
        format: Kind::Csv,
        media_type: "application/vnd.sdmx.data+csv",
        version: "2.0.0",
        aliases: &[
            "text/csv",
            "application/csv",
            "csv",
            "csvdata",
            "sdmx-csv",
            "csvfile",
            "csvfilewithlabels",
        ],
    },
];

const STRUCTURES: [OfferedFormat<Kind>; 2] = [
    OfferedFormat {
        format: Kind::Json,
        media_type: "application/vnd.sdmx.structure+json",
        version: "2.0.0",
        aliases: &["application/json", "text/json", "json", "sdmx-json"],
    },
    OfferedFormat {
        format: Kind::Xml,
        media_type: "application/vnd.sdmx.structure+xml",
        version: "2.1",
        aliases: &["application/xml", "text/xml", "xml", "structure", "sdmx-ml"],
    },
];

/// Formats of the standard that are not offered; nor are others with its vendor prefix.
const OTHER: [&str; 12] = [
    "xml",
    "application/xml",
    "text/xml",
    "csv",
    "text/csv",
    "structure",
    "genericdata",
    "structurespecificdata",
    "generictimeseriesdata",
    "structurespecifictimeseriesdata",
    "schema",
    "sdmx-ml",
];

/// A format of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFormat {
    Json,
    Csv(CsvOptions),
}

impl DataFormat {
    /// Negotiates the format of data.
    ///
    /// # Errors
    ///
    /// If none of the accepted formats is offered.
    pub fn of(query: &Query, headers: &HeaderMap) -> Result<DataFormat, AppError> {
        // A range whose parameters request something that is not offered does not match.
        let fits = |range: &MediaRange| options(range).is_some();
        let (kind, range) = chosen(query, headers, &DATA, fits)?;
        Ok(match kind {
            Kind::Csv => DataFormat::Csv(range.as_ref().and_then(options).unwrap_or_default()),
            Kind::Json | Kind::Xml => DataFormat::Json,
        })
    }

    pub fn media_type(self) -> String {
        match self {
            DataFormat::Json => "application/vnd.sdmx.data+json;version=2.0.0".to_owned(),
            DataFormat::Csv(options) => options.media_type(),
        }
    }
}

fn options(range: &MediaRange) -> Option<CsvOptions> {
    let options = CsvOptions::parse(|name| range.parameter(name).map(str::to_owned))?;
    let labels = if range.media_type == "csvfilewithlabels" { Labels::Both } else { options.labels };
    Some(CsvOptions { labels, ..options })
}

/// A format of structures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StructureFormat {
    Json,
    Xml,
}

impl StructureFormat {
    /// Negotiates the format of structures.
    ///
    /// # Errors
    ///
    /// If none of the accepted formats is offered.
    pub fn of(query: &Query, headers: &HeaderMap) -> Result<StructureFormat, AppError> {
        Ok(match chosen(query, headers, &STRUCTURES, |_| true)? {
            (Kind::Xml, _) => StructureFormat::Xml,
            _ => StructureFormat::Json,
        })
    }

    pub fn media_type(self) -> &'static str {
        match self {
            StructureFormat::Json => "application/vnd.sdmx.structure+json;version=2.0.0",
            StructureFormat::Xml => "application/vnd.sdmx.structure+xml;version=2.1",
        }
    }
}

/// Returns the format named by `format` with `formatVersion`, otherwise the one negotiated by the header.
fn chosen(
    query: &Query,
    headers: &HeaderMap,
    offers: &[OfferedFormat<Kind>],
    fits: impl Fn(&MediaRange) -> bool,
) -> Result<(Kind, Option<MediaRange>), AppError> {
    if let Some(asked) = query.one("format")? {
        return named(query, asked, offers, fits).map_err(AppError::from);
    }
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|accept| accept.to_str().ok());
    let accepted: Vec<MediaRange> = accepted.flat_map(MediaRange::parse_all).collect();
    let filtered: Vec<MediaRange> = accepted.iter().filter(|range| fits(range)).cloned().collect();
    let nothing_fits = filtered.is_empty() && !accepted.is_empty();
    match preferred(&filtered, offers).filter(|_| !nothing_fits) {
        Some((offer, range)) => Ok((offer.format, range.cloned())),
        None => {
            let offered =
                offers.iter().map(|offer| format!("{};version={}", offer.media_type, offer.version));
            Err(AppError::NotAcceptable { offered: offered.collect() })
        }
    }
}

/// Returns the format that a parameter names: a short form, or a media type.
fn named(
    query: &Query,
    asked: &str,
    offers: &[OfferedFormat<Kind>],
    fits: impl Fn(&MediaRange) -> bool,
) -> Result<(Kind, Option<MediaRange>), QueryError> {
    let ranges = MediaRange::parse_all(asked);
    let words = || offers.iter().filter_map(|offer| offer.aliases.iter().find(|alias| !alias.contains('/')));
    let allowed = || words().map(|word| (*word).to_owned()).collect();
    let unknown = || QueryError::new("format", asked, QueryProblem::NotAllowed { allowed: allowed() });
    let [range] = ranges.as_slice() else { return Err(unknown()) };
    let found = preferred(&ranges, offers).filter(|(_, range)| range.is_some_and(&fits));
    let Some((offer, _)) = found else {
        let is_known = OTHER.contains(&range.media_type.as_str()) || range.media_type.contains("vnd.sdmx.");
        let not_offered =
            || QueryError::new("format", asked, QueryProblem::NotOffered { offered: allowed() });
        return Err(if is_known { not_offered() } else { unknown() });
    };
    if let Some(version) = query.one("formatVersion")?.filter(|asked| !version::matches(asked, offer.version))
    {
        let offered = vec![offer.version.to_owned()];
        return Err(QueryError::new("formatVersion", version, QueryProblem::NotOffered { offered }));
    }
    Ok((offer.format, Some(range.clone())))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn of(raw: &str, accept: &[&'static str]) -> Result<String, u16> {
        let mut headers = HeaderMap::new();
        for one in accept {
            headers.append(ACCEPT, HeaderValue::from_static(one));
        }
        let format = DataFormat::of(&Query::decode(raw), &headers);
        format.map(DataFormat::media_type).map_err(|error| error.status())
    }

    #[test]
    fn the_parameter_goes_before_the_header() {
        const JSON: &str = "application/vnd.sdmx.data+json;version=2.0.0";
        const CSV: &str = "application/vnd.sdmx.data+csv;version=2.0.0";
        for (raw, accept, expected) in [
            ("", &[][..], Ok(JSON)),
            ("", &["text/csv"], Ok(CSV)),
            ("", &["text/csv;q=0.1", "application/json"], Ok(JSON)),
            (
                "",
                &["application/vnd.sdmx.data+csv;version=2.0;labels=both"],
                Ok("application/vnd.sdmx.data+csv;version=2.0.0;labels=both"),
            ),
            (
                "",
                &["text/csv;labels=name;keys=series"],
                Ok("application/vnd.sdmx.data+csv;version=2.0.0;labels=name;keys=series"),
            ),
            ("", &["text/csv;timeFormat=normalized"], Err(406)),
            ("", &["text/csv;labels=some, */*;q=0.1"], Ok(JSON)),
            ("", &["application/vnd.sdmx.structurespecificdata+xml;version=2.1"], Err(406)),
            ("format=csv", &["application/json"], Ok(CSV)),
            ("format=JSON", &[], Ok(JSON)),
            ("format=csvfilewithlabels", &[], Ok("application/vnd.sdmx.data+csv;version=2.0.0;labels=both")),
            ("format=application/vnd.sdmx.data+csv;version=2.0.0", &[], Ok(CSV)),
            ("format=jsondata&formatVersion=2.0", &[], Ok(JSON)),
            ("format=jsondata&formatVersion=1.0.0", &[], Err(501)),
            ("format=xml", &[], Err(501)),
            ("format=structurespecificdata", &[], Err(501)),
            ("format=application/vnd.sdmx.data%2Bjson;version=1.0.0", &[], Err(501)),
            ("format=yaml", &[], Err(400)),
            ("format=json,csv", &[], Err(400)),
        ] {
            assert_eq!(of(raw, accept), expected.map(str::to_owned), "{raw} {accept:?}");
        }
    }
}
