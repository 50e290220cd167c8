//! Projects and the keys that they call with.

use rusqlite::OptionalExtension;
use uuid::Uuid;

use super::{Store, StoreError, id};
use crate::secret::{ApiKey, KeyDigest};

impl Store {
    /// Makes a project, and the API key that it calls with. The key is not kept, so this is the
    /// only time that it can be had.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub fn create_project(&self, name: &str) -> Result<(Uuid, ApiKey), StoreError> {
        let (project, key) = (id::uuid()?, ApiKey::mint()?);
        self.write(|transaction, now| {
            transaction.execute(
                "INSERT INTO project (id, name, created_at) VALUES (?1, ?2, ?3)",
                (project.to_string(), name, now.unix_millis()),
            )?;
            transaction.execute(
                "INSERT INTO api_key (digest, project_id) VALUES (?1, ?2)",
                (KeyDigest::of(key.expose()).as_bytes(), project.to_string()),
            )?;
            Ok(())
        })?;
        Ok((project, key))
    }

    /// The project that calls with this key, if there is one.
    ///
    /// Keys are looked up by their digest. How long that takes tells at most something about
    /// digests, and nobody can make a key from one.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub fn project_of_key(&self, digest: KeyDigest) -> Result<Option<Uuid>, StoreError> {
        let connection = self.connection();
        let mut statement =
            connection.prepare_cached("SELECT project_id FROM api_key WHERE digest = ?1")?;
        let found = statement.query_row([digest.as_bytes()], |row| row.get::<_, String>(0));
        found.optional()?.map(parse_project).transpose()
    }
}

/// The id of a project as it stands in the database.
pub(super) fn parse_project(text: String) -> Result<Uuid, StoreError> {
    let project = Uuid::parse_str(&text);
    project.map_err(|_| StoreError::Damaged("the id of a project is not a UUID"))
}
