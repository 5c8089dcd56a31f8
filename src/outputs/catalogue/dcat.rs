//! The catalogue by DCAT-AP 3 (<https://semiceu.github.io/DCAT-AP/releases/3.0.1/>): data sets, their files, and the services that serve them.

use chrono::NaiveDate;

use super::{
    names,
    triples::{Graph, Term},
};
use crate::{
    import::spec::FILES,
    outputs::{
        files::{LICENCE_ADDRESS, site},
        parquet,
        request_context::RequestContext,
    },
    text::{Locale, query},
};

/// Name of the file whose fragments name everything in the catalogue.
const BASE: &str = "/data/catalog.jsonld";
const CHINA: &str = "http://publications.europa.eu/resource/authority/country/CHN";
const IRREGULAR: &str = "http://publications.europa.eu/resource/authority/frequency/IRREG";
const ECONOMY: &str = "http://publications.europa.eu/resource/authority/data-theme/ECON";
const THEMES: &str = "http://publications.europa.eu/resource/authority/data-theme";
const PUBLIC: &str = "http://publications.europa.eu/resource/authority/access-right/PUBLIC";

/// A file of a data set.
struct Download {
    /// Names it in the catalogue: `csv`, `parquet-zh`.
    name: String,
    path: String,
    media_type: &'static str,
    /// File type in the list of the Publications Office of the EU.
    file_type: &'static str,
    /// Language of its names and texts, if it has but one.
    language: Option<Locale>,
}

/// A data set of the catalogue, with title and description in English and Chinese.
struct Set {
    name: &'static str,
    title: [String; 2],
    description: [String; 2],
    downloads: Vec<Download>,
}

/// First and last day that figures are about.
pub(super) type Coverage = Option<(NaiveDate, NaiveDate)>;

/// Describes the state that a request reads.
pub(super) fn graph(context: &RequestContext, issued: NaiveDate, coverage: Coverage) -> Graph {
    let mut writer = Writer { graph: Graph::default(), context };
    writer.catalogue(issued);
    writer.series();
    for set in sets() {
        writer.set(&set, issued, coverage);
    }
    for (name, title, endpoint, description) in [
        ("api", ["API", "接口"], "/api/v1", "/api/openapi.json"),
        (
            "sdmx",
            ["SDMX", "SDMX"],
            "/sdmx/v2",
            "/sdmx/v2/structure/dataflow/MDO/OBSERVATIONS/1.0?references=all",
        ),
    ] {
        writer.service(name, title, endpoint, description);
    }
    writer.graph
}

fn sets() -> Vec<Set> {
    let both = |text: fn(Locale) -> &'static str| Locale::ALL.map(|locale| text(locale).to_owned());
    let csv = |name: &str, path: String, language| Download {
        name: name.to_owned(),
        path,
        media_type: "text/csv",
        file_type: "CSV",
        language,
    };
    let typed = |name: &str, path: String, language| Download {
        name: name.to_owned(),
        path,
        media_type: parquet::MEDIA_TYPE,
        file_type: "PARQUET",
        language,
    };
    let whole = Download {
        name: "zip".to_owned(),
        path: "/en/data/data.zip".to_owned(),
        media_type: "application/zip",
        file_type: "ZIP",
        language: None,
    };
    let figures = Locale::ALL.into_iter().flat_map(|locale| {
        let of = |end: &str| format!("/{locale}/data/figures.{end}");
        [
            csv(&format!("csv-{locale}"), of("csv"), Some(locale)),
            typed(&format!("parquet-{locale}"), of("parquet"), Some(locale)),
        ]
    });
    let mut sets = vec![
        Set {
            name: "whole",
            title: both(|locale| locale.pick("The whole data set", "完整数据集")),
            description: both(|locale| {
                locale.pick(
                    "Every table as a CSV file, with data dictionary and data package.",
                    "全部数据表（CSV），附数据字典和数据包描述。",
                )
            }),
            downloads: vec![whole],
        },
        Set {
            name: "figures",
            title: both(|locale| locale.pick("All figures", "全部数据")),
            description: both(|locale| {
                locale.pick(
                    "Every figure with period, unit, qualifier, producer and source.",
                    "每项数据均附时段、单位、限定词、数据方和来源。",
                )
            }),
            downloads: figures.collect(),
        },
    ];
    sets.extend(FILES.iter().map(|file| Set {
        name: file.stem(),
        title: Locale::ALL.map(|locale| names::title(file, locale).to_owned()),
        description: Locale::ALL.map(|locale| {
            let row = names::row(file, locale);
            locale.pick(format!("One row is {row}."), format!("每行为{row}。"))
        }),
        downloads: vec![
            csv("csv", format!("/en/data/{}", file.file), None),
            typed("parquet", format!("/en/data/{}.parquet", file.stem()), None),
        ],
    }));
    sets
}

