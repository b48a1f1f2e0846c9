//! An operation: one definition from which the REST route, the command, the reference page and the authorization
//! cases are made.

use kernel::{Context, Permission, Problem, Result};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use store::{DataClass, Tx};

/// Something that can be asked of the house.
pub struct Operation {
    /// What is said of it by hand.
    pub head: Head,
    /// The schema of its input.
    pub input: fn(&mut SchemaGenerator) -> Schema,
    /// The schema of its output.
    pub output: fn(&mut SchemaGenerator) -> Schema,
    /// It answers from a few rows, so that a door may ask where it listens.
    pub is_brief: bool,
    run: Box<Run<Value>>,
    tell: Box<Run<String>>,
}

type Run<T> = dyn Fn(&Context, &mut Tx<'_>, Value) -> Result<T> + Send + Sync;

/// What is said of an operation by hand.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// Noun and verb: `relationship.view`.
    pub name: &'static str,
    /// What it does to the house.
    pub act: Act,
    /// The HTTP method.
    pub method: Method,
    /// The path below `/api/v1`, with `{field}` for parts of the input.
    pub path: &'static str,
    /// The words of its command, with `{field}` for positional parts of the input.
    pub command: &'static str,
    /// What it asks of its caller.
    pub permission: Permission,
    /// How careful one must be with what it shows.
    pub class: DataClass,
    /// What it does, for a person.
    pub sentence: &'static str,
    /// Commands that show its use.
    pub examples: &'static [&'static str],
}

/// What an operation does to the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Looks.
    Read,
    /// Changes something of ours.
    Write,
    /// Is visible to the other side or hard to undo.
    Danger,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Looks.
    Get,
    /// Makes something new.
    Post,
    /// Sets something.
    Put,
    /// Takes something away.
    Delete,
}

impl Method {
    /// In capitals, as on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        }
    }
}

/// Makes an operation of a typed function.
pub fn op<I, O>(head: Head, function: fn(&Context, &mut Tx<'_>, I) -> Result<O>) -> Operation
where
    I: DeserializeOwned + JsonSchema + 'static,
    O: Serialize + JsonSchema + 'static,
{
    Operation {
        head,
        input: SchemaGenerator::subschema_for::<I>,
        output: SchemaGenerator::subschema_for::<O>,
        is_brief: false,
        run: Box::new(move |cx, tx, input| {
            let output = function(cx, tx, taken(input)?)?;
            serde_json::to_value(output).map_err(unwritten)
        }),
        tell: Box::new(move |cx, tx, input| {
            let output = function(cx, tx, taken(input)?)?;
            serde_json::to_string(&output).map_err(unwritten)
        }),
    }
}

fn taken<I: DeserializeOwned>(input: Value) -> Result<I> {
    serde_json::from_value(input)
        .map_err(|cause| Problem::invalid("input", "input.shape", format!("the input does not fit: {cause}")))
}

fn unwritten(cause: serde_json::Error) -> Problem {
    Problem::internal("output.shape", "the answer cannot be written").because(cause)
}

impl Operation {
    /// Looks at a few rows and works nothing out of many: what its statements read is bounded by a page, or else they are
    /// stopped and it is asked elsewhere.
    #[must_use]
    pub fn brief(self) -> Operation {
        Operation { is_brief: true, ..self }
    }

    /// Runs it for a caller who may.
    ///
    /// # Errors
    /// `access.*` for a caller who may not, `input.shape` for input of another shape, else its own refusals.
    pub fn run(&self, cx: &Context, tx: &mut Tx<'_>, input: Value) -> Result<Value> {
        cx.require(self.head.permission, self.head.name)?;
        (self.run)(cx, tx, input)
    }

    /// Runs it for a caller who may; the answer is written as JSON at once, which costs half of making a value of it first.
    ///
    /// # Errors
    /// As [`Operation::run`].
    pub fn tell(&self, cx: &Context, tx: &mut Tx<'_>, input: Value) -> Result<String> {
        cx.require(self.head.permission, self.head.name)?;
        (self.tell)(cx, tx, input)
    }

    /// Whether it only looks.
    pub fn is_read(&self) -> bool {
        self.head.act == Act::Read
    }
}
