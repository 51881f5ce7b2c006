//! From plans and faces to pages, one by one, as a painter asks for them.

use std::sync::{Arc, OnceLock};

use crate::impose::bleed::Bleed;
use crate::impose::fold::fold_line;
use crate::impose::grid::Grid;
use crate::impose::marks::{Frame, Marks, marks};
use crate::impose::plan::{Duplex, Plan, Side};
use crate::impose::register::Register;
use crate::impose::slug::{SetText, Slug, Surroundings, Words};
use crate::impose::spec::{Arrangement, MarkStyle, SheetSpec};
use crate::impose::turn::Flip;
use crate::length::{Point, Rect, Sides, Size};
use crate::problem::Diagnostic;
use crate::scene::{Group, Item, Layer, Page, Scene, Transform};

/// What is printed, beside the faces themselves.
pub struct Job<'a> {
    /// The number of cards.
    pub count: usize,
    /// The deck's title, for the slug.
    pub title: &'a str,
    /// What tells this printing from one with other words, for the slug.
    pub digest: &'a str,
    /// Sets the slug's text.
    pub text: &'a SetText<'a>,
    /// The error of the printer that pages will be corrected for: words keep to what is on the paper
    /// then.
    pub register: Register,
}

impl Job<'_> {
    fn words(&self, turn: &'static str, (sheet, sheets): (usize, usize), side: Side) -> Words<'_> {
        Words { title: self.title, digest: self.digest, turn, sheet, sheets, side }
    }
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
    fronts: Layout,
    backs: Layout,
    recto: PageLayout,
    verso: PageLayout,
    fold_line: Option<Arc<Scene>>,
    turn_in_words: &'static str,
    job: Job<'a>,
    notes: Vec<Diagnostic>,
}

/// The cells of one face of the cards on every sheet, and the marks around them.
struct Layout {
    face: Side,
    grid: Grid,
    bleed: Bleed,
    marks: Marks,
    marks_scene: Option<Arc<Scene>>,
    marks_behind: bool,
    /// The back that a sheet was first filled with, and all of its copies in their cells.
    full_sheet: OnceLock<(Arc<Scene>, Arc<Scene>)>,
}

/// One side of every sheet, but for the cards and their marks.
struct PageLayout {
    size: Size,
    trim: Rect,
    bleed: Rect,
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
        let fronts = Layout::new(spec, Side::Recto, grid, Bleed::of(spec));
        let backs = Layout::new(spec, Side::Verso, grid.turned(turn), Bleed::of_backs(spec));
        let fold = grid.fold().map(|fold| fold_line(fold, grid.page, fronts.outline(&backs)));
        let last = plan.sheets();
        let turn_in_words = turn_in_words(spec);
        let words = |side| job.words(turn_in_words, (last, last), side);
        let reach = |side| job.register.reach(grid.page, side);
        let page = |layouts: &[&Layout], side| {
            let words = (&words(side), job.text);
            PageLayout::new(spec, layouts, fold.as_ref(), reach(side), words)
        };
        let (recto, front) = match fold {
            Some(_) => page(&[&fronts, &backs], Side::Recto),
            None => page(&[&fronts], Side::Recto),
        };
        let (verso, back) = page(&[&backs], Side::Verso);
        let front: Vec<_> = fronts.marks.note().into_iter().chain(front).collect();
        let mut notes = Bleed::of(spec).notes(spec);
        notes.extend(blanks(&plan));
        let behind = if fold.is_some() { Side::Recto } else { Side::Verso };
        let stays = |(layout, side): &(&Layout, Side)| {
            let mut marks = layout.marks.areas();
            marks.all(|mark| job.register.keeps_on_paper(mark, grid.page, *side))
        };
        let printed = [(&fronts, Side::Recto), (&backs, behind)];
        let printed = &printed[..if spec.duplex == Duplex::None { 1 } else { 2 }];
        notes.extend((!printed.iter().all(stays)).then(marks_off_paper));
        if !spec.duplex.is_one_sided() {
            let back = backs.marks.note().into_iter().chain(back);
            notes.extend(back.filter(|note| !front.contains(note)));
        }
        notes.extend(front);
        let fold_line = fold.map(|(line, _)| line);
        Self { plan, fronts, backs, recto, verso, fold_line, turn_in_words, job, notes }
    }

    /// Returns the plan of the job.
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Returns what the user should know: bleed, marks or slug that had to give way, empty cells.
    pub fn notes(&self) -> &[Diagnostic] {
        &self.notes
    }

    /// Returns the slug of one side of all sheets, if there is room for one.
    pub(super) const fn slug(&self, side: Side) -> Option<&Slug> {
        self.side(side).slug.as_ref()
    }

    const fn side(&self, side: Side) -> &PageLayout {
        match side {
            Side::Recto => &self.recto,
            Side::Verso => &self.verso,
        }
    }

    /// Returns a side of the sheet numbered `sheet` from 0; beyond the last one it has no cards.
    pub fn page(&self, sheet: usize, side: Side, faces: &Faces) -> Page {
        let planned = self.plan.sheet(sheet);
        let layout = self.side(side);
        let mut groups = Vec::new();
        if side == Side::Recto {
            groups.extend(self.fronts.groups(&planned.recto, faces));
        }
        if side == Side::Verso || self.fold_line.is_some() {
            groups.extend(self.backs.groups(&planned.verso, faces));
        }
        let fold = self.fold_line.iter().cloned();
        groups.extend(fold.map(|line| Group { reused: true, ..on(Layer::Marks, line) }));
        let words = self.job.words(self.turn_in_words, (sheet + 1, self.plan.sheets()), side);
        let slug = self.slug(side).map(|slug| slug.scene(&words, self.job.text));
        groups.extend(slug.map(|slug| on(Layer::Slug, Arc::new(slug))));
        let items = groups.into_iter().map(Item::Group).collect();
        Page {
            size: layout.size,
            trim: layout.trim,
            bleed: layout.bleed,
            scene: Scene { items, ..Scene::default() },
            bookmarks: Vec::new(),
        }
    }

    /// Returns every page in the order in which it is printed, each made when it is asked for.
    pub fn pages<'b>(&'b self, faces: &'b Faces) -> impl ExactSizeIterator<Item = Page> + 'b {
        self.plan.sequence().map(|(sheet, side)| self.page(sheet, side, faces))
    }
}

