//! What the objects of a JSON document have in common: the names they use, which become columns, and the lists of objects
//! in them, which become tables.

use std::{
    collections::HashMap,
    io::{self, Read},
};

use crate::tree::{Step, Walk};

/// No document uses more names than this; one that does uses them for what should be values.
const MOST_NAMES: usize = 20_000;

/// By what objects are told apart, the likeliest first.
const KEYS: [&str; 6] = ["id", "_id", "gid", "uuid", "guid", "key"];

/// What was seen at one place of the documents.
#[derive(Default)]
pub(crate) struct Shape {
    /// Texts, numbers and truths; lists of them.
    pub values: u64,
    /// Nothing, where something could stand.
    pub nothing: u64,
    pub objects: u64,
    /// Lists in which objects stand, and nothing else.
    pub tables: u64,
    /// Lists in which lists or a mixture stand.
    pub mixed: u64,
    pub names: Vec<(String, Shape)>,
    places: HashMap<String, usize>,
    /// What stands in lists.
    pub inside: Option<Box<Shape>>,
}

impl Shape {
    fn take<R: Read>(&mut self, walk: &mut Walk<R>, first: Step, names: &mut usize) -> io::Result<()> {
        match first {
            Step::BeginObject => {
                self.objects += 1;
                while let Step::Name(name) = walk.next()? {
                    let step = walk.next()?;
                    self.below(name, names)?.take(walk, step, names)?;
                }
            }
            Step::BeginList => self.list(walk, names)?,
            Step::Nothing => self.nothing += 1,
            _ => self.values += 1,
        }
        Ok(())
    }

    fn list<R: Read>(&mut self, walk: &mut Walk<R>, names: &mut usize) -> io::Result<()> {
        let (mut objects, mut lists, mut values) = (0u64, 0u64, 0u64);
        loop {
            let step = walk.next()?;
            match step {
                Step::EndList => break,
                Step::BeginObject => objects += 1,
                Step::BeginList => lists += 1,
                _ => values += 1,
            }
            self.inside.get_or_insert_default().take(walk, step, names)?;
        }
        match (objects, lists, values) {
            (0, 0, 0) => (),
            (_, 0, 0) => self.tables += 1,
            (0, 0, _) => self.values += 1,
            _ => self.mixed += 1,
        }
        Ok(())
    }

    fn below(&mut self, name: String, names: &mut usize) -> io::Result<&mut Shape> {
        let at = match self.places.get(&name) {
            Some(at) => *at,
            None => {
                *names += 1;
                if MOST_NAMES < *names {
                    let why = format!("more than {MOST_NAMES} different names stand in it");
                    return Err(io::Error::new(io::ErrorKind::InvalidData, why));
                }
                self.places.insert(name.clone(), self.names.len());
                self.names.push((name, Shape::default()));
                self.names.len() - 1
            }
        };
        Ok(&mut self.names[at].1)
    }

    /// Whether it is an object of its own, and not the cover around others.
    pub fn is_record(&self) -> bool {
        let nested = self.names.iter().any(|(_, shape)| 0 < shape.objects || 0 < shape.tables);
        0 < self.objects && (self.key().is_some() || (!nested && !self.names.is_empty()))
    }

    /// By which of its names objects are told apart.
    pub fn key(&self) -> Option<&str> {
        let has = |key: &&&str| self.places.get(**key).is_some_and(|at| 0 < self.names[*at].1.values);
        KEYS.iter().find(has).copied()
    }
}

/// What stands in a file: one document, or several as the elements of a list.
#[derive(Default)]
pub(crate) struct Document {
    pub shape: Shape,
    /// How many documents stand one after the other.
    count: u64,
    /// How many different names were seen.
    names: usize,
}

impl Document {
    /// Learns from the documents that are left.
    ///
    /// # Errors
    /// Where they are not written as they should be, or use more names than tables have columns.
    pub fn learn<R: Read>(&mut self, walk: &mut Walk<R>) -> io::Result<()> {
        loop {
            match walk.next()? {
                Step::End => return Ok(()),
                step => {
                    self.shape.take(walk, step, &mut self.names)?;
                    self.count += 1;
                }
            }
        }
    }

    /// Whether it is a list of lists: rows of cells without names.
    pub fn is_grid(&self) -> bool {
        let shape = &self.shape;
        let cells = |inside: &Shape| inside.objects == 0 && inside.mixed == 0 && 0 < inside.values;
        let lists = shape.objects == 0 && shape.tables == 0 && 0 < shape.mixed;
        lists && self.count == 1 && shape.inside.as_deref().is_some_and(cells)
    }

    /// Whether several documents stand one after the other, objects among them.
    pub fn is_list(&self) -> bool {
        1 < self.count && 0 < self.shape.objects
    }
}
