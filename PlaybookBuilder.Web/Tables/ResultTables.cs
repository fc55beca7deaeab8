using System.Collections.Concurrent;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Tables;

/// <summary>Finds the table of a data type.</summary>
public sealed class ResultTables
{
    private readonly TypeMatches _matches = TypeMatches.OfBase(typeof(ResultTables).Assembly, typeof(ResultTable<>));
    private readonly ConcurrentDictionary<Type, ResultTable?> _tables = [];

    /// <returns>Null when the data type is not a table.</returns>
    public ResultTable? Find(Type dataType) =>
        _tables.GetOrAdd(dataType, type => _matches.Find(type) is { } table ? (ResultTable)Activator.CreateInstance(table)! : null);
}
