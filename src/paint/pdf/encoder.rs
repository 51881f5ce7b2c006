//! The encoder: a page becomes compressed bytes, on whichever thread has time for it.

use super::canvas::{Canvas, Uses};
use super::deflate::deflate;
use super::kit::Kit;
use super::matrix::Matrix;
use super::syntax::{DECIMALS, fixed, push_fixed};
use super::{PdfError, bounds, content};
use crate::length::{Length, Point, Rect};
use crate::scene::{Bookmark, Page, Scene};

/// Turns pages into what [`PdfPainter::push`](super::PdfPainter::push) takes; made by
/// [`PdfPainter::encoder`](super::PdfPainter::encoder), usable from many threads at once.
pub struct PageEncoder {
    pub(super) kit: Kit,
}

/// A page that is ready to be written: its content is compressed, its boxes are words.
pub struct EncodedPage {
    /// The entries of the page's dictionary that do not depend on its place in the file.
    pub(super) entries: Vec<u8>,
    pub(super) content: Vec<u8>,
    /// What tells this content from all others.
    pub(super) hash: u128,
    pub(super) bookmarks: Vec<Bookmark>,
}

/// A reused scene that is ready to be written.
pub(super) struct EncodedForm {
    pub entries: Vec<u8>,
    pub content: Vec<u8>,
}

impl PageEncoder {
    /// Returns `page` as bytes.
    ///
    /// # Errors
    ///
    /// The page shows a glyph or a picture that the inventory has not noted.
    pub fn encode(&self, page: &Page) -> Result<EncodedPage, PdfError> {
        let mut canvas = Canvas::page();
        let matrix = Matrix::root(page.size.height);
        content::paint(&mut canvas, &self.kit, &page.scene, &matrix)?;
        let content = deflate(&canvas.out);
        let digest = blake3::hash(&content);
        let mut hash = [0; 16];
        hash.copy_from_slice(&digest.as_bytes()[..16]);
        Ok(EncodedPage {
            entries: self.page_entries(page, &canvas.uses),
            content,
            hash: u128::from_be_bytes(hash),
            bookmarks: page.bookmarks.clone(),
        })
    }

    fn page_entries(&self, page: &Page, uses: &Uses) -> Vec<u8> {
        let mut out = Vec::with_capacity(256);
        let media = Rect::new(Point::ORIGIN, page.size);
        for (name, area) in [
            ("MediaBox", media),
            ("CropBox", media),
            ("BleedBox", page.bleed),
            ("TrimBox", page.trim),
        ] {
            push_box(&mut out, name, area, page.size.height);
        }
        out.extend_from_slice(b"/Resources");
        out.extend_from_slice(&self.kit.resources(uses));
        out
    }

    pub(super) fn encode_form(&self, scene: &Scene) -> Result<EncodedForm, PdfError> {
        let mut canvas = Canvas::form();
        content::paint(&mut canvas, &self.kit, scene, &Matrix::root(Length::ZERO))?;
        let area = bounds::bounds(&self.kit, scene).unwrap_or_default();
        let mut entries = b"/Type/XObject/Subtype/Form".to_vec();
        push_box(&mut entries, "BBox", area, Length::ZERO);
        entries.extend_from_slice(b"/Resources");
        entries.extend_from_slice(&self.kit.resources(&canvas.uses));
        Ok(EncodedForm { entries, content: deflate(&canvas.out) })
    }
}

fn push_box(out: &mut Vec<u8>, name: &str, area: Rect, height: Length) {
    let edges = [area.left(), height - area.bottom(), area.right(), height - area.top()];
    out.extend_from_slice(format!("/{name}[").as_bytes());
    for (at, edge) in edges.into_iter().enumerate() {
        if at > 0 {
            out.push(b' ');
        }
        push_fixed(out, fixed(edge.to_pt(), DECIMALS), DECIMALS);
    }
    out.push(b']');
}
