//! The document that printpdf makes: its description, its fonts, its pictures and its layers, and
//! one specimen page that shows every glyph once, so that widths and texts are complete.

use printpdf::{
    Codepoint, FontId, Layer, LayerIntent, LayerInternalId, LayerSubtype, Mm, Op, ParsedFont,
    PdfDocument, PdfDocumentInfo, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, TextItem,
    XObjectId,
};

use super::face::Face;
use super::kit::Kit;
use super::xmp::moment;
use super::{PRODUCER, PdfError, PdfOptions, picture};
use crate::scene;

/// Returns printpdf's document for `kit`, as objects.
///
/// # Errors
///
/// A font cannot be read back after it was cut down.
pub(super) fn document(
    kit: &Kit,
    layers: &[scene::Layer],
    options: &PdfOptions,
) -> Result<lopdf::Document, PdfError> {
    let mut document = PdfDocument::new(&options.title);
    document.metadata.info = info(options);
    let mut ops = Vec::new();
    for (number, face) in kit.faces() {
        let id = FontId(format!("F{number}"));
        ops.extend(specimen(face, &id));
        document.resources.fonts.map.insert(id, PdfFont::new(parsed(face)?));
    }
    for (number, bitmap) in kit.bitmaps.items.iter().enumerate() {
        let id = XObjectId(format!("I{number}"));
        document.resources.xobjects.map.insert(id, picture::image(bitmap));
    }
    for layer in layers {
        let layer_id = LayerInternalId(format!("L{}", *layer as u8));
        document.resources.layers.map.insert(layer_id.clone(), named(*layer));
        ops.extend([Op::BeginLayer { layer_id }, Op::EndLayer]);
    }
    document.pages.push(PdfPage::new(Mm(210.0), Mm(297.0), ops));
    let save = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    Ok(document.to_lopdf_document(&save, &mut Vec::new()))
}

fn info(options: &PdfOptions) -> PdfDocumentInfo {
    let mut info = PdfDocumentInfo {
        document_title: options.title.clone(),
        author: options.author.clone(),
        subject: options.subject.clone(),
        creator: PRODUCER.into(),
        producer: PRODUCER.into(),
        ..PdfDocumentInfo::default()
    };
    if let Some(date) = options.date.and_then(moment) {
        (info.creation_date, info.modification_date) = (date, date);
        info.metadata_date = date;
    }
    info
}

fn named(layer: scene::Layer) -> Layer {
    Layer {
        name: layer.name().into(),
        creator: PRODUCER.into(),
        intent: LayerIntent::Design,
        usage: LayerSubtype::Artwork,
    }
}

fn parsed(face: &Face) -> Result<ParsedFont, PdfError> {
    let broken = || PdfError::Font(face.name.clone());
    let mut font = ParsedFont::from_bytes(&face.program, 0, &mut Vec::new()).ok_or_else(broken)?;
    font.font_name = Some(face.name.clone());
    // The table that tells the weight is not part of the program.
    font.pdf_font_metrics.us_weight_class = face.weight;
    Ok(font)
}

fn specimen(face: &Face, id: &FontId) -> [Op; 4] {
    let glyph = |glyph: &super::face::EmbeddedGlyph| {
        Codepoint::with_cid(glyph.code, 0.0, glyph.text.to_string())
    };
    let glyphs = face.glyphs.iter().map(glyph).collect();
    [
        Op::StartTextSection,
        Op::SetFont { font: PdfFontHandle::External(id.clone()), size: Pt(1.0) },
        Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] },
        Op::EndTextSection,
    ]
}
