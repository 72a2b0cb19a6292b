//! Files and folders, from what the list says of them.

use super::cards::{changed, from_hex};
use super::recipes::{
    CrlRecipe, FolderRecipe, Goods, MasterListRecipe, PictureFormat, Replacement,
};
use super::{Workshop, pictures, rng, unknown};
use crate::error::Error;
use chipid::UnixTime;
use chipid_virtual_card::drawn_portrait;
use std::fs;
use std::path::{Path, PathBuf};

/// What a picture is of that needs no photograph.
const DRAWING: &str = "drawing";

impl Workshop {
    /// The file or folder of that name, made when it is first asked for.
    pub(super) fn goods(&self, name: &str) -> Result<PathBuf, Error> {
        if let Some(path) = self.made().goods.get(name) {
            return Ok(path.clone());
        }
        let goods = self
            .list
            .goods
            .get(name)
            .ok_or_else(|| unknown("file", name))?;
        let path = self.folder.join(format!("{name}.{}", ending(goods)));
        match goods {
            Goods::Nothing(_) => {}
            Goods::Folder(recipe) => self.changed_folder(recipe, &path)?,
            other => {
                let bytes = self.bytes(name, other)?;
                fs::write(&path, bytes).map_err(|e| Error::io(&path, &e))?;
            }
        }
        self.made().goods.insert(name.to_owned(), path.clone());
        Ok(path)
    }

    fn bytes(&self, name: &str, goods: &Goods) -> Result<Vec<u8>, Error> {
        let trouble = |why| Error::Goods {
            name: name.to_owned(),
            why,
        };
        match goods {
            Goods::Text(text) => Ok(text.clone().into_bytes()),
            Goods::Hex(hex) => from_hex(hex),
            Goods::Crl(recipe) => self.revocation_list(name, recipe),
            Goods::MasterList(recipe) => self.master_list(name, recipe),
            Goods::QrPicture(text) => pictures::qr_code(&self.resolved(text)?).map_err(trouble),
            Goods::Picture(recipe) => {
                let sources: Result<Vec<_>, Error> = recipe
                    .of
                    .iter()
                    .map(|name| self.picture_source(name))
                    .collect();
                pictures::picture(&sources?, recipe).map_err(trouble)
            }
            Goods::Changed(recipe) => {
                let path = PathBuf::from(self.resolved(&recipe.file)?);
                let bytes = fs::read(&path).map_err(|e| Error::io(&path, &e))?;
                changed(bytes, &recipe.by)
            }
            Goods::Folder(_) | Goods::Nothing(_) => Ok(Vec::new()),
        }
    }

    /// A photograph's file, or that of the drawing that cards have where nobody gives them a portrait.
    fn picture_source(&self, name: &str) -> Result<Vec<u8>, Error> {
        if name == DRAWING {
            return drawn_portrait().map_err(|why| Error::Card {
                name: name.to_owned(),
                why,
            });
        }
        let path = self.photograph(name)?;
        fs::read(&path).map_err(|e| Error::io(&path, &e))
    }

    fn revocation_list(&self, name: &str, recipe: &CrlRecipe) -> Result<Vec<u8>, Error> {
        let issuer = self.issuer(&recipe.issuer)?;
        let serials: &[&[u8]] = match recipe.revokes_signer {
            true => &[issuer.signer_serial()],
            false => &[],
        };
        let (this, next) = (UnixTime(recipe.this_update), UnixTime(recipe.next_update));
        let list = issuer.revocation_list(serials, this, next, &mut rng());
        list.map_err(|why| Error::Card {
            name: name.to_owned(),
            why,
        })
    }

    fn master_list(&self, name: &str, recipe: &MasterListRecipe) -> Result<Vec<u8>, Error> {
        let issuer = self.issuer(&recipe.issuer)?;
        let listed: Result<Vec<_>, Error> =
            recipe.of.iter().map(|name| self.issuer(name)).collect();
        let listed = listed?;
        let certificates: Vec<&[u8]> = listed.iter().map(|i| i.csca_certificate()).collect();
        let signed_at = UnixTime(recipe.signed_at);
        let list = issuer.master_list(&certificates, signed_at, &mut rng());
        list.map_err(|why| Error::Card {
            name: name.to_owned(),
            why,
        })
    }

    fn changed_folder(&self, recipe: &FolderRecipe, into: &Path) -> Result<(), Error> {
        let from = PathBuf::from(self.resolved(&recipe.of)?);
        let io = |path: &Path| {
            let path = path.to_path_buf();
            move |e: std::io::Error| Error::io(&path, &e)
        };
        if into.exists() {
            // Of an earlier run.
            fs::remove_dir_all(into).map_err(io(into))?;
        }
        fs::create_dir_all(into).map_err(io(into))?;
        for entry in fs::read_dir(&from).map_err(io(&from))? {
            let entry = entry.map_err(io(&from))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if recipe.without.contains(&name) {
                continue;
            }
            let bytes = fs::read(entry.path()).map_err(io(&entry.path()))?;
            let bytes = match recipe.changed.get(&name) {
                None => bytes,
                Some(Replacement::Of(other)) => {
                    let path = PathBuf::from(self.resolved(other)?);
                    fs::read(&path).map_err(io(&path))?
                }
                Some(change) => changed(bytes, change)?,
            };
            let path = into.join(name);
            fs::write(&path, bytes).map_err(io(&path))?;
        }
        for (name, source) in &recipe.from {
            let (source, path) = (PathBuf::from(self.resolved(source)?), into.join(name));
            let bytes = fs::read(&source).map_err(io(&source))?;
            fs::write(&path, bytes).map_err(io(&path))?;
        }
        Ok(())
    }
}

const fn ending(goods: &Goods) -> &'static str {
    match goods {
        Goods::Text(_) => "txt",
        Goods::Crl(_) => "crl",
        Goods::MasterList(_) => "ml",
        Goods::QrPicture(_) => "png",
        Goods::Picture(recipe) => match recipe.format {
            PictureFormat::Jpeg => "jpg",
            PictureFormat::Png => "png",
            _ => "raw",
        },
        Goods::Hex(_) | Goods::Changed(_) => "bin",
        Goods::Folder(_) => "folder",
        Goods::Nothing(_) => "nothing",
    }
}
