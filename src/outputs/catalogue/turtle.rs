//! Triples as Turtle (<https://www.w3.org/TR/turtle/>).

use std::fmt::Write;

use super::triples::{Graph, PREFIXES, Term};

/// Writes a graph.
pub(super) fn write(graph: &Graph) -> String {
    let mut out = String::new();
    for (prefix, address) in PREFIXES {
        let _ = writeln!(out, "@prefix {prefix}: <{address}> .");
    }
    for (subject, triples) in graph.subjects() {
        let _ = write!(out, "\n<{}>", iri(subject));
        for (at, triple) in triples.iter().enumerate() {
            let property = if triple.property == "rdf:type" { "a" } else { triple.property };
            let end = if at + 1 == triples.len() { " ." } else { " ;" };
            let _ = write!(out, "\n    {property} {}{end}", term(&triple.object));
        }
        out.push('\n');
    }
    out
}

fn term(term: &Term) -> String {
    match term {
        Term::Iri(address) => format!("<{}>", iri(address)),
        Term::Name(name) => (*name).to_owned(),
        Term::Text(text, language) => format!("{}@{language}", quoted(text)),
        Term::Value(text, datatype) => format!("{}^^{datatype}", quoted(text)),
    }
}

/// Escapes what an address in angle brackets must not contain.
fn iri(address: &str) -> String {
    let escape = |character: char| match character {
        '\0'..=' ' | '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\' => {
            format!("\\u{:04X}", u32::from(character))
        }
        other => other.to_string(),
    };
    address.chars().map(escape).collect()
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            other if other.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(other));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_graph_is_written_subject_by_subject() {
        let mut graph = Graph::default();
        graph.add("https://a.test/#x", "rdf:type", Term::Name("dcat:Dataset"));
        graph.add("https://a.test/#x", "dct:title", Term::Text("一 \"two\"\\\nthree".to_owned(), "zh-Hans"));
        graph.refer("https://a.test/#x", "dct:spatial", "https://b.test/<\">", "dct:Location");
        graph.add("https://a.test/#x", "dcat:version", Term::Value("2".to_owned(), "xsd:string"));
        graph.add("https://a.test/#x", "dcat:version", Term::Value("2".to_owned(), "xsd:string"));
        let written = write(&graph);
        let (_, body) = written.split_once("\n\n").unwrap();
        assert_eq!(
            body,
            "<https://a.test/#x>\n    a dcat:Dataset ;\n    dct:title \"一 \\\"two\\\"\\\\\\nthree\"@zh-Hans ;\n    \
             dct:spatial <https://b.test/\\u003C\\u0022\\u003E> ;\n    dcat:version \"2\"^^xsd:string .\n\n\
             <https://b.test/\\u003C\\u0022\\u003E>\n    a dct:Location .\n"
        );
    }
}
