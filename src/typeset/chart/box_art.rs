//! The box in the design of its deck: the sea around all four walls, the title on the front.
//!
//! This room knows areas only, not how they hang together; places are given in the net's own
//! coordinates, and the drawing comes back in them.

use std::sync::Arc;

use super::inks;
use super::lettering::{Align, Anchor, Letterer, LineStyle};
use super::rings::rings;
use super::sea::{BackSpec, BackStyle, Expanse, expanse, island};
use crate::deck::Depth;
use crate::font::Role;
use crate::length::{Length, Point, Rect, Sides, Size};
use crate::scene::{Group, Ink, Item, Path, Scene, Shape, Transform};

/// How many times larger than on a card the sea is where nothing else counts.
const ENLARGED: f64 = 1.6;

/// How far from that it may be so that the sea meets itself at the glued corner, in parts of it: as
/// much as the thinnest box of poker cards needs.
const STRAYING: f64 = 0.3;

/// How far from a fold or a cut soundings stay.
const CLEAR: Length = Length::mm(2.0);

/// The largest figures on the lid.
const FIGURES: Length = Length::pt(16.0);

/// How high figures stand, in parts of the em.
const FIGURE_HEIGHT: f64 = 0.65;

/// Where things are on a net.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BoxFaces {
    /// The four walls together: the first and the last meet at the glued corner.
    pub walls: Rect,
    /// The wall that carries the title.
    pub front: Rect,
    /// The wall opposite.
    pub back: Rect,
    /// The wall that carries the depth rings.
    pub spine: Rect,
    /// The wall that carries nothing but the sea.
    pub side: Rect,
    /// Where the sea is seen: the walls and their bleed.
    pub sea: Vec<Rect>,
    /// What closes the top; it is read from the edge that lies uppermost on the net.
    pub lid: Rect,
    /// What is one plain ground: all that closes the box, with its bleed.
    pub plain: Vec<Rect>,
    /// How deep the front is cut at the middle of its upper edge.
    pub notch: Length,
}

/// What a box shows.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxSpec<'a> {
    /// The back of the cards, whose sea and title the box has; its bleed counts for nothing.
    pub back: BackSpec<'a>,
    /// Where it is shown.
    pub faces: &'a BoxFaces,
    /// The number of cards, for the lid.
    pub cards: usize,
    /// How many depths the deck has, for the legend.
    pub depths: usize,
}

/// How much larger than on a card the sea of a box is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Enlargement {
    /// How many times larger.
    pub factor: f64,
    /// Whether a whole number of seas goes around the box, so that none of its corners has a seam.
    pub seamless: bool,
}

/// Returns the enlargement nearest to 1.6 at which a whole number of cards of `card` width is as
/// long as `girth`; 1.6 where that would be more than a quarter away.
pub fn enlargement(girth: Length, card: Length) -> Enlargement {
    let cards = girth.ratio(card);
    let off = |factor: &f64| (factor - ENLARGED).abs();
    let near =
        (1..=12).map(|count| cards / f64::from(count)).min_by(|a, b| off(a).total_cmp(&off(b)));
    match near.filter(|factor| off(factor) <= STRAYING * ENLARGED) {
        Some(factor) => Enlargement { factor, seamless: true },
        None => Enlargement { factor: ENLARGED, seamless: false },
    }
}

/// Returns the drawing of the box.
///
/// The sea lies so that the middle of the island is the middle of the front; where it comes around
/// a second time just on the back, that island carries the title too. In lines the ground stays
/// white; on a full ground all that closes the box is as the deepest water.
pub fn box_art(spec: &BoxSpec, letterer: &dyn Letterer) -> Scene {
    let mut scene = Scene::default();
    let is_ground = spec.back.style == BackStyle::Press;
    if is_ground {
        let plain = spec.faces.plain.iter().map(|area| Path::rect(*area));
        scene.items.extend(plain.map(|path| Item::Shape(Shape::filled(path, inks::TITLE_ON_LAND))));
    }
    scene.items.extend(legend(spec.faces.spine, spec.depths).into_iter().map(Item::Shape));
    if spec.back.one_ink {
        inks::blacken(&mut scene);
    }
    // The legend lies on the sea.
    let under = if is_ground { spec.faces.plain.len() } else { 0 };
    scene.items.splice(under..under, sea(spec, letterer));
    scene.items.push(figure_on_lid(spec, letterer));
    scene
}

