//! What must hold for every box: it closes, its parts do not share an area, nothing is left blank.

use kurbo::{BezPath, Shape as _};
use proptest::prelude::*;

use super::flap::RELIEF;
use super::{BLEED, BoxSize, Net, Panel, Part, stack_of};
use crate::length::{Length, Point, Rect, Size};
use crate::scene::{Path, Segment};

const WALLS: [Part; 4] = [Part::Back, Part::Spine, Part::Front, Part::Side];

fn net() -> impl Strategy<Value = Net> {
    (20.0..200.0, 20.0..200.0, 1_usize..400, 0.05..1.0).prop_map(
        |(width, height, cards, thickness)| {
            let stack = stack_of(cards, Length::mm(thickness));
            Net::new(BoxSize::around(Size::mm(width, height), stack))
        },
    )
}

fn panel(net: &Net, part: Part) -> &Panel {
    net.panel(part).expect("every net has every part")
}

fn bez(path: &Path) -> BezPath {
    let mut bez = BezPath::new();
    let at = |point: Point| (point.x.to_mm(), point.y.to_mm());
    for segment in &path.segments {
        match *segment {
            Segment::Move(to) => bez.move_to(at(to)),
            Segment::Line(to) => bez.line_to(at(to)),
            Segment::Cubic(a, b, to) => bez.curve_to(at(a), at(b), at(to)),
            Segment::Close => bez.close_path(),
        }
    }
    bez
}

/// Returns points over the whole of a panel's box, its edges left out.
fn points(area: Rect) -> impl Iterator<Item = (f64, f64)> {
    let at = |from: Length, size: Length, n: i32| {
        from.to_mm() + size.to_mm() * (f64::from(n) + 0.5) / 9.0
    };
    let row = move |j| (0..9).map(move |i| (i, j));
    (0..9).flat_map(row).map(move |(i, j)| {
        (at(area.left(), area.size.width, i), at(area.top(), area.size.height, j))
    })
}

fn hold(areas: &[Rect], (x, y): (f64, f64)) -> bool {
    let point = Rect::new(Point::mm(x, y), Size::default());
    areas.iter().any(|area| area.contains(point))
}

