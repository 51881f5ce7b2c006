//! The kit: everything that content streams can name, and the number of its object.

use super::canvas::Uses;
use super::face::Face;
use super::ink;
use super::inventory::{Inventory, Once};
use super::syntax::push_reference;
use super::{Colour, PdfError};
use crate::font::FontStore;
use crate::scene::{Bitmap, FontId, Layer, Scene, Spot};

/// What the pages of a document share.
pub(super) struct Kit {
    pub colour: Colour,
    pub scenes: Once<Scene>,
    pub bitmaps: Once<Bitmap>,
    pub objects: Objects,
    faces: Vec<Option<Face>>,
}

/// The numbers of the objects behind the names.
#[derive(Debug, Default)]
pub(super) struct Objects {
    /// By the number of the font; 0 where it is not used.
    pub fonts: Vec<u32>,
    pub forms: Vec<u32>,
    pub images: Vec<u32>,
    /// By the number of the layer; 0 where it is not used.
    pub layers: [u32; Layer::ALL.len()],
    /// By the number of the plate; 0 where it is not used.
    pub spots: [u32; Spot::ALL.len()],
}

impl Kit {
    /// The kit for what `inventory` has; its objects have no numbers yet.
    ///
    /// # Errors
    ///
    /// A font is not in the store or cannot be cut down.
    pub fn new(inventory: Inventory, fonts: &FontStore, colour: Colour) -> Result<Self, PdfError> {
        let count = fonts.iter().count();
        let faces = inventory.fonts.iter().enumerate().map(|(id, sightings)| {
            if sightings.is_empty() {
                return Ok(None);
            }
            if id >= count {
                return Err(PdfError::NotNoted);
            }
            Face::new(fonts.get(FontId(id as u16)), sightings).map(Some)
        });
        Ok(Self {
            faces: faces.collect::<Result<_, _>>()?,
            scenes: inventory.scenes,
            bitmaps: inventory.bitmaps,
            colour,
            objects: Objects::default(),
        })
    }

    /// Returns a font, if it was noted.
    pub fn face(&self, font: FontId) -> Option<&Face> {
        self.faces.get(usize::from(font.0))?.as_ref()
    }

    /// Returns all fonts with their numbers.
    pub fn faces(&self) -> impl Iterator<Item = (usize, &Face)> {
        let numbered = self.faces.iter().enumerate();
        numbered.filter_map(|(at, face)| Some((at, face.as_ref()?)))
    }

    /// Returns the resource dictionary for what a content stream uses.
    pub fn resources(&self, uses: &Uses) -> Vec<u8> {
        let objects = &self.objects;
        let fonts = uses.fonts.iter().map(|at| ('F', *at as usize, objects.fonts[*at as usize]));
        let forms = uses.forms.iter().map(|at| ('X', *at as usize, objects.forms[*at as usize]));
        let images = uses.images.iter().map(|at| ('I', *at as usize, objects.images[*at as usize]));
        let layers = uses.layers.iter().map(|at| ('L', *at as usize, objects.layers[*at as usize]));
        let mut out = b"<<".to_vec();
        push_names(&mut out, "Font", fonts);
        push_names(&mut out, "XObject", forms.chain(images));
        push_names(&mut out, "Properties", layers);
        if !uses.spots.is_empty() {
            out.extend_from_slice(b"/ColorSpace<<");
            for spot in &uses.spots {
                out.extend_from_slice(format!("/{} ", ink::name(*spot)).as_bytes());
                push_reference(&mut out, objects.spots[*spot as usize]);
            }
            out.extend_from_slice(b">>");
        }
        if uses.spots.contains(&Spot::CutContour) {
            out.extend_from_slice(b"/ExtGState<</O<</OP true/op true/OPM 1>>>>");
        }
        out.extend_from_slice(b">>");
        out
    }
}

fn push_names(out: &mut Vec<u8>, kind: &str, names: impl Iterator<Item = (char, usize, u32)>) {
    let mut names = names.peekable();
    if names.peek().is_none() {
        return;
    }
    out.extend_from_slice(format!("/{kind}<<").as_bytes());
    for (letter, number, object) in names {
        out.extend_from_slice(format!("/{letter}{number} ").as_bytes());
        push_reference(out, object);
    }
    out.extend_from_slice(b">>");
}
