//! The tables, and how older ones become these.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// How to get from each version to the next. What is here never changes; more is added.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/1.sql"),
    include_str!("migrations/2.sql"),
];

/// The version of the tables as they are now.
#[expect(clippy::cast_possible_wrap, reason = "there are few migrations")]
const VERSION: i64 = MIGRATIONS.len() as i64;

/// Brings the tables up to date. Two processes may do so at once.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let done = usize::try_from(version).map_err(|_| StoreError::Newer(version))?;
    let missing = MIGRATIONS.get(done..).ok_or(StoreError::Newer(version))?;
    for migration in missing {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(connection: &Connection) -> i64 {
        let version = connection.pragma_query_value(None, "user_version", |row| row.get(0));
        version.expect("every database has a version")
    }

    #[test]
    fn an_older_database_keeps_its_rows() {
        let mut connection = Connection::open_in_memory().expect("there is memory");
        let old = format!(
            "{} PRAGMA user_version = 1;
             INSERT INTO project VALUES ('p', 'Old', 0);",
            MIGRATIONS[0]
        );
        connection.execute_batch(&old).expect("it was valid then");
        migrate(&mut connection).expect("it is brought up to date");
        migrate(&mut connection).expect("there is nothing to do");
        assert_eq!(version(&connection), 2);
        let name: String = connection
            .query_row("SELECT name FROM project", (), |row| row.get(0))
            .expect("the project is there");
        assert_eq!(name, "Old");
        connection
            .prepare("SELECT * FROM delivery")
            .expect("and the new table is");
    }

    #[test]
    fn a_newer_database_is_left_alone() {
        let mut connection = Connection::open_in_memory().expect("there is memory");
        connection
            .pragma_update(None, "user_version", 3)
            .expect("it may be any number");
        let result = migrate(&mut connection);
        assert!(matches!(result, Err(StoreError::Newer(3))), "{result:?}");
        assert_eq!(version(&connection), 3);
    }
}
