//! Scenes drawn by hand: text shaped as it comes, without a layout.

use std::sync::Arc;

use deckle::font::{FontStore, Role};
use deckle::length::{Length, Point, Rect, Size};
use deckle::scene::{
    Bitmap, FontId, Glyph, Group, Ink, Item, Page, Path, Picture, Scene, Shape, Stroke, Text,
};
use harfrust::{Buffer, ShapeOptions, ShaperFont};

/// The ink of the deepest cards.
pub const INDIGO: Ink = Ink::new([0x25, 0x21, 0x52], [95, 95, 0, 50]);

/// The ink of the shallowest sea.
pub const TEAL: Ink = Ink::new([0x4e, 0x8e, 0x99], [55, 0, 15, 40]);

/// A scene in the making, and the fonts it is set in.
pub struct Drawing {
    /// The bundled fonts.
    pub fonts: FontStore,
    /// What is drawn so far.
    pub scene: Scene,
}

impl Drawing {
    /// An empty scene.
    pub fn new() -> Self {
        Self { fonts: FontStore::bundled(), scene: Scene::default() }
    }

    /// Returns the first font of a role.
    pub fn font(&self, role: Role) -> FontId {
        self.fonts.chain(role)[0]
    }

    /// Adds a line of text in black, its baseline beginning at `origin`.
    pub fn text(&mut self, role: Role, size: f64, origin: Point, words: &str) -> &mut Self {
        let font = self.font(role);
        let start = (self.scene.text.len() as u32, self.scene.glyphs.len() as u32);
        let glyphs = shaped(&self.fonts, font, words, start.0);
        self.scene.glyphs.extend(glyphs);
        self.scene.text.push_str(words);
        let end = (self.scene.text.len() as u32, self.scene.glyphs.len() as u32);
        self.scene.items.push(Item::Text(Text {
            font,
            size: Length::pt(size),
            ink: Ink::BLACK,
            origin,
            text: start.0..end.0,
            glyphs: start.1..end.1,
        }));
        self
    }

    /// Adds the inside of a path.
    pub fn fill(&mut self, path: Path, ink: Ink) -> &mut Self {
        self.scene.items.push(Item::Shape(Shape::filled(path, ink)));
        self
    }

    /// Adds a line along a path.
    pub fn stroke(&mut self, path: Path, stroke: Stroke) -> &mut Self {
        self.scene.items.push(Item::Shape(Shape::stroked(path, stroke)));
        self
    }

    /// Adds a picture.
    pub fn picture(&mut self, bitmap: &Arc<Bitmap>, area: Rect) -> &mut Self {
        self.scene.items.push(Item::Image(Picture { bitmap: bitmap.clone(), area }));
        self
    }

    /// Adds a group.
    pub fn group(&mut self, group: Group) -> &mut Self {
        self.scene.items.push(Item::Group(group));
        self
    }

    /// Returns the scene so far, to be placed in another one.
    pub fn shared(&self) -> Arc<Scene> {
        Arc::new(self.scene.clone())
    }

    /// Returns a page of `size` with the scene on it.
    pub fn page(&self, size: Size) -> Page {
        let paper = Rect::new(Point::ORIGIN, size);
        Page { size, trim: paper, bleed: paper, scene: self.scene.clone(), bookmarks: vec![] }
    }
}

/// Returns the glyphs of `words` with the kerning of the font.
fn shaped(fonts: &FontStore, font: FontId, words: &str, first_byte: u32) -> Vec<Glyph> {
    let shaper = ShaperFont::new(fonts.get(font).shaping());
    let mut buffer = Buffer::new();
    buffer.push_str(words);
    buffer.guess_segment_properties();
    harfrust::shape(&shaper, &mut buffer, ShapeOptions::new()).expect("the text can be shaped");
    let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
    glyphs
        .map(|(info, position)| Glyph {
            id: info.glyph_id as u16,
            advance: position.x_advance,
            dx: position.x_offset as i16,
            dy: position.y_offset as i16,
            cluster: first_byte + info.cluster,
        })
        .collect()
}

/// Returns the path that the SVG path data `data` draws, one unit being a millimetre.
pub fn path(data: &str) -> Path {
    use deckle::scene::Segment;
    let point = |at: kurbo::Point| Point::mm(at.x, at.y);
    let bez = kurbo::BezPath::from_svg(data).expect("path data");
    let segments = bez.iter().map(|element| match element {
        kurbo::PathEl::MoveTo(p) => Segment::Move(point(p)),
        kurbo::PathEl::LineTo(p) => Segment::Line(point(p)),
        kurbo::PathEl::QuadTo(..) => panic!("a scene has no quadratic curves"),
        kurbo::PathEl::CurveTo(a, b, p) => Segment::Cubic(point(a), point(b), point(p)),
        kurbo::PathEl::ClosePath => Segment::Close,
    });
    Path { segments: segments.collect() }
}

/// Returns what `paint` of a rectangle needs: the corner and the size in millimetres.
pub fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect::new(Point::mm(x, y), Size::mm(width, height))
}
