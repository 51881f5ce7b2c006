//! The press pass: what printpdf 0.12 says wrongly or not at all is set right, and the objects that
//! pages will need are handed over. The specimen page is left behind.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::kit::Kit;
use super::syntax::fixed;
use super::{PdfError, PdfOptions};
use crate::scene::Layer;

/// What remains of printpdf's document.
pub(super) struct Plates {
    pub document: Document,
    /// By the number of the font.
    pub fonts: Vec<Option<ObjectId>>,
    pub images: Vec<ObjectId>,
    pub layers: [Option<ObjectId>; Layer::ALL.len()],
    pub info: Dictionary,
    /// The layers' entry of the catalogue.
    pub layer_properties: Option<Object>,
}

/// Mends printpdf's document and finds what is needed in it.
pub(super) fn press(
    mut document: Document,
    kit: &Kit,
    options: &PdfOptions,
) -> Result<Plates, PdfError> {
    let plates = find(&mut document, kit, options).ok_or(PdfError::Assembly)?;
    let mut plates = Plates { document, ..plates };
    for (number, face) in kit.faces() {
        let font = plates.fonts[number].ok_or(PdfError::Assembly)?;
        mend_font(&mut plates.document, font, face).ok_or(PdfError::Assembly)?;
    }
    for layer in plates.layers.into_iter().flatten() {
        mend_layer(&mut plates.document, layer).ok_or(PdfError::Assembly)?;
    }
    Ok(plates)
}

fn find(document: &mut Document, kit: &Kit, options: &PdfOptions) -> Option<Plates> {
    let page = document.page_iter().next()?;
    let resources = entry(document, document.get_dictionary(page).ok()?, "Resources")?;
    let fonts = entry(document, resources, "Font")?;
    let xobjects = entry(document, resources, "XObject")?;
    let properties = entry(document, resources, "Properties");
    let named = |dictionary: &Dictionary, letter: char, number: usize| {
        dictionary.get(format!("{letter}{number}").as_bytes()).ok()?.as_reference().ok()
    };
    let last = kit.faces().last().map_or(0, |(number, _)| number + 1);
    let mut layers = [None; Layer::ALL.len()];
    for (number, layer) in layers.iter_mut().enumerate() {
        *layer = properties.and_then(|properties| named(properties, 'L', number));
    }
    Some(Plates {
        document: Document::new(),
        fonts: (0..last).map(|number| named(fonts, 'F', number)).collect(),
        images: (0..kit.bitmaps.items.len())
            .map(|number| named(xobjects, 'I', number))
            .collect::<Option<_>>()?,
        layers,
        info: mended_info(document, options)?,
        layer_properties: mended_properties(document),
    })
}

fn entry<'a>(document: &'a Document, from: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
    let object = from.get(key.as_bytes()).ok()?;
    document.dereference(object).ok()?.1.as_dict().ok()
}

/// Dates that nobody gave, a claim of PDF/X and empty entries are dropped.
fn mended_info(document: &Document, options: &PdfOptions) -> Option<Dictionary> {
    let mut info = entry(document, &document.trailer, "Info")?.clone();
    info.remove(b"GTS_PDFXVersion");
    info.remove(b"Identifier");
    if options.date.and_then(super::xmp::moment).is_none() {
        info.remove(b"CreationDate");
        info.remove(b"ModDate");
    }
    let empty = |value: &Object| value.as_str().is_ok_and(<[u8]>::is_empty);
    let kept = info.iter().filter(|(_, value)| !empty(value));
    Some(kept.map(|(key, value)| (key.clone(), value.clone())).collect())
}

/// A viewer shows the list of layers under a name (ISO 32000-1, table 101; PDF/X-4 requires it).
fn mended_properties(document: &Document) -> Option<Object> {
    let mut properties = entry(document, document.catalog().ok()?, "OCProperties")?.clone();
    let default = properties.get_mut(b"D").ok()?.as_dict_mut().ok()?;
    default.set("Name", Object::string_literal("Layers"));
    default.remove(b"RBGroups");
    Some(properties.into())
}

/// The usage dictionary is not a layer and must not say that it is one.
fn mend_layer(document: &mut Document, layer: ObjectId) -> Option<()> {
    let layer = document.get_dictionary(layer).ok()?;
    let usage = layer.get(b"Usage").ok()?.as_reference().ok()?;
    document.get_dictionary_mut(usage).ok()?.remove(b"Type");
    Some(())
}

/// printpdf cuts widths to whole thousandths, takes the ascender for the height of capitals, and
/// writes the inner font in place, where old interpreters expect a reference.
fn mend_font(document: &mut Document, font: ObjectId, face: &super::face::Face) -> Option<()> {
    let outer = document.get_dictionary_mut(font).ok()?;
    let family = outer.get_mut(b"DescendantFonts").ok()?.as_array_mut().ok()?;
    let mut inner = family.pop()?.as_dict().ok()?.clone();
    inner.set("W", widths(face));
    let descriptor = inner.get(b"FontDescriptor").ok()?.as_reference().ok()?;
    let inner = document.add_object(inner);
    let outer = document.get_dictionary_mut(font).ok()?;
    outer.set("DescendantFonts", vec![Object::Reference(inner)]);
    let descriptor = document.get_dictionary_mut(descriptor).ok()?;
    if face.cap_height > 0 {
        descriptor.set("CapHeight", face.cap_height);
    }
    Some(())
}

fn widths(face: &super::face::Face) -> Object {
    let number = |width: f64| match fixed(width, 3) {
        whole if whole % 1000 == 0 => Object::Integer(whole / 1000),
        _ => Object::Real(width as f32),
    };
    let widths = face.glyphs.iter().map(|glyph| number(glyph.width)).collect();
    Object::Array(vec![Object::Integer(0), Object::Array(widths)])
}
