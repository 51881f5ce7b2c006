//! The cards that guide: how to play, the legend of the depths, the landing, the pause.

use crate::deck::{Depth, Kind};
use crate::font::Role;
use crate::length::{Length, Point};
use crate::scene::{Item, Path, Scene, Segment, Shape, Stroke};
use crate::typeset::{Anchor, Line, LineStyle};

use super::front::WATERLINE;
use super::grid::{AXIS, CAPITALS, Grid};
use super::text::{CardText, Setting};
use super::{Chart, inks, rings};

/// How far right of the axis an item's words begin after its figure.
pub(super) const ITEM_INDENT: Length = Length::mm(4.5);

/// How far over the lower edge a rule card's credit stands: where a cut that is off spares it.
const CREDIT_FOOT: Length = Length::mm(3.2);

impl Chart<'_> {
    /// Returns where the title of a rule or a legend hangs.
    pub(super) fn title_hang(&self) -> Length {
        self.grid.header() + self.grid.mm(7.0)
    }

    /// Returns the first baseline of a rule's items.
    pub(super) fn first_item(&self) -> Length {
        self.title_hang() + self.grid.mm(13.2)
    }

    /// Returns the space between two items beyond the leading.
    pub(super) fn item_gap(&self, tight: bool) -> Length {
        self.grid.mm(if tight { 0.5 } else { 1.5 })
    }

    /// Returns the height of a rule's waterline.
    pub(super) fn rule_waterline(&self) -> Length {
        self.grid.trim.height - Length::mm(12.4)
    }

    pub(super) fn draw_rule(&self, text: &CardText, setting: &Setting, scene: &mut Scene) {
        self.draw_title(text, setting, scene);
        let mut baseline = self.first_item();
        let style = LineStyle::new(Role::Label, self.grid.pt(9.0)).inked(inks::DEPTHS[3]);
        let rows = text.main.iter().zip(&setting.main).skip(1);
        for (number, (item, lines)) in rows.enumerate() {
            let figure = Line::new(&(number + 1).to_string(), style, self.fonts());
            figure.draw(scene, Point::new(AXIS, baseline), Anchor::Left, self.fonts());
            let place = self.place(Point::new(AXIS + self.item_indent(), baseline));
            item.draw(lines, place, &self.lexicon, scene);
            baseline += lines.step.leading * lines.count() as i64 + self.item_gap(setting.tight);
        }
    }

    /// Draws the deck's credit at the foot of the card with its rules.
    pub(super) fn draw_credit(&self, text: &CardText, scene: &mut Scene) {
        if let Some(credit) = &text.credit {
            let foot = self.grid.trim.height - CREDIT_FOOT;
            credit.draw(scene, Point::new(AXIS, foot), Anchor::Left, self.fonts());
        }
    }

    /// Returns how far right of the axis an item's words begin.
    pub(super) fn item_indent(&self) -> Length {
        ITEM_INDENT.scaled(self.grid.scale)
    }

    pub(super) fn draw_legend(&self, text: &CardText, setting: &Setting, scene: &mut Scene) {
        self.draw_title(text, setting, scene);
        let names = text.main.iter().zip(&setting.main).skip(1);
        for ((at, depth), (name, lines)) in Depth::ALL.into_iter().enumerate().zip(names) {
            let row = self.title_hang() + self.grid.mm(21.0 + 9.4 * at as f64);
            let center = Point::new(AXIS + self.grid.mm(3.1), row);
            let shapes = rings::rings(depth, center, 0.8 * self.grid.scale);
            scene.items.extend(shapes.into_iter().map(Item::Shape));
            let baseline = Grid::centred(row, lines.step.size, CAPITALS);
            let place = self.place(Point::new(AXIS + self.grid.mm(9.4), baseline));
            name.draw(lines, place, &self.lexicon, scene);
        }
    }

    fn draw_title(&self, text: &CardText, setting: &Setting, scene: &mut Scene) {
        if let (Some(title), Some(lines)) = (text.main.first(), setting.main.first()) {
            let baseline = Grid::first_baseline(self.title_hang(), lines.step.size);
            title.draw(lines, self.place(Point::new(AXIS, baseline)), &self.lexicon, scene);
        }
    }

    /// Draws what all guide cards of a kind share: the waterline and what stands on or hangs from
    /// it.
    pub(super) fn draw_guide_water(&self, kind: Kind, scene: &mut Scene) {
        let y = self.grid.waterline();
        let center = Point::new(self.grid.right() - self.grid.mm(8.0), y);
        match kind {
            Kind::Rule => scene.items.push(self.waterline(self.rule_waterline(), inks::DEPTHS[3])),
            Kind::Close => {
                scene.items.push(self.sun(center));
                scene.items.push(self.waterline(y, inks::DEPTHS[0]));
            }
            Kind::Pause => {
                scene.items.push(self.waterline(y, inks::DEPTHS[2]));
                scene.items.extend(self.ripples(center));
            }
            _ => {}
        }
    }

    /// The half-disc of a sun that stands on the waterline; only its outline to save ink.
    fn sun(&self, center: Point) -> Item {
        let ink = inks::DEPTHS[0];
        let mut path = Path::arc(center, self.grid.mm(6.0), false);
        path.segments.push(Segment::Close);
        Item::Shape(if self.look.ink_saver {
            Shape::stroked(path, Stroke::new(ink, WATERLINE))
        } else {
            Shape::filled(path, ink)
        })
    }

    /// Half-circles that spread under the waterline.
    fn ripples(&self, center: Point) -> impl Iterator<Item = Item> {
        let stroke = Stroke::new(inks::DEPTHS[2], Length::mm(0.34));
        [2.0, 3.5, 5.0, 6.5]
            .map(|radius| self.grid.mm(radius))
            .into_iter()
            .map(move |radius| Item::Shape(Shape::stroked(Path::arc(center, radius, true), stroke)))
    }

    /// Draws a guide card's own label in the place of a category's name.
    pub(super) fn draw_guide_label(&self, label: &Line, scene: &mut Scene) {
        let baseline = self.grid.header() + self.grid.mm(0.79);
        label.draw(scene, Point::new(AXIS, baseline), Anchor::Left, self.fonts());
    }
}
