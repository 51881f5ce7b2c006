//! From plans and faces to pages, one by one, as a painter asks for them.

use std::sync::Arc;

use crate::impose::bleed::Bleed;
use crate::impose::grid::Grid;
use crate::impose::marks::{Frame, Marks, marks};
use crate::impose::plan::{Plan, Side};
use crate::impose::slug::{SetText, Slug, Surroundings, Words};
use crate::impose::spec::{Arrangement, MarkStyle, SheetSpec};
use crate::length::{Point, Rect, Sides};
use crate::problem::Diagnostic;
use crate::scene::{Group, Item, Layer, Page, Scene, Transform};

/// What is printed, beside the faces themselves.
pub struct Job<'a> {
    /// The number of cards.
    pub count: usize,
    /// The deck's title, for the slug.
    pub title: &'a str,
    /// Sets the slug's text.
    pub text: &'a SetText<'a>,
}

/// Returns the front (recto) or the back (verso) of the card of a number.
///
/// The scene's origin is the top left corner of the card's trim; what is drawn at negative
/// coordinates, or beyond the trim's size, is bleed.
pub type Faces<'a> = dyn Fn(usize, Side) -> Arc<Scene> + 'a;

/// Makes any page of a job, in any order and from any thread.
///
/// All that pages share is decided when it is made; a page then costs a handful of allocations
/// and the setting of its slug.
pub struct Imposer<'a> {
    plan: Plan,
    recto: Layout,
    verso: Layout,
    job: Job<'a>,
    notes: Vec<Diagnostic>,
}

/// One side of every sheet, but for the cards.
struct Layout {
    grid: Grid,
    bleed: Bleed,
    turned: bool,
    marks: Option<Arc<Scene>>,
    marks_behind: bool,
    slug: Option<Slug>,
}

impl<'a> Imposer<'a> {
    /// The imposer of `job` on sheets of `spec`.
    pub fn new(spec: &SheetSpec, job: Job<'a>) -> Self {
        let (grid, turn) = (spec.grid, spec.turn());
        let plan = Plan {
            count: job.count,
            columns: grid.columns,
            rows: grid.rows,
            turn,
            duplex: spec.duplex,
            stacking: spec.stacking,
        };
        let last = plan.sheets();
        let words = |side| Words { title: job.title, sheet: last, sheets: last, side };
        let (recto, front) = Layout::new(spec, grid, &words(Side::Recto), job.text);
        let (verso, back) = Layout::new(spec, grid.turned(turn), &words(Side::Verso), job.text);
        let verso = Layout { turned: turn.turns_art(), ..verso };
        let mut notes = Bleed::of(spec).notes(spec);
        notes.extend(blanks(&plan));
        notes.extend(back.into_iter().filter(|note| !front.contains(note)));
        notes.extend(front);
        Self { plan, recto, verso, job, notes }
    }

    /// Returns the plan of the job.
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Returns what the user should know: bleed, marks or slug that had to give way, empty cells.
    pub fn notes(&self) -> &[Diagnostic] {
        &self.notes
    }

    /// Returns a side of the sheet numbered `sheet` from 0; beyond the last one it has no cards.
    pub fn page(&self, sheet: usize, side: Side, faces: &Faces) -> Page {
        let layout = match side {
            Side::Recto => &self.recto,
            Side::Verso => &self.verso,
        };
        let planned = self.plan.sheet(sheet);
        let cards = match side {
            Side::Recto => planned.recto,
            Side::Verso => planned.verso,
        };
        let words =
            Words { title: self.job.title, sheet: sheet + 1, sheets: self.plan.sheets(), side };
        let artwork = layout.artwork(&cards, side, faces);
        let slug = layout.slug.as_ref().map(|slug| slug.scene(&words, self.job.text));
        layout.page(artwork, slug)
    }

    /// Returns every page in the order in which it is printed, each made when it is asked for.
    pub fn pages<'b>(&'b self, faces: &'b Faces) -> impl ExactSizeIterator<Item = Page> + 'b {
        self.plan.sequence().map(|(sheet, side)| self.page(sheet, side, faces))
    }
}

