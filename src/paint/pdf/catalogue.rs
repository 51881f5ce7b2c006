//! The root of a file: how viewers and printers should treat it, and the tree of its pages.

use std::io::{self, Write};

use lopdf::{Dictionary, Object};

use super::file::PdfFile;
use super::syntax::{push_entries, push_integer, push_reference, push_text};
use super::{Duplex, PdfOptions};

/// How many kids a branch of the page tree has at most.
pub(super) const BRANCH: usize = 64;

/// Returns the part of the catalogue that is known before the first page.
pub(super) fn entries(options: &PdfOptions, metadata: u32, layers: Option<Object>) -> Vec<u8> {
    let mut out = b"/Type/Catalog/Metadata ".to_vec();
    push_reference(&mut out, metadata);
    if !options.language.is_empty() {
        out.extend_from_slice(b"/Lang");
        push_text(&mut out, &options.language);
    }
    // Cards have their size only if the dialog does not fit the page to the paper.
    out.extend_from_slice(b"/ViewerPreferences<</PrintScaling/None");
    out.extend_from_slice(match options.duplex {
        None => b"",
        Some(Duplex::Simplex) => b"/Duplex/Simplex",
        Some(Duplex::LongEdge) => b"/Duplex/DuplexFlipLongEdge",
        Some(Duplex::ShortEdge) => b"/Duplex/DuplexFlipShortEdge",
    });
    if !options.title.is_empty() {
        out.extend_from_slice(b"/DisplayDocTitle true");
    }
    out.extend_from_slice(b">>");
    if let Some(layers) = layers {
        push_entries(&mut out, &Dictionary::from_iter([("OCProperties", layers)]));
    }
    out
}

/// Writes the tree over `pages`, whose first branches are `leaves`, and returns its root.
pub(super) fn write_pages<W: Write>(
    file: &mut PdfFile<W>,
    pages: &[u32],
    leaves: &[u32],
) -> io::Result<u32> {
    let mut kids: Vec<(u32, u64)> = pages.iter().map(|page| (*page, 1)).collect();
    let mut branches: Vec<u32> = leaves.to_vec();
    if branches.is_empty() {
        branches.push(file.reserve());
    }
    loop {
        let above: Vec<u32> = match branches.len() {
            1 => Vec::new(),
            count => (0..count.div_ceil(BRANCH)).map(|_| file.reserve()).collect(),
        };
        let mut written = Vec::with_capacity(branches.len());
        for (at, branch) in branches.iter().enumerate() {
            let own = &kids[(at * BRANCH).min(kids.len())..((at + 1) * BRANCH).min(kids.len())];
            let parent = above.get(at / BRANCH).copied();
            written.push((*branch, write_branch(file, *branch, parent, own)?));
        }
        if above.is_empty() {
            return Ok(branches[0]);
        }
        (kids, branches) = (written, above);
    }
}

/// Writes one branch and returns how many pages it holds.
fn write_branch<W: Write>(
    file: &mut PdfFile<W>,
    id: u32,
    parent: Option<u32>,
    kids: &[(u32, u64)],
) -> io::Result<u64> {
    let count = kids.iter().map(|(_, count)| count).sum();
    let mut object = b"<</Type/Pages/Count ".to_vec();
    push_integer(&mut object, count);
    if let Some(parent) = parent {
        object.extend_from_slice(b"/Parent ");
        push_reference(&mut object, parent);
    }
    object.extend_from_slice(b"/Kids[");
    for (at, (kid, _)) in kids.iter().enumerate() {
        if at > 0 {
            object.push(b' ');
        }
        push_reference(&mut object, *kid);
    }
    object.extend_from_slice(b"]>>");
    file.object(id, &object)?;
    Ok(count)
}
