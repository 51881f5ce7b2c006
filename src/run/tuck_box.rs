//! A tuck box: its net, drawn in the deck's own design, as one page.

use std::sync::Arc;

use crate::font::FontStore;
use crate::impose::tuck_box::{BLEED, BoxSheet, BoxWords, Net, Panel, Part};
use crate::length::{Length, Point, Rect, Sides};
use crate::problem::Diagnostic;
use crate::scene::{Group, Ink, Item, Layer, Page, Path, Scene, Shape, Stroke, Transform};
use crate::typeset::chart::box_art::{BoxFaces, BoxSpec, box_art};
use crate::typeset::chart::inks;
use crate::typeset::chart::lettering::PlainLetterer;
use crate::typeset::chart::sea::{BackSpec, BackStyle};

use super::slug_setter;

/// The width of all lines that are not art.
const HAIR: Length = Length::pt(0.25);

/// The length of the dashes of a fold.
const DASH: Length = Length::mm(1.5);

/// The hatching of what is glued.
const HATCHING: Ink = Ink::new([150; 3], [0, 0, 0, 41]);

/// The folds on white.
const FOLD: Ink = Ink::new([110; 3], [0, 0, 0, 57]);

/// Cuts in a job of black alone: seen on white and on the darkest ground.
const GREY_CUT: Ink = Ink::new([150; 3], [0, 0, 0, 41]);

/// What a box is made of.
#[derive(Clone, Debug)]
pub struct TuckBox<'a> {
    /// The net on its page.
    pub sheet: &'a BoxSheet,
    /// The back of the cards, whose sea and title the box has.
    pub back: BackSpec<'a>,
    /// How many depths the deck has.
    pub depths: usize,
    /// Whether a press reads the file: the cut then has a plate of its own. Default: no.
    pub for_press: bool,
}

impl TuckBox<'_> {
    /// Returns the page, and a note for what it had no room for.
    pub fn page(&self, fonts: &FontStore) -> (Page, Option<Diagnostic>) {
        let (sheet, net) = (self.sheet, &self.sheet.net);
        let faces = faces(net);
        let spec =
            BoxSpec { back: self.back, faces: &faces, cards: sheet.cards, depths: self.depths };
        let art = box_art(&spec, &PlainLetterer { fonts });
        let text = slug_setter(fonts);
        let words = BoxWords { title: self.back.title, sheet }.placed(&text);
        let note = words.note(sheet);
        let on_net = |layer, scene| on_layer(layer, scene, sheet.origin);
        let items = vec![
            on_net(Layer::Artwork, art),
            on_net(Layer::Marks, lines(net.hatching(), Stroke::new(HATCHING, HAIR))),
            on_net(Layer::Fold, lines(net.folds.clone(), self.fold())),
            on_net(Layer::Cut, outline(net.cut.clone(), self.cut())),
            on_layer(Layer::Slug, words.scene, Point::ORIGIN),
        ];
        let trim = sheet.outline();
        let page = Page {
            size: sheet.page,
            trim,
            bleed: trim.grown(Sides::all(BLEED)),
            scene: Scene { items, ..Scene::default() },
            bookmarks: Vec::new(),
        };
        (page, note)
    }

    fn cut(&self) -> Stroke {
        let is_ground = self.back.style == BackStyle::Press;
        let ink = match (self.for_press, self.back.one_ink) {
            (true, false) => Ink::CUT_CONTOUR,
            (_, true) if is_ground => GREY_CUT,
            // Nothing dark is seen on a dark ground.
            (false, false) if is_ground => Ink { spot: None, ..Ink::CUT_CONTOUR },
            _ => Ink::BLACK,
        };
        Stroke::new(ink, HAIR)
    }

    fn fold(&self) -> Stroke {
        let ink = match self.back.style {
            BackStyle::Press if self.back.one_ink => inks::in_black(inks::SOUNDING),
            BackStyle::Press => inks::SOUNDING,
            BackStyle::Home { .. } => FOLD,
        };
        Stroke::new(ink, HAIR).dashed(DASH)
    }
}

