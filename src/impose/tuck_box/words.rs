//! The words and the bar beside a net.

use super::BLEED;
use super::sheet::BoxSheet;
use crate::impose::slug::{
    BAR, BAR_HEIGHT, BAR_LABEL, Bar, CLEAR, SIZES, SetText, ascent, between, line_height, placed,
    spec,
};
use crate::impose::spec::EDGE;
use crate::length::{Length, Point, Rect, Sides, Size};
use crate::problem::Diagnostic;
use crate::scene::{Scene, Transform};

/// The smallest letters that a long line shrinks to; one that needs smaller ones is left out.
const SMALLEST: Length = Length::pt(4.0);

/// What is said beside a net.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoxWords<'a> {
    /// The deck's title.
    pub title: &'a str,
    /// The box.
    pub sheet: &'a BoxSheet,
}

/// The words as they are placed on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxLines {
    /// The words and the bar.
    pub scene: Scene,
    /// The bar of 100 mm, unless there was no room for it.
    pub bar: Option<Bar>,
}

impl BoxWords<'_> {
    /// Returns the lines, one under the other.
    pub fn lines(&self) -> Vec<String> {
        let BoxSheet { card, cards, stack, net, .. } = self.sheet;
        let cards = if *cards == 1 { "1 card".into() } else { format!("{cards} cards") };
        let lines = [
            self.title.trim().to_owned(),
            format!("{cards} of {card}, stack {stack}"),
            format!("inside {}", net.inside),
            "100 %, do not fit".to_owned(),
            "cut solid, fold dashed,".to_owned(),
            "glue the hatched flaps".to_owned(),
        ];
        lines.into_iter().filter(|line| !line.is_empty()).collect()
    }

    /// Places the lines in the waste above the front, and the bar where the page has room for it.
    pub fn placed(&self, text: &SetText) -> BoxLines {
        let waste = self.sheet.net.waste();
        let room =
            Rect::new(self.sheet.origin + waste.origin, waste.size).grown(-Sides::all(CLEAR));
        let mut scene = Scene::default();
        let mut top = room.top();
        for line in self.lines() {
            let mut set = text(&line, spec(SIZES[0]));
            let mut size = SIZES[0];
            if set.width > room.size.width {
                size = size.scaled(room.size.width.ratio(set.width));
                set = text(&line, spec(size));
            }
            let foot = top + line_height(SIZES[0]);
            if size >= SMALLEST && foot <= room.bottom() {
                let baseline = Point::new(room.left(), top + ascent(SIZES[0]));
                scene.items.push(placed(set, Transform::moved(baseline)));
                top = foot;
            }
        }
        let label = text(BAR_LABEL, spec(SIZES[0]));
        let bar = self.bar(label.width);
        if let Some(bar) = &bar {
            scene.items.extend(bar.items(label, SIZES[0]));
        }
        BoxLines { scene, bar }
    }

    /// Returns where the bar stands: under the net, over it, or upright beside it.
    fn bar(&self, label: Length) -> Option<Bar> {
        let size = Size::new(BAR + CLEAR + label, BAR_HEIGHT.max(line_height(SIZES[0])));
        let page = Rect::new(Point::ORIGIN, self.sheet.page).grown(-Sides::all(EDGE));
        let net = self.sheet.outline();
        let inked = net.grown(Sides::all(BLEED + CLEAR));
        let below = between(net.left(), inked.bottom(), page.right(), page.bottom());
        let above = between(net.left(), page.top(), page.right(), inked.top());
        let left = between(page.left(), net.top(), inked.left(), page.bottom());
        let right = between(inked.right(), net.top(), page.right(), page.bottom());
        let level = [(below, below.top()), (above, above.bottom() - size.height)];
        let level =
            level.into_iter().filter(|(room, _)| size.fits(room.size)).map(|(room, top)| Bar {
                place: Rect::new(Point::new(room.left(), top), size),
                upright: false,
            });
        let size = size.turned();
        // Next to the net, for printers leave the edge bare.
        let beside = [(left, left.right() - size.width), (right, right.left())];
        let upright =
            beside.into_iter().filter(|(room, _)| size.fits(room.size)).map(|(room, x)| Bar {
                place: Rect::new(Point::new(x, room.top()), size),
                upright: true,
            });
        level.chain(upright).next()
    }
}

impl BoxLines {
    /// Returns a note if the bar had to be given up.
    pub fn note(&self, sheet: &BoxSheet) -> Option<Diagnostic> {
        let inside = sheet.net.inside;
        let front = Size::new(inside.width, inside.height);
        self.bar.is_none().then(|| {
            Diagnostic::note("scale-bar-dropped", "no room for the scale bar of 100 mm")
                .help(format!("to check the scale, measure the front: it is {front}"))
        })
    }
}
