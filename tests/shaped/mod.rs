//! Scenes made by hand: words through the shaper, onto cards, onto sheets.
#![allow(dead_code)] // Each of the tests and benches that share this file uses a part of it.

use std::sync::Arc;

use deckle::font::{FontStore, Role};
use deckle::length::{Length, Point, Rect, Sides, Size};
use deckle::scene::{
    FontId, Glyph, Group, Ink, Item, Layer, Page, Path, Scene, Shape, Stroke, Text, Transform,
};
use harfrust::{Buffer, Direction, Script, ShapeOptions, ShapePlan, ShaperFont};

pub const POKER: Size = Size::mm(63.0, 88.0);
pub const A4: Size = Size::mm(210.0, 297.0);
pub const TEAL: Ink = Ink::new([0x17, 0x66, 0x7A], [85, 10, 10, 55]);

/// Sets words on a scene: a font with its plan.
pub struct Setter<'a> {
    pub font: FontId,
    shaper: ShaperFont<'a, 'a>,
    plan: ShapePlan,
}

impl<'a> Setter<'a> {
    pub fn new(fonts: &'a FontStore, role: Role) -> Self {
        let font = fonts.chain(role)[0];
        let shaping = fonts.get(font).shaping();
        let plan = ShapePlan::new(shaping, Direction::LeftToRight, Some(Script::LATIN), None, &[]);
        Self { font, shaper: ShaperFont::new(shaping), plan }
    }

    /// Adds `words` in `size` points at `origin`, in black.
    pub fn set(&self, scene: &mut Scene, words: &str, size: f64, origin: Point) {
        let mut buffer = Buffer::new();
        buffer.push_str(words);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(Some(Script::LATIN));
        let options = ShapeOptions::new().plan(Some(&self.plan));
        harfrust::shape(&self.shaper, &mut buffer, options).unwrap();
        let (text, glyphs) = (scene.text.len() as u32, scene.glyphs.len() as u32);
        scene.text.push_str(words);
        let pairs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        scene.glyphs.extend(pairs.map(|(info, position)| Glyph {
            id: info.glyph_id as u16,
            advance: position.x_advance,
            dx: position.x_offset as i16,
            dy: position.y_offset as i16,
            cluster: text + info.cluster,
        }));
        scene.items.push(Item::Text(Text {
            font: self.font,
            size: Length::pt(size),
            ink: Ink::BLACK,
            origin,
            text: text..scene.text.len() as u32,
            glyphs: glyphs..scene.glyphs.len() as u32,
        }));
    }
}

/// A page of `size` with a bleed of 3 mm all round.
pub fn page(size: Size, scene: Scene) -> Page {
    let media = Rect::new(Point::ORIGIN, size);
    let bleed = media.grown(-Sides::all(Length::mm(5.0)));
    let trim = bleed.grown(-Sides::all(Length::mm(3.0)));
    Page { size, trim, bleed, scene, bookmarks: Vec::new() }
}

pub fn placed(scene: &Arc<Scene>, at: Point, reused: bool) -> Item {
    Item::Group(Group { reused, ..Group::new(scene.clone(), Transform::moved(at)) })
}

pub fn layer(scene: Scene, layer: Layer) -> Item {
    let group = Group::new(Arc::new(scene), Transform::IDENTITY);
    Item::Group(Group { layer: Some(layer), ..group })
}

pub fn line(from: Point, to: Point, stroke: Stroke) -> Item {
    Item::Shape(Shape::stroked(Path::line(from, to), stroke))
}

pub const WORDS: [&str; 48] = [
    "What",
    "did",
    "you",
    "learn",
    "about",
    "trust",
    "from",
    "the",
    "first",
    "person",
    "who",
    "ever",
    "kept",
    "a",
    "promise",
    "Which",
    "small",
    "thing",
    "makes",
    "difficult",
    "days",
    "lighter",
    "when",
    "we",
    "share",
    "it",
    "office",
    "quietly",
    "Tell",
    "me",
    "something",
    "brave",
    "that",
    "nobody",
    "noticed",
    "and",
    "how",
    "felt",
    "afterwards",
    "Where",
    "would",
    "go",
    "if",
    "there",
    "were",
    "no",
    "waffles",
    "left",
];