/// Returns where things are on a net.
fn faces(net: &Net) -> BoxFaces {
    let area = |part| net.panel(part).map(|panel| panel.area).unwrap_or_default();
    let walls = net.panels.iter().filter(|panel| panel.part.is_wall()).map(|panel| panel.area);
    let closes = |panel: &&Panel| !panel.part.is_wall() && !panel.part.is_glued();
    BoxFaces {
        walls: walls.reduce(Rect::union).unwrap_or_default(),
        front: area(Part::Front),
        back: area(Part::Back),
        spine: area(Part::Spine),
        side: area(Part::Side),
        sea: net.wall_ink(),
        lid: area(Part::Lid),
        plain: net.panels.iter().filter(closes).map(Panel::inked).collect(),
        notch: net.notch,
    }
}

fn on_layer(layer: Layer, scene: Scene, origin: Point) -> Item {
    let group = Group::new(Arc::new(scene), Transform::moved(origin));
    Item::Group(Group { layer: Some(layer), ..group })
}

fn lines(lines: Vec<(Point, Point)>, stroke: Stroke) -> Scene {
    let shape = |(start, end)| Item::Shape(Shape::stroked(Path::line(start, end), stroke));
    Scene { items: lines.into_iter().map(shape).collect(), ..Scene::default() }
}

fn outline(path: Path, stroke: Stroke) -> Scene {
    Scene { items: vec![Item::Shape(Shape::stroked(path, stroke))], ..Scene::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::impose::Catalogues;
    use crate::impose::tuck_box::{BoxRequest, Stack};
    use crate::length::Size;

    fn sheet(cards: usize, paper: &str) -> BoxSheet {
        let paper = Catalogues::bundled().paper(paper).unwrap();
        let stack = Stack::Of { thickness: Length::mm(0.3) };
        let request = BoxRequest { card: Size::mm(63.0, 88.0), cards, stack, paper };
        request.resolve(&[]).unwrap()
    }

    fn made(sheet: &BoxSheet, style: BackStyle, for_press: bool) -> (Page, Option<Diagnostic>) {
        let back = BackSpec {
            trim: sheet.card,
            bleed: Length::ZERO,
            title: "Intimacy",
            subtitle: None,
            logo: None,
            style,
            one_ink: false,
        };
        TuckBox { sheet, back, depths: 5, for_press }.page(&FontStore::bundled())
    }

    fn layer(page: &Page, wanted: Layer) -> Arc<Scene> {
        let find = |item: &Item| match item {
            Item::Group(group) if group.layer == Some(wanted) => Some(group.scene.clone()),
            _ => None,
        };
        page.scene.items.iter().find_map(find).expect("every layer is there")
    }

    fn words(scene: &Scene) -> String {
        let inner = |item: &Item| match item {
            Item::Group(group) => Some(group.scene.text.clone()),
            _ => None,
        };
        scene.items.iter().filter_map(inner).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn pages_have_a_layer_for_each_hand() {
        let sheet = sheet(54, "a4");
        let (page, note) = made(&sheet, BackStyle::Press, true);
        assert_eq!(note, None);
        assert_eq!(page.trim, sheet.outline());
        assert!(Rect::new(Point::ORIGIN, page.size).contains(page.bleed));
        let stroke = |scene: &Scene| match &scene.items[0] {
            Item::Shape(shape) => shape.stroke.expect("lines are stroked"),
            other => panic!("{other:?} is no line"),
        };
        let (cut, fold) = (layer(&page, Layer::Cut), layer(&page, Layer::Fold));
        assert_eq!((cut.items.len(), fold.items.len()), (1, 12));
        assert_eq!((stroke(&cut).ink, stroke(&cut).dashes), (Ink::CUT_CONTOUR, None));
        assert_eq!(stroke(&fold).dashes, Some(DASH));
        assert!(layer(&page, Layer::Marks).items.len() > 40);
        assert_eq!(
            words(&layer(&page, Layer::Slug)),
            "Intimacy|54 cards of 63 × 88 mm, stack 17 mm|inside 65 × 90 × 19 mm|\
             100 %, do not fit|cut solid, fold dashed,|glue the hatched flaps|100 mm"
        );
    }

    #[test]
    fn a_bar_without_room_is_told_with_what_else_can_be_measured() {
        let (page, note) =
            made(&sheet(54, "187x154mm"), BackStyle::Home { ink: inks::DEEP }, false);
        assert!(!words(&layer(&page, Layer::Slug)).contains("100 mm"));
        let help = "to check the scale, measure the front: it is 65 × 90 mm";
        assert_eq!(note.and_then(|note| note.help).as_deref(), Some(help));
    }
}
