namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>One step of the embedded database's schema to the next version.</summary>
/// <param name="Name">That of its file: a number, which is the version that it leads to, and what it does.</param>
internal sealed record SqliteMigration(string Name, string Sql);
