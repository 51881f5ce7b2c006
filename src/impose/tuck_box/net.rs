//! The net: walls side by side, and what is hinged to them.

use super::flap::{self, Edge, Hinge, RELIEF, closed};
use super::size::BoxSize;
use super::{BLEED, ONTO_GLUE};
use crate::length::{Length, Point, Rect, Sides, Size};
use crate::scene::{Path, Segment};

/// The width of the glue flap, where the side it goes behind is wide enough.
const GLUE_FLAP: Length = Length::mm(8.0);

/// The height of the tongue behind the lid, where the front is high enough.
const TONGUE: Length = Length::mm(15.0);

/// The radius of the thumb notch, where the front is wide enough.
const NOTCH: Length = Length::mm(7.5);

/// The least height of a dust flap, where there is room for it.
const DUST_FLAP: Length = Length::mm(10.0);

/// The space between the lines of the hatching on glued parts.
const HATCH: Length = Length::mm(2.0);

/// How far areas of ink that belong together reach over one another.
const OVERLAP: Length = Length::mm(0.1);

/// A part of the net.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Goes behind the side, glued.
    GlueFlap,
    /// The wall that the lid is hinged to.
    Back,
    /// The wall at the left of the front.
    Spine,
    /// The wall with the thumb notch.
    Front,
    /// The wall at the right of the front.
    Side,
    /// Closes the top.
    Lid,
    /// Tucks in behind the front.
    Tongue,
    /// Closes a corner under the lid, at the spine.
    SpineDust,
    /// Closes a corner under the lid, at the side.
    SideDust,
    /// Closes a corner over the bottom, at the spine.
    SpineFoot,
    /// Closes a corner over the bottom, at the side.
    SideFoot,
    /// The bottom that is seen, hinged to the front.
    Bottom,
    /// The bottom under it, hinged to the back, glued.
    InnerBottom,
}

impl Part {
    /// Returns whether this is one of the four walls.
    pub const fn is_wall(self) -> bool {
        matches!(self, Self::Back | Self::Spine | Self::Front | Self::Side)
    }

    /// Returns whether glue goes onto the printed side of this part.
    pub const fn is_glued(self) -> bool {
        matches!(self, Self::GlueFlap | Self::InnerBottom)
    }
}

/// A part in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// Which part it is.
    pub part: Part,
    /// The smallest box around it.
    pub area: Rect,
    /// Its outline, cuts and folds together.
    pub outline: Path,
    /// How far ink runs beyond each side: 3 mm at a cut, nothing at a fold, and onto what is glued
    /// by 1 mm.
    pub bleed: Sides<Length>,
}

impl Panel {
    /// Returns the area that ink covers for this part.
    pub fn inked(&self) -> Rect {
        self.area.grown(self.bleed)
    }
}

/// The net of a box, from outside; the origin is the top left of the smallest box around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Net {
    /// The inside of the box.
    pub inside: BoxSize,
    /// The smallest box around the net.
    pub size: Size,
    /// The parts, no two of which share an area.
    pub panels: Vec<Panel>,
    /// The one outline that is cut, closed.
    pub cut: Path,
    /// The lines that are folded, each from its start to its end.
    pub folds: Vec<(Point, Point)>,
    /// The radius of the thumb notch at the middle of the front's upper edge.
    pub notch: Length,
}

/// The lengths that the flaps of a box have.
#[derive(Clone, Copy, Debug)]
struct Measures {
    glue: Length,
    tongue: Length,
    dust: Length,
    notch: Length,
}

impl Measures {
    fn of(inside: BoxSize) -> Self {
        let BoxSize { width, height, depth } = inside;
        let dust = depth.scaled(0.6).max(DUST_FLAP);
        Self {
            glue: GLUE_FLAP.min(depth - Length::mm(1.0)),
            tongue: TONGUE.min(height / 3),
            // Two of them meet under one lid.
            dust: dust.min(width / 2 - Length::mm(1.0)).min(height / 3),
            notch: NOTCH.min(width / 6).min(TONGUE.min(height / 3) / 2),
        }
    }
}

/// The corners between which the walls stand.
struct Walls {
    left: Length,
    top: Length,
    bottom: Length,
    widths: [Length; 4],
}

impl Walls {
    const PARTS: [Part; 4] = [Part::Back, Part::Spine, Part::Front, Part::Side];

    /// Returns the wall of this number as a box.
    fn area(&self, wall: usize) -> Rect {
        let before: Length = self.widths[..wall].iter().copied().sum();
        let origin = Point::new(self.left + before, self.top);
        Rect::new(origin, Size::new(self.widths[wall], self.bottom - self.top))
    }

    fn top(&self, wall: usize) -> Hinge {
        let area = self.area(wall);
        Hinge { start: area.origin, length: area.size.width, edge: Edge::Top }
    }

    fn bottom(&self, wall: usize) -> Hinge {
        let area = self.area(wall);
        let start = Point::new(area.right(), area.bottom());
        Hinge { start, length: area.size.width, edge: Edge::Bottom }
    }

