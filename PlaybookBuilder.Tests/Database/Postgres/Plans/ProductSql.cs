using System.Reflection;
using System.Text.RegularExpressions;
using PlaybookBuilder.Core.Database.Sqlite;

namespace PlaybookBuilder.Tests.Database.Postgres.Plans;

/// <summary>The statements for Postgres that stand as constants in the product.</summary>
internal static partial class ProductSql
{
    /// <summary>Name and text of each, with parameters numbered as they are sent.</summary>
    public static IReadOnlyList<(string Name, string Sql)> All { get; } = Find();

    private static (string Name, string Sql)[] Find()
    {
        var constants = new[] { typeof(SqliteDatabase).Assembly, typeof(Program).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Namespace != typeof(SqliteDatabase).Namespace)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (Name: $"{field.DeclaringType!.Name}.{field.Name}", Sql: (string)field.GetRawConstantValue()!))
            .Where(constant => Statement().IsMatch(constant.Sql))
            .ToArray();
        return
        [
            // What is a part of another is never sent alone.
            .. constants.Where(constant => !constants.Any(other => other.Sql.Length > constant.Sql.Length && other.Sql.Contains(constant.Sql, StringComparison.Ordinal)))
                .SelectMany(constant => constant.Sql.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), static (constant, sql) => (constant.Name, Number(sql))),
        ];
    }

    private static string Number(string sql)
    {
        var names = new List<string>();
        return Parameter().Replace(sql, match =>
        {
            if (!names.Contains(match.Value)) names.Add(match.Value);
            return $"${names.IndexOf(match.Value) + 1}";
        });
    }

    [GeneratedRegex(@"^\s*(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|LISTEN|NOTIFY|SET|CREATE)\s")]
    private static partial Regex Statement();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();
}