impl Layout {
    /// The layout of the sides that `words` name, and what it had to give up.
    fn new(spec: &SheetSpec, grid: Grid, words: &Words, text: &SetText) -> (Self, Vec<Diagnostic>) {
        let bleed = Bleed::of(spec);
        let frame = Frame { page: grid.page, bleed: bleed.outer, style: spec.marks };
        let marks = marks(&grid.trims(), &frame);
        let mut layout = Self {
            grid,
            bleed,
            turned: false,
            marks: (!marks.lines.is_empty()).then(|| Arc::new(marks.scene())),
            marks_behind: spec.marks == MarkStyle::Guides,
            slug: None,
        };
        let mut notes = Vec::from_iter(marks.note());
        if spec.arrangement == Arrangement::Sheets {
            layout.slug = layout.slug(&marks, words, text);
            notes.extend(Slug::note(layout.slug.as_ref(), grid.card));
        }
        (layout, notes)
    }

    fn slug(&self, marks: &Marks, words: &Words, text: &SetText) -> Option<Slug> {
        let marks: Vec<_> = marks.areas().collect();
        let around = Surroundings {
            page: self.grid.page,
            outline: self.grid.outline(),
            bleed: self.bleed_box(),
            marks: &marks,
        };
        Slug::fit(&around, words, text)
    }

    fn bleed_box(&self) -> Rect {
        let outer = self.bleed.outer;
        let sides = Sides { left: outer.x, top: outer.y, right: outer.x, bottom: outer.y };
        self.grid.outline().grown(sides)
    }

    /// Returns the faces of `cards` in their cells.
    fn artwork(&self, cards: &[Option<usize>], side: Side, faces: &Faces) -> Scene {
        let cells = cards.iter().enumerate();
        let filled = cells.filter_map(|(cell, card)| card.map(|card| (cell, card)));
        let items =
            filled.map(|(cell, card)| Item::Group(self.placed(cell, faces(card, side), side)));
        Scene { items: items.collect(), ..Scene::default() }
    }

    fn placed(&self, cell: usize, face: Arc<Scene>, side: Side) -> Group {
        let trim = self.grid.trim(cell);
        let is_back = side == Side::Verso;
        let sides = self.bleed.sides(&self.grid, cell, is_back);
        let (transform, sides) = if self.turned {
            (Transform::half_turn(trim.size, trim.origin), turned(sides))
        } else {
            (Transform::moved(trim.origin), sides)
        };
        let clip = Rect::new(Point::ORIGIN, trim.size).grown(sides);
        Group { clip: Some(clip), reused: is_back, ..Group::new(face, transform) }
    }

    fn page(&self, artwork: Scene, slug: Option<Scene>) -> Page {
        let on = |layer, scene: Arc<Scene>| Group {
            layer: Some(layer),
            ..Group::new(scene, Transform::IDENTITY)
        };
        let artwork = on(Layer::Artwork, Arc::new(artwork));
        let marks = self.marks.clone();
        let marks = marks.map(|marks| Group { reused: true, ..on(Layer::Marks, marks) });
        let slug = slug.map(|slug| on(Layer::Slug, Arc::new(slug)));
        let mut groups = vec![artwork];
        if let Some(marks) = marks {
            groups.insert(if self.marks_behind { 0 } else { 1 }, marks);
        }
        groups.extend(slug);
        let items = groups.into_iter().map(Item::Group).collect();
        Page {
            size: self.grid.page,
            trim: self.grid.outline(),
            bleed: self.bleed_box(),
            scene: Scene { items, ..Scene::default() },
            bookmarks: Vec::new(),
        }
    }
}

/// Returns the sides of a box that is turned upside down.
fn turned<T>(sides: Sides<T>) -> Sides<T> {
    Sides { left: sides.right, top: sides.bottom, right: sides.left, bottom: sides.top }
}

fn blanks(plan: &Plan) -> Option<Diagnostic> {
    let blanks = plan.blanks();
    (blanks > 0).then(|| {
        let found = match blanks {
            1 => "1 place for a card stays empty".into(),
            _ => format!("{blanks} places for cards stay empty"),
        };
        let full = plan.count + blanks;
        let help =
            format!("`--count {full}` fills every sheet, `--fill blank` adds cards to write on");
        Diagnostic::note("places-left", found).help(help)
    })
}