    fn left(&self) -> Hinge {
        let start = Point::new(self.left, self.bottom);
        Hinge { start, length: self.bottom - self.top, edge: Edge::Left }
    }
}

impl Net {
    /// The net of a box that is so large inside.
    pub fn new(inside: BoxSize) -> Self {
        let BoxSize { width, height, depth } = inside;
        let measures = Measures::of(inside);
        let Measures { glue, tongue, dust, notch } = measures;
        let top = tongue.max(dust - depth) + depth;
        let walls =
            Walls { left: glue, top, bottom: top + height, widths: [width, depth, width, depth] };
        let girth: Length = walls.widths.iter().copied().sum();
        let size = Size::new(glue + girth, walls.bottom + dust.max(depth - RELIEF));
        let mut net = Self {
            inside,
            size,
            panels: Vec::new(),
            cut: Path::default(),
            folds: Vec::new(),
            notch,
        };
        net.add_walls(&walls);
        // Clockwise from the foot of the glue flap.
        let start = walls.left().start;
        net.cut.segments.push(Segment::Move(start));
        net.add_glue_flap(&walls, glue);
        net.add_lid(&walls, &measures);
        net.add_dust(Part::SpineDust, &walls.top(1), dust, false);
        net.cut.segments.extend(flap::notched(&walls.top(2), notch));
        net.add_dust(Part::SideDust, &walls.top(3), dust, true);
        net.cut.segments.push(Segment::Line(walls.bottom(3).start));
        net.add_dust(Part::SideFoot, &walls.bottom(3), dust, false);
        net.add_bottom(&walls, depth);
        net.add_dust(Part::SpineFoot, &walls.bottom(1), dust, true);
        net.add_inner_bottom(&walls, depth);
        net.cut.segments.push(Segment::Close);
        net
    }

    /// Returns a part.
    pub fn panel(&self, part: Part) -> Option<&Panel> {
        self.panels.iter().find(|panel| panel.part == part)
    }

    /// Returns the areas that ink covers on the walls: all four with their bleed at either end, and
    /// the bleed over and under single ones, which begins a little inside the wall, for viewers draw
    /// a white hair where two areas only touch.
    pub fn wall_ink(&self) -> Vec<Rect> {
        let walls = || self.panels.iter().filter(|panel| panel.part.is_wall());
        let level = |panel: &Panel| {
            let level = Sides { top: Length::ZERO, bottom: Length::ZERO, ..panel.bleed };
            panel.area.grown(level)
        };
        let mut areas: Vec<Rect> = walls().map(level).reduce(Rect::union).into_iter().collect();
        for Panel { area, bleed, .. } in walls() {
            let corners =
                [(area.top() - bleed.top, bleed.top), (area.bottom() - OVERLAP, bleed.bottom)];
            for (top, height) in corners.into_iter().filter(|(_, height)| *height > Length::ZERO) {
                let size = Size::new(area.size.width, height + OVERLAP);
                areas.push(Rect::new(Point::new(area.left(), top), size));
            }
        }
        areas
    }

    /// Returns the lines that hatch what is glued, clear of its edges and of the ink on it.
    pub fn hatching(&self) -> Vec<(Point, Point)> {
        let glued = self.panels.iter().filter(|panel| panel.part.is_glued());
        glued.flat_map(|panel| hatched(hatched_area(panel))).collect()
    }

    /// Returns the waste above the front, in which words can stand: no ink comes there, and it is
    /// always there.
    pub fn waste(&self) -> Rect {
        let area = |part| self.panel(part).map(Panel::inked).unwrap_or_default();
        let (left, right) = (area(Part::SpineDust).right(), area(Part::SideDust).left());
        let foot = area(Part::Front).top();
        Rect::new(Point::new(left, Length::ZERO), Size::new(right - left, foot))
    }

    fn add_walls(&mut self, walls: &Walls) {
        let zero = Length::ZERO;
        for (wall, part) in Walls::PARTS.into_iter().enumerate() {
            let area = walls.area(wall);
            let bleed = match part {
                Part::Back => Sides { left: ONTO_GLUE, bottom: ONTO_GLUE, ..Sides::default() },
                Part::Front => Sides { top: BLEED, ..Sides::default() },
                Part::Side => Sides { right: BLEED, ..Sides::default() },
                _ => Sides::default(),
            };
            let outline = match part {
                Part::Front => {
                    let hinge = walls.top(wall);
                    let feet =
                        [(walls.top(wall).length, -area.size.height), (zero, -area.size.height)];
                    let edge = [flap::notched(&hinge, self.notch), hinge.lines(&feet)].concat();
                    closed(&hinge, &edge)
                }
                _ => Path::rect(area),
            };
            self.panels.push(Panel { part, area, outline, bleed });
            if wall > 0 {
                let foot = Point::new(area.left(), area.bottom());
                self.folds.push((area.origin, foot));
            }
        }
    }

    fn add(&mut self, panel: Panel, hinge: &Hinge, edge: Vec<Segment>, inset: Length) {
        self.panels.push(panel);
        self.cut.segments.extend(edge);
        self.folds.push(hinge.ends(inset));
    }

