using System.Globalization;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.CommandLine;

/// <param name="Name">The argument.</param>
/// <param name="Position">The place in a list, where it is said.</param>
internal readonly record struct InputOption(string Name, int? Position, string Value);

/// <summary>Reads <c>--inputs.NAME value</c> and <c>--inputs.NAME.0 value</c>.</summary>
internal static class InputOptions
{
    private const string Prefix = "--inputs.";

    /// <exception cref="UsageException">There is something else.</exception>
    public static IReadOnlyList<InputOption> Parse(IReadOnlyList<string> tokens)
    {
        var options = new List<InputOption>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].StartsWith(Prefix, StringComparison.Ordinal)) throw new UsageException($"'{tokens[i]}' is not understood; inputs are given as {Prefix}NAME value.");

            var (name, value) = tokens[i][Prefix.Length..].Split('=', 2) is [var before, var after]
                ? (before, after)
                : (tokens[i][Prefix.Length..], ++i < tokens.Count ? tokens[i] : throw new UsageException($"{tokens[i - 1]} lacks its value."));
            options.Add(ToOption(name, value));
        }

        return options;
    }

    /// <summary>Holds the options against the arguments of a process type.</summary>
    /// <exception cref="UsageException">One is unknown, missing, or given twice.</exception>
    /// <exception cref="WorkflowException">A value does not fit.</exception>
    public static async Task<List<(ProcessInput Input, object Value)>> DecodeAsync(ProcessType type, IReadOnlyList<InputOption> options, CancellationToken cancellationToken)
    {
        if (options.Select(option => option.Name).FirstOrDefault(name => type.Arguments.All(argument => argument.Name != name)) is { } unknown)
            throw new UsageException($"{type.Spec} has no input '{unknown}'; it takes {Names(type)}.");

        var decoded = new List<(ProcessInput Input, object Value)>();
        foreach (var argument in type.Arguments)
        {
            var given = InOrder(options.Where(option => option.Name == argument.Name));
            if (given.Count == 0) throw new UsageException($"{type.Spec} lacks its input: {Prefix}{argument.Name} ({argument.DataType.Spec}).");
            if (!argument.IsMany && given.Count > 1) throw new UsageException($"{type.Spec} takes one '{argument.Name}', not a list.");

            foreach (var (i, option) in given.Index())
            {
                var input = new ProcessInput(argument.Name, argument.IsMany ? i : null, Guid.Empty);
                decoded.Add((input, await DecodeAsync(argument, option.Value, cancellationToken)));
            }
        }

        return decoded;
    }

    private static InputOption ToOption(string name, string value)
    {
        var dot = name.LastIndexOfAny(['.', ':']);
        return dot > 0 && int.TryParse(name.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? new InputOption(name[..dot], position, value)
            : new InputOption(name, null, value);
    }

    private static List<InputOption> InOrder(IEnumerable<InputOption> options)
    {
        // A stable sort: those without a place stay as they were given.
        List<InputOption> ordered = [.. options.OrderBy(option => option.Position ?? -1)];
        if (ordered.Where(option => option.Position is not null).GroupBy(option => option.Position).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UsageException($"{Prefix}{twice.First().Name}.{twice.Key} is given twice.");

        return ordered;
    }

    private static async Task<object> DecodeAsync(Argument argument, string value, CancellationToken cancellationToken)
    {
        var json = await CommandLineValue.ReadAsync(value, argument.DataType.ClrType, cancellationToken);
        try
        {
            return argument.DataType.Decode(Datum.OfJson(argument.DataType.Spec, json));
        }
        catch (WorkflowException exception)
        {
            throw exception.Within($"{Prefix}{argument.Name}");
        }
    }

    private static string Names(ProcessType type) =>
        type.Arguments.Count == 0 ? "none" : string.Join(", ", type.Arguments.Select(argument => argument.Name));
}
