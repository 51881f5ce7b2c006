//! The move of printpdf's objects into the file.

use std::collections::HashMap;
use std::io::{self, Write};

use lopdf::{Document, Object, ObjectId, Stream};

use super::deflate::deflate;
use super::file::PdfFile;
use super::kit::Objects;
use super::press::Plates;
use super::syntax::{push_entries, push_object};

/// Writes what is reachable from fonts, pictures and layers; returns the numbers of their objects,
/// the layers' entry of the catalogue and the number of the description.
pub(super) fn write_plates<W: Write>(
    file: &mut PdfFile<W>,
    mut plates: Plates,
) -> io::Result<(Objects, Option<Object>, u32)> {
    let mut mover = Mover::default();
    let mut number =
        |mover: &mut Mover, id: Option<ObjectId>| id.map_or(0, |id| mover.number(file, id));
    let objects = Objects {
        fonts: plates.fonts.iter().map(|id| number(&mut mover, *id)).collect(),
        images: plates.images.iter().map(|id| number(&mut mover, Some(*id))).collect(),
        layers: plates.layers.map(|id| number(&mut mover, id)),
        ..Objects::default()
    };
    let mut properties = plates.layer_properties.take();
    if let Some(properties) = &mut properties {
        mover.renumber(file, properties);
    }
    mover.write(file, &mut plates.document)?;
    let info = file.reserve();
    let mut object = b"<<".to_vec();
    push_entries(&mut object, &plates.info);
    object.extend_from_slice(b">>");
    file.object(info, &object)?;
    Ok((objects, properties, info))
}

/// Moves objects from printpdf's document into the file, under new numbers.
#[derive(Default)]
struct Mover {
    numbers: HashMap<ObjectId, u32>,
    queue: Vec<(ObjectId, u32)>,
}

impl Mover {
    fn number<W: Write>(&mut self, file: &mut PdfFile<W>, id: ObjectId) -> u32 {
        *self.numbers.entry(id).or_insert_with(|| {
            let number = file.reserve();
            self.queue.push((id, number));
            number
        })
    }

    fn renumber<W: Write>(&mut self, file: &mut PdfFile<W>, object: &mut Object) {
        match object {
            Object::Reference(id) => *id = (self.number(file, *id), 0),
            Object::Array(items) => items.iter_mut().for_each(|item| self.renumber(file, item)),
            Object::Dictionary(entries) => {
                entries.iter_mut().for_each(|(_, value)| self.renumber(file, value));
            }
            Object::Stream(stream) => {
                stream.dict.iter_mut().for_each(|(_, value)| self.renumber(file, value));
            }
            _ => {}
        }
    }

    fn write<W: Write>(mut self, file: &mut PdfFile<W>, from: &mut Document) -> io::Result<()> {
        while let Some((id, number)) = self.queue.pop() {
            let mut object = from.objects.remove(&id).unwrap_or(Object::Null);
            self.renumber(file, &mut object);
            match object {
                Object::Stream(stream) => write_stream(file, number, stream)?,
                object => {
                    let mut bytes = Vec::new();
                    push_object(&mut bytes, &object);
                    file.object(number, &bytes)?;
                }
            }
        }
        Ok(())
    }
}

fn write_stream<W: Write>(
    file: &mut PdfFile<W>,
    number: u32,
    mut stream: Stream,
) -> io::Result<()> {
    stream.dict.remove(b"Length");
    let mut entries = Vec::new();
    push_entries(&mut entries, &stream.dict);
    if stream.dict.has(b"Filter") {
        file.stream(number, &entries, &stream.content)
    } else {
        file.deflated(number, &entries, &deflate(&stream.content))
    }
}
