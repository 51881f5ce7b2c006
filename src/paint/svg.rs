//! The SVG painter: a page in millimetres, text as outlines, layers that Inkscape knows.
//!
//! Every glyph is defined once, in font units, and used where it stands; so is every scene that is
//! placed many times. Lengths are rounded to a thousandth of a millimetre, and the same page gives
//! the same bytes.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::sync::Arc;

use crate::font::FontStore;
use crate::length::Rect;
use crate::paint::geometry::{affine, area, bez_path, mm};
use crate::paint::outline::{Outlines, placed};
use crate::paint::{MITRE_LIMIT, geometry};
use crate::scene::{
    Bitmap, FontId, Group, Ink, Item, Layer, Page, Picture, Scene, Shape, Stroke, Text,
};
use text::{data_uri, decimal, escaped, path_data};

mod text;

/// How many decimals a millimetre has: a thousandth is a hundredth of a pixel at 300 dpi.
const MM_DECIMALS: usize = 3;

/// How many decimals a font unit has: outlines are whole and half units.
const UNIT_DECIMALS: usize = 1;

/// How many decimals a factor has: of a glyph of a thousand units, a thousandth of a micrometre.
const FACTOR_DECIMALS: usize = 9;

/// What an SVG file says beside the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SvgOptions {
    /// The title that viewers and screen readers tell. Default: none.
    pub title: Option<String>,
}

/// Paints `page` as an SVG file of its size in millimetres.
///
/// # Errors
///
/// `out` fails.
pub fn paint(
    page: &Page,
    fonts: &FontStore,
    options: &SvgOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut file = File::new(fonts);
    let mut body = String::new();
    file.scene(&page.scene, None, &mut body);
    let (width, height) = (length(mm(page.size.width)), length(mm(page.size.height)));
    write!(
        out,
        r##"<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}" stroke-miterlimit="{MITRE_LIMIT}" style="background:#fff">
"##
    )?;
    if let Some(title) = &options.title {
        writeln!(out, "<title>{}</title>", escaped(title))?;
    }
    writeln!(out, "<desc>{DESCRIPTION}</desc>")?;
    if !file.defs.is_empty() {
        writeln!(out, "<defs>\n{}</defs>", file.defs)?;
    }
    writeln!(out, "{body}</svg>")
}

const DESCRIPTION: &str = "Made by deckle. Text is drawn as outlines, so that it looks the same \
                           everywhere; it cannot be edited as text.";

/// A file in the making: what is defined so far, and under which names.
struct File<'a> {
    outlines: Outlines<'a>,
    defs: String,
    /// Whether a glyph has ink, and so a definition.
    glyphs: HashMap<(FontId, u16), bool>,
    scenes: HashMap<*const Scene, usize>,
    clips: HashMap<Rect, usize>,
    bitmaps: HashMap<*const Bitmap, Option<usize>>,
    layer_names: HashSet<String>,
}

impl<'a> File<'a> {
    fn new(fonts: &'a FontStore) -> Self {
        Self {
            outlines: Outlines::new(fonts),
            defs: String::new(),
            glyphs: HashMap::new(),
            scenes: HashMap::new(),
            clips: HashMap::new(),
            bitmaps: HashMap::new(),
            layer_names: HashSet::new(),
        }
    }

    /// Writes the items of a scene; neighbours that share a layer share its element.
    fn scene(&mut self, scene: &Scene, current: Option<Layer>, out: &mut String) {
        let mut open = None;
        for item in &scene.items {
            let layer = match item {
                Item::Group(group) => group.layer.filter(|layer| Some(*layer) != current),
                _ => None,
            };
            if layer != open {
                if open.is_some() {
                    out.push_str("</g>\n");
                }
                if let Some(layer) = layer {
                    self.open_layer(layer, out);
                }
                open = layer;
            }
            self.item(scene, item, layer.or(current), out);
        }
        if open.is_some() {
            out.push_str("</g>\n");
        }
    }

