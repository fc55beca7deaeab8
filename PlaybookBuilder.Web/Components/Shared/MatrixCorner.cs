namespace PlaybookBuilder.Web.Components.Shared;

/// <summary>The corners of a matrix: what its preview holds.</summary>
/// <param name="Rows">How many rows the whole has.</param>
/// <param name="Columns">How many columns the whole has.</param>
/// <param name="Index">The names of the shown rows.</param>
/// <param name="Header">The names of the shown columns.</param>
/// <param name="Cell">The shown cell of a shown row and column, as text to read.</param>
/// <param name="RowGap">After how many shown rows some are left out; null when none are.</param>
/// <param name="ColumnGap">After how many shown columns some are left out; null when none are.</param>
public sealed record MatrixCorner(int Rows, int Columns, IReadOnlyList<string> Index, IReadOnlyList<string> Header, Func<int, int, string> Cell, int? RowGap, int? ColumnGap);