/// Returns the sea around the walls, once for each area in which it is seen.
fn sea(spec: &BoxSpec, letterer: &dyn Letterer) -> Vec<Item> {
    let faces = spec.faces;
    let trim = spec.back.trim;
    let Some(island) = island(trim) else { return Vec::new() };
    let factor = enlargement(faces.walls.size.width, trim.width).factor;
    let middle = |area: Rect| area.origin + Point::new(area.size.width / 2, area.size.height / 2);
    let large = Point::new(island.x.scaled(factor), island.y.scaled(factor));
    let offset = middle(faces.front) - large;
    let on_card = |area: Rect| {
        let corner = area.origin - offset;
        let smaller = |length: Length| length.scaled(1.0 / factor);
        Rect::new(
            Point::new(smaller(corner.x), smaller(corner.y)),
            Size::new(smaller(area.size.width), smaller(area.size.height)),
        )
    };
    let Some(area) = faces.sea.iter().copied().reduce(Rect::union) else { return Vec::new() };
    let notched = Sides { top: -(CLEAR + faces.notch), ..Sides::all(-CLEAR) };
    let fields = [
        faces.front.grown(notched),
        faces.back.grown(Sides::all(-CLEAR)),
        faces.side.grown(Sides::all(-CLEAR)),
    ];
    let apart = (middle(faces.back).x - middle(faces.front).x).ratio(trim.width.scaled(factor));
    let on_back = (apart - apart.round()).abs() < 0.01;
    let whole = Expanse {
        area: on_card(area),
        fields: fields.map(on_card).into(),
        islands: [0].into_iter().chain(on_back.then_some(apart.round() as i64)).collect(),
    };
    let scene = Arc::new(expanse(&spec.back, &whole, letterer));
    let seen = |area: &Rect| {
        let group = Group::new(scene.clone(), Transform::scaled(factor, offset));
        Item::Group(Group { clip: Some(on_card(*area)), reused: true, ..group })
    };
    faces.sea.iter().map(seen).collect()
}

/// Returns the rings of the depths, the shore uppermost, each on a disc of bare paper: all of their
/// inks were made for white. A spine that is too narrow has none.
fn legend(spine: Rect, depths: usize) -> Vec<Shape> {
    let (width, height) = (spine.size.width, spine.size.height);
    // The rings' outer edge has a radius of 3.92 mm at their own size, and is no smaller than 0.7.
    let (least, most) = (Length::mm(3.1), Length::mm(7.0));
    let radius = (width / 2 - Length::mm(1.5)).min(height / 16).min(most).max(least);
    let pitch = radius.scaled(2.45);
    let depths: Vec<Depth> = Depth::ALL.into_iter().take(depths).collect();
    let high = pitch * (depths.len() as i64 - 1) + radius * 2;
    if radius * 2 + Length::mm(0.5) > width || high + CLEAR * 2 > height {
        return Vec::new();
    }
    let middle = Point::new(spine.left() + width / 2, spine.top() + height / 2);
    let first = middle.y - pitch * (depths.len() as i64 - 1) / 2;
    let mut shapes = Vec::new();
    for (row, depth) in depths.into_iter().enumerate() {
        let center = Point::new(middle.x, first + pitch * row as i64);
        shapes.push(Shape::filled(Path::circle(center, radius), Ink::PAPER));
        shapes.extend(rings(depth, center, radius.to_mm() / 5.2));
    }
    shapes
}

