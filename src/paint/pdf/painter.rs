//! The painter: begins a file with the kit, takes pages, ends it with what leads to them.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use rayon::prelude::*;

use super::encoder::{EncodedForm, EncodedPage, PageEncoder};
use super::file::PdfFile;
use super::inventory::Inventory;
use super::kit::Kit;
use super::mover::write_plates;
use super::outline::Outline;
use super::press::press;
use super::syntax::push_reference;
use super::{Colour, PdfError, PdfOptions, catalogue, ink, specimen, xmp};
use crate::font::FontStore;
use crate::scene::{Layer, Spot};

/// Writes a PDF file page by page.
pub struct PdfPainter<W: Write> {
    file: PdfFile<W>,
    encoder: Arc<PageEncoder>,
    /// The catalogue as far as it is known.
    catalogue: Vec<u8>,
    info: u32,
    pages: Vec<u32>,
    /// The lowest branches of the page tree, one for so many pages.
    leaves: Vec<u32>,
    contents: HashMap<u128, u32>,
    outline: Outline,
}

impl<W: Write> PdfPainter<W> {
    /// Begins a document on `out`, which is written from front to back: fonts, pictures, reused
    /// scenes. `inventory` must have noted every scene of every page that follows.
    ///
    /// # Errors
    ///
    /// A font cannot be embedded, or `out` cannot be written.
    pub fn begin(
        out: W,
        inventory: Inventory,
        fonts: &FontStore,
        options: &PdfOptions,
    ) -> Result<Self, PdfError> {
        let layers: Vec<Layer> = inventory.layers.iter().copied().collect();
        let has_plates = options.colour == Colour::Cmyk;
        let spots: Vec<Spot> = inventory.spots.iter().copied().filter(|_| has_plates).collect();
        let mut kit = Kit::new(inventory, fonts, options.colour)?;
        let plates = press(specimen::document(&kit, &layers, options)?, &kit, options)?;
        let mut file = PdfFile::begin(out)?;
        let metadata = file.reserve();
        file.stream(metadata, b"/Type/Metadata/Subtype/XML", xmp::packet(options).as_bytes())?;
        let (objects, properties, info) = write_plates(&mut file, plates)?;
        kit.objects = objects;
        let mut painter = Self {
            file,
            encoder: Arc::new(PageEncoder { kit }),
            catalogue: catalogue::entries(options, metadata, properties),
            info,
            pages: Vec::new(),
            leaves: Vec::new(),
            contents: HashMap::new(),
            outline: Outline::default(),
        };
        painter.write_forms(&spots)?;
        Ok(painter)
    }

    /// Returns the encoder of this document's pages.
    pub fn encoder(&self) -> Arc<PageEncoder> {
        self.encoder.clone()
    }

    /// Writes the next page. Content that is on an earlier page already is not written again.
    ///
    /// # Errors
    ///
    /// The output cannot be written.
    pub fn push(&mut self, page: EncodedPage) -> io::Result<()> {
        let content = match self.contents.get(&page.hash) {
            Some(content) => *content,
            None => {
                let content = self.file.reserve();
                self.file.deflated(content, b"", &page.content)?;
                self.contents.insert(page.hash, content);
                content
            }
        };
        if self.pages.len().is_multiple_of(catalogue::BRANCH) {
            self.leaves.push(self.file.reserve());
        }
        let id = self.file.reserve();
        let mut object = b"<</Type/Page/Parent ".to_vec();
        push_reference(&mut object, self.leaves[self.leaves.len() - 1]);
        object.extend_from_slice(b"/Contents ");
        push_reference(&mut object, content);
        object.extend_from_slice(&page.entries);
        object.extend_from_slice(b">>");
        self.file.object(id, &object)?;
        self.outline.add(page.bookmarks, id);
        self.pages.push(id);
        Ok(())
    }

    /// Ends the document and returns what it was written on, flushed.
    ///
    /// # Errors
    ///
    /// The output cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        let tree = catalogue::write_pages(&mut self.file, &self.pages, &self.leaves)?;
        let outline = self.outline.write(&mut self.file)?;
        let root = self.file.reserve();
        let mut object = [b"<<", &self.catalogue[..], b"/Pages "].concat();
        push_reference(&mut object, tree);
        if let Some(outline) = outline {
            object.extend_from_slice(b"/PageMode/UseOutlines/Outlines ");
            push_reference(&mut object, outline);
        }
        object.extend_from_slice(b">>");
        self.file.object(root, &object)?;
        self.file.finish(root, self.info)
    }

    /// Writes the reused scenes and the plates of their own.
    fn write_forms(&mut self, spots: &[Spot]) -> Result<(), PdfError> {
        let encoder = Arc::get_mut(&mut self.encoder).ok_or(PdfError::Assembly)?;
        let scenes = encoder.kit.scenes.items.clone();
        encoder.kit.objects.forms = scenes.iter().map(|_| self.file.reserve()).collect();
        for spot in spots {
            let id = self.file.reserve();
            encoder.kit.objects.spots[*spot as usize] = id;
            self.file.object(id, ink::space(*spot))?;
        }
        let encoder = &self.encoder;
        let forms: Vec<EncodedForm> =
            scenes.par_iter().map(|scene| encoder.encode_form(scene)).collect::<Result<_, _>>()?;
        for (form, id) in forms.iter().zip(&encoder.kit.objects.forms) {
            self.file.deflated(*id, &form.entries, &form.content)?;
        }
        Ok(())
    }
}