proptest! {
    #[test]
    fn walls_meet_and_close(net in net()) {
        let walls = WALLS.map(|part| panel(&net, part).area);
        let BoxSize { width, height, depth } = net.inside;
        for (wall, size) in walls.iter().zip([width, depth, width, depth]) {
            prop_assert_eq!(wall.size, Size::new(size, height));
            prop_assert_eq!(wall.top(), walls[0].top());
        }
        for pair in walls.windows(2) {
            prop_assert_eq!(pair[0].right(), pair[1].left());
        }
        // The glue flap is hinged to the whole height of the back, which meets the side there, and it
        // goes behind the side without touching the front.
        let flap = panel(&net, Part::GlueFlap).area;
        prop_assert_eq!((flap.top(), flap.bottom()), (walls[0].top(), walls[0].bottom()));
        prop_assert_eq!(flap.right(), walls[0].left());
        prop_assert!(flap.size.width < depth && flap.size.width >= Length::mm(5.0));
    }

    #[test]
    fn the_lid_covers_the_top_and_tucks_in(net in net()) {
        let BoxSize { width, height, depth } = net.inside;
        let (lid, tongue) = (panel(&net, Part::Lid).area, panel(&net, Part::Tongue).area);
        let back = panel(&net, Part::Back).area;
        prop_assert_eq!(lid.size, Size::new(width - RELIEF * 2, depth));
        prop_assert_eq!(lid.bottom(), back.top());
        prop_assert_eq!(lid.left() - back.left(), RELIEF);
        prop_assert_eq!((tongue.bottom(), tongue.size.width), (lid.top(), lid.size.width));
        prop_assert!(tongue.size.height < height / 2);
        // The notch shows the tongue, never the inside of the box.
        prop_assert!(net.notch < tongue.size.height && net.notch * 2 < width);
    }

    #[test]
    fn the_corners_of_the_tongue_do_not_cross(net in net()) {
        let ends = panel(&net, Part::Tongue).outline.segments.iter().filter_map(|segment| {
            match *segment {
                Segment::Move(end) | Segment::Line(end) | Segment::Cubic(.., end) => Some(end.x),
                Segment::Close => None,
            }
        });
        let ends: Vec<Length> = ends.collect();
        prop_assert!(ends.is_sorted(), "{ends:?}");
    }

    #[test]
    fn dust_flaps_do_not_meet(net in net()) {
        let flaps = [Part::SpineDust, Part::SideDust, Part::SpineFoot, Part::SideFoot];
        for part in flaps {
            let flap = panel(&net, part).area.size;
            prop_assert!(flap.height * 2 < net.inside.width);
            prop_assert_eq!(flap.width, net.inside.depth - RELIEF * 2);
        }
    }

    #[test]
    fn the_bottom_closes(net in net()) {
        let BoxSize { width, depth, .. } = net.inside;
        let outer = panel(&net, Part::Bottom);
        let inner = panel(&net, Part::InnerBottom);
        prop_assert_eq!(outer.area.size, Size::new(width - RELIEF * 2, depth - RELIEF));
        // The one under it lies wholly behind it, and each is hinged to its own wall.
        prop_assert!(inner.area.size.fits(outer.area.size));
        prop_assert_eq!(outer.area.top(), panel(&net, Part::Front).area.bottom());
        prop_assert_eq!(inner.area.top(), panel(&net, Part::Back).area.bottom());
        prop_assert!(inner.part.is_glued() && !outer.part.is_glued());
    }

    #[test]
    fn parts_share_no_area(net in net()) {
        for (at, one) in net.panels.iter().enumerate() {
            for other in &net.panels[..at] {
                let both = (one.part, other.part);
                prop_assert!(!one.area.overlaps(other.area), "{both:?}");
            }
        }
    }

    #[test]
    fn the_cut_runs_once_around_all_parts(net in net()) {
        let is = |kind: fn(&Segment) -> bool| net.cut.segments.iter().filter(|s| kind(s)).count();
        prop_assert_eq!(is(|segment| matches!(segment, Segment::Move(_))), 1);
        prop_assert_eq!(is(|segment| matches!(segment, Segment::Close)), 1);
        prop_assert_eq!(net.cut.segments.last(), Some(&Segment::Close));
        let cut = bez(&net.cut);
        let outlines: f64 = net.panels.iter().map(|panel| bez(&panel.outline).area().abs()).sum();
        // The parts fill the cut outline, and nothing of it is crossed twice.
        prop_assert!((cut.area().abs() / outlines - 1.0).abs() < 1e-6);
        for panel in &net.panels {
            let outline = bez(&panel.outline);
            for point in points(panel.area).filter(|point| outline.contains((*point).into())) {
                prop_assert!(cut.contains(point.into()), "{:?} {point:?}", panel.part);
            }
        }
        let bounds = cut.bounding_box();
        prop_assert!(bounds.x0.abs() < 1e-6 && bounds.y0 >= -1e-6);
        prop_assert!((bounds.x1 - net.size.width.to_mm()).abs() < 1e-6);
        prop_assert!((bounds.y1 - net.size.height.to_mm()).abs() < 1e-6);
    }

    #[test]
    fn every_fold_parts_two_panels_and_every_panel_but_one_hangs_on_a_fold(net in net()) {
        prop_assert_eq!(net.folds.len(), net.panels.len() - 1);
        let cut = bez(&net.cut);
        for (start, end) in &net.folds {
            let middle = ((start.x + end.x).to_mm() / 2.0, (start.y + end.y).to_mm() / 2.0);
            let off = Length::mm(0.01).to_mm();
            let across = if start.x == end.x { (off, 0.0) } else { (0.0, off) };
            for side in [-1.0, 1.0] {
                let beside = (middle.0 + side * across.0, middle.1 + side * across.1);
                prop_assert!(cut.contains(beside.into()));
                let panels = net.panels.iter();
                prop_assert_eq!(panels.filter(|panel| hold(&[panel.area], beside)).count(), 1);
            }
        }
    }

    #[test]
    fn ink_covers_every_part_and_its_bleed_but_what_is_glued(net in net()) {
        let plain = net.panels.iter().filter(|p| !p.part.is_wall() && !p.part.is_glued());
        let mut inked: Vec<Rect> = plain.map(Panel::inked).collect();
        inked.extend(net.wall_ink());
        for panel in &net.panels {
            if panel.part.is_glued() {
                let ends = net.hatching().into_iter().flat_map(|(start, end)| [start, end]);
                let mut ends = ends.map(|end| (end.x.to_mm(), end.y.to_mm()));
                prop_assert!(ends.all(|end| !hold(&inked, end)));
                continue;
            }
            prop_assert!(points(panel.inked()).all(|point| hold(&inked, point)), "{:?}", panel.part);
        }
        // Beyond the thumb notch as well as around the outside: wherever the blade strays.
        let front = panel(&net, Part::Front);
        prop_assert_eq!(front.bleed.top, BLEED);
        prop_assert_eq!(panel(&net, Part::Side).bleed.right, BLEED);
    }

    #[test]
    fn words_have_a_place_without_ink(net in net()) {
        let waste = net.waste();
        prop_assert!(waste.size.width > Length::mm(10.0), "{waste:?}");
        prop_assert!(waste.size.height > Length::mm(7.0), "{waste:?}");
        for panel in &net.panels {
            prop_assert!(!waste.overlaps(panel.inked()), "{:?}", panel.part);
        }
    }
}

#[test]
fn a_poker_deck_has_the_net_of_the_trade() {
    let net = Net::new(BoxSize::around(Size::mm(63.5, 88.9), Length::mm(17.0)));
    assert_eq!(net.size.width, Length::mm(177.0));
    // With a second lid and tongue in place of the glued bottom it would be 158.9 mm high.
    let second = panel(&net, Part::Tongue).area.size.height + RELIEF;
    assert_eq!(net.size.height + second, Length::mm(158.9));
}