/// Returns the number of cards as one sounding on the lid.
///
/// The lid is hinged at its foot: who stands before the box reads it from the other side.
fn figure_on_lid(spec: &BoxSpec, letterer: &dyn Letterer) -> Item {
    let lid = spec.faces.lid;
    let (role, ink) = match spec.back.style {
        BackStyle::Press => (Role::Label, Ink::PAPER),
        BackStyle::Home { .. } if spec.back.one_ink => (Role::SmallItalic, Ink::BLACK),
        BackStyle::Home { ink } => (Role::SmallItalic, ink),
    };
    let size = FIGURES.min(lid.size.height.scaled(0.6));
    let style = LineStyle { role, size, tracking: 0, ink };
    let at = Point::new(Length::ZERO, size.scaled(FIGURE_HEIGHT) / 2);
    let mut scene = Scene::default();
    letterer.draw(&mut scene, &spec.cards.to_string(), style, Anchor { at, align: Align::Center });
    let middle = lid.origin + Point::new(lid.size.width / 2, lid.size.height / 2);
    Item::Group(Group::new(Arc::new(scene), Transform::half_turn(Size::default(), middle)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FontStore;
    use crate::typeset::chart::lettering::PlainLetterer;

    const HOME: BackStyle = BackStyle::Home { ink: inks::DEEP };

    /// The walls of a box of 65 × 90 × 19 mm: back, spine, front, side.
    fn faces() -> BoxFaces {
        let wall = |left: f64, width: f64| Rect::new(Point::mm(left, 34.0), Size::mm(width, 90.0));
        let lid = Rect::new(Point::mm(8.5, 15.0), Size::mm(64.0, 19.0));
        BoxFaces {
            walls: wall(8.0, 168.0),
            back: wall(8.0, 65.0),
            spine: wall(73.0, 19.0),
            front: wall(92.0, 65.0),
            side: wall(157.0, 19.0),
            sea: vec![wall(7.0, 172.0)],
            lid,
            plain: vec![lid.grown(Sides::all(Length::mm(3.0)))],
            notch: Length::mm(7.5),
        }
    }

    fn drawn(style: BackStyle, one_ink: bool) -> Scene {
        let back = BackSpec {
            trim: Size::mm(63.0, 88.0),
            bleed: Length::ZERO,
            title: "Intimacy",
            subtitle: None,
            logo: None,
            style,
            one_ink,
        };
        let spec = BoxSpec { back, faces: &faces(), cards: 54, depths: 5 };
        box_art(&spec, &PlainLetterer { fonts: &FontStore::bundled() })
    }

    fn groups(scene: &Scene) -> Vec<&Group> {
        fn group(item: &Item) -> Option<&Group> {
            if let Item::Group(group) = item { Some(group) } else { None }
        }
        scene.items.iter().filter_map(group).collect()
    }

    #[test]
    fn whole_seas_go_around_the_box_where_they_can() {
        let card = Length::mm(63.0);
        let around = |girth: f64| enlargement(Length::mm(girth), card);
        let poker = around(168.0);
        assert!(poker.seamless && (poker.factor - 168.0 / 126.0).abs() < 1e-9);
        // Three seas are nearer to 1.6 than two.
        assert_eq!(around(63.0 * 4.5).factor, 1.5);
        assert_eq!(around(140.0), Enlargement { factor: 1.6, seamless: false });
        // A poker box is never less deep than 6 mm.
        assert!(around(142.0).seamless);
    }

    #[test]
    fn titles_stand_upright_in_the_middle_of_front_and_back() {
        for style in [HOME, BackStyle::Press] {
            let scene = drawn(style, false);
            let sea = groups(&scene)[0];
            assert_eq!((sea.transform.xy, sea.transform.yx), (0.0, 0.0));
            assert!(sea.transform.xx > 0.0 && sea.transform.xx == sea.transform.yy);
            let titles = groups(&sea.scene);
            let middles: Vec<f64> = titles
                .iter()
                .map(|island| {
                    assert_eq!(island.scene.text, "Intimacy");
                    let middle = island.transform.apply(Point::mm(31.5, 40.5));
                    let place = sea.transform.apply(middle);
                    assert!((place.y - Length::mm(79.0)).abs() < Length::mm(0.001));
                    place.x.to_mm()
                })
                .collect();
            assert!((middles[0] - 124.5).abs() < 0.001 && (middles[1] - 40.5).abs() < 0.001);
            assert_eq!(middles.len(), 2);
        }
    }

    #[test]
    fn the_number_on_the_lid_is_read_from_the_front() {
        let scene = drawn(HOME, false);
        let figure = groups(&scene)[1];
        assert_eq!(figure.scene.text, "54");
        assert_eq!((figure.transform.xx, figure.transform.yy), (-1.0, -1.0));
        assert_eq!(figure.transform.offset, Point::mm(40.5, 24.5));
    }

    #[test]
    fn legends_lie_on_bare_paper_inside_the_spine() {
        let spine = faces().spine;
        for (depths, shapes) in [(5, 5 + 15), (3, 3 + 6), (0, 0)] {
            assert_eq!(legend(spine, depths).len(), shapes);
        }
        for width in [6.8, 9.0, 19.0, 60.0] {
            let narrow = Rect::new(spine.origin, Size::mm(width, 90.0));
            let shapes = legend(narrow, 5);
            assert_eq!(shapes[0].fill, Some(Ink::PAPER));
            let reach = shapes.iter().flat_map(|shape| &shape.path.segments);
            for segment in reach {
                if let crate::scene::Segment::Cubic(_, _, end) = segment {
                    assert!(narrow.contains(Rect::new(*end, Size::default())), "{width}");
                }
            }
        }
        assert!(legend(Rect::new(spine.origin, Size::mm(6.0, 90.0)), 5).is_empty());
        assert!(legend(Rect::new(spine.origin, Size::mm(19.0, 30.0)), 5).is_empty());
    }

    #[test]
    fn only_a_full_ground_paints_what_closes_the_box() {
        let plain = |scene: &Scene| {
            let is = |item: &&Item| match item {
                Item::Shape(shape) => shape.fill == Some(inks::TITLE_ON_LAND),
                _ => false,
            };
            scene.items.iter().filter(is).count()
        };
        assert_eq!(plain(&drawn(HOME, false)), 0);
        let ground = drawn(BackStyle::Press, false);
        assert_eq!(plain(&ground), 1);
        assert!(
            matches!(ground.items[..2], [Item::Shape(_), Item::Group(_)]),
            "the sea lies over it"
        );
    }

    #[test]
    fn jobs_in_black_alone_use_no_other_plate() {
        fn inks_of(scene: &Scene, found: &mut Vec<Ink>) {
            for item in &scene.items {
                match item {
                    Item::Group(group) => inks_of(&group.scene, found),
                    Item::Text(text) => found.push(text.ink),
                    Item::Shape(shape) => {
                        found.extend(shape.fill);
                        found.extend(shape.stroke.map(|stroke| stroke.ink));
                    }
                    Item::Image(_) => {}
                }
            }
        }
        for style in [HOME, BackStyle::Press] {
            let mut found = Vec::new();
            inks_of(&drawn(style, true), &mut found);
            assert!(found.len() > 20 && found.iter().all(|ink| ink.cmyk[..3] == [0; 3]));
        }
    }
}