impl Layout {
    fn new(spec: &SheetSpec, face: Side, grid: Grid, bleed: Bleed) -> Self {
        let frame = Frame { area: grid.area, bleed, style: spec.marks };
        let marks = marks(&grid.trims(), &frame);
        Self {
            face,
            grid,
            bleed,
            marks_scene: (!marks.lines.is_empty()).then(|| Arc::new(marks.scene())),
            marks,
            marks_behind: spec.marks == MarkStyle::Guides,
            full_sheet: OnceLock::new(),
        }
    }

    /// Returns the outline of these trims and of the `other` ones.
    fn outline(&self, other: &Self) -> Rect {
        self.grid.outline().union(other.grid.outline())
    }

    fn bleed_box(&self) -> Rect {
        let outer = self.bleed.outer;
        let sides = Sides { left: outer.x, top: outer.y, right: outer.x, bottom: outer.y };
        self.grid.outline().grown(sides)
    }

    /// Returns the faces of `cards` and the marks around them, in painting order.
    fn groups(&self, cards: &[Option<usize>], faces: &Faces) -> Vec<Group> {
        let (artwork, reused) = self.artwork(cards, faces);
        let mut groups = vec![Group { reused, ..on(Layer::Artwork, artwork) }];
        if let Some(marks) = self.marks_scene.clone() {
            let marks = Group { reused: true, ..on(Layer::Marks, marks) };
            groups.insert(if self.marks_behind { 0 } else { 1 }, marks);
        }
        groups
    }

    /// Returns the faces of `cards` in their cells, and whether other sheets have the very same.
    fn artwork(&self, cards: &[Option<usize>], faces: &Faces) -> (Arc<Scene>, bool) {
        let faces: Vec<Option<Arc<Scene>>> =
            cards.iter().map(|card| card.map(|card| faces(card, self.face))).collect();
        if let Some(back) = same_back(&faces, self.face) {
            let (known, sheet) =
                self.full_sheet.get_or_init(|| (back.clone(), Arc::new(self.arranged(&faces))));
            if Arc::ptr_eq(known, back) {
                return (sheet.clone(), true);
            }
        }
        (Arc::new(self.arranged(&faces)), false)
    }

    fn arranged(&self, faces: &[Option<Arc<Scene>>]) -> Scene {
        let placed = |(cell, face): (usize, &Option<Arc<Scene>>)| {
            Some(Item::Group(self.placed(cell, face.clone()?)))
        };
        Scene { items: faces.iter().enumerate().filter_map(placed).collect(), ..Scene::default() }
    }

    fn placed(&self, cell: usize, face: Arc<Scene>) -> Group {
        let is_back = self.face == Side::Verso;
        let sides = self.bleed.sides(&self.grid, cell, is_back);
        let trim = Rect::new(Point::ORIGIN, self.grid.face());
        let clip = Some(trim.grown(self.grid.pose.seen_from_face(sides)));
        Group { clip, reused: is_back, ..Group::new(face, self.grid.placed(cell)) }
    }
}

