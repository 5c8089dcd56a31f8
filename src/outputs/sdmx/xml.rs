//! Structures as SDMX-ML 2.1, which the common clients read.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{
    artefact::Artefact,
    availability::{Availability, METRICS},
    structure::{
        AGENCY, ATTRIBUTES, CONCEPTS, Codelist, Component, DIMENSIONS, FLOW, FLOW_NAME, MEASURE, TIME,
        VERSION, components,
    },
};
use crate::domain::revisions::Snapshot;

const MESSAGE: &str = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message";
const STRUCTURE: &str = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure";
const COMMON: &str = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common";

type Out = Writer<Vec<u8>>;

/// Returns a structure message with the requested artefacts, and with what data there are, if asked for.
///
/// # Errors
///
/// None in practice: it writes to memory.
pub fn structure(
    kinds: &[Artefact],
    lists: &[Codelist],
    available: Option<&Availability>,
    snapshot: &Snapshot,
) -> io::Result<Vec<u8>> {
    let mut out = Writer::new(Vec::new());
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    out.create_element("mes:Structure")
        .with_attributes([("xmlns:mes", MESSAGE), ("xmlns:str", STRUCTURE), ("xmlns:com", COMMON)])
        .write_inner_content(|out| {
            header(out, snapshot)?;
            out.create_element("mes:Structures").write_inner_content(|out| {
                // The order is that of the XML schema.
                for kind in
                    [Artefact::Dataflow, Artefact::Codelist, Artefact::ConceptScheme, Artefact::DataStructure]
                {
                    match kind {
                        kind if !kinds.contains(&kind) => {}
                        Artefact::Dataflow => flow(out)?,
                        Artefact::Codelist => codelists(out, lists)?,
                        Artefact::ConceptScheme => concepts(out)?,
                        Artefact::DataStructure => definition(out)?,
                    }
                }
                available.map_or(Ok(()), |available| constraint(out, available))
            })?;
            Ok(())
        })?;
    Ok(out.into_inner())
}

fn text(out: &mut Out, element: &str, text: &str) -> io::Result<()> {
    out.create_element(element).write_text_content(BytesText::new(text))?;
    Ok(())
}

fn header(out: &mut Out, snapshot: &Snapshot) -> io::Result<()> {
    out.create_element("mes:Header").write_inner_content(|out| {
        text(out, "mes:ID", &format!("r{}", snapshot.at.revision))?;
        text(out, "mes:Test", "false")?;
        let prepared = snapshot.published_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        text(out, "mes:Prepared", &prepared)?;
        out.create_element("mes:Sender").with_attribute(("id", AGENCY)).write_empty()?;
        Ok(())
    })?;
    Ok(())
}

fn names(out: &mut Out, en: &str, zh: &str) -> io::Result<()> {
    for (language, name) in [("en", en), ("zh", zh)] {
        out.create_element("com:Name")
            .with_attribute(("xml:lang", language))
            .write_text_content(BytesText::new(name))?;
    }
    Ok(())
}

/// Writes a maintainable artefact: one with an owner and a version.
fn maintained(
    out: &mut Out,
    element: &str,
    id: &str,
    (en, zh): (&str, &str),
    inner: impl FnOnce(&mut Out) -> io::Result<()>,
) -> io::Result<()> {
    out.create_element(element)
        .with_attributes([("id", id), ("agencyID", AGENCY), ("version", VERSION), ("isFinal", "true")])
        .write_inner_content(|out| {
            names(out, en, zh)?;
            inner(out)
        })?;
    Ok(())
}

fn flow(out: &mut Out) -> io::Result<()> {
    out.create_element("str:Dataflows").write_inner_content(|out| {
        let called = FLOW_NAME;
        maintained(out, "str:Dataflow", FLOW, called, |out| {
            out.create_element("str:Structure")
                .write_inner_content(|out| flow_reference(out, "DataStructure"))?;
            Ok(())
        })
    })?;
    Ok(())
}

fn reference(out: &mut Out, attributes: &[(&str, &str)]) -> io::Result<()> {
    out.create_element("Ref").with_attributes(attributes.iter().copied()).write_empty()?;
    Ok(())
}

/// Writes a reference to the dataflow, or to its structure, which has the same id.
fn flow_reference(out: &mut Out, class: &str) -> io::Result<()> {
    let identity = [("id", FLOW), ("version", VERSION), ("agencyID", AGENCY)];
    let kind = [("package", "datastructure"), ("class", class)];
    reference(out, &[identity.as_slice(), &kind].concat())
}

