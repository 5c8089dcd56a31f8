//! Copies of sources, organizations, apps, programmes, amounts and events.
//!
//! References of a copy lead to matching copies: a measure belongs to the copy of its package, a company to the copy of its owner, an
//! amount to the copies of its programme and its recipient.

use chrono::NaiveDate;

use super::{
    COPIES_PER_APP, COPIES_PER_EVENT,
    cells::Cells,
    copies::{Copied, Copies, one_of, thrown},
};
use crate::import::{
    cell,
    spec::{Name, PLACES, PUDONG},
    tables::{ImportTable, Tables},
};

/// Places within it have programmes of their own level; all others are abroad.
const HOME: &str = "china";

/// Maximum shift of programmes, amounts and events into the past, in months.
const LONGEST_AGO: u64 = 10 * 12;

/// Seeds of the pseudo-random choices, so that choices are independent of each other.
mod throw {
    pub const SEAT: u64 = 1;
    pub const STATUS: u64 = 2;
    pub const PLACE: u64 = 3;
    pub const AGO: u64 = 4;
}

/// A possible place of an office.
pub struct SamplePlace {
    id: String,
    /// Level of government of a programme of this place, as in the data set.
    level: &'static str,
}

/// Input for all copies.
pub struct SampleRows<'a> {
    pub tables: &'a Tables,
    pub places: Vec<SamplePlace>,
    pub sources: Copies<'a>,
    pub organizations: Copies<'a>,
    pub apps: Copies<'a>,
    pub programs: Copies<'a>,
    pub subsidies: Copies<'a>,
    pub events: Copies<'a>,
}

/// Returns every place except regions, which have no government and no addresses.
pub fn places(tables: &Tables) -> Vec<SamplePlace> {
    let entities = &tables[Name::Entities];
    let places = entities.rows.iter().filter(|row| {
        let kind = entities.get(row, "kind");
        PLACES.contains(&kind) && kind != "region"
    });
    places
        .map(|row| {
            let id = entities.get(row, "id");
            let level = match entities.get(row, "kind") {
                _ if !at_home(entities, id) => "abroad",
                "province" => "province",
                "city" => "city",
                "district" => "district",
                _ => "national",
            };
            SamplePlace { id: id.to_owned(), level }
        })
        .collect()
}

/// Returns whether a place is within [`HOME`]. Terminates because the check guarantees that parents are acyclic.
fn at_home<'a>(entities: &'a ImportTable, mut id: &'a str) -> bool {
    while id != HOME && !id.is_empty() {
        id = entities.of(id, "parent_id");
    }
    id == HOME
}

