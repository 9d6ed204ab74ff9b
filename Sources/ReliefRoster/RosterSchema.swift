// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// How the database is laid out and opened.
enum RosterSchema {
    /// Settings of every connection.
    ///
    /// - `secure_delete`: what is deleted is overwritten with zeros in the database at once, free
    ///   pages too, so that nothing of it is left to be found.
    /// - `journal_mode = PERSIST`: a rollback journal keeps the old text of changed pages. DELETE
    ///   and TRUNCATE give its blocks back to the file system as they are, and a write-ahead log
    ///   keeps pages until later ones happen to cover them; a journal that stays under its name is
    ///   one that erasing can overwrite (``RosterStore/erase(_:on:because:)``).
    /// - `temp_store = MEMORY`: sorting and VACUUM write no copy into a folder for temporary files.
    /// - `synchronous = FULL`: a list is on the disk when importing says so.
    static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "roster"
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA journal_mode = PERSIST;
                    PRAGMA secure_delete = ON;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA synchronous = FULL;
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    """)
        }
        return configuration
    }

    /// Every version of the layout, oldest first; a version that was released never changes.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE lists (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        unit TEXT NOT NULL,
                        grantSeq INTEGER NOT NULL,
                        item TEXT NOT NULL,
                        season TEXT NOT NULL,
                        stage TEXT NOT NULL,
                        date TEXT NOT NULL,
                        count INTEGER NOT NULL CHECK (count > 0),
                        persons INTEGER NOT NULL CHECK (persons > 0),
                        amount INTEGER NOT NULL CHECK (amount > 0),
                        root BLOB NOT NULL CHECK (length(root) = 32),
                        salt BLOB NOT NULL CHECK (length(salt) = 32),
                        replaces INTEGER UNIQUE REFERENCES lists (id),
                        seq INTEGER,
                        erasedOn TEXT,
                        erasedBecause TEXT
                    ) STRICT;
                    CREATE TABLE rows (
                        list INTEGER NOT NULL REFERENCES lists (id),
                        ordinal INTEGER NOT NULL CHECK (ordinal > 0),
                        former INTEGER,
                        unit TEXT NOT NULL,
                        persons INTEGER NOT NULL,
                        amount INTEGER NOT NULL,
                        tag BLOB NOT NULL CHECK (length(tag) = 16),
                        sealed BLOB NOT NULL,
                        PRIMARY KEY (list, ordinal)
                    ) STRICT, WITHOUT ROWID;
                    CREATE UNIQUE INDEX rowsByTag ON rows (tag, list);
                    CREATE TABLE removals (
                        list INTEGER NOT NULL REFERENCES lists (id),
                        former INTEGER NOT NULL CHECK (former > 0),
                        sealed BLOB NOT NULL,
                        PRIMARY KEY (list, former)
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        return migrator
    }
}