fn codelists(out: &mut Out, lists: &[Codelist]) -> io::Result<()> {
    out.create_element("str:Codelists").write_inner_content(|out| {
        for list in lists {
            maintained(out, "str:Codelist", list.id, (list.en, list.zh), |out| {
                for code in &list.codes {
                    out.create_element("str:Code")
                        .with_attribute(("id", code.id.as_str()))
                        .write_inner_content(|out| names(out, &code.en, &code.zh))?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn concepts(out: &mut Out) -> io::Result<()> {
    out.create_element("str:Concepts").write_inner_content(|out| {
        maintained(out, "str:ConceptScheme", CONCEPTS, ("Concepts", "概念"), |out| {
            for one in components() {
                out.create_element("str:Concept")
                    .with_attribute(("id", one.id))
                    .write_inner_content(|out| names(out, one.en, one.zh))?;
            }
            Ok(())
        })
    })?;
    Ok(())
}

fn definition(out: &mut Out) -> io::Result<()> {
    out.create_element("str:DataStructures").write_inner_content(|out| {
        let called = FLOW_NAME;
        maintained(out, "str:DataStructure", FLOW, called, |out| {
            out.create_element("str:DataStructureComponents").write_inner_content(parts)?;
            Ok(())
        })
    })?;
    Ok(())
}

fn constraint(out: &mut Out, available: &Availability) -> io::Result<()> {
    out.create_element("str:Constraints").write_inner_content(|out| {
        out.create_element("str:ContentConstraint")
            .with_attributes([("id", FLOW), ("agencyID", AGENCY), ("version", VERSION), ("type", "Actual")])
            .write_inner_content(|out| {
                out.create_element("com:Annotations").write_inner_content(|out| counts(out, available))?;
                names(out, FLOW_NAME.0, FLOW_NAME.1)?;
                out.create_element("str:ConstraintAttachment").write_inner_content(|out| {
                    out.create_element("str:Dataflow")
                        .write_inner_content(|out| flow_reference(out, "Dataflow"))?;
                    Ok(())
                })?;
                out.create_element("str:CubeRegion")
                    .with_attribute(("include", "true"))
                    .write_inner_content(|out| region(out, available))?;
                Ok(())
            })?;
        Ok(())
    })?;
    Ok(())
}

fn counts(out: &mut Out, available: &Availability) -> io::Result<()> {
    for (id, count) in available.counts() {
        out.create_element("com:Annotation").with_attribute(("id", id)).write_inner_content(|out| {
            text(out, "com:AnnotationTitle", &count.to_string())?;
            text(out, "com:AnnotationType", METRICS)
        })?;
    }
    Ok(())
}

fn region(out: &mut Out, available: &Availability) -> io::Result<()> {
    for (id, codes) in available.values.iter().filter(|(_, codes)| !codes.is_empty()) {
        out.create_element("com:KeyValue")
            .with_attribute(("id", *id))
            .write_inner_content(|out| codes.iter().try_for_each(|code| text(out, "com:Value", code)))?;
    }
    if let Some((first, last)) = &available.time {
        out.create_element("com:KeyValue").with_attribute(("id", TIME.id)).write_inner_content(|out| {
            out.create_element("com:TimeRange").write_inner_content(|out| {
                for (element, period) in [("com:StartPeriod", first), ("com:EndPeriod", last)] {
                    out.create_element(element)
                        .with_attribute(("isInclusive", "true"))
                        .write_text_content(BytesText::new(period))?;
                }
                Ok(())
            })?;
            Ok(())
        })?;
    }
    Ok(())
}

fn parts(out: &mut Out) -> io::Result<()> {
    out.create_element("str:DimensionList")
        .with_attribute(("id", "DimensionDescriptor"))
        .write_inner_content(|out| {
            for (at, one) in DIMENSIONS.iter().enumerate() {
                let position = (at + 1).to_string();
                part(out, "str:Dimension", one, &[("position", &position)], "String", |_| Ok(()))?;
            }
            let position = (DIMENSIONS.len() + 1).to_string();
            part(
                out,
                "str:TimeDimension",
                &TIME,
                &[("position", &position)],
                "ObservationalTimePeriod",
                |_| Ok(()),
            )
        })?;
    out.create_element("str:AttributeList")
        .with_attribute(("id", "AttributeDescriptor"))
        .write_inner_content(|out| {
            for one in &ATTRIBUTES {
                part(out, "str:Attribute", one, &[("assignmentStatus", "Conditional")], "String", |out| {
                    out.create_element("str:AttributeRelationship").write_inner_content(|out| {
                        out.create_element("str:PrimaryMeasure")
                            .write_inner_content(|out| reference(out, &[("id", MEASURE.id)]))?;
                        Ok(())
                    })?;
                    Ok(())
                })?;
            }
            Ok(())
        })?;
    out.create_element("str:MeasureList")
        .with_attribute(("id", "MeasureDescriptor"))
        .write_inner_content(|out| part(out, "str:PrimaryMeasure", &MEASURE, &[], "Decimal", |_| Ok(())))?;
    Ok(())
}

/// Writes a dimension, an attribute or the measure: its concept, then its representation.
fn part(
    out: &mut Out,
    element: &str,
    one: &Component,
    attributes: &[(&str, &str)],
    kind: &str,
    inner: impl FnOnce(&mut Out) -> io::Result<()>,
) -> io::Result<()> {
    out.create_element(element)
        .with_attribute(("id", one.id))
        .with_attributes(attributes.iter().copied())
        .write_inner_content(|out| {
            out.create_element("str:ConceptIdentity").write_inner_content(|out| {
                reference(
                    out,
                    &[
                        ("id", one.id),
                        ("maintainableParentID", CONCEPTS),
                        ("maintainableParentVersion", VERSION),
                        ("agencyID", AGENCY),
                        ("package", "conceptscheme"),
                        ("class", "Concept"),
                    ],
                )
            })?;
            out.create_element("str:LocalRepresentation").write_inner_content(|out| match one.codelist {
                Some(list) => {
                    out.create_element("str:Enumeration").write_inner_content(|out| {
                        reference(
                            out,
                            &[
                                ("id", list),
                                ("version", VERSION),
                                ("agencyID", AGENCY),
                                ("package", "codelist"),
                                ("class", "Codelist"),
                            ],
                        )
                    })?;
                    Ok(())
                }
                None => {
                    out.create_element("str:TextFormat").with_attribute(("textType", kind)).write_empty()?;
                    Ok(())
                }
            })?;
            inner(out)
        })?;
    Ok(())
}
