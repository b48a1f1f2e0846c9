//! Arrows point down and are declared: `app → slices → ground`, checked from the manifests.

use toml::{Table, Value};

use super::{Fault, Tree};

/// Which slices a slice may import. A new line here is the rare, discussed kind of change.
const SLICES: &[(&str, &[&str])] = &[
    ("access", &[]),
    ("timeline", &[]),
    ("accounts", &["access", "timeline"]),
    ("catalog", &["access", "timeline"]),
    ("staffing", &["access"]),
    ("orders", &["accounts", "catalog", "timeline"]),
    ("contracts", &["accounts", "catalog", "timeline"]),
    ("relationship", &["access", "accounts", "staffing", "timeline"]),
    ("pipeline", &["accounts", "catalog", "orders", "contracts", "relationship", "staffing", "timeline"]),
    ("desk", &["accounts", "contracts", "relationship", "staffing", "timeline"]),
    ("success", &["accounts", "contracts", "relationship", "staffing", "timeline"]),
    ("campaigns", &["accounts", "relationship", "timeline"]),
    ("loyalty", &["accounts", "relationship", "timeline"]),
    ("surveys", &["accounts", "relationship", "timeline"]),
    ("imports", &["accounts", "catalog", "contracts", "orders", "timeline"]),
    ("insight", &["accounts", "relationship", "timeline"]),
];

/// Which parts of the ground a part of the ground stands on.
const GROUND: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("stats", &[]),
    ("btyd", &[]),
    ("forecast", &["kernel", "btyd"]),
    ("store", &["kernel"]),
    ("slice", &["kernel", "store"]),
    ("speech-macros", &[]),
    ("speech", &["kernel", "speech-macros"]),
    ("ui", &["kernel", "speech"]),
    ("testkit", &["kernel", "store", "slice", "ui", "speech"]),
];

/// What every slice may stand on; the models are for those that compare, judge and measure.
const GROUND_FOR_SLICES: &[&str] = &["kernel", "store", "slice", "ui", "speech"];
const MODELS: &[(&str, &[&str])] =
    &[("accounts", &["stats"]), ("relationship", &["stats"]), ("insight", &["stats", "btyd"])];

/// Checks every manifest of the workspace.
pub fn check(tree: &Tree, faults: &mut Vec<Fault>) {
    let ground = tree.crates_of("ground");
    let slices = tree.crates_of("slices");
    for name in &ground {
        let manifest = Manifest::read(tree, &format!("ground/{name}/Cargo.toml"), faults);
        manifest.check_name(name, faults);
        check_ground(name, &manifest, &ground, &slices, faults);
    }
    for name in &slices {
        let manifest = Manifest::read(tree, &format!("slices/{name}/Cargo.toml"), faults);
        manifest.check_name(name, faults);
        check_slice(name, &manifest, &ground, &slices, faults);
    }
    Manifest::read(tree, "app/Cargo.toml", faults).check_name("mainstay", faults);
    let automation = Manifest::read(tree, "xtask/Cargo.toml", faults);
    for (dependency, _) in &automation.dependencies {
        if ground.contains(&dependency.as_str()) || slices.contains(&dependency.as_str()) {
            automation.refuse(dependency, "the automation stands outside the house", faults);
        }
    }
}

fn check_ground(name: &str, manifest: &Manifest, ground: &[&str], slices: &[&str], faults: &mut Vec<Fault>) {
    let Some(allowed) = row(GROUND, name) else {
        faults.push(Fault::new(
            "direction",
            &manifest.path,
            format!("{name} is not in the table of the ground"),
        ));
        return;
    };
    for (dependency, for_tests) in &manifest.dependencies {
        let dependency = dependency.as_str();
        if slices.contains(&dependency) || dependency == "mainstay" {
            manifest.refuse(dependency, "the ground knows no slice", faults);
        } else if ground.contains(&dependency) && !allowed.contains(&dependency) {
            let numbers_only = matches!(name, "stats" | "btyd");
            if numbers_only {
                manifest.refuse(
                    dependency,
                    "a model knows numbers only and depends on nothing of ours",
                    faults,
                );
            } else if !(*for_tests && dependency == "testkit") {
                manifest.refuse(dependency, "not one of the parts of the ground it may stand on", faults);
            }
        }
    }
}

