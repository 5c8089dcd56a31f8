//! The structure of the document: built while it is laid out, filled with its contents while it is drawn.

use krilla::tagging::{Identifier, Node, TagGroup, TagKind, TagTree};

/// Position of an element in the tree.
pub type Element = usize;

/// A child of an element: another element, or contents of a page.
#[derive(Debug)]
enum Child {
    Element(Element),
    Contents(Identifier),
}

/// Elements by position. Those without a parent are children of the document, in order.
#[derive(Debug, Default)]
pub struct Tree {
    tags: Vec<TagKind>,
    children: Vec<Vec<Child>>,
    roots: Vec<Element>,
}

impl Tree {
    /// Adds an element below another one, or below the document.
    pub fn add(&mut self, tag: impl Into<TagKind>, parent: Option<Element>) -> Element {
        let element = self.tags.len();
        self.tags.push(tag.into());
        self.children.push(Vec::new());
        match parent {
            Some(parent) => self.children[parent].push(Child::Element(element)),
            None => self.roots.push(element),
        }
        element
    }

    /// Adds contents of a page to an element.
    pub fn fill(&mut self, element: Element, contents: Identifier) {
        self.children[element].push(Child::Contents(contents));
    }

    /// Returns the whole structure.
    pub fn finished(self, language: &str) -> TagTree {
        let Tree { tags, children, roots } = self;
        let mut elements: Vec<Option<(TagKind, Vec<Child>)>> =
            tags.into_iter().zip(children).map(Some).collect();
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for root in roots {
            if let Some(group) = group(&mut elements, root) {
                tree.push(group);
            }
        }
        tree
    }
}

/// Takes an element with everything below it.
fn group(elements: &mut Vec<Option<(TagKind, Vec<Child>)>>, at: Element) -> Option<TagGroup> {
    let (tag, children) = elements[at].take()?;
    let mut found = TagGroup::new(tag);
    for child in children {
        match child {
            Child::Contents(contents) => found.push(Node::Leaf(contents)),
            Child::Element(element) => {
                if let Some(group) = group(elements, element) {
                    found.push(group);
                }
            }
        }
    }
    Some(found)
}