impl SampleRows<'_> {
    pub fn sources(&self) -> impl Iterator<Item = Cells> {
        self.sources.made().map(|copied| {
            let mut cells = Cells::of(self.sources.table, copied.row);
            cells.set("id", self.sources.id(copied));
            match cells.get("language") {
                "zh" => cells.set("title", format!("{}（{}）", cells.get("title"), copied.number)),
                _ => cells.number(&["title"], copied.number),
            }
            cells.number(&["title_en"], copied.number);
            let sign = if cells.get("url").contains('?') { '&' } else { '?' };
            cells.set("url", format!("{}{sign}copy={}", cells.get("url"), copied.number));
            cells.move_back(&["published_on"], ago(self.sources.place(copied)));
            cells
        })
    }

    /// Returns organizations and apps as entities, with matching data in both files.
    pub fn entities(&self) -> impl Iterator<Item = Cells> {
        let organizations = self.organizations.made().filter_map(|copied| {
            self.entity(&self.organizations, copied, &self.organization(copied), "parent_id")
        });
        let apps = self
            .apps
            .made()
            .filter_map(|copied| self.entity(&self.apps, copied, &self.app(copied), "organization_id"));
        organizations.chain(apps)
    }

    fn entity(&self, copies: &Copies<'_>, copied: Copied, made: &Cells, parent: &str) -> Option<Cells> {
        let entities = &self.tables[Name::Entities];
        let real = copies.table.get(&copies.table.rows[copied.row], "id");
        let mut cells = Cells::of(entities, entities.position(real)?);
        for column in ["id", "name_en", "name_zh"] {
            cells.set(column, made.get(column));
        }
        cells.set("parent_id", made.get(parent));
        Some(cells)
    }

    pub fn organizations(&self) -> impl Iterator<Item = Cells> {
        self.organizations.made().map(|copied| self.organization(copied))
    }

    fn organization(&self, copied: Copied) -> Cells {
        let (copies, place) = (&self.organizations, self.organizations.place(copied));
        let mut cells = Cells::of(copies.table, copied.row);
        cells.set("id", copies.id(copied));
        cells.number(&["name_en", "name_zh", "ticker"], copied.number);
        let parent = copies.same(cells.get("parent_id"), copied.number).map(|parent| copies.id(parent));
        cells.set("parent_id", parent.unwrap_or_default());
        let seat = self.seat(copied);
        let status = thrown(throw::STATUS, place);
        let word = match status % 40 {
            _ if seat == PUDONG => "headquartered",
            0 => "overseas-hq-signed",
            1 => "signed",
            2 => "unit",
            3 => "former",
            4..=6 => "",
            _ => "none",
        };
        let date = match word {
            "" | "none" => String::new(),
            _ => format!("{}-{:02}", 2018 + status / 40 % 8, status / 320 % 12 + 1),
        };
        cells.set("aliases", "");
        cells.set("hq_entity", seat);
        cells.set("pudong_status", word);
        cells.set("pudong_status_date", date);
        cells.move_back(&["founded"], ago(place));
        self.cite(&mut cells, place);
        cells
    }

    fn seat(&self, organization: Copied) -> &str {
        if organization.number == 1 {
            let table = self.organizations.table;
            return table.get(&table.rows[organization.row], "hq_entity");
        }
        let place = self.organizations.place(organization);
        one_of(&self.places, thrown(throw::SEAT, place)).map_or("", |place| &place.id)
    }

    pub fn apps(&self) -> impl Iterator<Item = Cells> {
        self.apps.made().map(|copied| self.app(copied))
    }

    fn app(&self, copied: Copied) -> Cells {
        let (copies, place) = (&self.apps, self.apps.place(copied));
        let mut cells = Cells::of(copies.table, copied.row);
        cells.set("id", copies.id(copied));
        cells.number(&["name_en", "name_zh"], copied.number);
        let operator = self.nth_made_organization((place - copies.real() + 1) * COPIES_PER_APP);
        cells.set("organization_id", self.organizations.id(operator));
        cells.move_back(&["launched_on"], ago(place));
        self.cite(&mut cells, place);
        cells
    }

    fn nth_made_organization(&self, n: usize) -> Copied {
        self.organizations.at(self.organizations.real() + n - 1)
    }

    pub fn programs(&self) -> impl Iterator<Item = Cells> {
        self.programs.made().map(|copied| self.program(copied))
    }

    /// A package is moved as a whole to another place and time.
    fn program(&self, copied: Copied) -> Cells {
        let (copies, place) = (&self.programs, self.programs.place(copied));
        let mut cells = Cells::of(copies.table, copied.row);
        let package = copies.same(cells.get("package_id"), copied.number);
        cells.set("id", copies.id(copied));
        cells.set("package_id", package.map(|package| copies.id(package)).unwrap_or_default());
        cells.number(&["doc_number", "name_en", "name_zh"], copied.number);
        let moved = copies.place(package.unwrap_or(copied));
        if let Some(place) = one_of(&self.places, thrown(throw::PLACE, moved)) {
            cells.set("jurisdiction", place.id.as_str());
            cells.set("level", place.level);
        }
        let earlier = cells.get("supersedes").split(';').map(|id| copies.same(id, copied.number));
        let earlier: Vec<String> = earlier.flatten().map(|program| copies.id(program)).collect();
        cells.set("supersedes", earlier.join(";"));
        let dates = [
            "announced_on",
            "effective_from",
            "effective_to",
            "applications_open",
            "applications_close",
            "last_confirmed_on",
        ];
        cells.move_back(&dates, ago(moved));
        if let Some(status) = self.tables.newest_source().and_then(|today| status(&cells, today)) {
            cells.set("status", status);
        }
        self.cite(&mut cells, place);
        cells
    }

    /// Returns the jurisdiction of a programme.
    fn jurisdiction(&self, program: Copied) -> String {
        if program.number == 1 {
            let table = self.programs.table;
            return table.get(&table.rows[program.row], "jurisdiction").to_owned();
        }
        self.program(program).get("jurisdiction").to_owned()
    }

    pub fn subsidies(&self) -> impl Iterator<Item = Cells> {
        self.subsidies.made().map(|copied| self.subsidy(copied))
    }

    fn subsidy(&self, copied: Copied) -> Cells {
        let (copies, place) = (&self.subsidies, self.subsidies.place(copied));
        let mut cells = Cells::of(copies.table, copied.row);
        cells.set("id", copies.id(copied));
        let program = self.programs.turn(cells.get("program_id"), copied.number);
        let recipient = self.organizations.turn(cells.get("recipient_org_id"), copied.number);
        let jurisdiction = match program {
            Some(program) => self.jurisdiction(program),
            None => {
                one_of(&self.places, thrown(throw::PLACE, place)).map_or("", |place| &place.id).to_owned()
            }
        };
        cells.set("program_id", program.map(|program| self.programs.id(program)).unwrap_or_default());
        cells.set("recipient_org_id", recipient.map(|one| self.organizations.id(one)).unwrap_or_default());
        cells.set("jurisdiction", jurisdiction);
        let whole = copies.same(cells.get("part_of"), copied.number).map(|whole| copies.id(whole));
        cells.set("part_of", whole.unwrap_or_default());
        cells.move_back(&["period_start", "period_end", "disclosed_on"], ago(place));
        self.cite(&mut cells, place);
        cells
    }

    pub fn events(&self) -> impl Iterator<Item = Cells> {
        self.events.made().map(|copied| self.event(copied))
    }

    fn event(&self, copied: Copied) -> Cells {
        let (copies, place) = (&self.events, self.events.place(copied));
        let mut cells = Cells::of(copies.table, copied.row);
        cells.set("id", copies.id(copied));
        cells.number(&["title_en", "title_zh"], copied.number);
        let organization = self.nth_made_organization((place - copies.real() + 1) * COPIES_PER_EVENT);
        let programs = cells
            .get("program_ids")
            .split(';')
            .filter_map(|id| Some(self.programs.id(self.programs.turn(id, copied.number)?)));
        let programs = programs.collect::<Vec<_>>().join(";");
        cells.set("program_ids", programs);
        cells.set("organization_ids", self.organizations.id(organization));
        cells.set("jurisdiction", self.seat(organization));
        cells.move_back(&["date"], ago(place));
        self.cite(&mut cells, place);
        cells
    }

    /// Replaces the real source by a copy of it.
    fn cite(&self, cells: &mut Cells, place: usize) {
        if let Some(source) = self.sources.turn(cells.get("source_id"), place) {
            cells.set("source_id", self.sources.id(source));
        }
    }
}

/// Returns the shift into the past in months.
fn ago(place: usize) -> u32 {
    (thrown(throw::AGO, place) % LONGEST_AGO) as u32
}

/// Returns the new status of a programme that was shifted back, where its dates determine it.
fn status(program: &Cells, today: NaiveDate) -> Option<&'static str> {
    if cell::date(program.get("effective_to")).is_some_and(|end| end.last_day() < today) {
        return Some("expired");
    }
    let begun = cell::date(program.get("effective_from")).is_some_and(|begin| begin.last_day() <= today);
    (program.get("status") == "planned" && begun).then_some("in-force")
}