fn check_slice(name: &str, manifest: &Manifest, ground: &[&str], slices: &[&str], faults: &mut Vec<Fault>) {
    let Some(allowed) = row(SLICES, name) else {
        faults.push(Fault::new("direction", &manifest.path, format!("{name} is not in the table of slices")));
        return;
    };
    let models = row(MODELS, name).unwrap_or_default();
    for (dependency, for_tests) in &manifest.dependencies {
        let dependency = dependency.as_str();
        if dependency == "mainstay" {
            manifest.refuse(dependency, "nothing points up", faults);
        } else if slices.contains(&dependency)
            && !allowed.contains(&dependency)
            && !(*for_tests && is_below(dependency, name))
        {
            manifest.refuse(dependency, "not among the slices it may import", faults);
        }
        let may_stand_on = GROUND_FOR_SLICES.contains(&dependency) || models.contains(&dependency);
        let tests_with = *for_tests && dependency == "testkit";
        if ground.contains(&dependency) && !may_stand_on && !tests_with {
            manifest.refuse(dependency, "not a part of the ground that this slice may stand on", faults);
        }
    }
}

/// Reached by following the table down: a test needs the tables of everything it stands on.
fn is_below(lower: &str, name: &str) -> bool {
    let allowed = row(SLICES, name).unwrap_or_default();
    allowed.iter().any(|next| *next == lower || is_below(lower, next))
}

fn row<'a>(table: &[(&str, &'a [&'a str])], name: &str) -> Option<&'a [&'a str]> {
    table.iter().find(|(key, _)| *key == name).map(|(_, row)| *row)
}

/// What a manifest says about its crate.
struct Manifest {
    path: String,
    name: String,
    /// The crate, and whether only tests use it.
    dependencies: Vec<(String, bool)>,
}

impl Manifest {
    /// Reads it; what a manifest must say and does not is a fault.
    fn read(tree: &Tree, path: &str, faults: &mut Vec<Fault>) -> Manifest {
        let mut manifest = Manifest { path: path.to_owned(), name: String::new(), dependencies: Vec::new() };
        let Some(text) = tree.text(path) else { return manifest };
        let table = match text.parse::<Table>() {
            Ok(table) => table,
            Err(e) => {
                faults.push(Fault::new("syntax", path, format!("does not parse: {e}")));
                return manifest;
            }
        };
        manifest.name = text_at(&table, "package", "name");
        if table.get("lints").and_then(|lints| lints.get("workspace")) != Some(&Value::Boolean(true)) {
            faults.push(Fault::new(
                "manifest",
                path,
                "take the lints of the workspace: `[lints] workspace = true`",
            ));
        }
        manifest.collect(&table, faults);
        for target in table.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values) {
            manifest.collect(target.as_table().unwrap_or(&Table::new()), faults);
        }
        manifest
    }

    fn collect(&mut self, table: &Table, faults: &mut Vec<Fault>) {
        for (kind, for_tests) in
            [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)]
        {
            for (name, wanted) in table.get(kind).and_then(Value::as_table).into_iter().flatten() {
                if wanted.get("workspace") != Some(&Value::Boolean(true)) {
                    let why = format!("take {name} from the workspace: `{name}.workspace = true`");
                    faults.push(Fault::new("manifest", &self.path, why));
                }
                self.dependencies.push((name.clone(), for_tests));
            }
        }
    }

    fn check_name(&self, folder: &str, faults: &mut Vec<Fault>) {
        if !self.name.is_empty() && self.name != folder {
            let why = format!("the crate is called {} and its folder {folder}; one word for both", self.name);
            faults.push(Fault::new("manifest", &self.path, why));
        }
    }

    fn refuse(&self, dependency: &str, why: &str, faults: &mut Vec<Fault>) {
        faults.push(Fault::new("direction", &self.path, format!("must not depend on {dependency}: {why}")));
    }
}

fn text_at(table: &Table, outer: &str, inner: &str) -> String {
    let found = table.get(outer).and_then(|value| value.get(inner)).and_then(Value::as_str);
    found.unwrap_or_default().to_owned()
}
