using System.Runtime.CompilerServices;
using PlaybookBuilder.Core.Database.Sqlite;

namespace PlaybookBuilder.Tests.Database;

public sealed class SqliteSchemaTests
{
    /// <remarks>With <c>WRITE_SCHEMA=true</c> the script is written anew instead; then raise <see cref="SqliteSchema.Version"/>.</remarks>
    [Fact]
    public void Script_CheckedIn_IsThatOfTheModel()
    {
        var script = SqliteSchema.ScriptOfModel();
        if (Environment.GetEnvironmentVariable("WRITE_SCHEMA") == "true") File.WriteAllText(ScriptFile(), script);
        else Assert.Equal(script, SqliteSchema.ReadScript());
    }

    private static string ScriptFile([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "PlaybookBuilder.Core", "Database", "Sqlite", "schema.sql");
}
