//! The outline that a viewer shows beside the pages.

use std::io::{self, Write};

use super::file::PdfFile;
use super::syntax::{push_integer, push_reference, push_text};
use crate::scene::Bookmark;

/// The entries of an outline, in the order of the pages.
#[derive(Default)]
pub(super) struct Outline {
    entries: Vec<Entry>,
}

struct Entry {
    title: String,
    level: u8,
    page: u32,
}

/// How an entry hangs together with others, by their places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Links {
    parent: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    children: u64,
}

impl Outline {
    /// Adds the entries that lead to the page object `page`.
    pub fn add(&mut self, bookmarks: Vec<Bookmark>, page: u32) {
        let entry = |Bookmark { title, level }| Entry { title, level, page };
        self.entries.extend(bookmarks.into_iter().map(entry));
    }

    /// Writes the outline and returns its number; nothing if it has no entries.
    pub fn write<W: Write>(&self, file: &mut PdfFile<W>) -> io::Result<Option<u32>> {
        if self.entries.is_empty() {
            return Ok(None);
        }
        let root = file.reserve();
        let ids: Vec<u32> = self.entries.iter().map(|_| file.reserve()).collect();
        let (top, links) = link(&self.entries);
        let mut object = b"<</Type/Outlines/Count ".to_vec();
        push_integer(&mut object, top.children);
        push_links(&mut object, &top, &ids);
        file.object(root, &object)?;
        for ((entry, links), id) in self.entries.iter().zip(&links).zip(&ids) {
            let mut object = b"<</Title".to_vec();
            push_text(&mut object, &entry.title);
            object.extend_from_slice(b"/Dest[");
            push_reference(&mut object, entry.page);
            object.extend_from_slice(b"/Fit]/Parent ");
            push_reference(&mut object, links.parent.map_or(root, |at| ids[at]));
            if links.children > 0 {
                // Below zero: the children are folded away until someone asks for them.
                object.extend_from_slice(b"/Count -");
                push_integer(&mut object, links.children);
            }
            push_links(&mut object, links, &ids);
            file.object(*id, &object)?;
        }
        Ok(Some(root))
    }
}

fn push_links(out: &mut Vec<u8>, links: &Links, ids: &[u32]) {
    let named = [
        ("/Prev ", links.previous),
        ("/Next ", links.next),
        ("/First ", links.first),
        ("/Last ", links.last),
    ];
    for (key, at) in named {
        if let Some(at) = at {
            out.extend_from_slice(key.as_bytes());
            push_reference(out, ids[at]);
        }
    }
    out.extend_from_slice(b">>");
}

/// Returns the links of the root and of every entry. An entry belongs to the last one before it
/// with a lower level, however many levels are left out between them.
fn link(entries: &[Entry]) -> (Links, Vec<Links>) {
    let mut top = Links::default();
    let mut links = vec![Links::default(); entries.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        while open.last().is_some_and(|last| entries[*last].level >= entry.level) {
            open.pop();
        }
        let parent = open.last().copied();
        let family = parent.map_or(&mut top, |parent| &mut links[parent]);
        family.first.get_or_insert(at);
        family.children += 1;
        let previous = family.last.replace(at);
        links[at].parent = parent;
        links[at].previous = previous;
        if let Some(previous) = previous {
            links[previous].next = Some(at);
        }
        open.push(at);
    }
    (top, links)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_hang_under_the_last_lower_level() {
        let entry = |level: &u8| Entry { title: String::new(), level: *level, page: 1 };
        let entries: Vec<Entry> = [1, 0, 2, 1, 0].iter().map(entry).collect();
        let (top, links) = link(&entries);
        assert_eq!((top.first, top.last, top.children), (Some(0), Some(4), 3));
        let parents: Vec<_> = links.iter().map(|links| links.parent).collect();
        assert_eq!(parents, [None, None, Some(1), Some(1), None]);
        assert_eq!((links[1].next, links[4].previous), (Some(4), Some(1)));
        assert_eq!((links[2].next, links[3].next), (Some(3), None));
    }
}
