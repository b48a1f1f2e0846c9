//! Commands made from the operation table: words that match an operation, then its fields as options.

use std::process::ExitCode;

use access::Outcome;
use clap::{Arg, ArgAction, Command};
use kernel::{Problem, Result};
use schemars::SchemaGenerator;
use serde_json::{Map, Value};
use slice::Operation;

use super::{Output, Typed, explained, file, help, pretty, say, show, wrong};
use crate::{
    config::{self, Open},
    serve::Deed,
    slices, worker,
};

/// Runs the operation that the words name.
pub(super) fn run(typed: &Typed) -> Result<ExitCode> {
    let slices = slices::all();
    let operations: Vec<&Operation> = slices.iter().flat_map(|slice| &slice.operations).collect();
    if let Some(end) = typed.words.iter().position(|word| word == "--help" || word == "-h") {
        return explain(&operations, &typed.words[..end]);
    }
    let Some((operation, mut input, rest)) = matching(&operations, &typed.words) else {
        return Err(wrong(unknown(&operations, &typed.words)));
    };
    let properties = properties(operation);
    let command = options(operation, &properties, &input);
    for (name, schema) in &properties {
        if let Some(word) = input.get(name).and_then(Value::as_str).map(str::to_owned) {
            input.insert(name.clone(), value(name, schema, &word)?);
        }
    }
    let given = match command.try_get_matches_from(rest) {
        Ok(given) => given,
        Err(told) if !told.use_stderr() => return say(&told.to_string()),
        Err(told) => return Err(wrong(told.to_string().trim_start_matches("error: ").trim_end().to_owned())),
    };
    for (name, schema) in &properties {
        if let Some(text) = given.try_get_one::<String>(name).ok().flatten() {
            input.insert(name.clone(), value(name, schema, &from_file(name, text)?)?);
        }
    }
    if typed.output == Output::Csv {
        return file::write(typed, operation, input);
    }
    let open = config::open(&typed.settings)?;
    let of_now = !["as_of", "known_at"].iter().any(|field| input.contains_key(*field));
    worker::catch_up(&open, operation)?;
    let mut answer = call(&open, operation.head.name, Value::Object(input))?;
    if !operation.is_read() {
        worker::run_due(&open)?;
    }
    // These only ask for work, which is done by now: what is told is what it came to.
    if matches!(operation.head.name, "import.plan" | "import.run" | "import.undo")
        && let Some(id) = answer.get("id").cloned()
    {
        answer = call(&open, "import.view", serde_json::json!({ "id": id }))?;
    }
    if matches!(operation.head.name, "sample.load" | "sample.remove") {
        answer = call(&open, "samples.list", serde_json::json!({}))?;
    }
    if operation.head.name == "relationship.view" && of_now && !typed.json() {
        answer = explained::with_last_change(&open, answer)?;
    }
    if typed.json() { say(&pretty(&answer)?) } else { say(&show::told(operation.head.name, &answer)) }
}

/// Tells the fields of the command that begins with these words; where several do, what each does.
fn explain(operations: &[&Operation], words: &[String]) -> Result<ExitCode> {
    // A word of the command counts more than a place where any word may stand.
    let literal = |operation: &Operation| {
        let pattern: Vec<_> = operation.head.command.split(' ').collect();
        let fits = |(word, part): (&String, &&str)| part.starts_with('{') || word == part;
        let begins = words.len() <= pattern.len() && words.iter().zip(&pattern).all(fits);
        begins.then(|| words.iter().zip(&pattern).filter(|(word, part)| word == *part).count())
    };
    let most = operations.iter().filter_map(|operation| literal(operation)).max();
    let found: Vec<_> =
        operations.iter().filter(|operation| most.is_some() && literal(operation) == most).collect();
    let whole = found.iter().find(|operation| operation.head.command.split(' ').count() == words.len());
    match (found.as_slice(), whole) {
        ([], _) => Err(wrong(unknown(operations, words))),
        ([one], _) | (_, Some(one)) => {
            let fields = one.head.command.split(' ').filter_map(|word| word.strip_prefix('{'));
            let input = fields.map(|field| (field.trim_end_matches('}').to_owned(), Value::Null)).collect();
            say(&format!("{}\n", options(one, &properties(one), &input).render_help()))
        }
        (several, None) => say(&several
            .iter()
            .map(|one| help::line(&help::usage(one), one.head.sentence))
            .collect::<String>()),
    }
}

/// Calls an operation in the name of whoever holds the machine; a write is put on record with it.
pub(super) fn call(open: &Open, name: &str, input: Value) -> Result<Value> {
    let operation = open.slices.iter().flat_map(|slice| &slice.operations).find(|one| one.head.name == name);
    let operation =
        operation.ok_or_else(|| Problem::internal("command.none", format!("no operation {name}")))?;
    let cx = open.house.context();
    if operation.is_read() {
        return open.house.store.read(&cx, |tx| operation.run(&cx, tx, input));
    }
    open.house.store.write(&cx, |tx| {
        let answer = operation.run(&cx, tx, input.clone())?;
        let subject = input.get("id").and_then(Value::as_str).unwrap_or_default();
        let permission = operation.head.permission;
        let deed = Deed { via: "command", operation: name, permission, subject, input: &input };
        deed.record(&cx, tx, subject, Outcome::Done)?;
        Ok(answer)
    })
}