impl PageLayout {
    /// The side that has these layouts and the fold, and what its slug had to give up.
    fn new(
        spec: &SheetSpec,
        layouts: &[&Layout],
        fold: Option<&(Arc<Scene>, Rect)>,
        reach: Rect,
        (words, text): (&Words, &SetText),
    ) -> (Self, Option<Diagnostic>) {
        let grid = &spec.grid;
        let over = |area: fn(&Layout) -> Rect| {
            layouts.iter().map(|layout| area(layout)).reduce(Rect::union).unwrap_or_default()
        };
        let (trim, bleed) = (over(|layout| layout.grid.outline()), over(Layout::bleed_box));
        let mut page = Self { size: grid.page, trim, bleed, slug: None };
        if spec.arrangement == Arrangement::Faces {
            return (page, None);
        }
        let marks = layouts.iter().flat_map(|layout| layout.marks.areas());
        let marks: Vec<_> = marks.chain(fold.map(|(_, area)| *area)).collect();
        let around = Surroundings { reach, outline: trim, bleed, marks: &marks };
        page.slug = Slug::fit(&around, words, text);
        let note = Slug::note(page.slug.as_ref(), grid.face());
        (page, note)
    }
}

/// Returns the group that shows `scene` as it is on a layer.
fn on(layer: Layer, scene: Arc<Scene>) -> Group {
    Group { layer: Some(layer), ..Group::new(scene, Transform::IDENTITY) }
}

/// Returns the back that fills every cell of a sheet, if one does.
fn same_back(faces: &[Option<Arc<Scene>>], side: Side) -> Option<&Arc<Scene>> {
    let first = faces.first()?.as_ref().filter(|_| side == Side::Verso)?;
    let same = |face: &Option<Arc<Scene>>| face.as_ref().is_some_and(|f| Arc::ptr_eq(f, first));
    faces.iter().all(same).then_some(first)
}

/// Returns how a sheet comes to its backs, as its slug says it.
fn turn_in_words(spec: &SheetSpec) -> &'static str {
    match (spec.duplex, spec.flip) {
        (Duplex::None, _) => "",
        (Duplex::Fold, _) => "fold along the dashes",
        (Duplex::Auto | Duplex::TwoPass, Flip::LongEdge) => "turn on the long edge",
        (Duplex::Auto | Duplex::TwoPass, Flip::ShortEdge) => "turn on the short edge",
    }
}

fn marks_off_paper() -> Diagnostic {
    let found = "to make up for the printer, some marks fall off the paper";
    let help = "leave them more room with a larger `--margin`";
    Diagnostic::note("marks-off-paper", found).help(help)
}