    fn add_glue_flap(&mut self, walls: &Walls, out: Length) {
        let hinge = walls.left();
        let taper = Length::mm(3.0).min(hinge.length / 6);
        let edge = flap::glue_flap(&hinge, out, taper);
        let area = hinge.area(Length::ZERO, Length::ZERO, out);
        let outline = closed(&hinge, &edge);
        let panel = Panel { part: Part::GlueFlap, area, outline, bleed: Sides::default() };
        self.add(panel, &hinge, edge, Length::ZERO);
    }

    fn add_lid(&mut self, walls: &Walls, measures: &Measures) {
        let (hinge, depth, tongue) = (walls.top(0), self.inside.depth, measures.tongue);
        // On a narrow deep box the two corners meet in the middle.
        let half = hinge.length / 2 - RELIEF;
        let radius = depth.scaled(0.3).max(Length::mm(3.0)).min(tongue).min(half);
        let edge = flap::lid(&hinge, depth, tongue, radius);
        let lid = hinge.area(RELIEF, Length::ZERO, depth);
        let at_sides = Sides { left: BLEED, right: BLEED, ..Sides::default() };
        let panel = Panel { part: Part::Lid, area: lid, outline: Path::rect(lid), bleed: at_sides };
        // The tongue's outline begins at its own fold, behind the sides of the lid.
        let fold = Hinge { start: hinge.at(RELIEF, depth), length: lid.size.width, ..hinge };
        let (foot, end) = fold.ends(Length::ZERO);
        let around = [&edge[1..edge.len() - 2], &[Segment::Line(end)]].concat();
        self.folds.push((foot, end));
        self.panels.push(Panel {
            part: Part::Tongue,
            area: hinge.area(RELIEF, depth, depth + tongue),
            outline: closed(&fold, &around),
            bleed: Sides { top: BLEED, ..at_sides },
        });
        self.add(panel, &hinge, edge, RELIEF);
    }

    fn add_dust(&mut self, part: Part, hinge: &Hinge, out: Length, tapers_first: bool) {
        let edge = flap::dust_flap(hinge, out, tapers_first);
        let bleed = match part {
            Part::SpineDust | Part::SideDust => Sides { bottom: Length::ZERO, ..Sides::all(BLEED) },
            // Beside the inner bottom ink ends where the glue begins.
            Part::SpineFoot => Sides { top: Length::ZERO, left: RELIEF * 2, ..Sides::all(BLEED) },
            _ => Sides { top: Length::ZERO, ..Sides::all(BLEED) },
        };
        let area = hinge.area(RELIEF, Length::ZERO, out);
        let panel = Panel { part, area, outline: closed(hinge, &edge), bleed };
        self.add(panel, hinge, edge, RELIEF);
    }

    fn add_bottom(&mut self, walls: &Walls, depth: Length) {
        let (hinge, out) = (walls.bottom(2), depth - RELIEF);
        let edge = flap::bottom(&hinge, out);
        let bleed = Sides { top: Length::ZERO, ..Sides::all(BLEED) };
        let area = hinge.area(RELIEF, Length::ZERO, out);
        let panel = Panel { part: Part::Bottom, area, outline: closed(&hinge, &edge), bleed };
        self.add(panel, &hinge, edge, RELIEF);
    }

    fn add_inner_bottom(&mut self, walls: &Walls, depth: Length) {
        let (hinge, out) = (walls.bottom(0), depth - RELIEF * 2);
        let edge = flap::inner_bottom(&hinge, out, Length::mm(2.0).min(out / 3));
        let area = hinge.area(RELIEF, Length::ZERO, out);
        let outline = closed(&hinge, &edge);
        let panel = Panel { part: Part::InnerBottom, area, outline, bleed: Sides::default() };
        self.add(panel, &hinge, edge, RELIEF);
    }
}

/// Returns where a glued part is hatched: within its slanted sides, beyond the ink at its fold.
fn hatched_area(panel: &Panel) -> Rect {
    let clear = ONTO_GLUE + Length::mm(0.5);
    let slanted = Length::mm(3.5);
    let inset = match panel.part {
        Part::GlueFlap => Sides { left: clear, right: clear, top: slanted, bottom: slanted },
        _ => Sides { left: slanted, right: slanted, top: clear, bottom: clear },
    };
    panel.area.grown(-inset)
}

/// Returns the slanting lines that hatch `area`.
fn hatched(area: Rect) -> Vec<(Point, Point)> {
    let (width, height) = (area.size.width, area.size.height);
    if width <= Length::ZERO || height <= Length::ZERO {
        return Vec::new();
    }
    let count = (width + height).times(HATCH);
    let lines = (1..=count).map(|number| {
        // Each runs from the left or the foot of the area up to its top or its right.
        let run = HATCH * number;
        let (left, foot) = ((run - height).max(Length::ZERO), run.min(height));
        let (right, head) = (run.min(width), (run - width).max(Length::ZERO));
        let at = |x: Length, y: Length| area.origin + Point::new(x, y);
        (at(left, foot), at(right, head))
    });
    lines.filter(|(start, end)| start != end).collect()
}