struct Writer<'a> {
    graph: Graph,
    context: &'a RequestContext,
}

impl Writer<'_> {
    /// Returns the address of a path, of the revision that the request asks for.
    fn at(&self, path: &str) -> String {
        let snapshot = &self.context.snapshot;
        let path = match snapshot.frozen {
            true => query::with(path, query::AS_OF, &snapshot.at.revision.to_string()),
            false => path.to_owned(),
        };
        self.context.provenance.absolute(&path)
    }

    fn named(&self, name: &str) -> String {
        format!("{}#{name}", self.at(BASE))
    }

    fn texts(&mut self, subject: &str, property: &'static str, [en, zh]: [&str; 2]) {
        self.graph.add(subject, property, Term::Text(en.to_owned(), Locale::En.tag()));
        self.graph.add(subject, property, Term::Text(zh.to_owned(), Locale::Zh.tag()));
    }

    fn day(&mut self, subject: &str, property: &'static str, day: NaiveDate) {
        self.graph.add(subject, property, Term::Value(day.to_string(), "xsd:date"));
    }

    fn languages(&mut self, subject: &str, languages: &[Locale]) {
        for locale in languages {
            let code = locale.pick("ENG", "ZHO");
            let address = format!("http://publications.europa.eu/resource/authority/language/{code}");
            self.graph.refer(subject, "dct:language", &address, "dct:LinguisticSystem");
        }
    }

    fn publisher(&mut self, subject: &str) {
        let publisher = self.named("publisher");
        self.graph.refer(subject, "dct:publisher", &publisher, "foaf:Agent");
        self.texts(&publisher, "foaf:name", Locale::ALL.map(site));
        self.graph.refer(subject, "dct:license", LICENCE_ADDRESS, "dct:LicenseDocument");
    }

    fn contact(&mut self, subject: &str) {
        let contact = self.named("contact");
        self.graph.refer(subject, "dcat:contactPoint", &contact, "vcard:Kind");
        self.texts(&contact, "vcard:fn", Locale::ALL.map(site));
        let report = self.context.provenance.absolute("/en/about#corrections");
        let (property, address) = match &self.context.provenance.contact {
            Some(mail) if mail.starts_with("mailto:") => ("vcard:hasEmail", mail.clone()),
            Some(page) => ("vcard:hasURL", page.clone()),
            None => ("vcard:hasURL", report),
        };
        self.graph.add(&contact, property, Term::Iri(address));
    }

    fn catalogue(&mut self, issued: NaiveDate) {
        let catalogue = self.named("catalogue");
        let modified = self.context.provenance.published_on;
        self.graph.add(&catalogue, "rdf:type", Term::Name("dcat:Catalog"));
        self.texts(&catalogue, "dct:title", Locale::ALL.map(site));
        self.texts(
            &catalogue,
            "dct:description",
            [
                "Figures, support programmes, public money, companies and events of China’s micro-drama industry and of Pudong, each with its source.",
                "中国微短剧产业与浦东新区的数据、扶持政策、公共资金、企业和事件，均附来源。",
            ],
        );
        self.publisher(&catalogue);
        let homepage = self.at("/en/data");
        self.graph.refer(&catalogue, "foaf:homepage", &homepage, "foaf:Document");
        self.languages(&catalogue, &Locale::ALL);
        self.graph.refer(&catalogue, "dct:spatial", CHINA, "dct:Location");
        self.graph.refer(&catalogue, "dcat:themeTaxonomy", THEMES, "skos:ConceptScheme");
        self.texts(THEMES, "dct:title", ["Data theme", "数据主题"]);
        self.day(&catalogue, "dct:issued", issued);
        self.day(&catalogue, "dct:modified", modified);
    }

    /// The series of revisions that the whole data set belongs to.
    fn series(&mut self) {
        let series = self.named("revisions");
        self.graph.add(&series, "rdf:type", Term::Name("dcat:DatasetSeries"));
        self.texts(&series, "dct:title", ["Revisions of the data set", "数据集各版本"]);
        self.texts(
            &series,
            "dct:description",
            [
                "Every published state, each under its number (as_of).",
                "每个已发布的版本，按编号读取（as_of）。",
            ],
        );
        self.publisher(&series);
        self.contact(&series);
    }

    fn set(&mut self, set: &Set, issued: NaiveDate, coverage: Coverage) {
        let (catalogue, address) = (self.named("catalogue"), self.named(set.name));
        let provenance = &self.context.provenance;
        let (revision, modified) = (provenance.revision, provenance.published_on);
        self.graph.refer(&catalogue, "dcat:dataset", &address, "dcat:Dataset");
        self.texts(&address, "dct:title", set.title.each_ref().map(String::as_str));
        self.texts(&address, "dct:description", set.description.each_ref().map(String::as_str));
        self.graph.add(&address, "dct:identifier", Term::Value(address.clone(), "xsd:anyURI"));
        self.publisher(&address);
        self.contact(&address);
        let page = self.at("/en/data");
        self.graph.refer(&address, "dcat:landingPage", &page, "foaf:Document");
        self.languages(&address, &Locale::ALL);
        self.graph.refer(&address, "dct:accessRights", PUBLIC, "dct:RightsStatement");
        self.graph.refer(&address, "dct:accrualPeriodicity", IRREGULAR, "dct:Frequency");
        self.graph.refer(&address, "dct:spatial", CHINA, "dct:Location");
        self.graph.refer(&address, "dcat:theme", ECONOMY, "skos:Concept");
        self.texts(ECONOMY, "skos:prefLabel", ["Economy and finance", "经济与金融"]);
        self.texts(&address, "dcat:keyword", ["micro-drama", "微短剧"]);
        self.texts(&address, "dcat:keyword", ["Pudong", "浦东"]);
        self.day(&address, "dct:issued", issued);
        self.day(&address, "dct:modified", modified);
        self.graph.add(&address, "dcat:version", Term::Value(revision.to_string(), "xsd:string"));
        if let (Some((first, last)), "whole" | "figures" | "observations") = (coverage, set.name) {
            let period = format!("{address}-period");
            self.graph.refer(&address, "dct:temporal", &period, "dct:PeriodOfTime");
            self.day(&period, "dcat:startDate", first);
            self.day(&period, "dcat:endDate", last);
        }
        if set.name == "whole" {
            let series = self.named("revisions");
            self.graph.add(&address, "dcat:inSeries", Term::Iri(series));
        }
        for download in &set.downloads {
            self.download(&address, download, modified);
        }
    }

    fn download(&mut self, set: &str, download: &Download, modified: NaiveDate) {
        let address = format!("{set}-{}", download.name);
        let file = self.at(&download.path);
        self.graph.refer(set, "dcat:distribution", &address, "dcat:Distribution");
        self.graph.add(&address, "dcat:accessURL", Term::Iri(file.clone()));
        self.graph.add(&address, "dcat:downloadURL", Term::Iri(file));
        let media_type = format!("https://www.iana.org/assignments/media-types/{}", download.media_type);
        self.graph.refer(&address, "dcat:mediaType", &media_type, "dct:MediaType");
        let kind = download.file_type;
        let format = format!("http://publications.europa.eu/resource/authority/file-type/{kind}");
        self.graph.refer(&address, "dct:format", &format, "dct:MediaTypeOrExtent");
        self.texts(&address, "dct:title", [kind, kind]);
        self.graph.refer(&address, "dct:license", LICENCE_ADDRESS, "dct:LicenseDocument");
        self.day(&address, "dct:modified", modified);
        if let Some(locale) = download.language {
            self.languages(&address, &[locale]);
        }
    }

    fn service(&mut self, name: &str, title: [&str; 2], endpoint: &str, description: &str) {
        let (catalogue, address) = (self.named("catalogue"), self.named(name));
        let (figures, page) = (self.named("figures"), self.at("/en/api"));
        self.graph.refer(&catalogue, "dcat:service", &address, "dcat:DataService");
        self.texts(&address, "dct:title", title);
        let origin = &self.context.provenance;
        let (endpoint, description) = (origin.absolute(endpoint), origin.absolute(description));
        self.graph.add(&address, "dcat:endpointURL", Term::Iri(endpoint));
        self.graph.add(&address, "dcat:endpointDescription", Term::Iri(description));
        self.graph.add(&address, "dcat:servesDataset", Term::Iri(figures));
        self.graph.refer(&address, "dcat:landingPage", &page, "foaf:Document");
        self.publisher(&address);
        self.contact(&address);
    }
}
