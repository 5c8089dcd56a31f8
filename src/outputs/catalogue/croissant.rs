//! The data set by Croissant 1.1 (<https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html>): a record set for each CSV file.

use serde_json::{Value, json};

use super::names;
use crate::{
    import::spec::{CellKind, ColumnSpec, FILES, File},
    outputs::{
        files::{LICENCE_ADDRESS, attribution, site},
        request_context::RequestContext,
    },
    text::{Locale, query},
};

/// Describes the state that a request reads. Its files are those of the revision, whatever is published later.
pub(super) fn describe(context: &RequestContext) -> Value {
    let provenance = &context.provenance;
    let publisher = json!({
        "@type": "sc:Organization",
        "name": site(Locale::En),
        "url": provenance.absolute("/en"),
    });
    let published = provenance.published_on.to_string();
    json!({
        "@context": context_of_terms(),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": site(Locale::En),
        "description": "Figures, support programmes, public money, companies and events of China’s micro-drama industry and of Pudong, each with its source.",
        "license": LICENCE_ADDRESS,
        "url": provenance.frozen("/en/data"),
        "version": format!("{}.0.0", provenance.revision),
        "datePublished": published,
        "dateModified": published,
        "creator": publisher.clone(),
        "publisher": publisher,
        "keywords": ["micro-drama", "微短剧", "China", "Pudong"],
        "inLanguage": ["en", "zh"],
        "citeAs": attribution(Locale::En, provenance.revision),
        // Files have no checksums here: each is written while it is sent.
        "isLiveDataset": true,
        "distribution": FILES.iter().map(|file| file_object(context, file)).collect::<Vec<_>>(),
        "recordSet": FILES.iter().map(record_set).collect::<Vec<_>>(),
    })
}

fn file_object(context: &RequestContext, file: &File) -> Value {
    let path = query::with(&format!("/en/data/{}", file.file), "bom", "0");
    json!({
        "@type": "cr:FileObject",
        "@id": file.file,
        "name": file.file,
        "description": names::title(file, Locale::En),
        "contentUrl": context.provenance.frozen(&path),
        "encodingFormat": "text/csv",
    })
}

fn record_set(file: &File) -> Value {
    let keys = file.key.iter().map(|column| json!({ "@id": format!("{}/{column}", file.stem()) }));
    json!({
        "@type": "cr:RecordSet",
        "@id": file.stem(),
        "name": file.stem(),
        "description": format!("One record is {}.", names::row(file, Locale::En)),
        "key": keys.collect::<Vec<_>>(),
        "field": file.columns.iter().map(|column| field(file, column)).collect::<Vec<_>>(),
    })
}

/// Describes a column. References are left to the data package: readers of Croissant join the records that they lead to, and fail where ids
/// are blank.
fn field(file: &File, column: &ColumnSpec) -> Value {
    let id = format!("{}/{}", file.stem(), column.name);
    json!({
        "@type": "cr:Field",
        "@id": id,
        "name": id,
        "dataType": match column.kind {
            CellKind::Number => "sc:Float",
            CellKind::Url => "sc:URL",
            // Days may be blank, and the types of days have no blank.
            _ => "sc:Text",
        },
        "source": { "fileObject": { "@id": file.file }, "extract": { "column": column.name } },
    })
}

/// The context that the specification prescribes.
fn context_of_terms() -> Value {
    json!({
        "@language": "en",
        "@vocab": "https://schema.org/",
        "arrayShape": "cr:arrayShape",
        "citeAs": "cr:citeAs",
        "column": "cr:column",
        "conformsTo": "dct:conformsTo",
        "containedIn": "cr:containedIn",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "data": { "@id": "cr:data", "@type": "@json" },
        "dataType": { "@id": "cr:dataType", "@type": "@vocab" },
        "dct": "http://purl.org/dc/terms/",
        "description": { "@container": "@language" },
        "equivalentProperty": "cr:equivalentProperty",
        "examples": { "@id": "cr:examples", "@type": "@json" },
        "extract": "cr:extract",
        "field": "cr:field",
        "fileProperty": "cr:fileProperty",
        "fileObject": "cr:fileObject",
        "fileSet": "cr:fileSet",
        "format": "cr:format",
        "includes": "cr:includes",
        "isArray": "cr:isArray",
        "isLiveDataset": "cr:isLiveDataset",
        "jsonPath": "cr:jsonPath",
        "key": "cr:key",
        "md5": "cr:md5",
        "name": { "@container": "@language" },
        "parentField": "cr:parentField",
        "path": "cr:path",
        "recordSet": "cr:recordSet",
        "references": "cr:references",
        "regex": "cr:regex",
        "repeated": "cr:repeated",
        "replace": "cr:replace",
        "samplingRate": "cr:samplingRate",
        "sc": "https://schema.org/",
        "separator": "cr:separator",
        "source": "cr:source",
        "subField": "cr:subField",
        "transform": "cr:transform",
    })
}
