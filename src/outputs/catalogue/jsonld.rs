//! Triples as JSON-LD 1.1 (<https://www.w3.org/TR/json-ld11/>).

use serde_json::{Map, Value, json};

use super::triples::{Graph, PREFIXES, Term};

/// Writes a graph.
pub(super) fn write(graph: &Graph) -> Value {
    let context: Map<String, Value> =
        PREFIXES.iter().map(|(prefix, address)| ((*prefix).to_owned(), (*address).into())).collect();
    let nodes = graph.subjects().into_iter().map(|(subject, triples)| {
        let mut node = Map::new();
        node.insert("@id".to_owned(), subject.into());
        for triple in triples {
            let (key, object) = match (&triple.object, triple.property) {
                (Term::Name(class), "rdf:type") => ("@type", Value::from(*class)),
                (object, property) => (property, value(object)),
            };
            let objects = node.entry(key).or_insert_with(|| json!([]));
            if let Some(objects) = objects.as_array_mut() {
                objects.push(object);
            }
        }
        Value::Object(node)
    });
    let nodes: Vec<Value> = nodes.collect();
    json!({ "@context": context, "@graph": nodes })
}

fn value(term: &Term) -> Value {
    match term {
        Term::Iri(address) => json!({ "@id": address }),
        Term::Name(name) => json!({ "@id": name }),
        Term::Text(text, language) => json!({ "@value": text, "@language": language }),
        Term::Value(text, datatype) => json!({ "@value": text, "@type": datatype }),
    }
}