/// A deck of questions: headers and backs are reused, the rest is each card's own.
pub struct Deck<'a> {
    prompt: Setter<'a>,
    italic: Setter<'a>,
    small: Setter<'a>,
    headers: Vec<Arc<Scene>>,
    back: Arc<Scene>,
}

impl<'a> Deck<'a> {
    pub fn new(fonts: &'a FontStore) -> Self {
        let label = Setter::new(fonts, Role::Label);
        let header = |number: usize| {
            let mut scene = Scene::default();
            let disc = Path::circle(Point::mm(9.9, 9.6), Length::mm(3.9));
            scene.items.push(Item::Shape(Shape::filled(disc, TEAL)));
            for ring in 0..=number % 4 {
                let radius = Length::mm(3.73 - 0.76 * ring as f64);
                let circle = Path::circle(Point::mm(53.1, 9.6 + 0.19 * ring as f64), radius);
                let stroke = Stroke::new(TEAL, Length::mm(0.38));
                scene.items.push(Item::Shape(Shape::stroked(circle, stroke)));
            }
            let name = ["TRUST", "AFFECTION", "ROOTS"][number % 3];
            label.set(&mut scene, name, 6.8, Point::mm(16.0, 10.39));
            let water = Stroke::new(TEAL, Length::mm(0.3));
            scene.items.push(line(Point::mm(6.0, 64.5), Point::mm(57.0, 64.5), water));
            Arc::new(scene)
        };
        let headers = (0..12).map(header).collect();
        let (prompt, italic) = (Setter::new(fonts, Role::Prompt), Setter::new(fonts, Role::Italic));
        let mut back = Scene::default();
        let ground = Path::rect(Rect::new(Point::ORIGIN, POKER));
        back.items
            .push(Item::Shape(Shape::filled(ground, Ink::new([37, 33, 82], [95, 95, 0, 50]))));
        italic.set(&mut back, "intimacy", 17.0, Point::mm(20.0, 40.3));
        Self {
            prompt,
            italic,
            small: Setter::new(fonts, Role::Small),
            headers,
            back: Arc::new(back),
        }
    }

    pub fn front(&self, number: usize) -> Scene {
        let mut scene = Scene::default();
        let header = &self.headers[number % self.headers.len()];
        scene.items.push(placed(header, Point::ORIGIN, true));
        let mut state = number as u64 * 7919 + 17;
        let mut word = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            WORDS[(state >> 33) as usize % WORDS.len()]
        };
        for row in 0..3 + number % 3 {
            let words: Vec<&str> = (0..3).map(|_| word()).collect();
            let y = 24.6 + 4.5 + 7.0 * row as f64;
            self.prompt.set(&mut scene, &words.join(" "), 15.5, Point::mm(6.0, y));
        }
        let listener: Vec<&str> = (0..4).map(|_| word()).collect();
        self.italic.set(&mut scene, &listener.join(" "), 9.5, Point::mm(6.0, 69.9));
        let code = format!("{:04X}", number * 40503 % 65536);
        self.small.set(&mut scene, &code, 6.5, Point::mm(50.0, 82.6));
        scene
    }

    fn sheet(&self, faces: impl Iterator<Item = Item>) -> Page {
        let mut marks = Scene::default();
        let stroke = Stroke::new(Ink::REGISTRATION, Length::pt(0.25));
        for x in 0..4 {
            let x = 10.5 + 63.0 * f64::from(x);
            marks.items.push(line(Point::mm(x, 10.0), Point::mm(x, 14.0), stroke));
            marks.items.push(line(Point::mm(x, 283.0), Point::mm(x, 287.0), stroke));
        }
        let artwork = Scene { items: faces.collect(), ..Scene::default() };
        let items = vec![layer(artwork, Layer::Artwork), layer(marks, Layer::Marks)];
        page(A4, Scene { items, ..Scene::default() })
    }

    /// The fronts and the backs of the sheet that begins with card `first`, nine up on A4.
    pub fn sheets(&self, first: usize) -> [Page; 2] {
        let slot = |n: usize| Point::mm(10.5 + 63.0 * (n % 3) as f64, 16.5 + 88.0 * (n / 3) as f64);
        let front = |n| placed(&Arc::new(self.front(first + n)), slot(n), false);
        let back = |n| placed(&self.back, slot(n), true);
        [self.sheet((0..9).map(front)), self.sheet((0..9).map(back))]
    }
}
