using System.Reflection;
using System.Text.RegularExpressions;
using PlaybookBuilder.Core.Database.Sqlite;

namespace PlaybookBuilder.Tests.Database.Postgres.Plans;

/// <summary>The statements for Postgres that stand as constants in the product.</summary>
internal static partial class ProductSql
{
    public static IReadOnlyList<ProductStatement> All { get; } = Find();

    private static ProductStatement[] Find()
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
                .SelectMany(constant => ProductStatement.Split(constant.Sql), static (constant, text) => new ProductStatement(constant.Name, text)),
        ];
    }

    [GeneratedRegex(@"^\s*(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|LISTEN|NOTIFY|SET|CREATE)\s")]
    private static partial Regex Statement();
}