/// The operation whose command fits the leading words best, the fields among them, and the words that are left.
fn matching<'o>(
    operations: &[&'o Operation],
    words: &[String],
) -> Option<(&'o Operation, Map<String, Value>, Vec<String>)> {
    let fits = operations.iter().filter_map(|operation| {
        let pattern: Vec<_> = operation.head.command.split(' ').collect();
        let mut input = Map::new();
        let mut literal = 0;
        for (n, part) in pattern.iter().enumerate() {
            let word = words.get(n).filter(|word| !word.starts_with('-'))?;
            match part.strip_prefix('{').and_then(|field| field.strip_suffix('}')) {
                Some(field) => drop(input.insert(field.to_owned(), Value::from(word.as_str()))),
                None if part == word => literal += 1,
                None => return None,
            }
        }
        let next_is_word = words.get(pattern.len()).is_some_and(|word| !word.starts_with('-'));
        let rest =
            std::iter::once(operation.head.command.to_owned()).chain(words[pattern.len()..].iter().cloned());
        Some(((!next_is_word, pattern.len(), literal), (*operation, input, rest.collect())))
    });
    fits.max_by_key(|(rank, _)| *rank).map(|(_, found)| found)
}

fn unknown(operations: &[&Operation], words: &[String]) -> String {
    let first = words.first().map_or("", String::as_str);
    let close: Vec<_> = operations
        .iter()
        .filter(|operation| {
            operation.head.command.split(' ').next().is_some_and(|word| word.starts_with(first))
        })
        .map(|operation| help::usage(operation))
        .collect();
    let typed = words.join(" ");
    match close.is_empty() {
        true => format!("there is no command {typed:?}; `mainstay help` lists them"),
        false => format!("there is no command {typed:?}; there are: {}", close.join(" · ")),
    }
}

/// The fields of the input with their schemas.
fn properties(operation: &Operation) -> Vec<(String, Value)> {
    let mut generator = SchemaGenerator::default();
    let schema = (operation.input)(&mut generator).to_value();
    let definitions = generator.definitions().clone();
    let schema = resolved(&schema, &definitions);
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let properties = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    properties
        .into_iter()
        .map(|(name, property)| {
            let mut property = resolved_with(&property, &definitions);
            if let Some(fields) = property.as_object_mut() {
                fields.insert("x-required".into(), required.contains(&name.as_str()).into());
            }
            (name, property)
        })
        .collect()
}

fn resolved(schema: &Value, definitions: &Map<String, Value>) -> Value {
    let name = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    name.and_then(|name| definitions.get(name)).unwrap_or(schema).clone()
}

/// A property with its description kept when its type stands elsewhere.
fn resolved_with(property: &Value, definitions: &Map<String, Value>) -> Value {
    let mut found = resolved(property, definitions);
    if let (Some(fields), Some(description)) = (found.as_object_mut(), property.get("description")) {
        fields.insert("description".into(), description.clone());
    }
    found
}

fn options(
    operation: &Operation,
    properties: &[(String, Value)],
    positional: &Map<String, Value>,
) -> Command {
    let about = operation.head.sentence;
    let examples = operation.head.examples.join("\n  ");
    let usage = format!("mainstay {} [OPTIONS]", help::usage(operation));
    let mut command = Command::new(operation.head.command)
        .about(about)
        .override_usage(usage)
        .after_help(format!("Examples:\n  {examples}"))
        .no_binary_name(false);
    for (name, schema) in properties.iter().filter(|(name, _)| !positional.contains_key(name)) {
        let description = schema.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
        let required = schema.get("x-required").and_then(Value::as_bool).unwrap_or(false);
        let arg = Arg::new(name.clone())
            .long(name.replace('_', "-"))
            .help(description)
            .action(ArgAction::Set)
            .allow_hyphen_values(true)
            .required(required);
        // A question is answered with yes by asking it.
        let arg = match kind_is(schema, "boolean") {
            true => arg.num_args(0..=1).default_missing_value("true"),
            false => arg,
        };
        command = command.arg(arg);
    }
    command
}

/// What was typed, or for `@FILE` what stands in that file; `@@` is a plain `@`.
fn from_file(name: &str, typed: &str) -> Result<String> {
    match typed.strip_prefix('@') {
        None => Ok(typed.to_owned()),
        Some(plain) if plain.starts_with('@') => Ok(plain.to_owned()),
        Some(path) => std::fs::read_to_string(path).map_err(|cause| {
            wrong(format!("--{name}: cannot read the file {path}: {cause}; check that it is there"))
        }),
    }
}

/// Whether a value may be of that kind.
fn kind_is(schema: &Value, kind: &str) -> bool {
    let kinds = schema.get("type");
    kinds.is_some_and(|kinds| {
        kinds == kind || kinds.as_array().is_some_and(|all| all.contains(&Value::from(kind)))
    })
}

/// The text of an option as the value its schema asks for.
fn value(name: &str, schema: &Value, text: &str) -> Result<Value> {
    let is = |kind: &str| kind_is(schema, kind);
    let number = || {
        text.parse::<i64>()
            .map(Value::from)
            .map_err(|_| wrong(format!("--{name} takes a whole number, not {text:?}")))
    };
    match () {
        () if is("integer") => number(),
        () if is("number") => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number.into()),
            _ => Err(wrong(format!("--{name} takes a number such as 0.95, not {text:?}"))),
        },
        () if is("boolean") => match text {
            "true" | "yes" => Ok(true.into()),
            "false" | "no" => Ok(false.into()),
            _ => Err(wrong(format!("--{name} takes true or false, not {text:?}"))),
        },
        () if is("array") && text.trim_start().starts_with('[') => {
            serde_json::from_str(text).map_err(|cause| wrong(format!("--{name} is no JSON list: {cause}")))
        }
        () if !is("string") && text.trim_start().starts_with('{') => {
            serde_json::from_str(text).map_err(|cause| wrong(format!("--{name} is no JSON object: {cause}")))
        }
        () if is("array") => Ok(text.split(',').map(str::trim).filter(|word| !word.is_empty()).collect()),
        () => Ok(text.into()),
    }
}
