using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Web.Tables;

/// <summary>How values of a data type are laid out as a table. Derive from <see cref="ResultTable{TData}"/>.</summary>
public abstract class ResultTable
{
    /// <summary>The file format for labelled sets (<c>gmt</c>, <c>dmt</c>) that the value can also be downloaded in; null where there is none.</summary>
    public virtual string? LibraryFormat => null;

    public abstract TableContent Tabulate(object value);

    /// <summary>The lines of the library, when there is a <see cref="LibraryFormat"/>.</summary>
    public virtual IEnumerable<LibraryLine> ToLibrary(object value) => [];
}

/// <summary>How values of a data type are laid out as a table. A data type that has this needs no view of its own.</summary>
public abstract class ResultTable<TData> : ResultTable
    where TData : IData
{
    public sealed override TableContent Tabulate(object value) => Tabulate((TData)value);

    public sealed override IEnumerable<LibraryLine> ToLibrary(object value) => ToLibrary((TData)value);

    protected abstract TableContent Tabulate(TData value);

    protected virtual IEnumerable<LibraryLine> ToLibrary(TData value) => [];
}

/// <summary>One labelled set of a library.</summary>
public sealed record LibraryLine(string Term, string Description, IReadOnlyList<string> Members)
{
    /// <summary>The line of a GMT file: the term, the description and the members, by tabs.</summary>
    public override string ToString() => string.Join('\t', new[] { Term, Description }.Concat(Members).Select(TableWriter.OneLine));
}