    fn open_layer(&mut self, layer: Layer, out: &mut String) {
        let id = layer.name().to_ascii_lowercase();
        // A name may stand only once in a file: a layer that comes back is artwork-2.
        let again = (2..).map(|count| format!("{id}-{count}"));
        let free = |name: &String| !self.layer_names.contains(name);
        let id = std::iter::once(id.clone()).chain(again).find(free).unwrap_or(id);
        let label = layer.name();
        *out += &format!(r#"<g id="{id}" inkscape:groupmode="layer" inkscape:label="{label}">"#);
        out.push('\n');
        self.layer_names.insert(id);
    }

    fn item(&mut self, scene: &Scene, item: &Item, layer: Option<Layer>, out: &mut String) {
        match item {
            Item::Group(group) => self.group(group, layer, out),
            Item::Text(text) => self.text(scene, text, out),
            Item::Shape(shape) => draw_shape(shape, out),
            Item::Image(picture) => self.picture(picture, out),
        }
    }

    fn group(&mut self, group: &Group, layer: Option<Layer>, out: &mut String) {
        let Some(mut attributes) = transform_attribute(group) else { return };
        if let Some(rect) = group.clip {
            let Some(clip) = self.clip(rect) else { return };
            attributes += &format!(r#" clip-path="url(#c{clip})""#);
        }
        if group.reused {
            let scene = self.reused(&group.scene);
            *out += &format!("<use xlink:href=\"#s{scene}\"{attributes}/>\n");
        } else if attributes.is_empty() {
            self.scene(&group.scene, layer, out);
        } else {
            *out += &format!("<g{attributes}>\n");
            self.scene(&group.scene, layer, out);
            out.push_str("</g>\n");
        }
    }

    /// Returns the number of a scene's definition, writing it at the first call.
    fn reused(&mut self, scene: &Arc<Scene>) -> usize {
        if let Some(number) = self.scenes.get(&Arc::as_ptr(scene)) {
            return *number;
        }
        let number = self.scenes.len();
        self.scenes.insert(Arc::as_ptr(scene), number);
        let mut body = String::new();
        self.scene(scene, None, &mut body);
        self.defs += &format!("<g id=\"s{number}\">\n{body}</g>\n");
        number
    }

    /// Returns the number of a clip's definition; none if nothing is inside.
    fn clip(&mut self, rect: Rect) -> Option<usize> {
        let inside = area(rect)?;
        if let Some(number) = self.clips.get(&rect) {
            return Some(*number);
        }
        let number = self.clips.len();
        self.clips.insert(rect, number);
        let [x, y, width, height] =
            [inside.x0, inside.y0, inside.width(), inside.height()].map(length);
        self.defs += &format!(
            r#"<clipPath id="c{number}"><rect x="{x}" y="{y}" width="{width}" height="{height}"/></clipPath>"#
        );
        self.defs.push('\n');
        Some(number)
    }

    fn text(&mut self, scene: &Scene, text: &Text, out: &mut String) {
        let Some(units_per_em) = self.outlines.units_per_em(text.font) else { return };
        let scale = factor(mm(text.size) / units_per_em);
        let start = geometry::place(text.origin);
        let (x, y) = (length(start.x), length(start.y));
        let words = text.text.start as usize..text.text.end as usize;
        let words = escaped(scene.text.get(words).unwrap_or_default());
        *out += &format!(
            r#"<g role="img" aria-label="{words}" transform="matrix({scale} 0 0 -{scale} {x} {y})"{}>"#,
            ink_attribute("fill", text.ink)
        );
        for glyph in placed(scene, text) {
            if self.defines(text.font, glyph.id) {
                *out += &format!(r##"<use xlink:href="#f{}g{}""##, text.font.0, glyph.id);
                let mut place = |name: &str, value: i64| {
                    if value != 0 {
                        *out += &format!(r#" {name}="{value}""#);
                    }
                };
                place("x", glyph.x);
                place("y", glyph.y);
                out.push_str("/>");
            }
        }
        out.push_str("</g>\n");
    }

    /// Returns whether the glyph has a definition, writing it at the first call; space has none.
    fn defines(&mut self, font: FontId, id: u16) -> bool {
        if let Some(known) = self.glyphs.get(&(font, id)) {
            return *known;
        }
        let outline = self.outlines.glyph(font, id);
        if let Some(outline) = &outline {
            let data = path_data(outline, UNIT_DECIMALS);
            self.defs += &format!("<path id=\"f{}g{id}\" d=\"{data}\"/>\n", font.0);
        }
        self.glyphs.insert((font, id), outline.is_some());
        outline.is_some()
    }

    fn picture(&mut self, picture: &Picture, out: &mut String) {
        let Some(area) = area(picture.area) else { return };
        let Some(number) = self.bitmap(&picture.bitmap) else { return };
        let [x, y, width, height] = [area.x0, area.y0, area.width(), area.height()].map(length);
        *out += &format!(
            r##"<use xlink:href="#i{number}" transform="matrix({width} 0 0 {height} {x} {y})"/>"##
        );
        out.push('\n');
    }

    /// Returns the number of a bitmap's definition, one unit wide and high; none if it is broken.
    fn bitmap(&mut self, bitmap: &Arc<Bitmap>) -> Option<usize> {
        if let Some(known) = self.bitmaps.get(&Arc::as_ptr(bitmap)) {
            return *known;
        }
        let number = data_uri(bitmap).map(|uri| {
            let number = self.bitmaps.len();
            self.defs += &format!(
                r#"<image id="i{number}" width="1" height="1" preserveAspectRatio="none" xlink:href="{uri}"/>"#
            );
            self.defs.push('\n');
            number
        });
        self.bitmaps.insert(Arc::as_ptr(bitmap), number);
        number
    }
}

/// Returns the attribute that places a group, empty where it stays, or none if it has no place.
fn transform_attribute(group: &Group) -> Option<String> {
    let [a, b, c, d, x, y] = affine(&group.transform)?.as_coeffs();
    let (x, y) = (length(x), length(y));
    Some(if [a, b, c, d] != [1.0, 0.0, 0.0, 1.0] {
        let [a, b, c, d] = [a, b, c, d].map(factor);
        format!(r#" transform="matrix({a} {b} {c} {d} {x} {y})""#)
    } else if (x.as_str(), y.as_str()) != ("0", "0") {
        format!(r#" transform="translate({x} {y})""#)
    } else {
        String::new()
    })
}

fn draw_shape(shape: &Shape, out: &mut String) {
    let stroke = shape.stroke.filter(|stroke| mm(stroke.width) > 0.0);
    if shape.fill.is_none() && stroke.is_none() {
        return;
    }
    let fill = match shape.fill {
        Some(ink) => ink_attribute("fill", ink) + r#" fill-rule="evenodd""#,
        None => r#" fill="none""#.into(),
    };
    let stroke = stroke.map(stroke_attributes).unwrap_or_default();
    let data = path_data(&bez_path(&shape.path), MM_DECIMALS);
    *out += &format!("<path d=\"{data}\"{fill}{stroke}/>\n");
}

fn stroke_attributes(stroke: Stroke) -> String {
    let mut attributes = ink_attribute("stroke", stroke.ink);
    attributes += &format!(r#" stroke-width="{}""#, length(mm(stroke.width)));
    if stroke.round || stroke.dots.is_some() {
        attributes += r#" stroke-linecap="round" stroke-linejoin="round""#;
    }
    // A dash of no length with round ends is a dot; a pitch that rounds to nothing is a line.
    let pitch = stroke.dots.map(|pitch| length(mm(pitch).max(0.0)));
    if let Some(pitch) = pitch.filter(|pitch| pitch != "0") {
        attributes += &format!(r#" stroke-dasharray="0 {pitch}""#);
    } else if let Some(dash) =
        stroke.dashes.filter(|_| stroke.dots.is_none()).map(|dash| length(mm(dash).max(0.0)))
    {
        // A length of 0 means a solid line, as it does everywhere else.
        attributes += &format!(r#" stroke-dasharray="{dash}""#);
    }
    attributes
}

fn ink_attribute(name: &str, ink: Ink) -> String {
    let [r, g, b] = ink.srgb;
    let short = [r, g, b].iter().all(|value| value / 16 == value % 16);
    if short {
        format!(r##" {name}="#{:x}{:x}{:x}""##, r % 16, g % 16, b % 16)
    } else {
        format!(r##" {name}="#{r:02x}{g:02x}{b:02x}""##)
    }
}

fn length(mm: f64) -> String {
    decimal(mm, MM_DECIMALS)
}

fn factor(value: f64) -> String {
    decimal(value, FACTOR_DECIMALS)
}