fn blanks(plan: &Plan) -> Option<Diagnostic> {
    let blanks = plan.blanks();
    (blanks > 0).then(|| {
        let found = match blanks {
            1 => "1 place for a card stays empty".into(),
            _ => format!("{blanks} places for cards stay empty"),
        };
        Diagnostic::note("places-left", found).help("`--fill blank` adds cards to write on")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::impose::slug::{SetLine, TextSpec};
    use crate::impose::{Catalogues, Purpose, SheetRequest};
    use crate::length::{Axes, Length};

    fn set(text: &str, spec: TextSpec) -> SetLine {
        let width = (spec.size / 2) * text.chars().count() as i64;
        SetLine { scene: Scene { text: text.into(), ..Scene::default() }, width }
    }

    fn request(purpose: Purpose) -> SheetRequest {
        let catalogues = Catalogues::bundled();
        let (card, paper) = (catalogues.size("poker"), catalogues.paper("a4"));
        SheetRequest::new(purpose, card.unwrap(), paper.unwrap())
    }

    fn job(count: usize) -> Job<'static> {
        let register = Register::default();
        Job { count, title: "Intimacy", digest: "", text: &set, register }
    }

    fn imposer(request: &SheetRequest, count: usize) -> Imposer<'static> {
        let spec = request.resolve(&[]).unwrap();
        Imposer::new(&spec, job(count))
    }

    fn groups(scene: &Scene) -> Vec<&Group> {
        let items = scene.items.iter();
        items
            .filter_map(|item| match item {
                Item::Group(group) => Some(group),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn sheets_have_artwork_marks_and_slug_in_layers() {
        let imposer = imposer(&request(Purpose::Home), 9);
        let face = Arc::new(Scene::default());
        let faces = |_: usize, _: Side| face.clone();
        let [recto, verso] = [Side::Recto, Side::Verso].map(|side| imposer.page(0, side, &faces));
        let layers: Vec<_> = groups(&recto.scene).iter().map(|group| group.layer).collect();
        assert_eq!(layers, [Layer::Artwork, Layer::Marks, Layer::Slug].map(Some));
        assert!(groups(&groups(&recto.scene)[0].scene).iter().all(|front| !front.reused));
        let backs = groups(&verso.scene)[0].scene.clone();
        assert!(groups(&backs).iter().all(|b| b.reused && Arc::ptr_eq(&b.scene, &face)));
        let again = imposer.page(0, Side::Recto, &faces);
        assert!(Arc::ptr_eq(&groups(&recto.scene)[1].scene, &groups(&again.scene)[1].scene));
        assert_eq!(imposer.notes(), []);
    }

    #[test]
    fn boxes_are_the_outline_and_that_plus_bleed() {
        let imposer = imposer(&request(Purpose::Copyshop), 8);
        let page = imposer.page(0, Side::Recto, &|_, _| Arc::default());
        assert_eq!(page.size, Size::mm(297.0, 210.0));
        assert_eq!(page.trim, Rect::new(Point::mm(13.5, 14.0), Size::mm(270.0, 182.0)));
        assert_eq!(page.bleed, page.trim.grown(Sides::all(Length::mm(3.0))));
    }

    #[test]
    fn faces_are_pages_of_their_own() {
        let imposer = imposer(&request(Purpose::Press), 2);
        let faces = |card: usize, side: Side| {
            Arc::new(Scene { text: format!("{card}{side:?}"), ..Scene::default() })
        };
        let pages: Vec<_> = imposer.pages(&faces).collect();
        let texts = pages.iter().map(|page| {
            assert_eq!(groups(&page.scene).len(), 1, "neither marks nor slug");
            groups(&groups(&page.scene)[0].scene)[0].scene.text.clone()
        });
        assert_eq!(texts.collect::<Vec<_>>(), ["0Recto", "0Verso", "1Recto", "1Verso"]);
        let page = &pages[1];
        assert_eq!(page.bleed, Rect::new(Point::ORIGIN, Size::mm(69.0, 94.0)));
        assert_eq!(page.trim, Rect::new(Point::mm(3.0, 3.0), Size::mm(63.0, 88.0)));
        let back = groups(&page.scene)[0].scene.clone();
        assert_eq!(groups(&back)[0].clip, Some(Rect::new(Point::mm(-3.0, -3.0), page.size)));
    }

    #[test]
    fn tiles_of_backs_overlap_and_fronts_do_not() {
        let mut asked = request(Purpose::Home);
        asked.flip = Some(Flip::ShortEdge);
        let imposer = imposer(&asked, 9);
        let clip = |side| {
            let page = imposer.page(0, side, &|_, _| Arc::default());
            groups(&groups(&page.scene)[0].scene)[0].clip.unwrap()
        };
        let trim = Rect::new(Point::ORIGIN, Size::mm(63.0, 88.0));
        assert_eq!(clip(Side::Recto), trim);
        // Upside down, the neighbours on the page's right and below are at the back's left and top.
        // At the outside it runs out of the grid.
        let (overlap, out) = (Length::mm(0.1), Length::mm(2.0));
        let tile = trim.grown(Sides { left: overlap, top: overlap, right: out, bottom: out });
        assert_eq!(clip(Side::Verso), tile);
    }

    #[test]
    fn guides_lie_behind_the_cards() {
        let mut asked = request(Purpose::Home);
        asked.marks = Some(MarkStyle::Guides);
        let page = imposer(&asked, 9).page(0, Side::Recto, &|_, _| Arc::default());
        assert_eq!(groups(&page.scene)[0].layer, Some(Layer::Marks));
        assert_eq!(groups(&page.scene)[1].layer, Some(Layer::Artwork));
    }

    #[test]
    fn empty_places_and_clipped_bleed_are_told() {
        let mut asked = request(Purpose::Home);
        asked.bleed = Some(Length::mm(3.0));
        asked.gutter = Some(Axes::all(Length::mm(2.0)));
        let imposer = imposer(&asked, 8);
        let told: Vec<_> = imposer.notes().iter().map(|note| note.found.as_str()).collect();
        assert_eq!(
            told,
            [
                "a bleed of 3 mm is 1 mm between cards, half the gutter",
                "1 place for a card stays empty"
            ]
        );
        assert!(imposer.notes()[1].help.as_ref().unwrap().starts_with("`--fill blank`"));
    }

    #[test]
    fn pages_beyond_the_last_have_no_cards_and_threads_may_share_an_imposer() {
        fn shared(_: &(impl Send + Sync)) {}
        let imposer = imposer(&request(Purpose::Home), 0);
        shared(&imposer);
        assert_eq!(imposer.pages(&|_, _| Arc::default()).len(), 0);
        let page = imposer.page(7, Side::Verso, &|_, _| Arc::default());
        assert!(groups(&groups(&page.scene)[0].scene).is_empty());
    }
}
