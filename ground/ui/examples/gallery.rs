//! Writes the sample pages, with their files beside them, to a folder for looking at: `gallery FOLDER [dark]`.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let folder = Path::new(arguments.first().map_or("gallery", String::as_str));
    let dark = arguments.get(1).is_some_and(|word| word == "dark");
    fs::create_dir_all(folder.join("assets"))?;
    for asset in ui::assets() {
        fs::write(folder.join(asset.path.trim_start_matches('/')), &asset.body)?;
    }
    for sample in ui::gallery() {
        let mut page = sample.page.into_string().replace("=\"/assets/", "=\"assets/");
        if dark {
            page = page.replacen("<html ", "<html data-theme=\"dark\" ", 1);
        }
        fs::write(folder.join(sample.name).with_extension("html"), page)?;
    }
    Ok(())
}
